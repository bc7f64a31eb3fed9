"""How even help is between two people, and around one."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float64, Int64

from kith.core.ties.table import Ties
from kith.core.ties.tie import Tie
from kith.errors import NoAnswerError


class NoHelpError(NoAnswerError):
    """Neither of two people has helped the other, so nothing is even or uneven."""


class Reciprocities(NamedTuple):
    """The reciprocity of those people who have one.

    Args:
        person: Their numbers, in order.
        value: From 0, all one way, to 1, even.
    """

    person: Int64[np.ndarray, "some"]
    value: Float64[np.ndarray, "some"]


def of_pair(tie: Tie) -> float:
    """Return how even help is between two people, from 0 to 1.

        min(help_up, help_down) / max(help_up, help_down)

    Raises:
        NoHelpError: If there was none.
    """
    least, most = sorted((tie.help_up, tie.help_down))
    if most == 0:
        raise NoHelpError("neither has helped the other")
    return least / most


def of_people(ties: Ties) -> Reciprocities:
    """Return how even help is over all ties of each person who gave or had any.

        sum of min(help_up, help_down) / sum of max(help_up, help_down)

    Help with many people does not even out: giving to one and having from another is 0.
    """
    now = ties.at(ties.last_day)
    least, most = (
        _by_person(now, end(now.help_up, now.help_down)) for end in (np.minimum, np.maximum)
    )
    person = np.flatnonzero(most)
    return Reciprocities(person, least[person] / most[person])


def _by_person(ties: Ties, amount: Float64[np.ndarray, "ties"]) -> Float64[np.ndarray, "people"]:
    """Return the sum of `amount` over the ties of each person."""
    total = np.zeros(ties.people)
    for person in (ties.low, ties.high):
        np.add.at(total, person, amount)
    return total
