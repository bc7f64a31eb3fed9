"""Places and links of a calendar's events."""

import pytest

from kith.core.listings.calendar_events import Block, event_of
from kith.core.listings.calendar_places import join_url_of, place_of


def event(*lines):
    return event_of(Block(1, lines))


@pytest.mark.parametrize(
    ("location", "name", "street", "city"),
    [
        # As Google writes a place that it knows.
        ("St Mark's Church\\, 12 Oak St\\, Philadelphia\\, PA 19106\\, USA", "St Mark's Church", "12 Oak St", "Philadelphia"),
        ("12 Oak St\\, Philadelphia\\, PA 19106\\, USA", "", "12 Oak St", "Philadelphia"),
        ("St Mark's Church\\n12 Oak St\\nPhiladelphia\\, PA 19106\\, USA", "St Mark's Church", "12 Oak St", "Philadelphia"),
        ("The old mill", "The old mill", "", ""),
        # A room and a link: both count.
        ("12 Oak St\\, Philadelphia\\, PA 19106\\, USA / https://zoom.us/j/123456789", "", "12 Oak St", "Philadelphia"),
        ("https://zoom.us/j/123456789?pwd=x", "", "", ""),
        ("https://example.org/rooms/3", "", "", ""),
        ("", "", "", ""),
    ],
)  # fmt: skip
def test_a_location_is_mostly_a_name_and_an_address(location, name, street, city):
    place = place_of(event(f"LOCATION:{location}"))

    assert (place.name, place.street, place.city) == (name, street, city)


@pytest.mark.parametrize(
    ("lines", "point"),
    [
        (["GEO:39.95;-75.15"], (39.95, -75.15)),
        (["GEO:39.95;-75.15", "GEO:1;2"], (39.95, -75.15)),
        (["X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE=Mill:geo:39.95,-75.15"], ("39.95", "-75.15")),
        (["X-APPLE-STRUCTURED-LOCATION;VALUE=URI:geo:"], (None, None)),
        (["GEO:nowhere"], (None, None)),
        ([], (None, None)),
    ],
)  # fmt: skip
def test_a_point_is_geo_or_apple_s(lines, point):
    place = place_of(event(*lines))

    assert (place.latitude, place.longitude) == point


@pytest.mark.parametrize(
    ("lines", "url"),
    [
        (["CONFERENCE;VALUE=URI:https://meet.example.org/ours"], "https://meet.example.org/ours"),
        (["CONFERENCE;VALUE=URI:tel:+15550123", "LOCATION:https://zoom.us/j/1"], "https://zoom.us/j/1"),
        (["X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij"], "https://meet.google.com/abc-defg-hij"),
        (["DESCRIPTION:Join (https://us02web.zoom.us/j/123?pwd=a)."], "https://us02web.zoom.us/j/123?pwd=a"),
        (['DESCRIPTION:<a href="https://teams.live.com/meet/9">here</a>'], "https://teams.live.com/meet/9"),
        (["URL:https://example.org/event/7"], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_the_link_of_a_call_is_found_wherever_it_stands(lines, url):
    assert join_url_of(event(*lines)) == url
