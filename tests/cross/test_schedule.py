"""Our dates against those of another library: recurring-ical-events, on the same rules."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event, vRecur

from kith.core.schedule import Schedule, canonical_rule, dates, occurrences
from kith.core.schedule.rule import WEEKDAYS

ZONES = (
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Phoenix",
    "Pacific/Auckland",
)
rules = st.one_of(
    st.builds(
        lambda d, n: f"FREQ=WEEKLY;INTERVAL={n};BYDAY={','.join(sorted(d))}",
        st.frozensets(st.sampled_from(WEEKDAYS), min_size=1, max_size=3),
        st.integers(1, 3),
    ),
    st.builds(
        lambda d, n: f"FREQ=MONTHLY;BYDAY={n}{d}",
        st.sampled_from(WEEKDAYS),
        st.sampled_from([1, 2, 4, -1]),
    ),
    st.builds(lambda n: f"FREQ=DAILY;COUNT={n}", st.integers(1, 60)),
)


@settings(max_examples=60)
@given(
    rules,
    st.sampled_from(ZONES),
    st.dates(date(2026, 1, 1), date(2026, 6, 1)),
    st.integers(4, 23),
    st.booleans(),
)
def test_occurrences_are_those_of_another_library(rule, zone, first_on, hour, has_day_off):
    canonical = canonical_rule(rule, first_on=first_on)
    until = first_on + timedelta(days=250)
    found = dates(canonical, first_on, first_on, until)
    if not found:
        return
    # RFC 5545 counts DTSTART itself as a date: begin where the rule does.
    begin = found[0]
    if rule.startswith("FREQ=WEEKLY;INTERVAL") and begin != first_on:
        begin = first_on
    off = (found[1],) if has_day_off and len(found) > 1 else ()
    schedule = Schedule(zone, time(hour), 60, canonical, first_on, off)
    event = Event()
    event.add("UID", "x")
    event.add("DTSTART", datetime.combine(begin, time(hour), ZoneInfo(zone)))
    event.add("DURATION", timedelta(minutes=60))
    event.add("RRULE", vRecur.from_ical(rule.replace("COUNT", "COUNT")))
    for day in off:
        event.add("EXDATE", datetime.combine(day, time(hour), ZoneInfo(zone)))
    document = Calendar()
    document.add_component(event)

    ours = {
        o.starts
        for o in occurrences(
            schedule, datetime.combine(first_on, time(), UTC), datetime.combine(until, time(), UTC)
        )
    }

    theirs = {
        e["DTSTART"].dt.astimezone(UTC)
        for e in recurring_ical_events.of(document).between(first_on, until)
    }
    low, high = (
        datetime.combine(first_on + timedelta(days=2), time(), UTC),
        datetime.combine(until - timedelta(days=2), time(), UTC),
    )
    assert {m for m in ours if low < m < high} == {m for m in theirs if low < m < high}
