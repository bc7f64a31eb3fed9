"""Half-hours of a week by somebody's clock, and by the world's (UTC), which the engine counts in."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kith.web.people.choices.week import PER_WEEK, Week

_HALF = timedelta(minutes=30)


def monday_after(at: datetime) -> date:
    """Return the Monday of the week that begins after `at`: the one circles are formed for."""
    day = at.astimezone(UTC).date()
    return day + timedelta(days=7 - day.weekday())


def in_utc(week: Week, zone: str, monday: date) -> Week:
    """Return the half-hours of UTC that lie wholly in `week` by the clock of `zone`.

    The clock is taken as it stands at the noon of Thursday: two weeks of a year are off by an hour
    on some days.
    """
    ahead = _ahead(zone, monday)
    whole, rest = divmod(ahead, _HALF)
    moved = {(half - whole) % PER_WEEK for half in week}
    if not rest:
        return frozenset(moved)
    # A clock that is off by a quarter: a half-hour of UTC takes part of two of theirs.
    return frozenset(half for half in moved if (half + 1) % PER_WEEK in moved)


def local_start(half: int, zone: str, monday: date) -> tuple[int, time]:
    """Return the day (Monday 0) and hour by the clock of `zone` at which a half-hour of UTC begins."""
    begins = datetime.combine(monday, time(), UTC) + half * _HALF
    here = begins.astimezone(ZoneInfo(zone))
    return here.weekday(), here.time()


def half_of(weekday: int, starts: time, zone: str, monday: date) -> int:
    """Return the half-hour of UTC in which that hour of that day by the clock of `zone` begins."""
    here = datetime.combine(monday + timedelta(days=weekday), starts, ZoneInfo(zone))
    since = here.astimezone(UTC) - datetime.combine(monday, time(), UTC)
    return since // _HALF % PER_WEEK


def start_in(week_of: date, half: int) -> datetime:
    """Return the moment at which half-hour `half` of UTC begins in the week of that Monday."""
    return datetime.combine(week_of, time(), UTC) + half * _HALF


def _ahead(zone: str, monday: date) -> timedelta:
    noon = datetime.combine(monday + timedelta(days=3), time(12), ZoneInfo(zone))
    return noon.utcoffset() or timedelta()
