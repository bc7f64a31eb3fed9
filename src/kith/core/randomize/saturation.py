"""Two stages: how much of each circle, then who in it (Hudgens and Halloran 2008)."""

from dataclasses import dataclass
from itertools import combinations
from math import floor
from typing import final

import numpy as np
from jaxtyping import Int16, Int64
from typing_extensions import override

from kith.core.randomize.mechanism import AbstractMechanism, Drawn, Part, labels_of, together
from kith.core.rng import key, stream
from kith.errors import InvalidInputError


@final
@dataclass(frozen=True, slots=True, eq=False)
class Saturation(AbstractMechanism):
    """Circles are drawn to a saturation; then that share of their people, all sets as likely.

    In a circle of m people drawn to share s, floor(s * m + 1/2) people get arm 1. The probability
    that is kept for a person is given their circle's saturation; that of the circle is kept with
    the circle (`levels`). A circle is drawn when it is whole.
    Source: Hudgens and Halloran, J Am Stat Assoc 103:832 (2008).

    Args:
        circle: Of each person, from 0 without a gap.
        shares: What a circle can be drawn to, each from 0 to 1.
        of_circles: Its units are the circles, its arms the `shares`.

    Raises:
        InvalidInputError: If these do not fit each other.
    """

    circle: Int64[np.ndarray, "units"]
    shares: tuple[float | int, ...]
    of_circles: AbstractMechanism

    def __post_init__(self) -> None:
        if labels_of(self.circle, "circle") != self.of_circles.n_units():
            raise InvalidInputError("of_circles must draw as many as there are circles")
        if len(self.shares) != self.of_circles.n_arms():
            raise InvalidInputError("of_circles must have an arm for each share")
        if not all(0 <= share <= 1 for share in self.shares):
            raise InvalidInputError(f"shares must be from 0 to 1, got {self.shares}")

    @override
    def n_units(self) -> int:
        return len(self.circle)

    @override
    def n_arms(self) -> int:
        return 2

    def levels(self, seed: int) -> Drawn:
        """Return the first stage of the draw of `seed`: the saturation of each circle."""
        return self.of_circles.draw(key(seed, "circles"))

    @override
    def draw(self, seed: int) -> Drawn:
        level = self.levels(seed).arm
        sizes = np.bincount(self.circle)
        treated = np.floor(np.asarray(self.shares)[level] * sizes + 0.5)
        rank = self._rank(seed, sizes)
        arm = (rank < treated[self.circle]).astype(np.int16)
        chance = (treated / sizes)[self.circle]
        return Drawn(arm, np.where(arm == 1, chance, 1 - chance))

    @override
    def parts(self) -> tuple[Part, ...]:
        members = [np.flatnonzero(self.circle == c) for c in range(self.of_circles.n_units())]
        found = []
        for stage in self.of_circles.parts():
            ways = []
            for levels, chance in zip(stage.arms, stage.probability, strict=True):
                circles = zip(stage.units, levels, strict=True)
                way = together([self._within(members[c], int(level)) for c, level in circles])
                ways.append((way, chance))
            units = ways[0][0].units
            arms = np.concatenate([way.arms for way, _ in ways])
            chances = np.concatenate([way.probability * chance for way, chance in ways])
            found.append(Part(units, arms, chances))
        return tuple(found)

    def _rank(self, seed: int, sizes: Int64[np.ndarray, "circles"]) -> Int64[np.ndarray, "units"]:
        """Return the place of each person in the shuffled order of their circle."""
        order = np.lexsort((stream(seed, "within").random(len(self.circle)), self.circle))
        rank = np.empty(len(order), np.int64)
        first = np.repeat(np.cumsum(sizes) - sizes, sizes)
        rank[order] = np.arange(len(order)) - first
        return rank

    def _within(self, people: Int64[np.ndarray, "_"], level: int) -> Part:
        """Return each set of people of a circle that its saturation can bring."""
        n = floor(self.shares[level] * len(people) + 0.5)
        sets = list(combinations(range(len(people)), n))
        arms: Int16[np.ndarray, "ways units"] = np.zeros((len(sets), len(people)), np.int16)
        for row, chosen in zip(arms, sets, strict=True):
            row[list(chosen)] = 1
        return Part(people, arms, np.full(len(sets), 1 / len(sets)))
