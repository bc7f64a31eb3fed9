import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.places import bounding_box, distance_km
from kith.core.places.distance import EARTH_RADIUS_KM

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        # Great-circle distances between airports, as the Great Circle Mapper gives them.
        ((51.4706, -0.461941), (40.639801, -73.7789), 5540),
        ((33.942501, -118.407997), (-36.8492, 174.7653), 10480),
        ((0.0, 0.0), (0.0, 1.0), 111.2),
        ((0.0, 0.0), (0.0, 180.0), 20015),
        ((90.0, 0.0), (-90.0, 77.0), 20015),
    ],
)
def test_distance_is_the_one_on_the_map(a, b, km):
    assert distance_km(*a, *b) == pytest.approx(km, rel=0.006)


@given(latitudes, longitudes, latitudes, longitudes)
def test_distance_is_the_same_both_ways_and_never_beyond_half_the_earth(a, b, c, d):
    there = distance_km(a, b, c, d)

    assert there == pytest.approx(distance_km(c, d, a, b), abs=1e-6)
    assert 0 <= there <= EARTH_RADIUS_KM * 3.1416


@given(latitudes, longitudes, st.floats(0.1, 3000.0), latitudes, longitudes)
def test_box_holds_everything_within_the_radius(lat, lon, radius, other_lat, other_lon):
    south, north, west, east = bounding_box(lat, lon, radius)

    if distance_km(lat, lon, other_lat, other_lon) <= radius * 0.9999:
        assert south - 1e-6 <= other_lat <= north + 1e-6
        turns = (other_lon - 360, other_lon, other_lon + 360)
        assert any(west - 1e-6 <= turn <= east + 1e-6 for turn in turns)


def test_box_around_a_pole_holds_every_longitude():
    assert bounding_box(89.9, 10.0, 50.0)[2:] == (-180.0, 180.0)
    assert bounding_box(-89.9, 10.0, 50.0)[2:] == (-180.0, 180.0)


def test_box_crosses_the_date_line():
    _south, _north, west, east = bounding_box(-17.0, 179.9, 50.0)

    assert west < 179.9
    assert east > 180
