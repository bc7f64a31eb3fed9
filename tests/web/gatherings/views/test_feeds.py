"""What other programs read: Meeting Guide and iCalendar, and kith's own way back in."""

import gzip
import json

import pytest
from icalendar import Calendar
from tests.web.gatherings.making import (
    OTHER_LIST,
    call,
    forget_everything,
    gatherings,
    meeting,
    take_in,
    take_in_bytes,
)

from kith.web.gatherings.models import (
    Feed,
    FeedRecord,
    Gathering,
    Occasion,
    Place,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

NIGHT = meeting("Night Owls", time="22:00", end_time="23:00")
GUIDE = "/feeds/meeting-guide.json"


def events(answer):
    """Return the events of a calendar."""
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


# ---- Meeting Guide ----------------------------------------------------------------------------
def test_guide_holds_what_is_not_retired(client):
    take_in(
        meeting(), NIGHT, meeting("Dawn", time="05:00", end_time=None, attendance_option="inactive")
    )
    Gathering.objects.filter(name="Night Owls").update(status="retired")

    records = client.get(GUIDE).json()

    assert [(r["name"], r["attendance_option"]) for r in records] == [
        ("Early Birds", "in_person"),
        ("Dawn", "inactive"),
    ]


def test_guide_says_what_the_format_can_say(client):
    take_in(
        meeting(
            types=["O", "X", "S"],
            notes="Tea.",
            location_notes="Blue door",
            updated="2026-01-02 03:04:05",
        )
    )

    (record,) = client.get(GUIDE).json()

    del record["kith"]
    assert record == {
        "name": "Early Birds",
        "slug": "early-birds-london",
        "url": "http://testserver/gatherings/early-birds-london/",
        "day": 2,
        "time": "19:00",
        "end_time": "20:00",
        "timezone": "Europe/London",
        "attendance_option": "in_person",
        "location": "The Hut",
        "formatted_address": gatherings()[0].place.address,
        "location_notes": "Blue door",
        "latitude": 51.5,
        "longitude": -0.1,
        "approximate": "no",
        "notes": "Tea.",
        "types": ["O", "S", "X"],
        "updated": "2026-01-02 03:04:05",
    }


@pytest.mark.parametrize(("day", "number"), [("Sunday", 0), ("Monday", 1), ("Saturday", 6)])
def test_guide_counts_days_from_sunday(client, day, number):
    take_in(meeting(day=day))

    assert client.get(GUIDE).json()[0]["day"] == number


def test_guide_gives_no_day_to_what_is_not_weekly(client):
    take_in(meeting())
    Gathering.objects.update(rule="FREQ=MONTHLY;BYDAY=2TU")

    assert "day" not in client.get(GUIDE).json()[0]


def test_guide_is_open_to_every_page(client):
    answer = client.get(GUIDE)

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Content-Type"] == "application/json"
    assert "max-age=300" in answer["Cache-Control"]
    assert answer.json() == []


def test_guide_that_did_not_change_is_not_sent_again(client, django_assert_num_queries):
    take_in(meeting())
    etag = client.get(GUIDE)["ETag"]

    with django_assert_num_queries(0):
        answer = client.get(GUIDE, headers={"If-None-Match": etag})

    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)


@pytest.mark.parametrize("asked", ["W/{etag}", '"other", {etag}', '"other", W/{etag}', "*"])
def test_guide_known_by_one_of_several_or_a_weak_mark_is_not_sent_again(client, asked):
    take_in(meeting())
    etag = client.get(GUIDE)["ETag"]

    assert client.get(GUIDE, headers={"If-None-Match": asked.format(etag=etag)}).status_code == 304


def test_guide_that_came_packed_is_not_sent_again(client):
    """Nearly everybody asks for gzip, which makes the mark a weak one."""
    take_in(*[meeting(f"G{n}", slug=f"g{n}", latitude=50 + n / 50) for n in range(9)])
    packed = client.get(GUIDE, headers={"Accept-Encoding": "gzip"})
    assert len(json.loads(gzip.decompress(packed.content))) == 9

    again = client.get(GUIDE, headers={"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]})

    assert again.status_code == 304


def test_guide_that_changed_is_sent_again(client):
    take_in(meeting())
    etag = client.get(GUIDE)["ETag"]
    take_in(meeting("Early Risers", slug="early-birds"))
    forget_everything()

    answer = client.get(GUIDE, headers={"If-None-Match": etag})

    assert (answer.status_code, answer.json()[0]["name"]) == (200, "Early Risers")
    assert answer["ETag"] != etag


def test_guide_of_another_host_has_its_own_addresses(client):
    take_in(meeting())
    here, there = client.get(GUIDE), client.get(GUIDE, headers={"Host": "localhost"})

    assert here["ETag"] != there["ETag"]
    assert there.json()[0]["url"].startswith("http://localhost/")


def test_guide_asked_for_twice_is_made_once(client, django_assert_num_queries):
    take_in(meeting())
    first = client.get(GUIDE).content

    with django_assert_num_queries(0):
        assert client.get(GUIDE).content == first


# ---- iCalendar --------------------------------------------------------------------------------
def test_calendar_of_a_gathering_holds_its_rhythm(client):
    take_in(meeting(notes="Tea."))

    answer = client.get("/gatherings/early-birds-london.ics")

    (event,) = events(answer)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="early-birds-london.ics"'
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert str(event["UID"]) == "early-birds-london@testserver"
    assert f"{event['DTSTART'].dt:%Y-%m-%d %H:%M %Z}" == "2026-11-24 19:00 GMT"
    assert event["RRULE"].to_ical() == b"FREQ=WEEKLY;BYDAY=TU"
    assert str(event["URL"]) == "http://testserver/gatherings/early-birds-london/"


@pytest.mark.parametrize("status", ["retired", "paused"])
def test_calendar_of_what_is_over_is_empty_and_of_what_is_paused_is_not(client, status):
    take_in(meeting())
    Gathering.objects.update(status=status)

    assert len(events(client.get("/gatherings/early-birds-london.ics"))) == (status == "paused")


def test_calendar_of_a_gathering_by_arrangement_is_empty(client):
    take_in(meeting(day=None, time=None, end_time=None))

    assert events(client.get("/gatherings/early-birds-london.ics")) == []


def test_calendar_of_a_place_holds_all_that_meets_there(client):
    take_in(
        meeting(),
        NIGHT,
        meeting("Away", location="Barn"),
        meeting("Gone", time="05:00", end_time=None),
    )
    Gathering.objects.filter(name="Gone").update(status="retired")
    place = Place.objects.get(name="The Hut")

    answer = client.get(f"/places/{place.pk}.ics")

    assert [str(event["SUMMARY"]) for event in events(answer)] == ["Early Birds", "Night Owls"]


def test_calendar_of_a_search_looks_as_far_as_its_page(client):
    take_in(meeting(latitude=51.5 + 20 / 111.195))

    answer = client.get("/gatherings.ics?lat=51.5&lon=-0.1")

    assert [str(event["SUMMARY"]) for event in events(answer)] == ["Early Birds"]


def test_calendar_of_a_search_holds_each_gathering_once(client):
    bristol = {"formatted_address": "1 High Street, Bristol, UK", "longitude": -2.6}
    take_in(meeting(day=[2, 3]), NIGHT, meeting("Far", **bristol))

    answer = client.get("/gatherings.ics?near=London&when=tue&when=wed")

    assert [str(event["SUMMARY"]) for event in events(answer)] == ["Early Birds", "Night Owls"]
    assert "Gatherings near London" in answer.content.decode()


# ---- there and back ---------------------------------------------------------------------------
def many():
    """Fill the database with gatherings of every kind."""
    door = {
        "name": "Hall",
        "address": "5 High Street, London",
        "latitude": 51.51,
        "longitude": -0.11,
    }
    barn = {"key": "b", "name": "Barn", "address": "2 Low Road, Leeds", "city": "Leeds",
            "latitude": 53.8, "longitude": -1.55}  # fmt: skip
    zone = {"timezone": "Europe/London"}
    take_in(
        meeting(types=["O", "W", "X", "S", "B", "QQ"], notes="Tea & toast.\nBring a mug.",
                location_notes="Blue door", updated="2026-01-02 03:04:05", entity="Al-Anon"),
        meeting("Many Days", day=[0, 2, 5], time="12:15", end_time="13:00", location="Barn"),
        meeting("Until Late", time="23:00", end_time="01:00", location="Barn"),
        meeting("No Length", time="06:00", end_time=None, types=["C"]),
        meeting("No Time", time="", end_time=None, location="Tent"),
        meeting("Ask", day=None, time=None, end_time=None, location="Shed"),
        meeting("Paused", time="05:00", end_time=None, attendance_option="inactive"),
        meeting("Both", time="10:00", conference_url="https://zoom.us/j/987654321",
                conference_url_notes="Password: tea"),
        meeting("Town Only", location=None, formatted_address="London, UK", time="09:00"),
        meeting("Überraschung “Ω” \U0001f426", slug="u", time="08:00", end_time=None),
        call(), call("Phone", conference_url=None, conference_phone="+44 20 7946 0018"),
    )  # fmt: skip
    for n, schedule in enumerate(
        [
            {**zone, "start": "19:00", "rule": "FREQ=MONTHLY;BYDAY=2TH,4TH", "minutes": 90},
            {**zone, "start": "19:00", "rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "first_on": "2026-11-10"},
            {**zone, "start": "19:00", "rule": "FREQ=WEEKLY;UNTIL=20271231;BYDAY=MO", "first_on": "2026-01-05"},
            {**zone, "start": "19:00", "rule": "FREQ=WEEKLY;BYDAY=FR", "first_on": "2026-01-02", "except_on": ["2026-12-25"]},
            {**zone, "start": "20:00", "rule": "FREQ=WEEKLY;BYDAY=SA", "first_on": "2026-01-03", "dated": [
                {**zone, "starts": "2026-12-26T18:00", "replaces": "2026-12-26", "note": "Earlier"},
                {**zone, "starts": "2027-01-02T20:00", "replaces": "2027-01-02", "called_off": True},
                {**zone, "starts": "2027-01-09T20:00", "replaces": "2027-01-09", "place": "b"}]},
            {**zone, "dated": [{**zone, "starts": "2026-12-01T19:00"}, {**zone, "starts": "2026-12-31T21:00", "duration_minutes": 240}]},
        ]
    ):  # fmt: skip
        kith = {"mode": "in_person", "venues": [door, barn], "schedule": schedule, "practice": "choir",
                "touch": "hands", "program": "Sing"}  # fmt: skip
        take_in(meeting(f"Rhythm {n}", slug=f"r{n}", kith=kith), address=f"{OTHER_LIST}/{n}")


NOT_THE_SAME = ("id", "place_id", "url", "added_at", "changed_at", "retired_at", "edition")


def kept():
    """Return all that is said of every gathering, by address, without numbers of this database."""
    found = {}
    for gathering in Gathering.objects.exclude(status="retired").select_related("place"):
        values = Gathering.objects.filter(pk=gathering.pk).values().get()
        place = Place.objects.filter(pk=gathering.place_id).values().first() or {"id": None}
        dates = list(gathering.occasions.values().order_by("on", "at"))
        for row in (place, *dates):
            del row["id"]
        for row in dates:
            barn = Place.objects.filter(pk=row.pop("place_id")).first()
            row["place"] = barn and barn.key
            del row["gathering_id"]
        found[gathering.slug] = (
            {n: v for n, v in values.items() if n not in NOT_THE_SAME}, place, dates
        )  # fmt: skip
    return found


def moved_to_an_empty_instance(text):
    """Empty the database, and import `text` into it."""
    for model in (Feed, FeedRecord, Occasion, Gathering, Place):
        model.objects.all().delete()
    report = take_in_bytes(text, address="https://elsewhere.example/")
    assert report.refused == []
    forget_everything()
    return report


def test_guide_read_back_is_the_same_gatherings(client):
    many()
    before = kept()
    text = client.get(GUIDE).content

    report = moved_to_an_empty_instance(text)

    assert report.new == len(before) == 18
    assert kept() == before


def test_guide_read_back_and_written_again_is_the_same_guide(client):
    many()
    before = client.get(GUIDE).json()

    moved_to_an_empty_instance(json.dumps(before).encode())
    after = client.get(GUIDE).json()

    assert sorted(after, key=str) == sorted(before, key=str)


def test_guide_read_back_into_its_own_instance_joins_what_is_there(client):
    many()
    before = kept()
    text = client.get(GUIDE).content

    report = take_in_bytes(text, address="https://mirror.example/")

    # What has no rule, no clock time, no door and no link is never taken for another's.
    assert set(kept()) >= set(before)
    assert (report.new, report.merged) == (5, 13)


def test_calendar_read_back_is_the_same_gatherings(client):
    many()
    dated = {s: v for s, v in kept().items() if v[0]["rule"] or v[2]}
    pages = [client.get(f"/gatherings/{slug}.ics").content for slug in dated]
    events_ = b"".join(
        page[page.index(b"BEGIN:VEVENT") : page.rindex(b"END:VCALENDAR")] for page in pages
    )
    text = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + events_ + b"END:VCALENDAR\r\n"

    report = moved_to_an_empty_instance(text)

    assert report.new == len(dated) == 17

    def without_times_of_change(found):
        return {s: ({**v, "updated_at": None}, *more) for s, (v, *more) in found.items()}

    assert without_times_of_change(kept()) == without_times_of_change(dated)
