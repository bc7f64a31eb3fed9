"""Acts are written down, and ties learn them at once."""

from django.db import transaction
from django.db.models import Q

from kith.web.acts import bridge
from kith.web.acts.models import Act, Tie
from kith.web.people.models import Person


@transaction.atomic
def record(act: Act) -> Act:
    """Write `act` down for good, and let the tie of its two people, if it is of two, learn it."""
    act.save()
    if act.actor and act.other:
        _learn(act, *bridge.low_and_high(act.actor, act.other))
    return act


def _learn(act: Act, low: Person, high: Person) -> None:
    tie = Tie.objects.select_for_update().filter(low=low, high=high).first()
    if tie is None or bridge.is_late(tie, act):
        ways = Q(actor=low, other=high) | Q(actor=high, other=low)
        tie = tie or Tie(low=low, high=high)
        bridge.relearn(tie, Act.objects.filter(ways))
    else:
        bridge.learn(tie, act)
    tie.save()
