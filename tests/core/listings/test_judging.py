"""One draft: the listings it makes, or why it can be none."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from kith.core.listings.draft import Draft, Hints, Place, RecordRefused, Slot
from kith.core.listings.facts import Facts
from kith.core.listings.judging import listings_of
from kith.core.schedule import Dated

HALL = Place(
    name="Hall", street="12 Oak St", city="Philadelphia", region="PA", postal_code="19106",
    country="US", latitude=39.95, longitude=-75.15,
)  # fmt: skip
TOWN = Place(city="Philadelphia", region="PA", country="US", is_approximate=True)
NOWHERE = Place()
LINK = "https://zoom.us/j/1234567890"


def draft(**fields):
    values = {"name": "Walk", "place": HALL, "slots": [Slot((6,), start="18:00")]}
    return Draft(record="a label", **values | fields)


def judged(one, hints=None):
    (listing, *_more) = listings_of(one, "key", Facts(), hints or Hints())
    return listing


def said(**fields):
    """Return (listing, repairs as pairs) of a draft with these fields."""
    one = draft(**fields)
    return judged(one), [(r.field, r.why) for r in one.repairs]


def test_a_draft_becomes_a_listing_for_each_time_of_its_week():
    one = draft(slots=[Slot((6,), start="18:00"), Slot((0,), start="07:00")], codes=["O", "O", "X"])

    found = listings_of(one, "key", Facts(), Hints(languages=("en",)))

    assert [(of.key, of.schedule.rule) for of in found] == [
        ("key", "FREQ=WEEKLY;BYDAY=SU"),
        ("key~2", "FREQ=WEEKLY;BYDAY=MO"),
    ]
    assert {of.name for of in found} == {"Walk"}
    assert found[0].venue == found[1].venue
    assert found[0].codes == ("O", "X")
    assert found[0].languages == ("en",)


@pytest.mark.parametrize(
    ("name", "shown", "repairs"),
    [
        ("  Easy\n Does It ", "Easy Does It", []),
        ("<b>Easy</b> Does It", "Easy Does It", [("name", "HTML removed")]),
        ("30815109 Step Ahead AFG", "Step Ahead AFG", [("name", "left out: the group's number 30815109")]),
        ("#30815109 Step Ahead", "Step Ahead", [("name", "left out: the group's number #30815109")]),
        ("24 Hours a Day", "24 Hours a Day", []),
        ("164 and More", "164 and More", []),
        ("Call me@example.org", "Call […]", [("name", "an e-mail address was left out")]),
    ],
)  # fmt: skip
def test_a_name_is_what_people_call_it(name, shown, repairs):
    listing, why = said(name=name)

    assert (listing.name, why) == (shown, repairs)


@pytest.mark.parametrize("name", ["", " ", "<br>", "--", "…", "\u200b", "me@example.org"])
def test_a_record_without_a_name_is_refused(name):
    with pytest.raises(RecordRefused, match="has no name"):
        said(name=name)


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"name": "CANCELLED - Easy Does It"}, "CANCELLED"),
        ({"name": "Easy Does It (no longer meeting)"}, "no longer meeting"),
        ({"place": Place(address="Permanently closed", city="Bray")}, "Permanently closed"),
        ({"place": Place(street="DO NOT ATTEND", city="Bray")}, "DO NOT ATTEND"),
    ],
)
def test_a_record_that_says_it_is_gone_is_refused(fields, what):
    with pytest.raises(RecordRefused, match=f"says of itself: '{what}'"):
        said(**fields)


@pytest.mark.parametrize(
    ("url", "kept", "repairs"),
    [
        (LINK, LINK, []),
        (" https://zoom.us/j/ 1234567890 ", LINK, []),
        ("zoom.us/j/1234567890", LINK, ["https:// put before the address"]),
        ("www.example.org", "https://www.example.org", ["https:// put before the address"]),
        ("us02web.zoom.us/j/1", "https://us02web.zoom.us/j/1", ["https:// put before the address"]),
        ("ask Bob", "", ["left out: 'askBob' is no web address"]),
        ("javascript:alert(1)", "", ["left out: 'javascript:alert(1)' is no web address"]),
        ("https://user@example.org/x", "", ["left out: 'https://user@example.org/x' is no web address"]),
        ("https://localhost/x", "", ["left out: 'https://localhost/x' is no web address"]),
        ("", "", []),
    ],
)  # fmt: skip
def test_links_are_web_addresses_or_left_out(url, kept, repairs):
    listing, why = said(join_url=url)

    assert listing.join_url == kept
    assert why == [("conference_url", repair) for repair in repairs]


@pytest.mark.parametrize(
    ("phone", "kept", "repaired"),
    [
        ("+1 (646) 558-8656", "+1 (646) 558-8656", 0),
        ("+16465588656,,123456789#,,98765#", "+16465588656,,123456789#,,98765#", 0),
        ("", "", 0),
        # Two numbers run together, a code with letters, a country twice, an essay.
        ("+16465588656,,901964988#+13126266799,,901964988#", "+16465588656,,901964988#", 1),
        ("+15873281099,,8157691224#,,#,,TUh0bGoakd", "+15873281099,,8157691224#", 1),
        ("+1+16699006833,,311685041#,,311685041#", "+16699006833,,311685041#", 1),
        ("646-558-8656 (call first)", "646-558-8656", 1),
        ("+11", "", 1),
        ("ask Bob", "", 1),
    ],
)
def test_numbers_are_ones_to_dial_or_left_out(phone, kept, repaired):
    listing, why = said(join_phone=phone)

    assert listing.join_phone == kept
    assert [field for field, _why in why] == ["conference_phone"] * repaired


@pytest.mark.parametrize(
    ("fields", "mode", "paused"),
    [
        ({"attendance": "in_person"}, "in_person", False),
        ({"attendance": "online", "join_url": LINK}, "online", False),
        ({"attendance": "online"}, "online", False),
        ({"attendance": "hybrid", "join_url": LINK}, "hybrid", False),
        ({"attendance": "in_person", "is_paused": True}, "in_person", True),
        # Said by a code.
        ({"meanings": ["mode:online"]}, "online", False),
        ({"meanings": ["mode:hybrid", "mode:online"]}, "hybrid", False),
        ({"meanings": ["mode:online", "mode:in_person"]}, "hybrid", False),
        ({"attendance": "in_person", "meanings": ["mode:online"]}, "in_person", False),
        # The building is shut.
        ({"meanings": ["closed_for_now"], "join_url": LINK}, "online", False),
        ({"meanings": ["closed_for_now"], "attendance": "online"}, "online", False),
        ({"meanings": ["closed_for_now"]}, "in_person", True),
        ({"meanings": ["closed_for_now"], "attendance": "hybrid"}, "hybrid", True),
        # Nobody says: there is what there is.
        ({}, "in_person", False),
        ({"join_url": LINK}, "hybrid", False),
        ({"join_phone": "+16465588656"}, "hybrid", False),
        ({"join_url": LINK, "place": NOWHERE, "zone": "UTC"}, "online", False),
        ({"join_url": LINK, "place": TOWN}, "online", False),
        ({"place": Place(city="Philadelphia", region="PA", country="US")}, "in_person", False),
        # What is said and what there is do not fit.
        ({"attendance": "in_person", "join_url": LINK, "place": NOWHERE, "zone": "UTC"}, "online", False),
        ({"attendance": "hybrid", "join_url": LINK, "place": NOWHERE, "zone": "UTC"}, "online", False),
        ({"attendance": "in_person", "place": NOWHERE, "is_paused": True, "zone": "UTC"}, "in_person", True),
    ],
)  # fmt: skip
def test_how_people_meet_is_what_the_record_says_else_what_it_has(fields, mode, paused):
    listing, _why = said(**fields)

    assert (listing.mode, listing.is_paused) == (mode, paused)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"attendance": "in_person"}, "meets in person but gives no address and no coordinates"),
        ({"join_url": "ask Bob"}, "gives no address, no coordinates and no link: nobody could get"),
    ],
)
def test_where_nobody_could_get_is_refused(fields, why):
    with pytest.raises(RecordRefused, match=why):
        said(place=NOWHERE, zone="UTC", **fields)


@pytest.mark.parametrize("attendance", ["in_person", "hybrid"])
def test_a_place_that_is_not_there_is_told_of(attendance):
    _listing, why = said(attendance=attendance, join_url=LINK, place=NOWHERE, zone="UTC")

    assert [field for field, _why in why] == ["attendance"]


@pytest.mark.parametrize(
    ("place", "kept"),
    [
        (HALL, ("", "", "", "Philadelphia", "PA", 39.95, True)),
        (TOWN, ("", "", "", "Philadelphia", "PA", None, False)),
        (Place(name="Zoom room", address="Here"), None),
    ],
)
def test_an_online_gathering_keeps_its_town_and_no_door(place, kept):
    listing, _why = said(attendance="online", join_url=LINK, place=place, zone="UTC")

    venue = listing.venue
    assert kept == (
        venue
        and (
            venue.name,
            venue.address,
            venue.find_the_door,
            venue.city,
            venue.region,
            venue.latitude,
            venue.is_approximate,
        )
    )


@pytest.mark.parametrize(
    ("fields", "hints", "program", "practice"),
    [
        ({"program": "AA"}, {}, "Alcoholics Anonymous", "twelve_step"),
        ({"program": "NA of Ohio"}, {}, "NA of Ohio", ""),
        ({"program": "AA", "practice": "choir"}, {}, "Alcoholics Anonymous", "choir"),
        ({"program": "AA"}, {"practice": "choir"}, "Alcoholics Anonymous", "twelve_step"),
        ({"program": "Our <i>own</i>"}, {"practice": "choir"}, "Our own", "choir"),
        ({"url": "https://oc-aa.org/x"}, {}, "Alcoholics Anonymous", "twelve_step"),
        ({"url": "https://example.org"}, {"program": "SMART Recovery"}, "SMART Recovery", "smart_circle"),
        ({}, {"source": "https://na-ohio.org/feed"}, "Narcotics Anonymous", "twelve_step"),
        ({}, {"program": "Our Own Circle", "practice": "choir"}, "Our Own Circle", "choir"),
        ({}, {}, "", ""),
    ],
)  # fmt: skip
def test_the_fellowship_is_what_the_record_says_else_what_its_feed_is(
    fields, hints, program, practice
):
    listing = judged(draft(**fields), Hints(**hints))

    assert (listing.program, listing.practice) == (program, practice)


def test_a_practice_there_is_not_is_left_out():
    listing, why = said(practice="Chess", program="AA")

    assert listing.practice == "twelve_step"
    assert why == [("practice", "left out: kith knows no practice 'Chess'")]


@pytest.mark.parametrize(
    ("value", "moment", "repaired"),
    [
        ("2024-05-31 14:32:23", datetime(2024, 5, 31, 14, 32, 23, tzinfo=UTC), 0),
        ("2024-05-31T14:32:23+02:00", datetime(2024, 5, 31, 12, 32, 23, tzinfo=UTC), 0),
        ("2024-05-31", datetime(2024, 5, 31, tzinfo=UTC), 0),
        (datetime(2024, 5, 31, 2, tzinfo=timezone(timedelta(hours=2))), datetime(2024, 5, 31, tzinfo=UTC), 0),
        # 29 can be no month.
        ("8/29/2021", datetime(2021, 8, 29, tzinfo=UTC), 0),
        ("29/8/2021 11:17:07 AM", datetime(2021, 8, 29, tzinfo=UTC), 0),
        ("8/8/2021", datetime(2021, 8, 8, tzinfo=UTC), 0),
        ("9/6/2021", None, 1),
        ("13/13/2021", None, 1),
        ("2/30/2021", None, 1),
        ("8/29/20211", None, 1),
        ("last week", None, 1),
        ("0000-00-00 00:00:00", None, 0),
        ("0001-01-01", None, 0),
        ("9999-12-31T23:59:59-12:00", None, 0),
        ("", None, 0),
        (None, None, 0),
        ([1], None, 0),
    ],
)  # fmt: skip
def test_when_a_record_changed_is_one_moment_or_none(value, moment, repaired):
    listing, why = said(updated=value)

    assert listing.updated == moment
    assert [field for field, _why in why] == ["updated"] * repaired


def test_prose_is_plain_and_names_nobody():
    listing, why = said(about="<p>Call Mary Smith</p>", join_note="me@example.org\nor  knock")

    assert (listing.about, listing.join_note) == ("Call Mary S.", "[…]\nor knock")
    assert {field for field, _why in why} == {"notes", "join_note"}


def test_words_for_a_time_that_cannot_be_read_are_plain_too():
    listing, _why = said(slots=[Slot((6,), start="<b>after</b> dark, me@example.org")])

    assert listing.when_note == "after dark, […]"
    assert said(slots=[], when_note="Monthly")[0].when_note == "Monthly"


def test_notes_of_single_dates_are_plain_too():
    at = datetime(2026, 1, 5, 19)
    dated = (Dated(at, "UTC", note="<b>At</b> the lake, me@example.org"), Dated(at, "UTC"))

    listing, why = said(slots=[Slot(dated=dated)], zone="UTC")

    assert [d.note for d in listing.schedule.dated] == ["At the lake, […]", ""]
    assert ("note", "HTML removed") in why


def test_places_of_single_dates_come_after_the_series_own():
    elsewhere = Place(key="20260105", name="Lake", city="Camden", region="NJ", country="US")

    listing, _why = said(more_places=[elsewhere, Place(key="20260106")])

    assert [(v.key, v.name) for v in listing.venues] == [("", "Hall"), ("20260105", "Lake")]
