"""Circles or places drawn whole."""

from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Int64
from typing_extensions import override

from kith.core.randomize.mechanism import AbstractMechanism, Drawn, Part, labels_of
from kith.errors import InvalidInputError


@final
@dataclass(frozen=True, slots=True, eq=False)
class Clustered(AbstractMechanism):
    """Everybody of a circle gets the arm of the circle; the circles are drawn by `of_clusters`.

    Circles that form later are drawn by `of_clusters.draw_next`, where it has one.

    Args:
        cluster: Of each person, from 0 without a gap.
        of_clusters: Its units are the clusters.

    Raises:
        InvalidInputError: If these do not fit each other.
    """

    cluster: Int64[np.ndarray, "units"]
    of_clusters: AbstractMechanism

    def __post_init__(self) -> None:
        if labels_of(self.cluster, "cluster") != self.of_clusters.n_units():
            raise InvalidInputError("of_clusters must draw as many as there are clusters")

    @override
    def n_units(self) -> int:
        return len(self.cluster)

    @override
    def n_arms(self) -> int:
        return self.of_clusters.n_arms()

    @override
    def draw(self, seed: int) -> Drawn:
        drawn = self.of_clusters.draw(seed)
        return Drawn(drawn.arm[self.cluster], drawn.probability[self.cluster])

    @override
    def parts(self) -> tuple[Part, ...]:
        found = []
        for part in self.of_clusters.parts():
            members = [np.flatnonzero(self.cluster == cluster) for cluster in part.units]
            sizes = [len(group) for group in members]
            arms = np.repeat(part.arms, sizes, axis=1)
            found.append(Part(np.concatenate(members), arms, part.probability))
        return tuple(found)
