"""When one gathering meets next, day by day, by somebody's own clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kith.core.schedule import occurrences
from kith.web.gatherings.bridge import hours, rows, words
from kith.web.gatherings.choices import Status
from kith.web.gatherings.models import Gathering, Occasion, Place

# Farther ahead than this nobody plans an evening.
AHEAD = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One time that a gathering meets, in words.

    Args:
        begins, ends: By the reader's clock.
        day, span: "Tonight", "7 to 8:30 pm".
        own: The gathering's own time, where its clocks say another; else "".
        place: Where, if not at the usual place.
    """

    begins: datetime
    ends: datetime
    day: str
    span: str
    own: str
    called_off: bool
    is_moved: bool
    is_on: bool
    place: Place | None
    note: str


def meetings_of(
    gathering: Gathering, occasions: Sequence[Occasion], *, zone: str, now: datetime, most: int
) -> list[Meeting]:
    """Return the next meetings of `gathering`, called-off ones among them."""
    if gathering.status != Status.OPEN:
        return []
    schedule = rows.schedule_of(gathering, occasions)
    places = {dated: o.place for dated, o in zip(schedule.dated, occasions, strict=True)}
    clock = hours.zone(zone)
    found = []
    for meeting in occurrences(schedule, now, now + AHEAD)[:most]:
        begins, ends = meeting.starts.astimezone(clock), meeting.ends.astimezone(clock)
        dated = meeting.dated
        own_zone = dated.timezone if dated else gathering.timezone
        found.append(
            Meeting(
                begins=begins,
                ends=ends,
                day=words.said_evening(begins, now.astimezone(clock)),
                span=words.said_span(begins, ends)
                if has_length(gathering, dated)
                else words.said_time(begins.time()),
                own=_own(begins, own_zone),
                called_off=bool(dated and dated.called_off),
                is_moved=bool(dated and dated.replaces and not dated.called_off),
                is_on=begins <= now < ends,
                place=places.get(dated) if dated else None,
                note=dated.note if dated else "",
            )
        )
    return found


def has_length(gathering: Gathering, dated: object) -> bool:
    """Return whether anybody said how long it takes."""
    return bool(gathering.minutes or getattr(dated, "duration_minutes", None))


def _own(begins: datetime, zone: str) -> str:
    there = begins.astimezone(hours.zone(zone))
    if there.utcoffset() == begins.utcoffset():
        return ""
    return words.said_time_in(there.time(), zone)
