"""The evenings of a circle: which is next, which was last, which of the present arc it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, Q

from kith.web.circles.choices import Way
from kith.web.circles.models import Circle
from kith.web.rooms.choices import DOOR_BEFORE

WEEK: Final = timedelta(days=7)
# So many evenings are an arc; then each says whether they go on.
ARC: Final = 6
# For so long after an evening began somebody may say that they were there.
SAY_WITHIN: Final = timedelta(days=3)
# An evening was one if two say so.
_TWO: Final = 2


@dataclass(frozen=True, slots=True)
class Calendar:
    """The evenings of one circle: the weeks off, and those on which people met."""

    circle: Circle
    off: frozenset[date]
    met: frozenset[date]

    def begun(self) -> date:
        """Return the day of the first meeting."""
        if self.circle.begun_on is None:
            return date.max
        return self.circle.begun_on

    def next_on(self, *, at: datetime) -> date:
        """Return the day of the meeting that is going on, or else of the next that is not off."""
        day = self.circle.next_on(at=at)
        while day in self.off:
            day += WEEK
        return day

    def last_on(self, *, at: datetime) -> date | None:
        """Return the day of the last meeting that has begun, if there was any."""
        day = self.circle.next_on(at=at)
        while day >= self.begun():
            if day not in self.off and self.circle.starts_on(day) <= at:
                return day
            day -= WEEK
        return None

    def ends_at(self, on: date) -> datetime:
        """Return the moment at which the meeting of that day ends."""
        return self.circle.starts_on(on) + timedelta(minutes=self.circle.minutes)

    def held(self, first: date, last: date) -> Iterator[date]:
        """Yield the days of meetings from `first` to `last` that are not off."""
        day = first + timedelta(days=(self.circle.weekday - first.weekday()) % 7)
        while day <= last:
            if day not in self.off:
                yield day
            day += WEEK

    def is_first(self, on: date) -> bool:
        """Return whether the meeting of that day is the first of all."""
        return next(self.held(self.begun(), on), None) == on

    def arc_ends_on(self) -> date:
        """Return the day of the meeting that is the last one of the present arc."""
        day = self.circle.arc_from or self.begun()
        left = ARC
        while day < date.max - WEEK:
            left -= day not in self.off
            if not left:
                return day
            day += WEEK
        return day

    def is_asked_whether_it_goes_on(self, *, at: datetime) -> bool:
        """Return whether the last meeting of the arc has begun, and the circle is not closing."""
        ends_on = self.arc_ends_on()
        is_closing = self.circle.closes_on is not None
        return not is_closing and self.circle.starts_on(ends_on) <= at

    def is_door_open(self, on: date, *, at: datetime) -> bool:
        """Return whether the door of the meeting of that day is open: shortly before, till it ends."""
        return self.circle.starts_on(on) - DOOR_BEFORE <= at < self.ends_at(on)

    def may_be_said(self, on: date, *, at: datetime) -> bool:
        """Return whether somebody may still say that they were there on that day."""
        begun = self.circle.starts_on(on)
        return on not in self.off and begun <= at < begun + SAY_WITHIN


def calendar_of(circle: Circle) -> Calendar:
    """Return the evenings of `circle`."""
    there = Count("presences", filter=Q(presences__was_there=True))
    rows = list(circle.meetings.annotate(there=there).values_list("on", "is_off", "there"))
    return Calendar(
        circle=circle,
        off=frozenset(on for on, is_off, _there in rows if is_off),
        met=frozenset(on for on, _is_off, there in rows if there >= _TWO),
    )


def has_room(circle: Circle) -> bool:
    """Return whether `circle` meets in a room online: by a link of its own, or else in one of kith."""
    return bool(circle.link) or has_own_room(circle)


def has_own_room(circle: Circle) -> bool:
    """Return whether the room of `circle` is one of kith: it meets online, and set no link."""
    return circle.way == Way.ONLINE and not circle.link


def host_of(eligible: Mapping[int, bool], on: date) -> int | None:
    """Return whose turn it is to open the door on that day: each in turn, week by week.

    `eligible` says of each key, in the order of the chairs, whether it may be asked of them then.
    """
    keys = list(eligible)
    turn = on.toordinal() // 7
    in_turn = [keys[(turn + step) % len(keys)] for step in range(len(keys))]
    return next((key for key in in_turn if eligible[key]), None)
