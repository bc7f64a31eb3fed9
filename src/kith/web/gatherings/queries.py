"""Reads for the pages of gatherings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from kith.web.gatherings.access import shown_to_all
from kith.web.gatherings.choices import Status
from kith.web.gatherings.models import Coming, Feed, FeedRecord, Gathering, Occasion, Place
from kith.web.people.models import Person

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
    records = FeedRecord.objects.filter(gathering=gathering, gone_at=None)
    return list(Feed.objects.filter(records__in=records).distinct().order_by("pk"))


def others_at(place: Place, besides: Gathering) -> QuerySet[Gathering]:
    """Return what else meets at `place`."""
    return shown_to_all().filter(place=place).exclude(pk=besides.pk).order_by("start", "name")


def changed_since(moment: datetime) -> dict[str, list[Gathering]]:
    """Return what is new, changed, paused and gone since `moment`, newest first."""
    rows = (
        Gathering.objects.filter(changed_at__gte=moment)
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


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody said of one date of a gathering, and of every one.

    Args:
        on: The date.
        said: Of that date, or else of every one; "" for nothing.
        is_every: Whether they said it of every date.
        is_known: Whether it is somebody who can say something.
    """

    on: date
    said: str
    is_every: bool
    is_known: bool


def answers_of(person: Person | None, gathering: Gathering, on: date) -> Answers:
    """Return what `person` said of `gathering` on that date; somebody unknown said nothing."""
    rows = Coming.objects.filter(person=person, gathering=gathering) if person else ()
    said = {row.on: row.answer for row in rows if row.on in {None, on}}
    return Answers(
        on=on,
        said=said.get(on) or said.get(None, ""),
        is_every=None in said,
        is_known=person is not None,
    )


def comings_of(person: Person) -> list[Coming]:
    """Return what `person` said of gatherings that still meet, and of dates not long past."""
    earliest = timezone.now().date() - timedelta(days=8)
    rows = Coming.objects.filter(person=person).exclude(on__lt=earliest)
    # As `shown_to_all` does, but asked of the row that is read anyway.
    rows = rows.exclude(gathering__status=Status.RETIRED)
    return list(rows.select_related("gathering__place").order_by("pk"))
