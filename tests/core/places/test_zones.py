import pytest

from kith.core.places import known_zone, same_clock, zone_at


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (51.5, -0.12, "Europe/London"),
        (33.68, -117.82, "America/Los_Angeles"),
        (-36.85, 174.76, "Pacific/Auckland"),
        (33.45, -112.07, "America/Phoenix"),
        (0.0, -30.0, ""),
    ],
)
def test_point_has_the_zone_of_its_land(latitude, longitude, zone):
    assert zone_at(latitude, longitude) == zone


@pytest.mark.parametrize(
    ("text", "country", "zone"),
    [
        ("America/New_York", "", "America/New_York"),
        ("america/new york", "", "America/New_York"),
        ("Pacific Standard Time", "", "America/Los_Angeles"),
        ("GMT Standard Time", "", "Europe/London"),
        ("EST", "", "America/New_York"),
        ("CST", "", "America/Chicago"),
        ("CST", "CN", "Asia/Shanghai"),
        ("IST", "IN", "Asia/Kolkata"),
        ("IST", "IE", "Europe/Dublin"),
        ("UTC", "", "UTC"),
        ("Mars/Olympus", "", ""),
        ("", "", ""),
    ],
)
def test_zone_is_known_by_any_of_its_names(text, country, zone):
    assert known_zone(text, country) == zone


def test_zones_of_one_clock_are_the_same_and_others_are_not():
    assert same_clock("Europe/Dublin", "Europe/London")
    # The same in January, an hour apart in July.
    assert not same_clock("America/Phoenix", "America/Denver")
