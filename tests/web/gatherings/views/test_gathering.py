"""The page of one gathering: when, where, what the first time is like, and where it comes from."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from tests.web.gatherings.making import OTHER_LIST, TUESDAY, call, gatherings, meeting, take_in

from kith.web.gatherings.models import Feed, Gathering, Occasion, Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

NIGHT = meeting("Night Owls", time="22:00", end_time="23:00")


@pytest.fixture
def page(client):
    """Return a function that gives the page of the first gathering as text."""

    def show(**headers):
        return client.get(gatherings()[0].get_absolute_url(), headers=headers).content.decode()

    return show


def words(text):
    plain = re.sub(r"<(script|style|svg).*?</\1>|<[^>]+>", " ", text, flags=re.DOTALL)
    return " ".join(unescape(plain).split())


def facts(text):
    """Return what its card says of when and where."""
    return words(text.split('<dl class="facts">')[1].split("</dl>")[0])


def data(text):
    """Return what it tells machines."""
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return json.loads(found)


# ---- when -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("record", "said"),
    [
        (meeting(), "When Tonight, 7 to 8 pm Every Tuesday."),
        (meeting(end_time=None), "When Tonight, 7 pm Every Tuesday."),
        (meeting(day=[2, 4]), "When Tonight, 7 to 8 pm Every Tuesday and Thursday."),
        (meeting(day=list(range(7))), "When Tonight, 7 to 8 pm Every day."),
        (meeting(day=None, time=None), "When By arrangement Ask when they meet before you go."),
        (meeting(time=""), "When Every Tuesday Its list does not give a time. Ask before you go."),
        (meeting(attendance_option="inactive"), "When Paused for now. It has stopped for a while and is not gone. It used to meet: Every Tuesday."),
    ],
)  # fmt: skip
def test_page_says_when(page, record, said):
    take_in(record)

    assert facts(page()).startswith(said)


def test_page_says_that_it_is_on(page, clock):
    take_in(meeting())
    clock.stand_at(TUESDAY + timedelta(minutes=40))

    assert "On now, Tonight, 7 to 8 pm" in facts(page())


def test_page_says_that_the_next_one_is_called_off_and_when_it_is_on_again(page):
    take_in(meeting())
    Occasion.objects.create(gathering=Gathering.objects.get(), on="2026-11-24", at="19:00", timezone="Europe/London", replaces="2026-11-24", called_off=True, note="Snow")  # fmt: skip

    said = facts(page())

    assert "Tuesday 1 December, 7 to 8 pm" in said
    assert "Tonight is called off. Snow" in said


def test_page_of_a_call_says_both_clocks_to_somebody_far_away(client, page):
    take_in(call())
    client.cookies["tz"] = "America/New_York"

    assert "Today, 2 to 3 pm That is New York time: 7 pm in London." in facts(page())


def test_page_of_a_door_keeps_the_clock_of_the_door(client, page):
    take_in(meeting())
    client.cookies["tz"] = "America/New_York"

    assert "Tonight, 7 to 8 pm" in facts(page())


# ---- where ------------------------------------------------------------------------------------
def test_page_says_how_to_find_the_door_and_gives_it_to_map_apps(page):
    take_in(meeting(location_notes="Blue door, ring twice"))

    text = page()

    assert "The Hut" in facts(text)
    assert "Blue door, ring twice" in facts(text)
    assert 'href="geo:51.500000,-0.100000?q=51.500000,-0.100000(The%20Hut)"' in text
    assert "https://www.openstreetmap.org/directions?to=51.500000%2C-0.100000" in text
    assert "https://maps.apple.com/?daddr=51.500000%2C-0.100000&amp;q=The+Hut" in text
    assert "https://www.google.com/maps/dir/?api=1&amp;destination=51.500000%2C-0.100000" in text


def test_door_without_a_point_is_looked_up_by_its_address(page):
    take_in(meeting(latitude=None, longitude=None))

    text = page()

    assert "geo:" not in text
    assert "https://www.openstreetmap.org/search?query=1+High+Street" in text


def test_town_without_a_door_says_so(page):
    take_in(meeting(formatted_address="London, UK", location=None))

    assert "Only the town is known. Ask for the door before you go." in facts(page())


def test_call_has_no_directions(page):
    take_in(call())

    text = page()

    assert 'href="https://zoom.us/j/' in text
    assert "openstreetmap" not in text
    assert "Where Online" in facts(text)


def test_link_to_join_is_not_shown_where_nobody_joins_by_it(page):
    take_in(meeting(conference_url="https://zoom.us/j/987654321", attendance_option="in_person"))

    assert "zoom.us" not in page()


def test_others_at_the_door_are_told_with_a_calendar_of_all(page):
    take_in(meeting(), NIGHT)

    text = page()

    assert '<a href="/gatherings/night-owls-london/">Night Owls</a>' in text
    assert f'href="/places/{Place.objects.get().pk}.ics"' in text


def test_others_in_a_town_are_not_taken_for_others_at_a_door(page):
    take_in(
        meeting(formatted_address="London, UK", location=None),
        meeting("Night Owls", formatted_address="London, UK", location=None, time="22:00"),
    )

    assert "Also at this door" not in page()


# ---- what and whence --------------------------------------------------------------------------
def test_page_says_what_the_first_time_is_like(page):
    take_in(meeting(entity="Alcoholics Anonymous"))
    Gathering.objects.update(
        first_time="6:50 Somebody stands at the door\nThen tea\n", touch="hug", noise_words="Drums"
    )

    text = words(page())

    assert "6:50 Somebody stands at the door Then tea" in text
    assert "Hugs, if you like" in text
    assert "Drums" in text


def test_page_says_what_studies_say_of_what_people_do(page):
    take_in(meeting(entity="Alcoholics Anonymous"))

    assert "Twelve-step meeting" in words(page())


def test_page_names_every_list_it_stands_on_now(page):
    take_in(meeting(), name="Ours", credit="CC BY 4.0")
    take_in(meeting(slug="77"), NIGHT, address=OTHER_LIST, name="Theirs")
    Feed.objects.create(address="https://third.example/", name="Quite another list")

    said = words(page())

    assert "Ours (CC BY 4.0), read on 24 November 2026" in said
    assert "Theirs, read on 24 November 2026" in said
    assert "Quite another list" not in said


def test_gathering_of_no_list_was_written_by_those_who_run_this_place(page):
    Gathering.objects.create(slug="walk", name="Walk", mode="in_person", timezone="UTC", added_at=TUESDAY, changed_at=TUESDAY)  # fmt: skip

    assert "Written by those who run this place." in words(page())


# ---- over -------------------------------------------------------------------------------------
def test_retired_gathering_says_that_it_is_over_and_what_meets_there_now(client):
    take_in(meeting(), NIGHT)
    take_in(NIGHT)

    answer = client.get("/gatherings/early-birds-london/")

    text = answer.content.decode()
    assert answer.status_code == 410
    assert "This gathering is over." in words(text)
    assert "Night Owls" in text
    assert '<meta name="robots" content="noindex">' in text
    assert "ld+json" not in text
    assert "Add to calendar" not in text


def test_gathering_that_never_was_is_not_found(client):
    answer = client.get("/gatherings/never/")

    assert answer.status_code == 404


# ---- for machines -----------------------------------------------------------------------------
def test_machines_are_told_what_people_are_told(page):
    take_in(meeting(notes="Tea.", types=["O", "S"]))

    assert data(page()) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Early Birds",
        "url": "http://testserver/gatherings/early-birds-london/",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "eventStatus": "https://schema.org/EventScheduled",
        "isAccessibleForFree": True,
        "location": [
            {
                "@type": "Place",
                "name": "The Hut",
                "address": gatherings()[0].place.address,
                "geo": {"@type": "GeoCoordinates", "latitude": 51.5, "longitude": -0.1},
            }
        ],
        "description": "Tea.",
        "inLanguage": ["es"],
        "startDate": "2026-11-24T19:00:00+00:00",
        "endDate": "2026-11-24T20:00:00+00:00",
        "audience": {"@type": "Audience", "audienceType": "Everyone"},
        "eventSchedule": {
            "@type": "Schedule",
            "repeatFrequency": "P1W",
            "startTime": "19:00:00",
            "scheduleTimezone": "Europe/London",
            "byDay": ["https://schema.org/Tuesday"],
            "duration": "PT60M",
        },
    }


def test_machines_are_told_that_a_paused_gathering_is_postponed_and_has_no_next_date(page):
    take_in(meeting(attendance_option="inactive"))

    found = data(page())

    assert found["eventStatus"] == "https://schema.org/EventPostponed"
    assert "startDate" not in found


@pytest.mark.parametrize(
    ("record", "mode", "places"),
    [
        (call(), "Online", ["VirtualLocation"]),
        (
            meeting(conference_url="https://zoom.us/j/987654321"),
            "Mixed",
            ["Place", "VirtualLocation"],
        ),
        (meeting(), "Offline", ["Place"]),
    ],
)
def test_machines_are_told_where_people_are(page, record, mode, places):
    take_in(record)

    found = data(page())

    assert found["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
    assert [place["@type"] for place in found["location"]] == places


@pytest.mark.parametrize(
    ("rule", "first_on", "schedule"),
    [
        ("FREQ=MONTHLY;BYDAY=2TU,4TU", None, {"repeatFrequency": "P1M", "byDay": ["https://schema.org/Tuesday"] * 2}),
        ("FREQ=MONTHLY;BYMONTHDAY=15", None, {"repeatFrequency": "P1M", "byMonthDay": [15]}),
        ("FREQ=DAILY", None, {"repeatFrequency": "P1D"}),
        ("FREQ=WEEKLY;UNTIL=20261225;INTERVAL=2;BYDAY=TU", "2026-11-10", {
            "repeatFrequency": "P2W", "byDay": ["https://schema.org/Tuesday"],
            "startDate": "2026-11-10", "endDate": "2026-12-25"}),
    ],
)  # fmt: skip
def test_machines_are_told_every_rhythm(page, rule, first_on, schedule):
    take_in(meeting())
    Gathering.objects.update(rule=rule, first_on=first_on)

    found = data(page())["eventSchedule"]

    common = {"@type": "Schedule", "startTime": "19:00:00", "scheduleTimezone": "Europe/London", "duration": "PT60M"}  # fmt: skip
    assert found == {**common, **schedule}
