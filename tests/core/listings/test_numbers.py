"""Numbers and points as feeds write them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.listings.numbers import degrees_of, is_null_island, number


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (51, 51.0),
        (-0.1278, -0.1278),
        ("51.5074", 51.5074),
        (" -0.1278 ", -0.1278),
        ("51,5074", 51.5074),
        ("\N{MINUS SIGN}117.9", -117.9),
        ("33.7°", 33.7),
        ("3.37e1", 33.7),
        ("0", 0.0),
    ],
    ids=repr,
)
def test_numbers_are_read_from_numbers_and_text(value, found):
    assert number(value) == found


@pytest.mark.parametrize(
    "value",
    [
        "", "-", "n/a", "null", "NaN", "inf", "1_5", "1,234.5", "40.7, -74.0", "40°42'N", "0x1F",
        None, True, False, [], {}, math.nan, math.inf, 10**400,
    ],
    ids=lambda value: repr(value)[:20],
)  # fmt: skip
def test_what_is_no_number_is_none(value):
    assert number(value) is None


@pytest.mark.parametrize(
    ("latitude", "longitude", "point"),
    [
        ("33.7", -117.9, (33.7, -117.9)),
        ("51,5", "-0,12", (51.5, -0.12)),
        (-90, 180, (-90.0, 180.0)),
        (0, 32.6, (0.0, 32.6)),  # on the equator, in Uganda
        (5.5, 0, (5.5, 0.0)),  # on the meridian, in Ghana
        (0, 0, None),
        ("0.000", "-0.000", None),
        (0.04, -0.04, None),
        (None, -117.9, None),
        (33.7, "", None),
        (90.1, 0, None),
        (-117.9, 33.7, None),
        (33.7, 180.1, None),
        (33.7, -180.1, None),
    ],
)
def test_points_are_two_numbers_on_the_globe_that_stand_for_something(latitude, longitude, point):
    assert degrees_of(latitude, longitude) == point


@pytest.mark.parametrize(
    ("lat", "lon", "is_null"),
    [(0.0, 0.0, True), (0.049, 0.049, True), (0.05, 0.0, False), (0.0, -0.05, False)],
)
def test_the_null_island_is_small(lat, lon, is_null):
    assert is_null_island(lat, lon) is is_null


@given(st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.floats()))
def test_no_value_is_too_odd_for_a_number(value):
    found = number(value)

    assert found is None or math.isfinite(found)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_that_was_written_is_read_back(value):
    assert number(str(value)) == value
    assert number(str(value).replace(".", ",")) == value
