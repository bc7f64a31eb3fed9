"""All acts at once, as columns, and all ties that they make.

What folds them is machine code, which takes a while to be loaded: this module is imported where it
is used, and not by what answers pages.
"""

from collections.abc import Iterator
from secrets import SystemRandom
from uuid import UUID

import numpy as np
from django.db.models import QuerySet

from kith.core.records import ActLog
from kith.core.ties.folding import fold
from kith.web.acts.bridge.one import HELPS, MODES, are_far, day_of
from kith.web.acts.choices import Help, Mode
from kith.web.acts.models import Act, Tie

_ROWS_AT_ONCE = 10_000
_FIELDS = ("on", "actor_id", "other_id", "mode", "minutes", "help")
_NUMBERS = ("strength", "help_up", "help_down", "day")
_ROW = np.dtype(
    [
        ("day", "f8"),
        ("actor", "i4"),
        ("other", "i4"),
        ("mode", "u1"),
        ("minutes", "f4"),
        ("help", "i1"),
    ]
)
_MODES = {mode.value: int(MODES[mode]) for mode in Mode}
_HELPS = {helped.value: int(HELPS[helped]) for helped in Help}

Pair = tuple[UUID, UUID]


def log_of(acts: QuerySet[Act]) -> ActLog:
    """Return those of `acts` that two people did, as a log in which nobody can be found again.

    People are numbered anew each time, by chance, and it is kept nowhere who got which number.
    """
    people, rows = _read(acts)
    numbers = list(range(len(people)))
    SystemRandom().shuffle(numbers)
    return _log(rows, numbers)


def recomputed() -> Iterator[Tie]:
    """Yield all ties as their acts make them, as rows that are not written."""
    people, rows = _read(Act.objects.all())
    by_key = sorted(people, key=lambda key: key.int)
    number = {key: place for place, key in enumerate(by_key)}
    ties = fold(_log(rows, [number[key] for key in people]))
    columns = (column.tolist() for column in ties.columns)
    for low, high, *held in zip(*columns, strict=True):
        numbers = dict(zip(_NUMBERS, held, strict=True))
        yield Tie(low_id=by_key[low], high_id=by_key[high], **numbers)


def astray() -> Iterator[Pair]:
    """Yield the two of each tie that is not stored as their acts make it.

    Who does something just then may be among them: look again, at them alone.
    """
    rows = Tie.objects.values_list("low_id", "high_id", *_NUMBERS).iterator(_ROWS_AT_ONCE)
    stored = {(low, high): held for low, high, *held in rows}
    for tie in recomputed():
        pair = tie.low_id, tie.high_id
        held = stored.pop(pair, None)
        if held is None or are_far(held, (getattr(tie, name) for name in _NUMBERS)):
            yield pair
    yield from stored


def _read(acts: QuerySet[Act]) -> tuple[list[UUID], np.ndarray]:
    """Return who did `acts` with somebody, and rows that number them by their first act."""
    numbers: dict[UUID, int] = {}

    def numbered(key: UUID) -> int:
        return numbers.setdefault(key, len(numbers))

    found = acts.filter(actor__isnull=False, other__isnull=False).values_list(*_FIELDS)
    rows = np.fromiter(
        (
            (day_of(on), numbered(actor), numbered(other), _MODES[mode], minutes, _HELPS[helped])
            for on, actor, other, mode, minutes, helped in found.iterator(_ROWS_AT_ONCE)
        ),
        _ROW,
    )
    return list(numbers), rows


def _log(rows: np.ndarray, numbers: list[int]) -> ActLog:
    """Return rows as a log, with `numbers[n]` for whoever is n in them."""
    number = np.array(numbers, np.int32)
    return ActLog(
        people=len(numbers),
        day=rows["day"].copy(),
        actor=number[rows["actor"]],
        other=number[rows["other"]],
        mode=rows["mode"].copy(),
        minutes=rows["minutes"].copy(),
        help=rows["help"].copy(),
    )
