"""Acts are written down, and ties learn them at once."""

from django.db import transaction
from django.db.models import Q

from kith.web.acts import bridge
from kith.web.acts.models import Act, Tie


@transaction.atomic
def record(act: Act) -> Act:
    """Write `act` down for good, and let the tie of its two people, if it is of two, learn it."""
    act.save()
    if act.actor and act.other:
        low, high = bridge.low_and_high(act.actor, act.other)
        tie = Tie.objects.select_for_update().filter(low=low, high=high).first()
        _learn(tie or Tie(low=low, high=high), act)
    return act


def _learn(tie: Tie, act: Act) -> None:
    if tie.pk is None:
        bridge.relearn(tie, [act])
    elif bridge.is_late(tie, act):
        ways = Q(actor=tie.low, other=tie.high) | Q(actor=tie.high, other=tie.low)
        bridge.relearn(tie, Act.objects.filter(ways))
    else:
        bridge.learn(tie, act)
    tie.save()
