"""True things that somebody is told when they are asked: never whose they are, never a score."""

from typing import Any, Final

import numpy as np

from kith.core.matching import Circles, People
from kith.web.kit.practices import PRACTICES
from kith.web.people.choices import LANGUAGES, Gift

THINGS: Final = 3
_PRACTICES, _GIFTS = list(PRACTICES), Gift.values

Thing = dict[str, Any]


def reasons_for(people: People, circles: Circles, circle: int, row: int) -> dict[str, list[Thing]]:
    """Return three true things that hold between somebody and the others in a circle, as codes.

    Each is one of: a practice that they and another like; what they would like and another can
    give; what they can give and another would like; that they have met one of them; a language
    that all speak; that all have the hour.
    """
    others = [one for one in circles.lists()[circle] if one != row]
    kinds = [
        _codes("practice", _shared(people.practices, row, others), _PRACTICES),
        _codes("receives", int(people.receives[row]) & _any(people.gives, others), _GIFTS),
        _codes("gives", int(people.gives[row]) & _any(people.receives, others), _GIFTS),
        [{"met": True}] if _has_met(people, row, others) else [],
        _codes("language", _all(people.languages, [row, *others]), LANGUAGES),
        [{"hour": True}],
        [{"small": True}],
    ]
    # One of each kind first, then seconds.
    in_turn = [kind[turn] for turn in range(THINGS) for kind in kinds if len(kind) > turn]
    return {"things": in_turn[:THINGS]}


def _codes(name: str, bits: int, known: list[str] | tuple[str, ...]) -> list[Thing]:
    return [{name: code} for bit, code in enumerate(known) if bits >> bit & 1]


def _shared(column: np.ndarray, row: int, others: list[int]) -> int:
    return int(column[row]) & _any(column, others)


def _any(column: np.ndarray, rows: list[int]) -> int:
    return int(np.bitwise_or.reduce(column[rows]))


def _all(column: np.ndarray, rows: list[int]) -> int:
    return int(np.bitwise_and.reduce(column[rows]))


def _has_met(people: People, row: int, others: list[int]) -> bool:
    ties = people.ties
    mine = np.concatenate((ties[ties[:, 0] == row, 1], ties[ties[:, 1] == row, 0]))
    return bool(np.isin(mine, others).any())
