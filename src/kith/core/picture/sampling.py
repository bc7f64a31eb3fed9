"""A few people of a simulated town and the ties among them: before, without the design, and with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from jaxtyping import Bool, Float64, Int64

from kith.core.brain.words import EPOCHS_PER_DAY, GONE
from kith.core.model.state import ACT_BITS, State
from kith.core.model.tied import OTHER_END, STRENGTH
from kith.core.ties import RULE

MANY: Final = 36
# Where somebody knows more than so many, the picture goes on with others.
_EACH: Final = 6


@dataclass(frozen=True, slots=True)
class Sample:
    """Simulated people, and every tie among them. No row of it is about anybody real.

    Args:
        rows: Who they are in the town; nothing is drawn of it.
        places: Where each is drawn, from 0 to 1.
        ties: Two of them, the lower first.
        strength: Of each tie, from 0 to 1: before; at the end as it is; at the end with the design.
        is_using: At the same three times: who used within seven days.
    """

    rows: Int64[np.ndarray, "some"]
    places: Float64[np.ndarray, "some 2"]
    ties: Int64[np.ndarray, "ties 2"]
    strength: Float64[np.ndarray, "3 ties"]
    is_using: Bool[np.ndarray, "3 some"]

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON has."""
        made = {name: getattr(self, name) for name in self.__slots__}
        return {
            name: (column.round(4) if column.dtype == np.float64 else column).tolist()
            for name, column in made.items()
        }

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "Sample":
        """Return what `as_json` wrote."""
        kinds = {"rows": np.int64, "places": np.float64, "ties": np.int64,
                 "strength": np.float64, "is_using": np.bool_}  # fmt: skip
        made: dict[str, Any] = {name: np.array(said[name], kind) for name, kind in kinds.items()}
        made["ties"] = made["ties"].reshape(-1, 2)
        made["strength"] = made["strength"].reshape(3, -1)
        return cls(**made)


def sampled(plain: State, tried: State) -> Sample:
    """Return people near each other in `tried`, on their first morning.

    It begins with the first person whom the design gives a partner, and goes on to partners and
    then to ties, a few of each person's, so that circles show as well as what they join.
    """
    rows = _near(tried)
    ties = _ties_among(tried, rows)
    before, using = _strengths(plain, rows, ties), _is_using(plain, rows)
    return Sample(
        rows=rows,
        places=placed(len(rows), ties),
        ties=ties,
        strength=np.stack([before] * 3),
        is_using=np.stack([using] * 3),
    )


def with_strengths(sample: Sample, states: Sequence[State]) -> Sample:
    """Return the sample with what its ties and people are at the end of both arms."""
    after = [_strengths(state, sample.rows, sample.ties) for state in states]
    using = [_is_using(state, sample.rows) for state in states]
    return replace(
        sample,
        strength=np.stack([sample.strength[0], *after]),
        is_using=np.stack([sample.is_using[0], *using]),
    )


def _near(state: State) -> Int64[np.ndarray, "some"]:
    """Return whoever is near the first with a partner, in the order in which they are met."""
    ends, start = state.tied.ends[:, OTHER_END], state.tied.start
    mine = state.tied.partners
    first = np.flatnonzero((mine >= 0).any(axis=1))
    found = [int(first[0]) if len(first) else 0]
    seen = set(found)
    for person in found:
        met = [int(ends[end]) for end in mine[person] if end >= 0]
        known = ends[start[person] : start[person + 1]].tolist()
        for other in dict.fromkeys([*met, *known[:_EACH]]):
            if other not in seen and len(found) < MANY:
                seen.add(other)
                found.append(other)
    return np.sort(np.array(found, np.int64))


def _ties_among(state: State, rows: Int64[np.ndarray, "some"]) -> Int64[np.ndarray, "ties 2"]:
    place = {int(row): at for at, row in enumerate(rows)}
    pairs = [
        (at, place[other])
        for row, at in place.items()
        for other in _others(state, row)
        if at < place.get(other, -1)
    ]
    return np.array(pairs, np.int64).reshape(-1, 2)


def _others(state: State, row: int) -> list[int]:
    start = state.tied.start
    others: list[int] = state.tied.ends[start[row] : start[row + 1], OTHER_END].tolist()
    return others


def _strengths(
    state: State, rows: Int64[np.ndarray, "some"], ties: Int64[np.ndarray, "ties 2"]
) -> Float64[np.ndarray, "ties"]:
    """Return how strong each tie is now: 0 where there is none."""
    faded = 2.0 ** (-(state.step / EPOCHS_PER_DAY) / RULE.half_life_days)
    start, kept = state.tied.start, state.tied.floats[:, STRENGTH]
    found = np.zeros(len(ties))
    for at, (one, other) in enumerate(rows[ties].tolist()):
        known = _others(state, one)
        if other in known:
            found[at] = float(kept[start[one] + known.index(other)]) * faded
    return np.clip(found, 0.0, 1.0)


def _is_using(state: State, rows: Int64[np.ndarray, "some"]) -> Bool[np.ndarray, "some"]:
    gone = (state.act[rows] & ACT_BITS) == GONE
    return np.asarray((state.week[rows] != 0) & ~gone)


def placed(many: int, ties: Int64[np.ndarray, "ties 2"]) -> Float64[np.ndarray, "some 2"]:
    """Return where each is drawn, from 0 to 1: ties pull, all push.

    Source: Fruchterman and Reingold 1991, from a circle, without chance.
    """
    turn = 2 * np.pi * np.arange(many) / max(many, 1)
    place = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    pull = np.zeros((many, many))
    pull[ties[:, 0], ties[:, 1]] = pull[ties[:, 1], ties[:, 0]] = 1.0
    near = 1.6 / np.sqrt(max(many, 1))
    for heat in np.linspace(0.2, 0.005, 160):
        apart = place[:, None] - place[None]
        far = np.maximum(np.linalg.norm(apart, axis=2), 0.01)
        force = (apart * (near**2 / far**2 - pull * far / near)[..., None]).sum(axis=1)
        # A little towards the middle, so that who knows nobody stays in the picture.
        force -= 0.4 * place
        length = np.maximum(np.linalg.norm(force, axis=1, keepdims=True), 1e-9)
        place = place + force / length * np.minimum(length, heat)
    span = np.ptp(place, axis=0)
    return np.asarray((place - place.min(axis=0)) / np.where(span > 0, span, 1.0))
