"""Ties as engines read them: those before any design and those a design makes, end by end."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Float32, Int32, Int64, UInt8

from kith.core.model.world import NOBODY, Arm, World

# Words of a record: 16 bytes for each end of a tie. The last two hold float32.
OTHER_END, BACK, STRENGTH, GIVEN = range(4)
N_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class Tied:
    """Ties, those of person p from start[p] to before start[p + 1].

    Strength and help given are kept as what they would be on day 0 if they did not fade, so that
    fading costs nothing: value on day t = kept * 2 ** (-t / half-life).

    Args:
        start: Where the ends of each person begin.
        ends: Records: who is at the other end, where the same tie stands there, and, as the bits
            of float32, its strength (the same at both ends) and the help given from this end.
        using: In 255ths, how much they use together.
        partners: Ends of the ties to the partners that a design has given; NO_END fills up.
    """

    start: Int32[np.ndarray, "_"]
    ends: Int32[np.ndarray, "_ 4"]
    using: UInt8[np.ndarray, "_"]
    partners: Int32[np.ndarray, "people most"]

    @property
    def columns(self) -> tuple[np.ndarray, ...]:
        """All arrays, in their order."""
        return self.start, self.ends, self.using, self.partners

    @property
    def floats(self) -> Float32[np.ndarray, "_ 4"]:
        """The same records, read as float32."""
        return self.ends.view(np.float32)


def tied(world: World, arm: Arm) -> Tied:
    """Return the ties of `world`, and those to partners, which begin at nothing.

    Who lives apart has none but those to partners. The strength of a tie is what its two ends
    trust each other, halved between them.
    """
    n = world.people
    low, high, strength, using = _before(world)
    rows = np.repeat(np.arange(n, dtype=np.int64), arm.partners.shape[1])
    partner = arm.partners.ravel().astype(np.int64)
    met = partner != NOBODY
    new = np.unique(_pair(rows[met], partner[met], n))
    pair = np.unique(np.concatenate((_pair(low, high, n), new)))
    first = np.searchsorted(pair, _pair(low, high, n))
    w, u = np.zeros(len(pair), np.float32), np.zeros(len(pair), np.uint8)
    w[first], u[first] = strength, using
    return _both_ends(pair, w, u, arm, n)


def _pair(
    one: Int64[np.ndarray, "_"], another: Int64[np.ndarray, "_"], n: int
) -> Int64[np.ndarray, "_"]:
    return np.minimum(one, another) * n + np.maximum(one, another)


def _before(world: World) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return low, high, strength and use of the ties among those who do not live apart."""
    net, n = world.network, world.people
    holder = net.holder
    open_ = ~(world.is_isolated[holder] | world.is_isolated[net.other])
    holder, other = holder[open_], net.other[open_].astype(np.int64)
    pair, row = np.unique(_pair(holder, other, n), return_inverse=True)
    trust = np.bincount(row, net.trust[open_], len(pair)) / 2
    use = np.bincount(row, (net.company * net.using)[open_], len(pair)) / 2
    return pair // n, pair % n, trust.astype(np.float32), np.round(use * 255).astype(np.uint8)


def _both_ends(
    pair: Int64[np.ndarray, "_"],
    strength: Float32[np.ndarray, "_"],
    using: UInt8[np.ndarray, "_"],
    arm: Arm,
    n: int,
) -> Tied:
    count = len(pair)
    ego = np.concatenate((pair // n, pair % n))
    alter = np.concatenate((pair % n, pair // n))
    order = np.argsort(ego * n + alter, kind="stable")
    place = np.empty(2 * count, np.int64)
    place[order] = np.arange(2 * count)
    ends = np.zeros((2 * count, N_WORDS), np.int32)
    ends[:, OTHER_END] = alter[order]
    ends[:, BACK] = np.concatenate((place[count:], place[:count]))[order]
    ends.view(np.float32)[:, STRENGTH] = np.tile(strength, 2)[order]
    start = np.zeros(n + 1, np.int32)
    np.cumsum(np.bincount(ego, minlength=n), out=start[1:])
    rows = np.arange(n, dtype=np.int64)[:, None]
    partner = arm.partners.astype(np.int64)
    sought = rows * n + partner
    found = np.searchsorted((ego * n + alter)[order], sought).astype(np.int32)
    partners = np.where(partner == NOBODY, np.int32(NOBODY), found).astype(np.int32)
    return Tied(start, ends, np.tile(using, 2)[order], np.sort(partners, axis=1)[:, ::-1].copy())
