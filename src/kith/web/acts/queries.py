"""Reads of the log for matching. No page shows what they say."""

from datetime import date
from uuid import UUID

from django.db.models import Count

from kith.web.acts.choices import Kind
from kith.web.acts.models import Act

Knot = tuple[str, int]


def came_most_to(*, since: date) -> dict[UUID, Knot]:
    """Return the setting and its number to which each person came most since then.

    Of two to which they came equally often it is that of the lower number.
    """
    came = Act.objects.filter(on__gte=since, actor__isnull=False, number__isnull=False)
    counted = (
        came.exclude(kind=Kind.THANKED)
        .values_list("actor_id", "setting", "number")
        .annotate(times=Count("on", distinct=True))
        .order_by("times", "-setting", "-number")
    )
    # The last word on somebody is where they came most often.
    return {actor: (setting, number) for actor, setting, number, _times in counted}
