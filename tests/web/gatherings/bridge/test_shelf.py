"""The index in memory is as the database is, no more than a moment later."""

from datetime import timedelta

import numpy as np
import pytest
from tests.web.gatherings.making import OTHER_LIST, TUESDAY, call, gatherings, meeting, take_in

from kith.web.gatherings.actions import hold
from kith.web.gatherings.bridge import shelf
from kith.web.gatherings.bridge.finding import Asked, find
from kith.web.gatherings.bridge.shelf import Bits
from kith.web.gatherings.choices import Status
from kith.web.gatherings.models import Gathering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

NIGHT = meeting("Night Owls", time="22:00", end_time="23:00")
WEEK = Asked(zone="Europe/London", whens=("mon", "tue", "wed", "thu", "fri", "sat", "sun"))


@pytest.fixture
def later(monkeypatch):
    """Return a function that lets so much time pass that the database is looked at again."""

    def pass_by():
        monkeypatch.setattr(shelf, "_looked", -shelf.LOOK_EVERY_S)

    return pass_by


def names():
    """Return what the index says is on this week."""
    known = {g.pk: g.name for g in Gathering.objects.all()}
    return sorted({known[hit.number] for hit in find(WEEK, TUESDAY).hits})


def columns(index):
    """Return what the index knows, gathering by gathering, whatever the order of its rows."""
    rows = []
    for row, number in enumerate(index.number.tolist()):
        begin, end = index.first[row], index.first[row + 1]
        rows.append(
            (
                number,
                *(float(c[row]) for c in (index.latitude, index.longitude)),
                *(
                    int(c[row])
                    for c in (index.kinds.modes, index.kinds.practice, index.kinds.touch)
                ),
                index.starts[begin:end].tolist(),
                index.ends[begin:end].tolist(),
            )
        )
    return sorted(rows)


def words_of(here):
    """Return the masks of every entry as words: bits differ from one index to another."""
    found = {}
    for number, entry in here.entries.items():
        for name in ("languages", "audience", "access"):
            bits = getattr(here, name).of
            mask = getattr(entry, name)
            found[number, name] = sorted(code for code, bit in bits.items() if mask >> bit & 1)
    return found


def test_change_is_found_within_a_moment(later):
    take_in(meeting(), NIGHT)
    assert names() == ["Early Birds", "Night Owls"]

    take_in(meeting("Early Risers", slug="early-birds"), NIGHT, call())
    later()

    assert names() == ["Early Risers", "Night Owls", "Open Line"]


def test_database_is_not_asked_again_within_a_moment(django_assert_num_queries):
    take_in(meeting())
    shelf.current()

    with django_assert_num_queries(0):
        for _ in range(100):
            shelf.current()


def test_database_that_did_not_change_is_asked_one_question(later, django_assert_num_queries):
    take_in(meeting())
    before = shelf.current()
    later()

    with django_assert_num_queries(1):
        assert shelf.current() is before


def test_retired_gathering_vanishes_and_comes_back(later):
    take_in(meeting(), NIGHT)
    shelf.current()

    take_in(NIGHT)
    later()
    assert names() == ["Night Owls"]

    take_in(meeting(), NIGHT)
    later()
    assert names() == ["Early Birds", "Night Owls"]


def test_paused_gathering_is_on_at_no_time(later):
    take_in(meeting(), NIGHT)
    shelf.current()

    take_in(meeting(attendance_option="inactive"), NIGHT)
    later()

    assert names() == ["Night Owls"]


def test_gathering_paused_by_a_steward_is_on_at_no_time(later):
    take_in(meeting(), NIGHT)
    shelf.current()
    gathering = gatherings()[0]
    gathering.status = Status.PAUSED

    hold(gathering=gathering, fields=["status"])
    later()

    assert names() == ["Night Owls"]


def test_index_brought_up_to_date_equals_one_made_anew(later):
    some = [meeting(f"Group {n}", slug=f"g{n}", latitude=50 + n / 50) for n in range(20)]
    take_in(*some)
    shelf.current()

    changed = meeting("Group 3", slug="g3", latitude=53.0, types=["W", "S", "X", "XB"], day=[0, 6])
    take_in(*some[:3], changed, *some[5:12], meeting("Group 12", slug="g12", attendance_option="inactive"))  # fmt: skip
    take_in(
        call(types=["M", "P"]), call("Later", time="23:30", end_time="01:00"), address=OTHER_LIST
    )
    later()
    kept = shelf.current()
    shelf.forget()
    anew = shelf.current()

    assert kept.edition == anew.edition
    assert kept.editions == anew.editions
    assert columns(kept.index) == columns(anew.index)
    assert words_of(kept) == words_of(anew)
    assert [sorted(c.tolist()) for c in kept.untimed] == [sorted(c.tolist()) for c in anew.untimed]


def test_database_put_back_to_an_earlier_day_is_read_anew(later):
    take_in(meeting())
    take_in(meeting(end_time="20:30"))
    shelf.current()

    Gathering.objects.all().update(edition=1)
    shelf.Edition.objects.update(number=1)
    later()

    assert shelf.current().edition == 1
    assert names() == ["Early Birds"]


def test_index_of_a_new_day_knows_the_days_after(clock, later, monkeypatch):
    take_in(meeting())
    first = shelf.current()
    # At once, so that the test need not wait for another thread.
    monkeypatch.setattr(shelf, "_renew_aside", shelf._renew)

    clock.stand_at(TUESDAY + shelf.GOOD_FOR + timedelta(minutes=1))
    later()
    shelf.current()
    second = shelf.current()

    assert second.index.until - first.index.until == 12 * 60 + 1


def test_index_within_its_day_stays(clock, later):
    take_in(meeting())
    first = shelf.current()

    clock.stand_at(TUESDAY + shelf.GOOD_FOR)
    later()

    assert shelf.current() is first


def test_untimed_gatherings_are_kept_apart_with_their_points():
    take_in(meeting(), meeting("Ask Us", slug="ask", day=None, time=None, end_time=None), call())

    numbers, points = shelf.current().untimed

    assert [Gathering.objects.get(pk=n).name for n in numbers.tolist()] == ["Ask Us"]
    assert points.tolist() == [[51.5, -0.1]]


def test_index_of_nothing_holds_nothing():
    here = shelf.current()

    assert (here.edition, len(here.index.number), here.entries) == (0, 0, {})
    assert find(WEEK, TUESDAY).hits == ()


def test_bits_are_given_out_as_codes_are_met():
    bits = Bits()

    assert [bits.mask(["a"]), bits.mask(["b", "a"]), bits.mask([])] == [1, 3, 0]
    assert bits.known(["b"]) == 2


def test_code_that_nobody_has_matches_nothing():
    bits = Bits()
    bits.mask(["a", "b"])

    assert bits.known(["zzz"]) & bits.mask(["a", "b"]) == 0


def test_more_codes_than_bits_still_fit_a_column_of_the_index():
    bits = Bits()
    masks = [bits.mask([f"code{n}"]) for n in range(200)]

    assert np.array(masks, np.uint64).tolist() == masks
    assert len(set(masks)) == 64


@pytest.mark.parametrize(
    ("record", "spoken"),
    [
        (meeting(), ["en"]),
        (meeting(types=["S"]), ["es"]),
        (meeting(types=["S", "EN"]), ["en", "es"]),
        (meeting(formatted_address="1 Calle Mayor, Madrid, Spain", timezone="Europe/Madrid",
                 latitude=40.4, longitude=-3.7), ["es"]),
        (call(timezone="Europe/Paris"), ["fr"]),
        (call(timezone="Asia/Tokyo"), ["ja"]),
        (call(timezone="UTC"), ["en"]),
    ],
)  # fmt: skip
def test_gathering_that_names_no_language_is_in_that_of_its_country(record, spoken):
    take_in(record)
    here = shelf.current()

    assert sorted(words_of(here)[gatherings()[0].pk, "languages"]) == spoken


@pytest.mark.django_db(transaction=True)
def test_index_is_made_before_anybody_asks(django_assert_num_queries):
    take_in(meeting())

    shelf.warm()

    with django_assert_num_queries(0):
        assert len(shelf._shelf.entries) == 1


@pytest.mark.django_db(transaction=True)
def test_new_day_is_prepared_beside_those_who_ask(clock, later):
    take_in(meeting())
    first = shelf.current()
    clock.stand_at(TUESDAY + timedelta(days=1))
    later()

    assert shelf.current() is first
    for thread in shelf.threading.enumerate():
        if thread.name == "kith-index":
            thread.join(10)

    assert shelf.current().index.until - first.index.until == 24 * 60
