"""When one gathering meets next, day by day, by somebody's own clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kith.core.schedule import occurrences
from kith.web.gatherings.bridge import hours, rows, words
from kith.web.gatherings.choices import Status
from kith.web.gatherings.models import Gathering, Occasion, Place
from kith.web.kit import times

# Farther ahead than this nobody plans an evening.
AHEAD = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One time that a gathering meets, in words.

    Args:
        on: The date that tells it from the others, by the gathering's own calendar.
        begins, ends: By the reader's clock.
        day, at, span: "Tonight", "7 pm", "7 to 8:30 pm".
        own: The gathering's own time, where its clocks say another; else "".
        place: Where, if not at the usual place.
    """

    on: date
    begins: datetime
    ends: datetime
    day: str
    at: str
    span: str
    own: str
    called_off: bool
    is_moved: bool
    is_on: bool
    place: Place | None
    note: str


def meetings_of(
    gathering: Gathering,
    occasions: Sequence[Occasion],
    *,
    zone: str,
    now: datetime,
    most: int,
    within: timedelta = AHEAD,
) -> list[Meeting]:
    """Return the next meetings of `gathering` that begin `within` so long, called-off ones too."""
    if gathering.status != Status.OPEN:
        return []
    schedule = rows.schedule_of(gathering, occasions)
    places = {dated: o.place for dated, o in zip(schedule.dated, occasions, strict=True)}
    clock = hours.zone(zone)
    found = []
    for meeting in occurrences(schedule, now, now + within)[:most]:
        begins, ends = meeting.starts.astimezone(clock), meeting.ends.astimezone(clock)
        dated = meeting.dated
        at = times.said_time(begins.time())
        own_zone = dated.timezone if dated else gathering.timezone
        found.append(
            Meeting(
                on=meeting.on,
                begins=begins,
                ends=ends,
                day=words.said_evening(begins, now.astimezone(clock)),
                at=at,
                span=words.said_span(begins, ends) if has_length(gathering, dated) else at,
                own=_own(begins, own_zone),
                called_off=bool(dated and dated.called_off),
                is_moved=bool(dated and dated.replaces and not dated.called_off),
                is_on=begins <= now < ends,
                place=places.get(dated) if dated else None,
                note=dated.note if dated else "",
            )
        )
    return found


def held_lately(
    gathering: Gathering, occasions: Sequence[Occasion], *, now: datetime, within: timedelta
) -> list[tuple[date, int]]:
    """Return when `gathering` met of late: the date, and how many minutes, the latest first."""
    schedule = rows.schedule_of(gathering, occasions)
    return [
        (meeting.on, round((meeting.ends - meeting.starts).total_seconds() / 60))
        for meeting in reversed(occurrences(schedule, now - within, now))
        if meeting.ends <= now and not (meeting.dated and meeting.dated.called_off)
    ]


def has_length(gathering: Gathering, dated: object) -> bool:
    """Return whether anybody said how long it takes."""
    return bool(gathering.minutes or getattr(dated, "duration_minutes", None))


def _own(begins: datetime, zone: str) -> str:
    there = begins.astimezone(hours.zone(zone))
    if there.utcoffset() == begins.utcoffset():
        return ""
    return words.said_time_in(there.time(), zone)
