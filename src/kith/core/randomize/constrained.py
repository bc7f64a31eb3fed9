"""Drawn again until the arms are alike in what was known before."""

from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Float64, Int16
from typing_extensions import override

from kith.core.randomize.mechanism import (
    AbstractMechanism,
    Drawn,
    Part,
    whole_law,
)
from kith.core.rng import key
from kith.errors import InvalidInputError, NoAnswerError

MOST_TRIES = 2_000


class NeverBalancedError(NoAnswerError):
    """No draw was balanced enough: allow more distance.

    Args:
        tries: How many draws were refused.
    """

    def __init__(self, tries: int) -> None:
        self.tries = tries
        super().__init__(f"none of {tries} draws was balanced: allow more distance")


@final
@dataclass(frozen=True, slots=True, eq=False)
class Constrained(AbstractMechanism):
    """Another mechanism, drawn again until its arms are balanced in the covariates.

        M = sum over arms of n[a] * (mean[a] - mean)' S^-1 (mean[a] - mean)  <=  most

    with S the covariance of the covariates; for two arms M is the Mahalanobis distance of
    Morgan and Rubin, Ann Stat 40:1263 (2012), about chi-square with columns * (arms - 1) degrees
    of freedom. The law is the other mechanism's, given that it was balanced: redraws pass the
    same gate, and an analysis that forgets the gate is too wide.

    Args:
        inner: What is drawn.
        covariates: Of its units.
        most: The largest M that passes.

    Raises:
        InvalidInputError: If these do not fit each other.
    """

    inner: AbstractMechanism
    covariates: Float64[np.ndarray, "units columns"]
    most: float

    def __post_init__(self) -> None:
        if len(self.covariates) != self.inner.n_units():
            raise InvalidInputError("covariates must have a row for each unit")
        if not self.most > 0 or not np.all(np.isfinite(self.covariates)):
            raise InvalidInputError("most must be above 0, and covariates finite")

    @override
    def n_units(self) -> int:
        return self.inner.n_units()

    @override
    def n_arms(self) -> int:
        return self.inner.n_arms()

    @override
    def draw(self, seed: int) -> Drawn:
        """Return the first draw that is balanced.

        Its probabilities are the inner mechanism's, and exact, because M does not know the names
        of arms and each is as likely.

        Raises:
            NeverBalancedError: If none of `MOST_TRIES` was.
            InvalidInputError: If the arms of the inner mechanism are not equally likely: then who
                is unlike the others would be drawn by another law than the ratio says.
        """
        for number in range(MOST_TRIES):
            drawn = self.inner.draw(key(seed, "try", number))
            if not np.allclose(drawn.probability, 1 / self.n_arms()):
                raise InvalidInputError("inner must draw each arm with the same probability")
            if self.distance(drawn.arm[None])[0] <= self.most:
                return drawn
        raise NeverBalancedError(MOST_TRIES)

    @override
    def parts(self) -> tuple[Part, ...]:
        law = whole_law(self.inner)
        passes = self.distance(law.arms) <= self.most
        if not passes.any():
            raise NeverBalancedError(len(passes))
        chances = law.probability[passes]
        return (Part(law.units, law.arms[passes], chances / chances.sum()),)

    def distance(self, arms: Int16[np.ndarray, "ways units"]) -> Float64[np.ndarray, "ways"]:
        """Return M of each draw; an arm with nobody in it is never balanced."""
        x = self.covariates - self.covariates.mean(axis=0)
        precision = np.linalg.pinv(np.atleast_2d(np.cov(x, rowvar=False)))
        found = np.zeros(len(arms))
        for arm in range(self.n_arms()):
            here = arms == arm
            n = here.sum(axis=1)
            total = here @ x
            with np.errstate(divide="ignore", invalid="ignore"):
                found += np.einsum("wi,ij,wj->w", total, precision, total) / n
        return np.where(np.isnan(found), np.inf, found)
