import pytest
from tests.web.gatherings.making import LIST, body, meeting

from kith.errors import RefusalError
from kith.web.gatherings.bridge import feeds
from kith.web.gatherings.models import Feed


@pytest.mark.parametrize(
    ("stated", "why"),
    [
        ({"timezone": "Mars/Olympus"}, "'Mars/Olympus' is no time zone. One is Europe/London."),
        ({"timezone": "europe/london"}, "'europe/london' is no time zone. One is Europe/London."),
        ({"country": "ZQ"}, "'ZQ' is no country. Two letters, such as NZ."),
        ({"country": "New Zealand"}, "'New Zealand' is no country. Two letters, such as NZ."),
        ({"practice": "golf"}, "'golf' is no practice of kith's. One of: "),
        ({"format": "xml"}, "'xml' is no format. One of: meeting-guide, bmlt, icalendar, csv, json-table."),
    ],
)  # fmt: skip
def test_what_a_steward_says_of_a_feed_must_be_known(stated, why):
    with pytest.raises(RefusalError) as refusal:
        feeds.check_hints(stated)

    assert str(refusal.value).startswith(why)


@pytest.mark.parametrize(
    "stated",
    [
        {},
        {"timezone": "", "country": "", "practice": "", "format": ""},
        {"timezone": "Pacific/Auckland", "country": "NZ", "practice": "choir", "format": "csv"},
    ],
)
def test_what_a_steward_says_of_a_feed_may_be_left_out(stated):
    feeds.check_hints(stated)


def test_feed_is_read_with_what_its_steward_said_of_it():
    feed = Feed(address=LIST, country="NZ", practice="choir", program="Sing", languages=["mi"])
    record = meeting(formatted_address="1 High Street, Levin", latitude=-40.6, longitude=175.3)

    (found,) = feeds.read(feed, body({**record, "timezone": ""})).records

    listing = found.entries[0].listing
    assert (listing.practice, listing.program, listing.languages) == ("choir", "Sing", ("mi",))
    assert (listing.venue.country, listing.schedule.timezone) == ("NZ", "Pacific/Auckland")


def test_feed_is_read_by_its_steward_mapping():
    feed = Feed(address=LIST, country="GB", mapping='[columns]\nname = "Wat"\nday = "Wanneer"\ntime = "Hoe laat"\naddress = "Waar"\nlatitude = "b"\nlongitude = "l"\n')  # fmt: skip
    table = b"Wat,Wanneer,Hoe laat,Waar,b,l\nKring,Tuesday,19:00,1 High Street,51.5,-0.1\n"

    (found,) = feeds.read(feed, table).records

    assert found.entries[0].listing.name == "Kring"


def test_mapping_that_is_none_is_a_refusal():
    with pytest.raises(feeds.REFUSALS):
        feeds.read(Feed(address=LIST, mapping="columns = 7"), b"a,b\n1,2\n")


def test_record_with_half_a_character_keeps_its_label_and_says_why():
    text = b'[{"name": "Half \\ud83d", "slug": "\\ud83d", "day": 9, "time": "19:00"}]'

    (found,) = feeds.read(Feed(address=LIST), text).records

    assert found.entries == ()
    assert "\ud83d" not in found.label
    assert found.reason
