"""What people send is read leniently: what means nothing is left out, and nothing is refused."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.web.gatherings.making import TUESDAY, meeting, take_in

from kith.web.gatherings.forms import DEFAULT_KM, search_from

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def search(query="", **cookies):
    return search_from(QueryDict(query), cookies)


def asked(query="", **cookies):
    return search(query, **cookies).asked


def test_somebody_who_asks_for_nothing_yet_is_shown_tonight():
    found = search()

    assert found.is_bare
    assert (found.asked.whens, found.asked.km, found.asked.near) == (("tonight",), DEFAULT_KM, None)


def test_somebody_who_asks_for_nothing_is_shown_the_home_of_the_instance(settings):
    settings.KITH_HOME_PLACE = "London"
    take_in(meeting())

    found = search()

    assert (found.typed, found.asked.near.latitude, found.is_unknown) == ("London", 51.5085, False)


def test_place_they_name_is_looked_up_and_said_back():
    take_in(meeting())

    found = search("near=+london%0D%0A")

    assert (found.typed, found.asked.near.name, found.is_unknown) == ("london", "London", False)


def test_place_nobody_knows_is_said_back_as_unknown():
    found = search("near=Narnia")

    assert (found.typed, found.asked.near, found.is_unknown) == ("Narnia", None, True)


def test_place_of_their_own_comes_before_where_they_are():
    take_in(meeting())

    assert asked("near=London&lat=1&lon=2").near.latitude == 51.5085
    assert asked("near=&lat=1&lon=2").near.latitude == 1.0


@pytest.mark.parametrize(
    ("query", "point"),
    [
        ("lat=51.5&lon=-0.1", (51.5, -0.1)),
        ("lat=91&lon=0", None),
        ("lat=0&lon=181", None),
        ("lat=nan&lon=nan", None),
        ("lat=inf&lon=0", None),
        ("lat=51.5", None),
        ("lon=51.5", None),
        ("lat=&lon=", None),
        ("lat=1e9&lon=1", None),
        ("lat=51.5%00&lon=1", None),
        ("lat=51.5&lat=52.5&lon=1", (52.5, 1.0)),
    ],
)
def test_where_they_are_is_a_point_or_nothing(query, point):
    near = asked(query).near

    assert (near and (near.latitude, near.longitude)) == point


@pytest.mark.parametrize(
    ("km", "reach", "has_radius"),
    [
        ("10", 10.0, True),
        ("0.5", 0.5, True),
        ("30000", 30_000.0, True),
        ("", DEFAULT_KM, False),
        ("0", DEFAULT_KM, False),
        ("-5", DEFAULT_KM, False),
        ("nan", DEFAULT_KM, False),
        ("inf", DEFAULT_KM, False),
        ("1e400", DEFAULT_KM, False),
        ("30001", DEFAULT_KM, False),
        ("far", DEFAULT_KM, False),
        ("٧", 7.0, True),
    ],
)
def test_reach_that_means_nothing_is_as_if_it_had_not_been_said(km, reach, has_radius):
    found = search(urlencode({"km": km}))

    assert (found.asked.km, found.has_radius) == (reach, has_radius)


@pytest.mark.parametrize(
    ("query", "whens"),
    [
        ("when=tomorrow", ("tomorrow",)),
        ("when=now&when=sat&when=now", ("now", "sat")),
        ("when=2026-11-30", ("2026-11-30",)),
        ("when=2026-12-08", ("2026-12-08",)),
        ("when=2026-12-09", ("tonight",)),
        ("when=2026-11-23", ("2026-11-23",)),
        ("when=2026-11-22", ("tonight",)),
        ("when=2026-02-30", ("tonight",)),
        ("when=9999-99-99", ("tonight",)),
        ("when=0001-01-01", ("tonight",)),
        ("when=9999-12-31", ("tonight",)),
        ("when=whenever", ("tonight",)),
        ("when=", ("tonight",)),
        ("when=whenever&when=sun", ("sun",)),
    ],
)
def test_time_is_words_or_a_date_that_the_index_knows(query, whens):
    assert asked(query).whens == whens


@pytest.mark.parametrize(
    ("name", "field", "given", "kept"),
    [
        ("part", "parts", ["evening", "dawn", "evening"], ("evening",)),
        ("mode", "modes", ["online", "hybrid", "in_person"], ("online", "in_person")),
        ("practice", "practices", ["choir", "golf"], ("choir",)),
        ("language", "languages", ["es", "ase", "español", "<b>", "e\x00", "xxxx", "E"], ("es", "ase")),
        ("for", "audience", ["women", "wizards"], ("women",)),
        ("access", "access", ["step_free", "step_free_toilet", "x"], ("step_free", "step_free_toilet")),
    ],
)  # fmt: skip
def test_wishes_that_nobody_knows_are_left_out(name, field, given, kept):
    query = urlencode([(name, value) for value in given])

    assert getattr(asked(query), field) == kept


@pytest.mark.parametrize(("query", "is_untouched"), [("touch=none", True), ("touch=hug", False), ("", False)])  # fmt: skip
def test_touch_can_only_be_wished_away(query, is_untouched):
    assert asked(query).is_untouched == is_untouched


@pytest.mark.parametrize(
    ("query", "cookie", "zone"),
    [
        ("zone=Asia/Tokyo", "Pacific/Auckland", "Asia/Tokyo"),
        ("", "Pacific/Auckland", "Pacific/Auckland"),
        ("", "Pacific%2FAuckland", "Pacific/Auckland"),
        ("zone=Mars/Olympus", "Pacific/Auckland", "Pacific/Auckland"),
        ("lat=40.7&lon=-74", "", "America/New_York"),
        ("lat=40.7&lon=-74", "../../etc/passwd", "America/New_York"),
        ("lat=0&lon=-30", "", "UTC"),
        ("", "", "UTC"),
    ],
)
def test_clock_is_theirs_then_that_of_the_place_then_ours(query, cookie, zone):
    assert asked(query, tz=cookie).zone == zone


def test_others_of_the_same_name_are_told():
    here = {"timezone": "America/New_York", "longitude": -73.0}
    take_in(
        meeting("A", formatted_address="1 High St, Salem, NY 12865, USA", latitude=43.1, **here),
        meeting("B", formatted_address="1 High St, Salem, MA 01970, USA", latitude=42.5, **here),
    )

    found = search("near=Salem")

    assert sorted([found.asked.near.name, *(o.name for o in found.others)]) == ["Salem, MA", "Salem, NY"]  # fmt: skip


def test_index_knows_every_date_that_can_be_asked_for(clock):
    """An index that was made twelve hours ago still holds the whole of the last day."""
    from kith.web.gatherings.bridge import finding, shelf  # noqa: PLC0415 - needs Django

    take_in(meeting(day=list(range(7)), time="23:00", end_time="23:30"))
    shelf.current()
    late = TUESDAY + shelf.GOOD_FOR - timedelta(minutes=1)
    clock.stand_at(late)
    last = (late + timedelta(days=14)).date().isoformat()

    found = search(f"near=London&when={last}").asked

    assert found.whens == (last,)
    assert len(finding.find(found, late).hits) == 1


names = st.sampled_from(
    "near lat lon km when part mode practice language for access touch zone".split()
) | st.text(max_size=5)
pairs = st.lists(st.tuples(names, st.text(max_size=40)), max_size=30)


class AnythingTest(TestCase):
    @given(pairs, st.text(max_size=30))
    def test_anything_at_all_is_a_search(self, sent, cookie):
        found = search_from(QueryDict(urlencode(sent, errors="replace")), {"tz": cookie})

        assert 0 < found.asked.km <= 30_000
        assert found.asked.whens
        assert len(found.typed) <= 80
