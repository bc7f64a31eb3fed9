"""Gatherings kept in memory: what changed is read anew, and each sees only what is for them."""

from datetime import date

import pytest
from tests.web.gatherings.hosting import TODAY, comes, held, pause, person
from tests.web.gatherings.making import gatherings, meeting, take_in

from kith.web.gatherings import access, actions, queries
from kith.web.gatherings.choices import FoundBy, Status
from kith.web.gatherings.models import Gathering, Host, Place
from kith.web.gatherings.queries import kept
from kith.web.people import actions as saying
from kith.web.people.choices import Topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def ruth():
    return person("Ruth")


def test_what_was_read_before_is_not_asked_again(ruth, django_assert_num_queries):
    tuesdays = held()
    comes(comes(ruth, tuesdays, on=None), tuesdays)
    queries.comings_of(ruth)

    with django_assert_num_queries(1):
        comings = queries.comings_of(ruth)
        dates = queries.dates_of(comings)
        said = [(coming.gathering.name, coming.gathering.place.name) for coming in comings]

    assert said == [("Early Birds", "The Hut")] * 2
    assert dates == {tuesdays.pk: ()}


def test_change_is_seen_at_once(ruth):
    tuesdays = held()
    comes(ruth, tuesdays)
    queries.comings_of(ruth)

    tuesdays.name = "Later Birds"
    actions.hold(gathering=tuesdays, fields=["name"])

    assert [coming.gathering.name for coming in queries.comings_of(ruth)] == ["Later Birds"]


def test_date_that_is_called_off_is_seen_at_once(ruth):
    tuesdays = held()
    comes(ruth, tuesdays)
    queries.comings_of(ruth)

    actions.call_off(gathering=tuesdays, on=TODAY)

    [off] = queries.dates_of(queries.comings_of(ruth))[tuesdays.pk]
    assert (off.on, off.called_off) == (TODAY, True)


def test_newer_words_about_a_door_are_seen_by_all_who_meet_there(ruth):
    take_in(
        meeting(location_notes="Old"), meeting("Night Owls", slug="night", location_notes="Old")
    )
    early, night = gatherings()
    comes(ruth, night)
    assert queries.comings_of(ruth)[0].gathering.place.find_the_door == "Old"

    take_in(
        meeting(location_notes="New"), meeting("Night Owls", slug="night", location_notes="New")
    )

    assert early.place == night.place
    assert queries.comings_of(ruth)[0].gathering.place.find_the_door == "New"


def test_only_so_many_are_kept(ruth, monkeypatch):
    monkeypatch.setattr(kept, "KEPT", 1)
    take_in(meeting(), meeting("Night Owls", slug="night"))
    for gathering in gatherings():
        comes(ruth, gathering)

    found = [coming.gathering.name for coming in queries.comings_of(ruth)]

    assert found == ["Early Birds", "Night Owls"]
    assert len(kept._kept) == 1


@pytest.mark.parametrize("status", [Status.RETIRED, Status.WAITING])
def test_what_is_over_or_waits_is_nothing_to_come_to(ruth, status):
    tuesdays = held(ruth)
    comes(ruth, tuesdays)
    assert len(queries.comings_of(ruth)) == 1

    tuesdays.status = status
    actions.hold(gathering=tuesdays, fields=["status"])

    assert queries.comings_of(ruth) == []


def keep_for_women(tuesdays):
    tuesdays.found_by, tuesdays.audience = FoundBy.THEIRS, ["women"]
    actions.hold(gathering=tuesdays, fields=["found_by", "audience"])


def is_of_them(somebody):
    saying.say(person=somebody, topic=Topic.SPACES, value=["women"])
    return somebody


def test_what_is_kept_is_shown_to_its_own_and_its_hosts_only(ruth):
    host, woman = person("Kofi"), is_of_them(person("Amara"))
    tuesdays = held(host)
    for somebody in (host, woman, ruth):
        comes(somebody, tuesdays)
    keep_for_women(tuesdays)

    seen = [[c.gathering for c in queries.comings_of(one)] for one in (woman, ruth, host, ruth)]

    assert seen == [[tuesdays], [], [tuesdays], []]


def test_nothing_is_kept_for_somebody_whom_a_steward_paused():
    host, woman = person("Kofi"), is_of_them(person("Amara"))
    tuesdays = held(host)
    keep_for_women(tuesdays)
    assert access.open_among(woman, [tuesdays]) == access.open_among(host, [tuesdays]) != set()

    for somebody in (host, woman):
        pause(somebody)

    assert access.open_among(woman, [tuesdays]) == access.open_among(host, [tuesdays]) == set()


def test_nothing_is_asked_where_all_is_for_everybody(ruth, django_assert_num_queries):
    tuesdays = held()

    with django_assert_num_queries(0):
        assert access.open_among(ruth, [tuesdays]) == {tuesdays.pk}


def test_answer_whose_gathering_is_gone_is_left_out(ruth):
    tuesdays = held()
    comes(ruth, tuesdays)

    Gathering.objects.all().delete()

    assert queries.comings_of(ruth) == []
    assert kept.with_dates({tuesdays.pk: 99}) == {}
    assert Place.objects.exists()
    assert not Host.objects.filter(until__gte=date(2026, 1, 1)).exists()
