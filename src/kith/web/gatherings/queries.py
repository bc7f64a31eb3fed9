"""Reads for the pages of gatherings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Max, Min, Q, QuerySet
from django.utils import timezone

from kith.web.acts.choices import Kind
from kith.web.acts.models import Act
from kith.web.gatherings import access
from kith.web.gatherings.access import shown_to_all
from kith.web.gatherings.choices import Answer, FoundBy, Joining, Status
from kith.web.gatherings.models import (
    Coming,
    Feed,
    FeedRecord,
    Gathering,
    HostLink,
    Occasion,
    Place,
)
from kith.web.people.models import Person

CHANGES_SHOWN_DAYS = 14
CHANGES_MOST = 200


def occasions_of(gathering: Gathering) -> list[Occasion]:
    """Return the dates of `gathering` that its rule does not give."""
    return list(gathering.occasions.select_related("place"))


def occasions_by_gathering(gatherings: Sequence[Gathering]) -> dict[int, list[Occasion]]:
    """Return the dates of many gatherings that their rules do not give."""
    found: dict[int, list[Occasion]] = {}
    rows = Occasion.objects.filter(gathering__in=gatherings).select_related("place")
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
        access.known_to_all()
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
    shown = rows.exclude(gathering__status__in=(Status.RETIRED, Status.WAITING))
    return [
        coming
        for coming in shown.select_related("gathering__place").order_by("pk")
        if coming.gathering.found_by == FoundBy.ALL or access.is_theirs(person, coming.gathering)
    ]


def kept_for(person: Person) -> list[Gathering]:
    """Return the gatherings that only some may find, `person` among them."""
    return list(access.kept_for(person).select_related("place").order_by("name", "pk"))


def hosted_by(person: Person) -> list[Gathering]:
    """Return what `person` hosts."""
    hosted = Gathering.objects.filter(hosts__in=access.hosts_now().filter(person=person))
    rows = hosted.exclude(status=Status.RETIRED)
    return list(rows.select_related("place").order_by("name", "pk"))


def who_may_come(gathering: Gathering, on: date | None) -> list[Person]:
    """Return who said that they come or may, on that date; without one, on any that is ahead."""
    today = timezone.localdate()
    rows = Coming.objects.filter(gathering=gathering, person__is_active=True)
    rows = rows.filter(Q(on=on) | Q(on=None)) if on else rows.filter(Q(on__gte=today) | Q(on=None))
    # What they said of one date stands before what they said of every one.
    said: dict[Person, str] = {}
    for row in rows.select_related("person").order_by(F("on").asc(nulls_first=True), "pk"):
        if not (row.answer == Answer.NOT and on is None):
            said[row.person] = row.answer
    return [person for person, answer in said.items() if answer != Answer.NOT]


@dataclass(frozen=True, slots=True)
class Lacks:
    """What a gathering lacks before it may open, as one of its hosts is told.

    Args:
        second: Somebody who hosts beside them.
        known: One of them who has been here for a while, or is vouched for.
        training: What this instance asks of them themselves.
    """

    second: bool
    known: bool
    training: bool


def lacks(person: Person, gathering: Gathering) -> Lacks:
    """Return what `gathering` lacks, as far as `person` is told."""
    hosts = access.hosts_beside(person, gathering)
    is_second = len(hosts) >= access.HOSTS_LEAST
    return Lacks(
        second=not is_second,
        known=is_second and not any(access.is_known_here(host.person) for host in hosts),
        training=not access.may_hold(person),
    )


def link_of(person: Person, gathering: Gathering, joining: Joining) -> HostLink | None:
    """Return the link that `person` made for `gathering` and that still works."""
    links = HostLink.objects.filter(gathering=gathering, by=person, joining=joining)
    return links.filter(ends_at__gt=timezone.now()).first()


def ends_soon(person: Person, gathering: Gathering) -> date | None:
    """Return when the year of `person` as a host ends, if it is within a month."""
    soon = timezone.localdate() + timedelta(days=31)
    ending = access.hosts_now().filter(person=person, gathering=gathering, until__lte=soon)
    return ending.values_list("until", flat=True).first()


def only_date_of(gathering: Gathering) -> date | None:
    """Return the date of a gathering that does not repeat; of several, the last."""
    return gathering.occasions.order_by("on").values_list("on", flat=True).last()


def have_hosted(one: Person, other: Person, gathering: Gathering, on: date) -> bool:
    """Return whether it is written down already that these two held `gathering` on that date."""
    held = Act.objects.filter(kind=Kind.HOSTED, number=gathering.pk, on=on)
    return held.filter(Q(actor=one, other=other) | Q(actor=other, other=one)).exists()


def door_like(name: str, street: str, city: str) -> Place | None:
    """Return a place whose point is known, with that name or at that street, in that town."""
    like = Q()
    if name:
        like |= Q(name__iexact=name)
    if street:
        like |= Q(street__iexact=street)
    if not like:
        return None
    known = Place.objects.filter(like, city__iexact=city, is_approximate=False)
    return known.exclude(latitude=None).exclude(longitude=None).order_by("pk").first()
