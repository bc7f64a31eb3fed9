"""What reaches a person when others are drawn too: own arm, a partner's, a circle's."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import final

import numpy as np
from jaxtyping import Float64, Int16, Int64
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from kith.core.randomize.mechanism import (
    AbstractMechanism,
    Part,
    TooManyWaysError,
    together,
)
from kith.errors import InvalidInputError


@final
@dataclass(frozen=True, slots=True, eq=False)
class Exposures:
    """How the arms of all become what reaches each: own arm and a band of the others' share.

    With two arms, 0 and 1, and cuts c1 < c2 < ...: person i, whose own arm is a, and of whose
    others a share f has arm 1, is exposed to kind a * bands + (number of cuts that f reaches).
    Nothing else of the draw may matter to i: that is what an analysis by exposure assumes.
    Source: Aronow and Samii, Ann Appl Stat 11:1912 (2017).

    Args:
        others: A row for each person: 1 where somebody else may matter to them.
        cuts: Of the others' share, ascending; none where only the own arm matters. Somebody
            without others has share 0.

    Raises:
        InvalidInputError: If it is not that.
    """

    others: csr_array
    cuts: tuple[float | int, ...] = ()

    def __post_init__(self) -> None:
        if any(low >= high for low, high in pairwise((0, *self.cuts))):
            raise InvalidInputError(f"cuts must be above 0 and ascend, got {self.cuts}")

    @property
    def names(self) -> tuple[str, ...]:
        """Return what the kinds of exposure are called, in their order."""
        if not self.cuts:
            return ("0", "1")
        ends = ("none", *(f"{cut:.3g}" for cut in self.cuts))
        bands = [f"others {end}" if end == "none" else f"others from {end}" for end in ends]
        return tuple(f"{own}, {band}" for own in (0, 1) for band in bands)

    def kinds(self, arms: Int16[np.ndarray, "draws units"]) -> Int64[np.ndarray, "draws units"]:
        """Return the exposure of each person under each draw.

        Raises:
            InvalidInputError: If an arm is neither 0 nor 1.
        """
        if arms.size and not (arms.min() >= 0 and arms.max() <= 1):
            raise InvalidInputError("arms must be 0 or 1")
        degree = np.asarray(self.others.sum(axis=1)).ravel()
        treated = (self.others @ arms.T.astype(np.float64)).T
        # A hair below: 2 of 5 reach a cut of 0.4, however it is rounded.
        share = treated / np.maximum(degree, 1) + 1e-9
        band = np.searchsorted(np.asarray(self.cuts, np.float64), share, side="right")
        return np.asarray(arms.astype(np.int64) * (len(self.cuts) + 1) + band)

    def among(self, units: Int64[np.ndarray, "_"]) -> "Exposures":
        """Return the same for some people only, whose others are all among them."""
        return Exposures(csr_array(self.others[units][:, units]), self.cuts)


def own(people: int) -> Exposures:
    """Return the exposures where only the own arm matters."""
    return Exposures(csr_array((people, people)))


def partner(partner_of: Int64[np.ndarray, "units"]) -> Exposures:
    """Return the exposures of pairs: own arm and the partner's; -1 is somebody without one."""
    has = np.flatnonzero(partner_of >= 0)
    return network(len(partner_of), has, partner_of[has], cuts=(1.0,))


def circle(circle_of: Int64[np.ndarray, "units"], cuts: tuple[float | int, ...]) -> Exposures:
    """Return the exposures of circles: own arm and the share of the others in the circle."""
    same = csr_array(
        (np.ones(len(circle_of)), (np.arange(len(circle_of)), circle_of)),
        shape=(len(circle_of), int(circle_of.max()) + 1),
    )
    pairs = (same @ same.T).tocoo()
    ego, other = (index.astype(np.int64) for index in pairs.coords)
    return network(len(circle_of), ego[ego != other], other[ego != other], cuts=cuts)


def network(
    people: int,
    ego: Int64[np.ndarray, "ties"],
    other: Int64[np.ndarray, "ties"],
    *,
    cuts: tuple[float | int, ...],
) -> Exposures:
    """Return the exposures of ego networks: own arm and the share of those whom each ego names.

    Raises:
        InvalidInputError: If somebody names themselves.
    """
    if np.any(ego == other):
        raise InvalidInputError("nobody is among their own others")
    ties = csr_array((np.ones(len(ego)), (ego, other)), shape=(people, people))
    ties.data[:] = 1.0
    return Exposures(ties, cuts)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """People whose exposures hang together, and how likely each two exposures of two are.

    Args:
        units: Who.
        joint: [k, i, l, j] is how likely i is exposed to k and j to l.
    """

    units: Int64[np.ndarray, "units"]
    joint: Float64[np.ndarray, "kinds units kinds units"]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Chances:
    """How likely each exposure is for each person.

    Args:
        single: A row for each kind.
        error: Monte Carlo standard error of it; 0 where it is exact.
        cells: Independent of each other.
    """

    single: Float64[np.ndarray, "kinds units"]
    error: Float64[np.ndarray, "kinds units"]
    cells: tuple[Cell, ...]

    @property
    def is_exact(self) -> bool:
        """Return whether no dice were needed."""
        return not self.error.any()


def chances(
    mechanism: AbstractMechanism,
    exposures: Exposures,
    *,
    redraws: int = 10_000,
    seed: int = 0,
    most_together: int | None = None,
) -> Chances:
    """Return how likely each exposure is, by the law of the mechanism.

    People whose parts of the law, or whose others, touch make a cell. Where every way of each
    cell can be listed the answer is exact; else it is the frequency over `redraws`, whose error
    is sqrt(p (1 - p) / redraws), and everybody is one cell.

    Raises:
        InvalidInputError: If exposures are of other people than the mechanism draws.
        TooManyWaysError: If they cannot be listed, and there are more than `most_together` people.
    """
    n = mechanism.n_units()
    if exposures.others.shape[0] != n or mechanism.n_arms() != 2:
        raise InvalidInputError("exposures must be of the people whom two arms are drawn for")
    try:
        laws, is_exact = tuple(_laws(mechanism.parts(), exposures)), True
    except TooManyWaysError:
        if most_together is not None and n > most_together:
            raise
        rows = mechanism.redrawn(redraws, seed)
        laws = (Part(np.arange(n), rows, np.full(redraws, 1 / redraws)),)
        is_exact = False
    cells = tuple(_cell(law, exposures) for law in laws)
    single = np.empty((len(exposures.names), n))
    for cell in cells:
        single[:, cell.units] = np.einsum("kiki->ki", cell.joint)
    spread = np.sqrt(np.maximum(single * (1 - single), 0) / redraws)
    return Chances(single, np.zeros_like(single) if is_exact else spread, cells)


def _laws(parts: tuple[Part, ...], exposures: Exposures) -> Iterator[Part]:
    """Yield the law of each cell: parts that others lead between become one."""
    part_of = np.empty(exposures.others.shape[0], np.int64)
    for number, part in enumerate(parts):
        part_of[part.units] = number
    ties = exposures.others.tocoo()
    ends = tuple(part_of[index] for index in ties.coords)
    between = csr_array((np.ones(len(ends[0])), ends), shape=(len(parts), len(parts)))
    count, cell_of = connected_components(between, directed=False)
    members: list[list[Part]] = [[] for _ in range(count)]
    for cell, part in zip(cell_of, parts, strict=True):
        members[cell].append(part)
    for group in members:
        yield together(group)


def _cell(law: Part, exposures: Exposures) -> Cell:
    kinds = exposures.among(law.units).kinds(law.arms)
    n_kinds, (ways, n) = len(exposures.names), kinds.shape
    hot = (kinds[:, None, :] == np.arange(n_kinds)[None, :, None]).reshape(ways, -1)
    hot = hot.astype(np.float64)
    joint = hot.T @ (hot * law.probability[:, None])
    return Cell(law.units, joint.reshape(n_kinds, n, n_kinds, n))
