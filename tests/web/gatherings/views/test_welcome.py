"""The front door, and what changed lately."""

import re
from datetime import timedelta
from html import unescape

import pytest
from tests.web.gatherings.making import TUESDAY, call, meeting, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

NIGHT = meeting("Night Owls", time="22:00", end_time="23:00")


def names(page):
    return [unescape(name) for name in re.findall(r'<span class="g-n">(.*?)</span>', page)]


def test_front_door_shows_three_that_are_on_next_at_home(client, settings):
    settings.KITH_HOME_PLACE = "London"
    some = [meeting(f"G{n}", slug=f"g{n}", time=f"{n:02}:00", end_time=None) for n in range(17, 23)]
    take_in(*some)

    page = client.get("/").content.decode()

    assert "Next in London" in page
    assert names(page) == ["G19", "G20", "G21"]


def test_front_door_shows_nothing_that_has_begun(client, clock):
    take_in(meeting(time="18:00", end_time="19:30"), NIGHT)

    assert names(client.get("/").content.decode()) == ["Night Owls"]


def test_front_door_without_gatherings_still_opens(client):
    page = client.get("/").content.decode()

    assert names(page) == []
    assert 'action="/gatherings/"' in page


def changed(client, query=""):
    """Return what the page of changes tells: {heading: [names]}."""
    page = client.get(f"/gatherings/changes/{query}").content.decode()
    parts = re.split(
        r'<h2 class="dayhead">(.*?)</h2>', page.split("<main", 1)[1].split("</main>")[0]
    )
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    return {
        head: re.findall(r'<li><a href="[^"]+">(.*?)</a>', part) for head, part in found.items()
    }


def test_changes_tell_what_is_new_changed_paused_and_over(client, clock):
    clock.stand_at(TUESDAY - timedelta(days=10))
    take_in(meeting(), NIGHT, meeting("Dawn", time="05:00", end_time=None))
    clock.stand_at(TUESDAY)
    take_in(meeting(end_time="20:30"), meeting("Dawn", time="05:00", end_time=None, attendance_option="inactive"), call())  # fmt: skip

    found = changed(client, "?since=2026-11-24")

    assert found == {
        "New": ["Open Line"],
        "Changed": ["Early Birds"],
        "Paused for now": ["Dawn"],
        "Over": ["Night Owls"],
    }


@pytest.mark.parametrize(
    ("days_ago", "query", "is_told"),
    [
        (13, "", True),
        (15, "", False),
        (1, "?since=2026-11-24", False),
        (0, "?since=2026-11-24", True),
        (15, "?since=2020-01-01", False),
        (0, "?since=2026-11-25", False),
        (0, "?since=2026-02-30", True),
        (0, "?since=0001-01-01", True),
        (0, "?since=9999-12-31", False),
        (0, "?since=soon", True),
    ],
)
def test_changes_begin_on_the_day_asked_for_and_two_weeks_back_at_most(
    client, clock, days_ago, query, is_told
):
    clock.stand_at(TUESDAY - timedelta(days=days_ago))
    take_in(meeting())
    clock.stand_at(TUESDAY)

    assert bool(changed(client, query)) == is_told


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Pacific/Honolulu"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_first_and_last_day_of_all_are_days_everywhere(client, settings, zone, day):
    settings.TIME_ZONE = zone
    take_in(meeting())

    assert client.get(f"/gatherings/changes/?since={day}").status_code == 200


def test_no_change_is_told_as_such(client):
    assert (
        "Nothing. Everything is as it was." in client.get("/gatherings/changes/").content.decode()
    )
