"""People who ask and offer, as few lines as a test needs."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from tests.web.circles.making import longtime

from kith.web.acts import actions as acts
from kith.web.acts.choices import Kind, Mode, Setting
from kith.web.acts.models import Act
from kith.web.messages.actions import open_ground
from kith.web.messages.choices import Reason
from kith.web.people.actions import say as say_of_me
from kith.web.people.choices import Topic
from kith.web.people.choices.week import packed, part_of_day
from kith.web.people.models import Cell, Person
from kith.web.service import actions
from kith.web.service.choices import Meets, Side, What
from kith.web.service.models import Errand, Take

HOME = Cell.at(51.5, -0.1)
ZONE = "Europe/London"
EVENINGS = frozenset().union(*(part_of_day(day, "evening") for day in range(7)))


def neighbour(called: str, *, days: int = 400, north: int = 0, hours: Any = None) -> Person:
    """Return somebody who lives in town, or so many squares north of it."""
    person = longtime(called, days=days)
    cell = HOME.beside(north=north, east=0)
    say_of_me(person=person, topic=Topic.HOME, value=[cell.row, cell.column])
    if hours is not None:
        said = {"week": packed(hours), "zone": ZONE}
        say_of_me(person=person, topic=Topic.HOURS, value=said)
    return person


def asked(by: Person, *, side: Side = Side.ASK, what: What = What.RIDE, **more: Any) -> Errand:
    """Return what somebody asks, or offers."""
    at = more.pop("at", None) or timezone.now()
    words = more.pop("words", "To the meeting and back?")
    draft = actions.Draft(side=side, what=what, zone=ZONE, words=words, **more)
    return actions.say(person=by, draft=draft, at=at)


def taken(errand: Errand, person: Person, *, line: str = "I can be there.") -> Take:
    """Return how `person` took it up."""
    return actions.take_up(
        errand=errand, person=person, line=line, meets=Meets.PUBLIC, at=timezone.now()
    )


def agreed(errand: Errand, person: Person) -> Take:
    """Return how `person` took it up, to which whoever said it said yes."""
    take = taken(errand, person)
    says(errand, is_yes=True)
    take.refresh_from_db()
    return take


def says(errand: Errand, *, is_yes: bool, words: str = "") -> None:
    """Let whoever said it answer."""
    actions.answer(errand=errand, person=errand.by, says_yes=is_yes, words=words, at=timezone.now())


def in_a_circle(one: Person, other: Person) -> None:
    """Let two people sit in a circle, as far as messages knows it."""
    open_ground(one=one, other=other, reason=Reason.CIRCLE, number=1)


def hosts(host: Person, guest: Person) -> None:
    """Let `host` host where `guest` comes."""
    open_ground(one=host, other=guest, reason=Reason.GATHERING_HOST, number=1)


def have_met(one: Person, other: Person) -> None:
    """Let two people have talked with each other last week."""
    on = timezone.localdate() - timedelta(days=7)
    acts.record(
        Act(kind=Kind.TALKED, actor=one, other=other, mode=Mode.IN_PERSON, on=on,
            setting=Setting.CIRCLE)
    )  # fmt: skip
