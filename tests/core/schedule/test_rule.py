from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.schedule import canonical_rule, dates, pattern, weekly_rule
from kith.core.schedule.rule import WEEKDAYS, is_phase_unknown
from kith.errors import InvalidInputError

# A printed calendar of 2026: 5 January is a Monday, 1 March and 1 November are Sundays.
MONDAY = date(2026, 1, 5)


@pytest.mark.parametrize("number", range(7))
def test_weekday_of_a_rule_is_the_weekday_of_the_calendar(number):
    found = dates(weekly_rule([number]), None, MONDAY, date(2026, 1, 11))

    assert found == (date(2026, 1, 5 + number),)


def test_weekly_rule_orders_its_days_and_needs_one():
    assert weekly_rule([4, 0, 4]) == "FREQ=WEEKLY;BYDAY=MO,FR"
    assert weekly_rule([2], interval=2) == "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"
    with pytest.raises(InvalidInputError, match="at least one day"):
        weekly_rule([])


@pytest.mark.parametrize(
    ("rule", "first_on", "canonical"),
    [
        ("RRULE:freq=weekly;byday=FR,MO", None, "FREQ=WEEKLY;BYDAY=MO,FR"),
        ("FREQ=WEEKLY;INTERVAL=1;BYDAY=MO;WKST=SU", None, "FREQ=WEEKLY;BYDAY=MO"),
        ("FREQ=WEEKLY", MONDAY, "FREQ=WEEKLY;BYDAY=MO"),
        ("FREQ=MONTHLY", MONDAY, "FREQ=MONTHLY;BYMONTHDAY=5"),
        ("FREQ=YEARLY", MONDAY, "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=5"),
        ("FREQ=DAILY;COUNT=3", MONDAY, "FREQ=DAILY;UNTIL=20260107"),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=2", MONDAY, "FREQ=WEEKLY;UNTIL=20260113;BYDAY=TU"),
        ("FREQ=MONTHLY;BYDAY=4TH,2TH", None, "FREQ=MONTHLY;BYDAY=2TH,4TH"),
        ("FREQ=MONTHLY;BYDAY=-1FR", None, "FREQ=MONTHLY;BYDAY=-1FR"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", None, "FREQ=MONTHLY;BYMONTHDAY=-1"),
        # A count that is not used up within thirty years is no end.
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=99", date(2024, 2, 29), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
    ],
)  # fmt: skip
def test_rule_has_one_form(rule, first_on, canonical):
    assert canonical_rule(rule, first_on=first_on) == canonical


@pytest.mark.parametrize(
    ("until", "start", "timezone", "last"),
    [
        ("20260120", time(19), "UTC", "20260120"),
        # 03:00 UTC on the 21st is 19:00 on the 20th in Los Angeles: the last one still meets.
        ("20260121T030000Z", time(19), "America/Los_Angeles", "20260120"),
        ("20260121T025900Z", time(19), "America/Los_Angeles", "20260119"),
        ("20260120T190000", time(19), "UTC", "20260120"),
        ("20260120T100000", None, "UTC", "20260120"),
    ],
)
def test_end_in_any_clock_is_a_local_date(until, start, timezone, last):
    found = canonical_rule(
        f"FREQ=WEEKLY;BYDAY=TU;UNTIL={until}", first_on=None, start=start, timezone=timezone
    )

    assert found == f"FREQ=WEEKLY;UNTIL={last};BYDAY=TU"


@pytest.mark.parametrize(
    "rule",
    [
        "", "every Tuesday", "FREQ=HOURLY", "FREQ=SECONDLY;BYDAY=MO", "BYDAY=MO",
        "FREQ=WEEKLY;FREQ=DAILY", "FREQ=WEEKLY;BYHOUR=3;BYDAY=MO", "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;INTERVAL=0;BYDAY=MO", "FREQ=WEEKLY;INTERVAL=x;BYDAY=MO",
        "FREQ=WEEKLY;COUNT=0;BYDAY=MO", "FREQ=WEEKLY;UNTIL=SOON;BYDAY=MO",
        "FREQ=MONTHLY;BYMONTHDAY=99", "FREQ=MONTHLY;BYMONTHDAY=X1", "FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=1",
        "FREQ=WEEKLY;INTERVAL=2;WKST=XX;BYDAY=MO", "FREQ=WEEKLY", "FREQ=DAILY;COUNT=3",
        f"FREQ=YEARLY;BYYEARDAY={','.join(map(str, range(1, 200)))}",
    ],
)  # fmt: skip
def test_what_is_no_rule_of_a_gathering_is_refused(rule):
    with pytest.raises(InvalidInputError):
        canonical_rule(rule, first_on=None)


def test_first_date_of_another_age_is_refused():
    with pytest.raises(InvalidInputError, match="before"):
        canonical_rule("FREQ=DAILY", first_on=date(1066, 10, 14))


days = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=3)
rules = st.one_of(
    st.builds(
        lambda d, n: f"FREQ=WEEKLY;INTERVAL={n};BYDAY={','.join(d)}", days, st.integers(1, 4)
    ),
    st.builds(
        lambda d, n: f"FREQ=MONTHLY;BYDAY={n}{d[0]}", days, st.sampled_from([1, 2, 3, 4, -1])
    ),
    st.builds(lambda n: f"FREQ=MONTHLY;BYMONTHDAY={n}", st.integers(1, 28)),
    st.builds(lambda n: f"FREQ=DAILY;COUNT={n}", st.integers(1, 40)),
    st.just("FREQ=WEEKLY"),
)


@given(rules, st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_canonical_form_stays_as_it_is(rule, first_on):
    once = canonical_rule(rule, first_on=first_on)

    assert canonical_rule(once, first_on=first_on) == once
    assert "COUNT" not in once


def test_pattern_gives_the_parts():
    found = pattern("FREQ=MONTHLY;INTERVAL=2;UNTIL=20261231;BYMONTHDAY=15,-1;BYDAY=-1FR,2TU")

    assert found.frequency == "monthly"
    assert found.interval == 2
    assert found.weekdays == ((2, 1), (-1, 4))
    assert found.month_days == (15, -1)
    assert found.until == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MONTHLY;BYDAY=2TU,4TU", [(1, 13), (1, 27), (2, 10), (2, 24)]),
        ("FREQ=MONTHLY;BYDAY=-1FR", [(1, 30), (2, 27)]),
        ("FREQ=MONTHLY;BYDAY=5SA", [(1, 31)]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", [(1, 31), (2, 28)]),
    ],
)
def test_dates_are_those_of_the_printed_calendar(rule, expected):
    found = dates(rule, None, date(2026, 1, 1), date(2026, 2, 28))

    assert [(day.month, day.day) for day in found] == expected


def test_every_other_week_keeps_step_with_its_first_date():
    rule = weekly_rule([2], interval=2)

    found = dates(rule, date(2026, 1, 7), date(2026, 2, 1), date(2026, 3, 1))

    assert [f"{day:%d %b}" for day in found] == ["04 Feb", "18 Feb"]


def test_every_other_week_without_a_first_date_gives_every_week_it_could_be():
    rule = weekly_rule([2], interval=2)

    found = dates(rule, None, date(2026, 2, 1), date(2026, 2, 28))

    assert is_phase_unknown(rule, None)
    assert not is_phase_unknown(rule, MONDAY)
    assert [day.day for day in found] == [4, 11, 18, 25]


def test_nothing_before_the_first_date_nor_after_the_last():
    rule = "FREQ=WEEKLY;UNTIL=20260119;BYDAY=MO"

    assert [d.day for d in dates(rule, date(2026, 1, 12), date(2026, 1, 1), date(2026, 2, 28))] == [
        12,
        19,
    ]
    assert dates(rule, date(2026, 3, 2), date(2026, 1, 1), date(2026, 2, 1)) == ()


def test_pattern_of_every_day_names_none():
    assert pattern("FREQ=DAILY").weekdays == ()
    assert pattern("FREQ=DAILY").until is None
