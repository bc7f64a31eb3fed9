"""Two people may write to each other, and no longer."""

from datetime import datetime

from django.utils import timezone

from kith.web.messages.choices import Reason
from kith.web.messages.models import Ground
from kith.web.people.models import Person


def open_ground(
    *, one: Person, other: Person, reason: Reason, number: int = 0, until: datetime | None = None
) -> Ground:
    """Let two people write to each other for `reason`; asked for again, only `until` changes.

    `number` is of the gathering, the circle, the pair or the ask; at a gathering `one` is its host.
    It ends by itself at `until`, or else when somebody closes it.
    """
    low, high = _ends(one, other)
    is_low_host = low.pk == one.pk if reason == Reason.GATHERING_HOST else None
    ground, _is_new = Ground.objects.update_or_create(
        low=low,
        high=high,
        reason=reason,
        number=number,
        defaults={"until": until, "is_low_host": is_low_host},
    )
    return ground


def close_ground(
    *, reason: Reason, number: int = 0, one: Person | None = None, other: Person | None = None
) -> None:
    """End what `reason` gave two people, or one of them with everybody, or all of them.

    What they wrote stays to be read until it fades.
    """
    now = timezone.now()
    ending = Ground.objects.filter(reason=reason, number=number).exclude(until__lte=now)
    for person in filter(None, (one, other)):
        ending = ending.filter(low=person) | ending.filter(high=person)
    ending.update(until=now)


def _ends(one: Person, other: Person) -> tuple[Person, Person]:
    low, high = sorted((one, other), key=lambda person: person.pk.int)
    return low, high
