"""Spans of time: from when to when."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.listings.clock import ClockTime
from kith.core.listings.spans import time_range


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("7:00 PM - 8:30 PM", "19:00", "20:30"),
        ("19:00-20:30", "19:00", "20:30"),
        ("19.00–20.30 Uhr", "19:00", "20:30"),
        ("7:00 a.m. - 8:00 a.m.", "07:00", "08:00"),
        ("8:00 &#8211; 9:30 pm", "20:00", "21:30"),
        ("7:00 PM to 8:30 PM EST", "19:00", "20:30"),
        ("10pm until midnight", "22:00", "00:00"),
        ("de 20h à 21h30", "20:00", "21:30"),
        ("von 19 bis 20 Uhr", "19:00", "20:00"),
        ("a las 7 pm a 8 pm", "19:00", "20:00"),
        ("7 am a 8 am", "07:00", "08:00"),
        ("das 20h às 21h", "20:00", "21:00"),
        ("19:00～20:30", "19:00", "20:30"),
        # One side says morning or evening for both.
        ("7 - 8:30 pm", "19:00", "20:30"),
        ("7-8pm", "19:00", "20:00"),
        ("from 7 to 8:30pm", "19:00", "20:30"),
        ("7pm - 8:30", "19:00", "20:30"),
        ("7pm-9", "19:00", "21:00"),
        ("7p-8p", "19:00", "20:00"),
        ("11 - 1 pm", "11:00", "13:00"),
        ("11:30pm - 12:30", "23:30", "00:30"),
        ("12 - 1 am", "00:00", "01:00"),
        ("12:30 - 1:30 am", "00:30", "01:30"),
        ("12:30 - 1:30 pm", "12:30", "13:30"),
        ("10 - 12 am", "22:00", "00:00"),
        ("10:00 - 12 noon", "10:00", "12:00"),
        ("9 - 9pm", "09:00", "21:00"),
        ("9am - 9", "09:00", "21:00"),
        ("19:00 - 8:30pm", "19:00", "20:30"),
        ("7pm - 20:30", "19:00", "20:30"),
        # Hours alone.
        ("19-21", "19:00", "21:00"),
        ("20-21:30", "20:00", "21:30"),
    ],
)
def test_spans_are_read_however_they_are_written(text, start, end):
    sides = [side for side in time_range(text) if side is not None]

    assert [f"{side.at:%H:%M}" for side in sides] == [start, end]
    assert not any(side.is_half_unknown for side in sides)


@pytest.mark.parametrize("text", ["22:00-24:00", "10pm-24:00"])
def test_a_span_to_twenty_four_ends_with_the_day(text):
    assert time_range(text) == (ClockTime(time(22)), ClockTime(time(0), is_next_day=True))


def test_a_span_without_morning_or_evening_says_so():
    assert time_range("7:00 - 8:00") == (
        ClockTime(time(7), is_half_unknown=True),
        ClockTime(time(8), is_half_unknown=True),
    )


@pytest.mark.parametrize("value", ["19:30", 1930, 0.8125], ids=repr)
def test_a_time_alone_has_no_end(value):
    assert time_range(value) == (ClockTime(time(19, 30)), None)


@pytest.mark.parametrize(
    "value",
    [
        None, True, "", "-", "- 8pm", "7pm -", "7-9", "19:00 - foo", "foo - 20:00", "7-8pm & 9-10pm",
        "25:00 - 26:00", "to", ["19:00", "20:00"], {"start": "19:00"}, float("nan"),
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_no_span_is_none(value):
    assert time_range(value) == (None, None)


@given(st.text() | st.text("0123456789:-– apmtoà", max_size=14))
def test_no_text_is_too_odd_for_a_span(text):
    start, end = time_range(text)

    assert start is not None or end is None


@given(st.times(), st.times())
def test_a_span_that_was_written_is_read_back(start, end):
    start, end = (at.replace(second=0, microsecond=0) for at in (start, end))

    for form in ("%H:%M", "%I:%M %p"):
        found = time_range(f"{start:{form}} - {end:{form}}")

        assert [side and side.at for side in found] == [start, end]
