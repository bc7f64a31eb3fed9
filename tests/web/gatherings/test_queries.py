from datetime import timedelta

import pytest
from tests.web.gatherings.making import (
    LIST,
    OTHER_LIST,
    TUESDAY,
    call,
    gatherings,
    meeting,
    take_in,
)

from kith.web.gatherings import queries
from kith.web.gatherings.models import Gathering, Occasion, Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

NIGHT = meeting("Night Owls", time="22:00", end_time="23:00")


def test_sources_are_the_feeds_that_name_it_now():
    take_in(meeting(), NIGHT)
    take_in(meeting(slug="77"), call(), address=OTHER_LIST)
    early, night, line = gatherings()

    def sources(gathering):
        return [feed.address for feed in queries.sources_of(gathering)]

    assert [sources(g) for g in (early, night, line)] == [[LIST, OTHER_LIST], [LIST], [OTHER_LIST]]

    take_in(NIGHT)

    assert sources(early) == [OTHER_LIST]


def test_feed_that_names_a_gathering_twice_is_one_source():
    take_in(meeting(), meeting(slug="again"))

    assert len(queries.sources_of(gatherings()[0])) == 1


def test_others_at_a_place_are_what_else_meets_there_by_time():
    take_in(
        meeting(),
        NIGHT,
        meeting("Dawn", time="05:00", end_time=None),
        meeting("Away", location="Barn"),
    )
    Gathering.objects.filter(name="Dawn").update(status="paused")
    early = gatherings()[0]

    assert [g.name for g in queries.others_at(early.place, besides=early)] == ["Dawn", "Night Owls"]

    Gathering.objects.filter(name="Dawn").update(status="retired")
    assert [g.name for g in queries.others_at(early.place, besides=early)] == ["Night Owls"]


def test_occasions_of_many_come_in_two_questions(django_assert_num_queries):
    take_in(meeting(), NIGHT)
    some = gatherings()
    for gathering in some:
        for day in ("2026-12-08", "2026-12-01"):
            Occasion.objects.create(gathering=gathering, on=day, at="19:00", timezone="Europe/London", place=Place.objects.get())  # fmt: skip

    with django_assert_num_queries(2):
        found = queries.occasions_by_gathering(some)
        places = {o.place.name for dates in found.values() for o in dates}

    assert places == {"The Hut"}
    for gathering in some:
        dates = [f"{o.on:%d}" for o in found[gathering.pk]]
        assert dates == [f"{o.on:%d}" for o in queries.occasions_of(gathering)] == ["01", "08"]


def test_changes_are_told_apart(clock):
    clock.stand_at(TUESDAY - timedelta(days=30))
    take_in(
        meeting(),
        NIGHT,
        meeting("Dawn", time="05:00", end_time=None),
        meeting("Old", time="12:00", end_time=None),
    )
    clock.stand_at(TUESDAY)
    take_in(
        meeting(end_time="20:30"),
        meeting("Dawn", time="05:00", end_time=None, attendance_option="inactive"),
        meeting("Old", time="12:00", end_time=None),
        call(),
    )

    found = queries.changed_since(queries.earliest_change_shown())

    assert {kind: [g.name for g in some] for kind, some in found.items()} == {
        "new": ["Open Line"],
        "changed": ["Early Birds"],
        "paused": ["Dawn"],
        "gone": ["Night Owls"],
    }


def test_changes_end():
    take_in(*[call(f"Call {n}", conference_url=f"https://zoom.us/j/9{n:09}") for n in range(230)])

    found = queries.changed_since(queries.earliest_change_shown())

    assert sum(map(len, found.values())) == queries.CHANGES_MOST


def test_gatherings_come_in_the_order_asked_for_without_the_retired():
    take_in(meeting(), NIGHT, call())
    first, second, third = (g.pk for g in gatherings())
    Gathering.objects.filter(pk=second).update(status="retired")

    assert [g.pk for g in queries.in_order([third, second, first, 0])] == [third, first]


def test_everything_is_all_that_is_not_retired():
    take_in(
        meeting(), NIGHT, meeting("Dawn", attendance_option="inactive", time="05:00", end_time=None)
    )
    Gathering.objects.filter(name="Night Owls").update(status="retired")

    assert [g.name for g in queries.everything()] == ["Early Birds", "Dawn"]


def test_coverage_is_the_box_round_every_door():
    take_in(
        meeting(), meeting("North", latitude=55.9, longitude=-3.2), meeting("Gone", latitude=60.0)
    )
    Gathering.objects.filter(name="Gone").update(status="retired")

    assert queries.coverage() == [
        {
            "nw_corner_longitude": "-3.2",
            "nw_corner_latitude": "55.9",
            "se_corner_longitude": "-0.1",
            "se_corner_latitude": "51.5",
        }
    ]


def test_coverage_of_nothing_is_empty():
    assert set(queries.coverage()[0].values()) == {""}
