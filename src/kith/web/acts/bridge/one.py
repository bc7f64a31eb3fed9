"""One act to one tie."""

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

MODES = {
    Mode.IN_PERSON: CoreMode.IN_PERSON,
    Mode.VIDEO: CoreMode.VIDEO,
    Mode.VOICE: CoreMode.VOICE,
    Mode.TEXT: CoreMode.TEXT,
}
HELPS = {
    Help.NONE: CoreHelp.NONE,
    Help.GIVEN: CoreHelp.GIVEN,
    Help.RECEIVED: CoreHelp.RECEIVED,
    Help.BOTH: CoreHelp.BOTH,
}
_EPOCH = date(1970, 1, 1).toordinal()
# Ties learned act by act and all at once differ by less.
_CLOSE = 1e-9
# Of two people: who is low is numbered 0.
_LOW, _HIGH = 0, 1


def low_and_high(one: Person, other: Person) -> tuple[Person, Person]:
    """Return two people in the order of their keys."""
    return (one, other) if one.pk.int < other.pk.int else (other, one)


def is_late(tie: Tie, act: Act) -> bool:
    """Return whether `act` happened before the last one that `tie` has learned."""
    return day_of(act.on) < tie.day


def learn(tie: Tie, act: Act) -> None:
    """Let `tie` learn one more act of its two people, not before its last."""
    before = ties.Tie(tie.strength, tie.help_up, tie.help_down, tie.day)
    _set(tie, ties.learned(before, _core(tie, act)))


def relearn(tie: Tie, acts: Iterable[Act]) -> bool:
    """Let `tie` be what all `acts` of its two people make; return whether it was something else."""
    before = tie.strength, tie.help_up, tie.help_down, tie.day
    after = ties.relearned(_core(tie, act) for act in acts)
    _set(tie, after)
    return are_far(before, after)


def are_far(before: Iterable[float], after: Iterable[float]) -> bool:
    """Return whether the numbers of a tie differ by more than rounding."""
    return any(abs(one - other) > _CLOSE for one, other in zip(before, after, strict=True))


def _set(tie: Tie, after: ties.Tie) -> None:
    tie.strength, tie.help_up, tie.help_down, tie.day = after


def _core(tie: Tie, act: Act) -> CoreAct:
    if {act.actor_id, act.other_id} != {tie.low_id, tie.high_id}:
        raise InvalidInputError("an act of other people than those of the tie")
    actor, other = (_LOW, _HIGH) if act.actor_id == tie.low_id else (_HIGH, _LOW)
    return CoreAct(
        day=day_of(act.on),
        actor=actor,
        other=other,
        mode=MODES[Mode(act.mode)],
        minutes=float(act.minutes),
        help=HELPS[Help(act.help)],
    )


def day_of(on: date) -> float:
    """Return how many days `on` is after the first of January 1970."""
    return float(on.toordinal() - _EPOCH)
