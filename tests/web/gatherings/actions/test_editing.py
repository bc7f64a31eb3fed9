"""What a steward wrote stays, whatever feeds say later."""

import pytest
from tests.web.gatherings.making import OTHER_LIST, call, gatherings, meeting, take_in

from kith.web.gatherings.actions import hold, touched
from kith.web.gatherings.bridge import rows
from kith.web.gatherings.choices import Status
from kith.web.gatherings.models import Edition, Gathering, Place, Town

pytestmark = pytest.mark.django_db


def write(gathering, **values):
    """Write `values` into `gathering` as a steward does."""
    for name, value in values.items():
        setattr(gathering, name, value)
    hold(gathering=gathering, fields=values)


@pytest.mark.parametrize(
    ("name", "value", "changed"),
    [
        ("name", "Kept", {"name": "From the list", "slug": "early-birds"}),
        ("about", "Kept", {"notes": "From the list"}),
        ("start", "18:00", {"time": "21:00", "end_time": None}),
        ("rule", "FREQ=WEEKLY;BYDAY=FR", {"day": 4}),
        ("openness", "closed", {"types": ["O", "X"]}),
        ("access", ["hearing_loop"], {"types": ["O", "X"]}),
        ("languages", ["mi"], {"types": ["O", "S"]}),
        ("status", "paused", {"notes": "From the list"}),
        ("touch", "none", {"notes": "From the list"}),
        ("practice", "choir", {"entity": "Alcoholics Anonymous"}),
        ("join_url", "https://kept.example/", {"conference_url": "https://zoom.us/j/111111111"}),
    ],
)
def test_field_that_a_steward_wrote_survives_a_changed_feed(name, value, changed):
    take_in(meeting())
    write(gatherings()[0], **{name: value})
    before = Gathering.objects.values(name).get()

    report = take_in(meeting(**changed))

    assert report.updated == 1
    assert Gathering.objects.values(name).get() == before
    assert gatherings()[0].held == [name]


def test_fields_that_a_steward_did_not_write_follow_the_feed():
    take_in(meeting())
    write(gatherings()[0], about="Kept")

    take_in(meeting("From the list", slug="early-birds", notes="From the list"))

    assert [(g.name, g.about) for g in gatherings()] == [("From the list", "Kept")]


def test_what_no_feed_writes_need_not_be_held():
    take_in(meeting())

    write(gatherings()[0], first_time="6:50 Come in", drugs_words="Not here", doses={"play": 1})
    take_in(meeting(end_time="20:30"))

    found = gatherings()[0]
    assert found.held == []
    assert (found.first_time, found.drugs_words, found.doses) == (
        "6:50 Come in",
        "Not here",
        {"play": 1},
    )


def test_place_that_a_steward_chose_stays():
    take_in(meeting(), meeting("Night Owls", time="22:00", end_time=None, location="The Barn"))
    barn = Place.objects.get(name="The Barn")
    write(gatherings()[0], place=barn)

    take_in(meeting(location="The Palace", end_time="20:30"))

    assert gatherings()[0].place == barn


def test_gathering_that_a_steward_keeps_open_is_not_retired_with_its_record():
    take_in(meeting(), call())
    write(gatherings()[0], status="open")

    report = take_in(call())

    assert report.retired == 0
    assert gatherings()[0].status == Status.OPEN


def test_gathering_that_a_steward_retired_stays_retired():
    take_in(meeting())
    write(gatherings()[0], status=Status.RETIRED)
    retired_at = gatherings()[0].retired_at
    assert retired_at is not None

    take_in(meeting(end_time="20:30"))

    found = gatherings()[0]
    assert (found.status, found.retired_at) == (Status.RETIRED, retired_at)


def test_gathering_opened_again_forgets_when_it_was_retired():
    take_in(meeting())
    write(gatherings()[0], status=Status.RETIRED)

    write(gatherings()[0], status=Status.OPEN)

    assert gatherings()[0].retired_at is None


def test_steward_changes_count_as_an_edition():
    take_in(meeting())
    before = Edition.objects.get().number

    write(gatherings()[0], about="Kept")

    assert gatherings()[0].edition == Edition.objects.get().number == before + 1


def test_gathering_written_by_hand_is_kept_when_feeds_come_and_go():
    own = Gathering(slug="walk", name="Walk", mode="in_person", timezone="Europe/London")
    hold(gathering=own, fields=["name"])
    take_in(meeting(), call())

    take_in(call())

    walk = Gathering.objects.get(slug="walk")
    assert (walk.status, walk.added_at == walk.changed_at) == (Status.OPEN, True)


def test_record_that_names_a_gathering_written_by_hand_joins_it():
    take_in(meeting())
    place = Place.objects.get()
    take_in(call())
    own = Gathering(slug="walk", name="Walk and Talk", mode="in_person", timezone="Europe/London",
                    rule="FREQ=WEEKLY;BYDAY=SA", start="10:00", place=place)  # fmt: skip
    hold(gathering=own, fields=["name", "rule", "start", "place"])

    report = take_in(meeting("Walk & Talk", day=6, time="10:00", end_time="11:00"), address=OTHER_LIST)  # fmt: skip

    assert (report.new, report.merged) == (0, 1)
    assert Gathering.objects.get(slug="walk").name == "Walk and Talk"


def test_held_fields_are_those_that_feeds_write():
    take_in(meeting())

    hold(gathering=gatherings()[0], fields=["nonsense", "slug", "occasions", *rows.FOLDED])

    assert gatherings()[0].held == sorted({*rows.FOLDED, "occasions"})


# ---- places -----------------------------------------------------------------------------------
def test_words_about_a_door_that_a_steward_wrote_stay():
    take_in(meeting(location_notes="From the list"))
    place = Place.objects.get()
    place.find_the_door = "Blue door, ring twice"

    touched(place=place, fields=["find_the_door"])
    take_in(meeting(location_notes="Newer, from the list", end_time="20:30"))

    assert Place.objects.get().find_the_door == "Blue door, ring twice"


def test_words_about_a_door_follow_the_feed_as_long_as_no_steward_wrote():
    take_in(meeting(location_notes="Old"))

    take_in(meeting(location_notes="New"))

    assert Place.objects.get().find_the_door == "New"


def test_point_that_a_steward_set_right_stays_and_is_found_by():
    take_in(meeting())
    place = Place.objects.get()
    place.latitude = 51.6

    touched(place=place, fields=["latitude"])
    take_in(meeting(end_time="20:30"))

    assert gatherings()[0].place.latitude == 51.6
    assert Town.objects.get(name="London").latitude == 51.6


def test_place_that_was_touched_lets_all_who_meet_there_be_read_anew():
    take_in(meeting(), meeting("Night Owls", time="22:00", end_time=None), call())

    touched(place=Place.objects.get(), fields=[])

    number = Edition.objects.get().number
    assert [g.edition == number for g in gatherings()] == [True, True, False]


def test_place_written_by_hand_gets_a_key_of_its_own():
    for _ in range(2):
        touched(place=Place(name="Hall"), fields=["name"])

    assert len({place.key for place in Place.objects.all()}) == 2
