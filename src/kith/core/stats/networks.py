"""Who names whom: how many ties, how many go both ways, and how they change between two waves.

A network is a square table of booleans: row i, column j says that i names j. Nobody names
themselves. Measures of one person's own ties in kith's log are in `core.ties`; these are of the
whole, as surveys of friends ask for them.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Int64
from scipy.special import ndtri
from scipy.stats import norm

from kith.core.rng import stream
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
    network: Network,
    measure: Callable[[Network], float],
    *,
    name: str,
    seed: int,
    draws: int = 1_000,
    level: float = 0.95,
) -> Estimate:
    """Return a measure of a network with an interval over which people might have been there.

    People are drawn again with replacement, and their ties with them (the vertex bootstrap of
    Snijders & Borgatti 1999). Two draws of one person take the tie of two people at random. The
    error is the spread over draws; the interval is value -/+ z error. It stands for networks that
    are alike, people for people; it does not say what another town is like.

    Args:
        network: Who names whom.
        measure: One number of a network: `reciprocity`, `density`.
        name: What the estimate is called.
        seed: Of the draws.
        draws: How many.
        level: Of the interval.

    Raises:
        NoAnswerError: If the measure has no answer for this network, or for most draws of it.
    """
    value = measure(network)
    dice = stream(seed, "vertex bootstrap", name)
    found = []
    for _ in range(draws):
        try:
            found.append(measure(_drawn_again(network, dice)))
        except NoAnswerError:
            continue
    if len(found) < draws / 2:
        raise NoAnswerError(f"{name} has no answer in most networks like this one")
    se, z = float(np.std(found, ddof=1)), float(ndtri(0.5 + level / 2))
    p = float(2 * norm.sf(abs(value) / se)) if se > 0 else float(value == 0)
    return Estimate(name, value, se, value - z * se, value + z * se, p, None, "", level)


def _drawn_again(network: Network, dice: np.random.Generator) -> Network:
    n = len(network)
    who = dice.integers(n, size=n)
    again = network[np.ix_(who, who)]
    # Nobody is tied to themselves, so two draws of one person borrow a tie from any two.
    row, column = np.nonzero(who[:, None] == who)
    is_two = row != column
    i = dice.integers(n, size=is_two.sum())
    j = (i + dice.integers(1, n, size=is_two.sum())) % n
    again[row[is_two], column[is_two]] = network[i, j]
    return again


def _refuse(network: Network) -> None:
    if network.shape[0] != network.shape[1]:
        raise InvalidInputError(f"a network must be square, got {network.shape}")
    if network.diagonal().any():
        person = int(np.argmax(network.diagonal()))
        raise InvalidInputError(f"person {person} is tied to themselves")
