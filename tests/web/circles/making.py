"""People who wish for a circle, as few lines as a test needs."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from kith.web.circles.choices import ChairState, CircleState, Way
from kith.web.circles.models import Chair, Circle, Meeting, Presence, Vouch, Wish
from kith.web.messages.actions import open_ground
from kith.web.messages.choices import Reason
from kith.web.notices.models import Notice
from kith.web.people.actions import say
from kith.web.people.choices import Topic
from kith.web.people.choices.week import packed, part_of_day
from kith.web.people.models import Cell, Person

# A Sunday, at the hour of the weekly run.
AT = datetime(2026, 11, 29, 6, tzinfo=UTC)
TOWN = (51.5, -0.1)
EVENINGS = frozenset().union(*(part_of_day(day, "evening") for day in range(5)))


def somebody(called: str, *, days: int = 400, **said: Any) -> Person:
    """Return somebody who joined so many days before `AT` and said these things of themselves."""
    person = Person.objects.create(called=called)
    joined = AT.date() - timedelta(days=days)
    Person.objects.filter(pk=person.pk).update(joined_on=joined)
    person.joined_on = joined
    for topic, value in said.items():
        say(person=person, topic=Topic(topic), value=value)
    return person


def wishing(called: str, *, days: int = 400, weeks: int = 0, **more: Any) -> Person:
    """Return somebody who lives in town, has time of an evening, and wishes for a circle."""
    home = Cell.at(*TOWN)
    said = {
        "home": [home.row, home.column],
        "hours": {"week": packed(EVENINGS), "zone": "Europe/London"},
        "languages": ["en"],
        **more.pop("said", {}),
    }
    person = somebody(called, days=days, **said)
    wish = {"circle": True, "way": Way.EITHER, "since": AT.date() - timedelta(weeks=weeks)}
    Wish.objects.create(person=person, **{**wish, **more})
    return person


def vouched(person: Person) -> Person:
    """Return `person`, for whom a steward vouches from now on."""
    Vouch.objects.create(person=person)
    return person


# ---- circles that meet ----------------------------------------------------------------------
def longtime(called: str, *, days: int = 400) -> Person:
    """Return somebody who joined so many days before today."""
    person = Person.objects.create(called=called)
    joined = timezone.localdate() - timedelta(days=days)
    Person.objects.filter(pk=person.pk).update(joined_on=joined)
    person.refresh_from_db()
    return person


def circle_of(
    *people: Person,
    starts_in: timedelta = timedelta(hours=2),
    weeks: int = 8,
    zone: str = "Europe/London",
    **more: Any,
) -> Circle:
    """Return a circle in which `people` sit, that began so many weeks ago and meets so soon."""
    begins = (
        (timezone.now() + starts_in).astimezone(ZoneInfo(zone)).replace(second=0, microsecond=0)
    )
    first = begins.date() - timedelta(weeks=weeks)
    given = {"way": Way.IN_PERSON, "asked_at": timezone.now() - timedelta(weeks=weeks + 1), **more}
    circle = Circle.objects.create(
        state=CircleState.MEETS,
        weekday=begins.weekday(),
        starts=begins.time(),
        zone=zone,
        begun_on=first,
        arc_from=given.pop("arc_from", begins.date()),
        **given,
    )
    for person in people:
        seat(circle, person, since=first)
    return circle


def seat(circle: Circle, person: Person, **more: Any) -> Chair:
    """Return the chair of `person`, who sits in `circle` and may write to the others there."""
    others = [chair.person for chair in circle.chairs.filter(state=ChairState.SITS)]
    chair = Chair.objects.create(
        circle=circle, person=person, state=ChairState.SITS, asked_at=circle.asked_at, **more
    )
    for other in others:
        open_ground(one=person, other=other, reason=Reason.CIRCLE, number=circle.pk)
    return chair


def chair_of(person: Person, circle: Circle) -> Chair:
    """Return the chair of `person` in `circle` as it stands."""
    return Chair.objects.select_related("circle", "person").get(circle=circle, person=person)


def met(circle: Circle, on: date, *people: Person) -> Meeting:
    """Return the evening of that day, on which these people say they were there."""
    meeting = Meeting.objects.get_or_create(circle=circle, on=on)[0]
    for person in people:
        Presence.objects.create(meeting=meeting, person=person, was_there=True)
    return meeting


def told(person: Person) -> list[str]:
    """Return what `person` is told and has not seen, the oldest first."""
    rows = Notice.objects.filter(person=person, seen_at=None).order_by("pk")
    return [notice.words for notice in rows]


def circle_with(person: Person, state: ChairState, **more: Any) -> Circle:
    """Return a circle in which `person` has a chair."""
    circle = Circle.objects.create(
        state=CircleState.MEETS if state == ChairState.SITS else CircleState.PROPOSED,
        way=Way.ONLINE,
        weekday=3,
        starts="19:00",
        zone="Europe/London",
        asked_at=AT,
        **more,
    )
    Chair.objects.create(circle=circle, person=person, state=state, asked_at=AT)
    return circle
