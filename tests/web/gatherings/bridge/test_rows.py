import pytest
from tests.web.gatherings.making import OTHER_LIST, gatherings, meeting, take_in

from kith.core.listings import Listing, Venue
from kith.core.schedule import Schedule
from kith.web.gatherings.bridge import records, rows
from kith.web.gatherings.models import FeedRecord, Occasion

SCHEDULE = Schedule("Europe/London")
DOOR = Venue(name="Hall", city="London")
TOWN = Venue(city="London", is_approximate=True)


def listing(mode="in_person", **more):
    return Listing(key="a", name=more.pop("name", "A"), schedule=SCHEDULE, mode=mode, **more)


def test_one_record_is_folded_into_itself():
    only = listing(about="x", codes=("O",))

    assert rows.folded([only]) == only


def test_first_word_holds_and_gaps_are_filled_in_order():
    first = listing(about="", openness="open")
    others = [listing(name="B", openness="closed"), listing(about="two"), listing(about="three")]

    found = rows.folded([first, *others])

    assert (found.name, found.openness, found.about) == ("A", "open", "two")


@pytest.mark.parametrize(
    ("listings", "mode", "venue"),
    [
        ([listing("in_person", venues=(DOOR,)), listing("online")], "hybrid", DOOR),
        ([listing("online"), listing("in_person", venues=(DOOR,))], "hybrid", DOOR),
        ([listing("online", venues=(TOWN,)), listing("hybrid", venues=(DOOR,))], "hybrid", DOOR),
        ([listing("online", venues=(TOWN,)), listing("online")], "online", TOWN),
        ([listing("in_person"), listing("in_person", venues=(DOOR,))], "in_person", DOOR),
    ],
)
def test_room_and_call_together_are_hybrid_with_the_room(listings, mode, venue):
    found = rows.folded(listings)

    assert (found.mode, found.venue) == (mode, venue)


def test_words_about_a_door_do_not_make_it_another_place():
    told = Venue(name="Hall", city="London", find_the_door="Blue door", from_the_stop="Left")

    assert rows.place_key(told) == rows.place_key(DOOR)
    assert rows.place_key(Venue(name="Hall", city="Leeds")) != rows.place_key(DOOR)


def test_place_fits_its_columns_whatever_a_feed_says():
    place = rows.place_of(
        Venue(name="n" * 999, address="a" * 999, postal_code="9" * 99, country="GBR", find_the_door="d" * 999)
    )  # fmt: skip

    assert (len(place.name), len(place.address), len(place.postal_code)) == (255, 512, 32)
    assert (place.country, len(place.find_the_door)) == ("GB", 999)


@pytest.mark.django_db
def test_gathering_becomes_the_listing_it_was_made_of():
    take_in(meeting(notes="Tea", types=["O", "W", "X", "S", "B"], location_notes="Blue door",
                    updated="2026-01-02 03:04:05", url="https://list.example/early"))  # fmt: skip

    said = records.listing_of(FeedRecord.objects.get().listing)
    kept = rows.listing_of_row(gatherings()[0])

    assert kept.key == "early-birds-london"
    names = [name for name in Listing.__dataclass_fields__ if name != "key"]
    assert {n: getattr(kept, n) for n in names} == {n: getattr(said, n) for n in names}


@pytest.mark.django_db
def test_dates_become_the_dates_they_were_made_of():
    tour = {
        "mode": "in_person",
        "venues": [
            {"name": "Hall", "address": "1 High Street", "latitude": 51.5, "longitude": -0.1},
            {"key": "b", "name": "Barn", "address": "2 Low Road", "latitude": 53.4, "longitude": -2.2},
        ],
        "schedule": {
            "timezone": "Europe/London",
            "dated": [
                {"starts": "2026-12-01T19:00", "timezone": "Europe/London", "note": "First"},
                {"starts": "2026-12-08T20:00", "timezone": "Europe/London", "place": "b"},
                {"starts": "2026-12-15T19:00", "timezone": "Europe/London", "called_off": True},
            ],
        },
    }  # fmt: skip
    take_in(meeting(kith=tour))

    said = records.listing_of(FeedRecord.objects.get().listing)
    kept = rows.listing_of_row(gatherings()[0], list(Occasion.objects.all()))

    assert kept.schedule == said.schedule
    assert kept.venues == said.venues


@pytest.mark.django_db
def test_likeness_of_a_row_is_that_of_its_listing():
    take_in(meeting(types=["W"], entity="Alcoholics Anonymous"))
    take_in(meeting("Vague", approximate="yes", formatted_address="London"), address=OTHER_LIST)

    for record in FeedRecord.objects.select_related("gathering__place"):
        said = rows.likeness(records.listing_of(record.listing))
        assert rows.likeness_of_row(record.gathering) == said


@pytest.mark.parametrize(
    ("values", "are_days"),
    [
        ([], True),
        (["2026-12-24"], True),
        (["2026-02-30"], False),
        (["soon"], False),
        ([7], False),
        ("2026-12-24", False),
        (None, False),
        ({"2026-12-24": 1}, False),
    ],
)
def test_days_are_a_list_of_dates(values, are_days):
    assert rows.are_days(values) == are_days


@pytest.mark.parametrize(
    ("rule", "tidy"),
    [
        ("RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=TH,TU", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("freq=monthly;byday=2th,4th", "FREQ=MONTHLY;BYDAY=2TH,4TH"),
    ],
)
def test_rule_is_kept_in_its_one_form(rule, tidy):
    assert rows.tidy_rule(rule) == tidy


@pytest.mark.parametrize("rule", ["FREQ=SOMETIMES", "FREQ=HOURLY", "", "x" * 5_000])
def test_what_is_no_rule_is_refused(rule):
    with pytest.raises(ValueError, match="rule"):
        rows.tidy_rule(rule)
