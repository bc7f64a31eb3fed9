"""What a steward writes by hand: it stays, whatever feeds say later."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from kith.web.gatherings.actions import towns
from kith.web.gatherings.actions.editions import next_edition
from kith.web.gatherings.bridge import rows
from kith.web.gatherings.choices import Status
from kith.web.gatherings.models import Gathering, Place


@transaction.atomic
def hold(*, gathering: Gathering, fields: Iterable[str]) -> None:
    """Save `gathering`, and keep what was written into `fields` from feeds."""
    held = set(gathering.held) | (set(fields) & {*rows.FOLDED, "place", "occasions"})
    gathering.held = sorted(held)
    now = timezone.now()
    if not Gathering.objects.filter(pk=gathering.pk).exists():
        gathering.added_at = now
    gathering.changed_at = now
    if gathering.status == Status.RETIRED:
        gathering.retired_at = gathering.retired_at or now
    else:
        gathering.retired_at = None
    gathering.edition = next_edition()
    gathering.save()
    towns.renew()


@transaction.atomic
def touched(*, place: Place, fields: Iterable[str]) -> None:
    """Save `place`, keep `fields` from feeds, and let all who meet there be read anew."""
    # One that no feed knows gets a key that no feed gives.
    place.key = place.key or uuid.uuid4().hex
    place.held = sorted(set(place.held) | set(fields))
    place.save()
    edition = next_edition()
    Gathering.objects.filter(place=place).update(edition=edition)
    Gathering.objects.filter(occasions__place=place).update(edition=edition)
    towns.renew()
