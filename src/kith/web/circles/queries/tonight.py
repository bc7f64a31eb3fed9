"""What Tonight says of circles and pairs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from kith.web.circles import access
from kith.web.circles.choices import ChairState, CircleState, Way
from kith.web.circles.models import Circle
from kith.web.circles.queries.pairing import When, said_when
from kith.web.people.models import Person

_WEEK: Final = timedelta(weeks=1)
# On one day in so many somebody reads that they could listen to somebody else: not every evening.
_SAID_EVERY: Final = 28


@dataclass(frozen=True, slots=True)
class Evening:
    """The next evening of a circle of somebody's.

    Args:
        begins, ends: When, by the reader's clock; `when` says it in words.
        path: The page of the circle.
        place: Where, or "" if it is online or nobody said.
    """

    name: str
    path: str
    begins: datetime
    ends: datetime
    when: When
    is_online: bool
    place: str

    def is_on(self, now: datetime) -> bool:
        """Return whether they are sitting together."""
        return self.begins <= now < self.ends


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in one line, and the page it leads to."""

    words: str
    path: str


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody in a circle asks for."""

    who: str
    words: str
    path: str


@dataclass(frozen=True, slots=True)
class Glance:
    """Circles and pairs as Tonight shows them.

    Args:
        evenings: The next of each circle, the soonest first.
        lines: What somebody is asked, and the pair of this week.
        ask: What somebody in a circle of theirs asks for, if anybody does.
        may_listen: Whether to say today that they could listen to somebody from another circle.
    """

    evenings: tuple[Evening, ...] = ()
    lines: tuple[Line, ...] = ()
    ask: Ask | None = None
    may_listen: bool = False


def glance_of(person: Person, *, zone: str, now: datetime) -> Glance:
    """Return what Tonight says of circles and pairs to `person`, by the clock of `zone`."""
    rows = access.at_a_glance(person, at=now)
    if not rows or rows[0]["is_paused"]:
        return Glance()
    clock = ZoneInfo(zone)
    here = now.astimezone(clock)
    sits = [row for row in rows if _is_sat_in(row, now)]
    evenings = sorted((_evening(row, here) for row in sits), key=lambda one: one.begins)
    return Glance(
        tuple(evenings),
        tuple(_lines(rows, here)),
        next((ask for row in sits if (ask := _ask(row))), None),
        bool(sits) and _may_listen(person, rows[0], here),
    )


def _is_sat_in(row: Mapping[str, Any], now: datetime) -> bool:
    """Return whether somebody sits there, and has not taken weeks off."""
    is_away = row["chair_away_until"] is not None and row["chair_away_until"] >= now.date()
    is_theirs = row["chair_state"] == ChairState.SITS and row["circle_state"] == CircleState.MEETS
    return is_theirs and not is_away


def _evening(row: Mapping[str, Any], here: datetime) -> Evening:
    names = ("name", "way", "place", "weekday", "starts", "minutes", "zone", "begun_on")
    circle = Circle(**{name: row[f"circle_{name}"] for name in names})
    on = circle.next_on(at=here)
    if on == row["off_on"]:
        on += _WEEK
    begins = circle.starts_on(on).astimezone(here.tzinfo)
    is_online = circle.way == Way.ONLINE
    return Evening(
        name=circle.name or _("Your circle"),
        path=reverse("circles:circle", args=[row["circle_token"]]),
        begins=begins,
        ends=begins + timedelta(minutes=circle.minutes),
        when=said_when(begins, here),
        is_online=is_online,
        place="" if is_online else circle.place,
    )


def _lines(rows: Iterable[Mapping[str, Any]], here: datetime) -> Iterable[Line]:
    known = list(rows)
    for row in known:
        is_open = row["circle_state"] in access.OPEN
        if row["chair_state"] == ChairState.ASKED and is_open:
            path = reverse("circles:asked", args=[row["circle_token"]])
            yield Line(_("There may be a circle for you."), path)
    pair = known[0]
    if pair["pair_token"]:
        when = said_when(pair["pair_starts_at"].astimezone(here.tzinfo), here)
        said = _("%(day)s, %(time)s: a listening pair") % {"day": when.day, "time": when.at}
        yield Line(said, reverse("circles:pair", args=[pair["pair_token"]]))


def _ask(row: Mapping[str, Any]) -> Ask | None:
    if not row["asks"]:
        return None
    path = f"{reverse('circles:circle', args=[row['circle_token']])}#asks"
    return Ask(row["asked_by"] or _("Somebody"), row["asks"], path)


def _may_listen(person: Person, row: Mapping[str, Any], here: datetime) -> bool:
    """Return whether to say it today: after three evenings, where nobody wished for a pair yet."""
    is_their_day = (here.date().toordinal() + person.pk.int) % _SAID_EVERY == 0
    return is_their_day and row["third_evening"] is not None and not row["wished"]
