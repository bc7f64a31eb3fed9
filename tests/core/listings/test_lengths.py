"""How long meetings are, as lists write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.listings.lengths import minutes_long


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        ("1hr 30mins", 90),
        ("1hr ", 60),
        ("0hr 45mins", 45),
        ("2hrs", 120),
        ("1 hour and 30 minutes", 90),
        ("1 hour, 30 minutes.", 90),
        ("1.5 hours", 90),
        ("1,5 Std.", 90),
        ("60 Minuten", 60),
        ("1 Stunde 30 Minuten", 90),
        ("1 hora y 15 minutos", 75),
        ("1h30", 90),
        ("1h 30", 90),
        ("1 heure 30", 90),
        ("90'", 90),
        ("45m", 45),
        ("01:30:00", 90),
        ("1:30", 90),
        ("1:30 hrs", 90),
        ("PT1H", 60),
        ("PT1H30M", 90),
        ("PT90M0S", 90),
        ("P1DT1H", 1500),
        ("90", 90),
        (" 90 ", 90),
        (90, 90),
        (90.0, 90),
        (0, 0),
        # For the caller to complain of.
        ("-1hr ", -60),
        ("-11hr", -660),
        ("-01:00", -60),
        ("-30", -30),
        (-30, -30),
    ],
    ids=repr,
)
def test_lengths_are_read_however_they_are_written(value, minutes):
    assert minutes_long(value) == minutes


@pytest.mark.parametrize(
    "value",
    [
        "", "-", "00:00", "h", "h30", "x", "an hour", "1hr -30", "1:75", "P", "PT", "PT30S", "1 day",
        "9" * 400 + "h", "P" + "9" * 5000 + "D", "1" * 5000, "1e3", "1_0",
        None, True, False, [], {}, float("inf"), float("nan"),
    ],
    ids=lambda value: repr(value)[:20],
)  # fmt: skip
def test_what_is_no_length_is_none(value):
    assert minutes_long(value) is None


@given(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.text("0123456789:hrms .,-PTDHM", max_size=12)
    | st.lists(st.integers())
)
def test_no_value_is_too_odd_for_a_length(value):
    found = minutes_long(value)

    assert found is None or isinstance(found, int)


@given(st.integers(min_value=1, max_value=1440))
def test_a_length_that_was_written_is_read_back(minutes):
    hours, rest = divmod(minutes, 60)

    assert minutes_long(f"{hours:02}:{rest:02}:00") == minutes
    assert minutes_long(f"{hours}hr {rest}mins") == minutes
    assert minutes_long(f"{hours}h{rest:02}") == minutes
    assert minutes_long(f"PT{hours}H{rest}M") == minutes
    assert minutes_long(str(minutes)) == minutes
