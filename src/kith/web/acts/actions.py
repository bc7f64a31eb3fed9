"""Acts are written down, and ties learn them at once."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from kith.web.acts import bridge
from kith.web.acts.choices import Help, Kind, Mode, Setting
from kith.web.acts.models import Act, Tie
from kith.web.people.models import Person


@transaction.atomic
def record(
    *,
    kind: Kind,
    actor: Person,
    on: date,
    mode: Mode,
    setting: Setting,
    number: int | None = None,
    other: Person | None = None,
    minutes: float = 0,
    helped: Help = Help.NONE,
) -> Act:
    """Write down what `actor` did on a day, and let their tie with `other` learn it.

    Args:
        number: Which gathering (circle, ...) of that `setting` it was.
        minutes: How long they were together, as far as anybody knows.
        helped: Who helped whom, seen from `actor`.
    """
    act = Act.objects.create(
        kind=kind,
        actor=actor,
        other=other,
        mode=mode,
        minutes=minutes,
        help=helped,
        on=on,
        setting=setting,
        number=number,
    )
    if other is not None:
        _learn(act, actor, other)
    return act


def _learn(act: Act, actor: Person, other: Person) -> None:
    low, high = bridge.low_and_high(actor, other)
    tie = Tie.objects.select_for_update().filter(low=low, high=high).first()
    if tie is None:
        tie = Tie(low=low, high=high)
        bridge.relearn(tie, [act])
    elif bridge.is_late(tie, act):
        bridge.relearn(tie, Act.objects.filter(Q(actor=low, other=high) | Q(actor=high, other=low)))
    else:
        bridge.learn(tie, act)
    tie.save()
