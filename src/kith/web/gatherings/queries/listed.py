"""What is listed: gatherings, their dates, where they come from, and what changed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from kith.web.gatherings.access import known_to_all, shown_to_all
from kith.web.gatherings.choices import Status
from kith.web.gatherings.models import Feed, Gathering, Occasion, Place

CHANGES_SHOWN_DAYS = 14
CHANGES_MOST = 200


def occasions_of(gathering: Gathering) -> list[Occasion]:
    """Return the dates of `gathering` that its rule does not give."""
    return list(gathering.occasions.select_related("place"))


def occasions_by_gathering(gatherings: Sequence[Gathering]) -> dict[int, list[Occasion]]:
    """Return the dates of many gatherings that their rules do not give."""
    found: dict[int, list[Occasion]] = {}
    # Few dates are somewhere else: their places are only asked for if there are any.
    rows = Occasion.objects.filter(gathering__in=gatherings).prefetch_related("place")
    for occasion in rows:
        found.setdefault(occasion.gathering_id, []).append(occasion)
    return found


def sources_of(gathering: Gathering) -> list[Feed]:
    """Return the feeds that name `gathering` now, the oldest acquaintance first."""
    known = Feed.objects.filter(records__gathering=gathering, records__gone_at=None)
    return list(known.only("address", "name", "credit", "read_at").distinct().order_by("pk"))


def others_at(place: Place, besides: Gathering) -> QuerySet[Gathering]:
    """Return what else meets at `place`."""
    found = shown_to_all().filter(place=place).exclude(pk=besides.pk)
    return found.only("slug", "name").order_by("start", "name")


def all_at(place: Place) -> list[Gathering]:
    """Return all that is shown and meets at `place`."""
    return list(shown_to_all().filter(place=place).select_related("place").order_by("pk"))


def with_numbers(numbers: Sequence[int], *, fields: Sequence[str]) -> QuerySet[Gathering]:
    """Return those of the gatherings `numbers` that are shown, with `fields` of them and no more."""
    found = shown_to_all().filter(pk__in=numbers).select_related("place")
    return found.only(*fields)


def changed_since(moment: datetime) -> dict[str, list[Gathering]]:
    """Return what is new, changed, paused and gone since `moment`, newest first."""
    rows = (
        known_to_all()
        .filter(changed_at__gte=moment)
        .select_related("place")
        .order_by("-changed_at", "name")[:CHANGES_MOST]
    )
    found: dict[str, list[Gathering]] = {"new": [], "changed": [], "paused": [], "gone": []}
    for gathering in rows:
        if gathering.status == Status.RETIRED:
            found["gone"].append(gathering)
        elif gathering.status == Status.PAUSED:
            found["paused"].append(gathering)
        elif gathering.added_at >= moment:
            found["new"].append(gathering)
        else:
            found["changed"].append(gathering)
    return found


def earliest_change_shown() -> datetime:
    """Return the moment before which changes are no longer told."""
    return timezone.now() - timedelta(days=CHANGES_SHOWN_DAYS)


def in_order(numbers: Sequence[int]) -> list[Gathering]:
    """Return the gatherings `numbers` in that order, with their places."""
    found = {g.pk: g for g in shown_to_all().filter(pk__in=numbers).select_related("place")}
    return [found[number] for number in numbers if number in found]


def everything() -> QuerySet[Gathering]:
    """Return all that is not retired, with its place, in a lasting order."""
    return shown_to_all().select_related("place").order_by("pk")


def coverage() -> list[dict[str, str]]:
    """Return the box that holds every place in use, as BMLT's clients ask for it."""
    box = Place.objects.filter(gatherings__in=shown_to_all()).aggregate(
        south=Min("latitude"), north=Max("latitude"), west=Min("longitude"), east=Max("longitude")
    )
    names = {"nw_corner_longitude": "west", "nw_corner_latitude": "north", "se_corner_longitude": "east", "se_corner_latitude": "south"}  # fmt: skip
    return [{name: "" if box[of] is None else str(box[of]) for name, of in names.items()}]
