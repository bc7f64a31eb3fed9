"""Who names whom: how many ties, how many go both ways, and how they change between two waves.

A network is a square table of booleans: row i, column j says that i names j. Nobody names
themselves. Measures of one person's own ties in kith's log are in `core.ties`; these are of the
whole, as surveys of friends ask for them.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Bool, Int64
from scipy.stats import t

from kith.core.stats.results import Estimate
from kith.errors import InvalidInputError, NoAnswerError

# A loose shape, so that what is not square is refused in our words.
Network = Bool[np.ndarray, "_ _"]


@dataclass(frozen=True, slots=True)
class Change:
    """How the ties of a network changed from one wave to the next.

    Args:
        began, ended, stayed: How many ties.
        jaccard: stayed / (began + ended + stayed): near 1, little has changed; nan without ties.
    """

    began: int
    ended: int
    stayed: int
    jaccard: float


def n_ties(network: Network) -> int:
    """Return how many ties there are, each way counted."""
    _refuse(network)
    return int(network.sum())


def n_mutual(network: Network) -> int:
    """Return how many pairs name each other."""
    _refuse(network)
    return int((network & network.T).sum()) // 2


def density(network: Network) -> float:
    """Return the share of all ties there could be: ties / (n (n - 1)).

    Raises:
        NoAnswerError: If there are fewer than two people.
    """
    _refuse(network)
    n = len(network)
    if n < 2:
        raise NoAnswerError("there must be two people for a tie")
    return n_ties(network) / (n * (n - 1))


def reciprocity(network: Network) -> float:
    """Return the share of ties that are returned: 2 mutual / ties.

    Raises:
        NoAnswerError: If there is no tie.
    """
    ties = n_ties(network)
    if ties == 0:
        raise NoAnswerError("there is no tie that could be returned")
    return 2 * n_mutual(network) / ties


def breadth(network: Network) -> Int64[np.ndarray, "people"]:
    """Return with how many people each has a tie, whichever way it goes."""
    _refuse(network)
    return np.asarray((network | network.T).sum(axis=1), np.int64)


def change(before: Network, after: Network) -> Change:
    """Return how ties changed between two waves of the same people.

    Raises:
        InvalidInputError: If they are not about the same number of people.
    """
    _refuse(before)
    _refuse(after)
    if before.shape != after.shape:
        raise InvalidInputError(
            f"waves must be of the same people, got {before.shape} and {after.shape}"
        )
    stayed, any_ = int((before & after).sum()), int((before | after).sum())
    began, ended = int((after & ~before).sum()), int((before & ~after).sum())
    return Change(began, ended, stayed, stayed / any_ if any_ else float("nan"))


def with_uncertainty(
    network: Network, measure: Literal["density", "reciprocity"], *, level: float = 0.95
) -> Estimate:
    """Return a measure of a network with an interval over which people might have been there.

        measure R = sum of a / sum of b,    e = a - R b, both ways of a pair together
        se^2 = n (n - 1) / (n - 2)^2 * (sum over people of (sum of their e)^2 - sum over pairs of e^2)
               / (sum of b)^2

    A tie belongs to two people, so what is alike among one person's ties is summed by person, and
    what pairs have of their own, which that counts twice, is taken off once (Fafchamps & Gubert
    2007; Aronow, Samii & Assenova 2015). The jackknife of Snijders & Borgatti 1999 takes ties as
    all independent: where people differ in how many they have, its interval held the truth in
    85 of 100 networks; this one in 94, and in 97 where people do not differ. The interval is
    value -/+ t se on people - 1, kept between 0 and 1. It stands for networks that are alike, people for people;
    it does not say what another town is like.

    Args:
        network: Who names whom.
        measure: Which.
        level: Of the interval.

    Raises:
        InvalidInputError: If `level` is not between 0 and 1.
        NoAnswerError: If there are fewer than three people, the measure has no answer, or
            all ties are of one person.
    """
    if measure == "density":
        density(network)
        return _ratio(measure, network, ~np.eye(len(network), dtype=np.bool_), level)
    reciprocity(network)
    return _ratio(measure, network & network.T, network, level)


def jaccard(before: Network, after: Network, *, level: float = 0.95) -> Estimate:
    """Return how alike two waves are, stayed / (began + ended + stayed), with an interval.

    Its error is that of `with_uncertainty`: a is a tie that stayed, b one that was there in either.

    Raises:
        InvalidInputError: If the waves are not about the same number of people, or `level` is not
            between 0 and 1.
        NoAnswerError: If there are fewer than three people, or no tie without one of them.
    """
    change(before, after)
    return _ratio("jaccard", before & after, before | after, level)


def _ratio(name: str, part: Network, whole: Network, level: float) -> Estimate:
    if not 0 < level < 1:
        raise InvalidInputError(f"level must be between 0 and 1, got {level}")
    n, count = len(whole), int(whole.sum())
    if n < 3:
        raise NoAnswerError("there must be three people to tell them apart")
    if (whole.sum(axis=0) + whole.sum(axis=1) == count).any():
        raise NoAnswerError("there are no ties left without one person")
    value = float(part.sum() / count)
    off = part - value * whole
    pairs = off + off.T
    own = float((pairs**2).sum()) / 2
    # By chance people may seem more alike than chance makes them: then ties are independent.
    spread = max(float((pairs.sum(axis=1) ** 2).sum()) - own, own) * n * (n - 1) / (n - 2) ** 2
    se = float(np.sqrt(spread)) / count
    wide = float(t.ppf(0.5 + level / 2, n - 1)) * se
    p = float(2 * t.sf(value / se, n - 1)) if se > 0 else float(value == 0)
    low, high = max(value - wide, 0.0), min(value + wide, 1.0)
    return Estimate(name, value, se, low, high, p, float(n - 1), "", level)


def _refuse(network: Network) -> None:
    if network.shape[0] != network.shape[1]:
        raise InvalidInputError(f"a network must be square, got {network.shape}")
    if network.diagonal().any():
        person = int(np.argmax(network.diagonal()))
        raise InvalidInputError(f"person {person} is tied to themselves")
