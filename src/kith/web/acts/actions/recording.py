"""Acts are written down, and ties learn them at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from kith.web.acts import bridge
from kith.web.acts.choices import Wrong
from kith.web.acts.models import Act, Tie


def record(act: Act) -> Act:
    """Write `act` down for good, and let the tie of its two people, if it is of two, learn it."""
    record_all([act])
    return act


@transaction.atomic
def record_all(acts: Iterable[Act]) -> None:
    """Write `acts` down for good, all or none, and let the ties of their people learn them."""
    # Everybody locks ties in the same order: nobody waits for somebody who waits for them.
    for act in sorted(acts, key=_place):
        act.save()
        if act.actor and act.other:
            low, high = bridge.low_and_high(act.actor, act.other)
            _learn(act, low.pk, high.pk)


def _place(act: Act) -> list[int]:
    return sorted(key.int for key in (act.actor_id, act.other_id) if key)


def _learn(act: Act, low: UUID, high: UUID) -> None:
    tie, is_new = _locked(low, high)
    if is_new or bridge.is_late(tie, act):
        bridge.relearn(tie, _acts_of(low, high))
    else:
        bridge.learn(tie, act)
    tie.save()


def _locked(low: UUID, high: UUID) -> tuple[Tie, bool]:
    """Return the tie of two people and whether it is new; until we are done nobody changes it."""
    found = Tie.objects.select_for_update().filter(low=low, high=high)
    tie = found.first()
    if tie is not None:
        return tie, False
    # Whoever else makes it just now is waited for; then theirs is there, and nothing is made.
    new = Tie(low_id=low, high_id=high, strength=0, help_up=0, help_down=0, day=0)
    Tie.objects.bulk_create([new], ignore_conflicts=True)
    return found.get(), True


def _acts_of(low: UUID, high: UUID) -> QuerySet[Act]:
    return Act.objects.filter(Q(actor=low, other=high) | Q(actor=high, other=low))


@dataclass(frozen=True, slots=True)
class Mended:
    """What was wrong with a tie: the number of its row, or of the first act where there was none."""

    wrong: Wrong
    number: int


@transaction.atomic
def mend(low: UUID, high: UUID) -> Mended | None:
    """Let the tie of two people be what their acts make; return what was wrong, if anything was."""
    tie, is_new = _locked(low, high)
    # Read only now: whatever was written before the tie was ours.
    acts = list(_acts_of(low, high).order_by("pk"))
    if not acts:
        number = tie.pk
        tie.delete()
        return None if is_new else Mended(Wrong.WITHOUT_ACTS, number)
    was_other = bridge.relearn(tie, acts)
    tie.save()
    if is_new:
        return Mended(Wrong.MISSING, acts[0].pk)
    return Mended(Wrong.OTHER, tie.pk) if was_other else None
