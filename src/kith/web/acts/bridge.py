"""Rows of acts to the tie mathematics of the core, and back."""

from collections.abc import Iterable
from datetime import date

from kith.core import ties
from kith.core.records import Act as CoreAct
from kith.core.records import Help as CoreHelp
from kith.core.records import Mode as CoreMode
from kith.errors import InvalidInputError
from kith.web.acts.choices import Help, Mode
from kith.web.acts.models import Act, Tie
from kith.web.people.models import Person

_MODES = {
    Mode.IN_PERSON: CoreMode.IN_PERSON,
    Mode.VIDEO: CoreMode.VIDEO,
    Mode.VOICE: CoreMode.VOICE,
    Mode.TEXT: CoreMode.TEXT,
}
_HELPS = {
    Help.NONE: CoreHelp.NONE,
    Help.GIVEN: CoreHelp.GIVEN,
    Help.RECEIVED: CoreHelp.RECEIVED,
    Help.BOTH: CoreHelp.BOTH,
}
_EPOCH = date(1970, 1, 1)
# Of two people: who is low is numbered 0.
_LOW, _HIGH = 0, 1


def low_and_high(one: Person, other: Person) -> tuple[Person, Person]:
    """Return two people in the order of their keys."""
    return (one, other) if one.pk.int < other.pk.int else (other, one)


def is_late(tie: Tie, act: Act) -> bool:
    """Return whether `act` happened before the last one that `tie` has learned."""
    return _day(act) < tie.day


def learn(tie: Tie, act: Act) -> None:
    """Let `tie` learn one more act of its two people, not before its last."""
    before = ties.Tie(tie.strength, tie.help_up, tie.help_down, tie.day)
    _set(tie, ties.learned(before, _core(tie, act)))


def relearn(tie: Tie, acts: Iterable[Act]) -> None:
    """Let `tie` be what all `acts` of its two people make."""
    _set(tie, ties.relearned(_core(tie, act) for act in acts))


def _set(tie: Tie, after: ties.Tie) -> None:
    tie.strength, tie.help_up, tie.help_down, tie.day = after


def _core(tie: Tie, act: Act) -> CoreAct:
    if {act.actor_id, act.other_id} != {tie.low_id, tie.high_id}:
        raise InvalidInputError("an act of other people than those of the tie")
    actor, other = (_LOW, _HIGH) if act.actor_id == tie.low_id else (_HIGH, _LOW)
    return CoreAct(
        day=_day(act),
        actor=actor,
        other=other,
        mode=_MODES[Mode(act.mode)],
        minutes=float(act.minutes),
        help=_HELPS[Help(act.help)],
    )


def _day(act: Act) -> float:
    return float((act.on - _EPOCH).days)
