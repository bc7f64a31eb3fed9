"""Our instants against recurring-ical-events: days off, moved and added dates, ends, every clock."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event, vRecur

from kith.core.schedule import Dated, Schedule, canonical_rule, dates, occurrences
from kith.core.schedule.rule import WEEKDAYS

ZONES = (
    "Europe/London",
    "America/New_York",
    "America/Phoenix",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Kiritimati",
)
MINUTES = 90
DAYS = 200

weekday = st.sampled_from(WEEKDAYS)
some_weekdays = st.lists(weekday, min_size=1, max_size=3, unique=True).map(",".join)
bodies = st.one_of(
    st.builds("FREQ=WEEKLY;INTERVAL={};BYDAY={}".format, st.integers(1, 3), some_weekdays),
    st.builds("FREQ=MONTHLY;BYDAY={}{}".format, st.sampled_from([1, 2, 4, 5, -1]), weekday),
    st.builds("FREQ=MONTHLY;BYMONTHDAY={}".format, st.sampled_from([1, 15, 29, 31, -1])),
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(1, 9)),
)
ends = st.one_of(
    st.just(""),
    st.integers(1, 30).map(";COUNT={}".format),
    st.dates(date(2026, 3, 1), date(2026, 12, 1)).map(lambda day: f";UNTIL={day:%Y%m%d}T235959Z"),
)
# Half hours of the night too, where clocks skip and repeat.
clock_times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))


def calendar(zone, start, *, rule, first, off, moved, added):
    """The same series as RFC 5545 text would have it."""
    here = ZoneInfo(zone)
    series = Event()
    series.add("UID", "series")
    series.add("DTSTART", datetime.combine(first, start, here))
    series.add("DURATION", timedelta(minutes=MINUTES))
    series.add("RRULE", vRecur.from_ical(rule))
    for day in off:
        series.add("EXDATE", datetime.combine(day, start, here))
    document = Calendar()
    document.add_component(series)
    for day, moment in moved.items():
        one = Event()
        one.add("UID", "series")
        one.add("RECURRENCE-ID", datetime.combine(day, start, here))
        one.add("DTSTART", moment.replace(tzinfo=here))
        one.add("DURATION", timedelta(minutes=MINUTES))
        document.add_component(one)
    for number, moment in enumerate(added):
        extra = Event()
        extra.add("UID", f"extra-{number}")
        extra.add("DTSTART", moment.replace(tzinfo=here))
        extra.add("DURATION", timedelta(minutes=MINUTES))
        document.add_component(extra)
    return document


class Drawn(NamedTuple):
    body: str
    end: str
    zone: str
    asked_on: date
    start: time
    off_numbers: set[int]
    moves: dict[int, int]
    extra: list[datetime]


@settings(max_examples=40)
@given(
    st.builds(
        Drawn,
        bodies,
        ends,
        st.sampled_from(ZONES),
        st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        clock_times,
        st.sets(st.integers(0, 12), max_size=3),
        st.dictionaries(st.integers(0, 12), st.integers(-50, 50), max_size=2),
        st.lists(st.datetimes(datetime(2026, 1, 5), datetime(2027, 6, 1)), max_size=2, unique=True),
    )
)
def test_instants_are_those_of_another_library(drawn):
    body, end, zone, asked_on, start, off_numbers, moves, extra = drawn
    # RFC 5545 counts the first date whether the rule gives it or not: begin where it does.
    endless = canonical_rule(body, first_on=asked_on)
    first = dates(endless, asked_on, asked_on, asked_on + timedelta(days=900))[0]
    rule = body + end
    canonical = canonical_rule(rule, first_on=first, start=start, timezone=zone)
    meets = dates(canonical, first, first, first + timedelta(days=DAYS))
    off = tuple(meets[n] for n in sorted(off_numbers - moves.keys()) if n < len(meets))
    moved = {
        meets[n]: datetime.combine(meets[n], start) + timedelta(hours=hours)
        for n, hours in moves.items()
        if n < len(meets)
    }
    added = [moment.replace(second=0, microsecond=0) for moment in extra]
    schedule = Schedule(
        zone,
        start,
        MINUTES,
        canonical,
        first,
        off,
        (
            *(Dated(moment, zone, replaces=day) for day, moment in moved.items()),
            *(Dated(moment, zone) for moment in added),
        ),
    )
    low = datetime.combine(first - timedelta(days=4), time(), UTC)
    high = low + timedelta(days=DAYS - 10)

    ours = occurrences(schedule, low, high)

    document = calendar(zone, start, rule=rule, first=first, off=off, moved=moved, added=added)
    theirs = recurring_ical_events.of(document).between(low, high)
    # Each as an instant: where clocks are set back, one clock time is two instants.
    expected = sorted(event["DTSTART"].dt.astimezone(UTC) for event in theirs)
    assert [o.starts for o in ours] == expected
