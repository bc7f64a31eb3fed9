"""The search against a plain one that looks at everything."""

from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.core.finding import Entry, Wanted, build, nearest, search
from kith.core.finding.answer import within
from kith.core.finding.index import IN_PERSON, ONLINE
from kith.core.places import distance_km
from kith.core.schedule import Dated, Schedule, occurrences

# A Monday.
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = int(NOW.timestamp()) // 60
LONDON = (51.5, -0.12)
BOTH = IN_PERSON | ONLINE


def entry(number, point=LONDON, modes=IN_PERSON, hour=19, day="MO", minutes=60, **more):
    lat, lon = point or (None, None)
    schedule = Schedule("UTC", time(hour), minutes, f"FREQ=WEEKLY;BYDAY={day}")
    values = {"practice": 0, "touch": 0, "languages": 1, "audience": 0, "access": 0, **more}
    return Entry(number, lat, lon, modes, schedule=schedule, **values)


def evening(**more):
    """What is on tonight from six to midnight."""
    return Wanted(spans=((MINUTE + 360, MINUTE + 720),), near=LONDON, **more)


def numbers(found):
    return found.number.tolist()


def test_in_person_is_found_within_the_radius_and_not_beyond():
    index = build([entry(1), entry(2, (51.52, -0.12)), entry(3, (51.6, -0.12))], NOW)

    found = search(index, evening(radius_km=5.0, modes=IN_PERSON))

    assert numbers(found) == [1, 2]
    assert found.distance_km.tolist() == pytest.approx([0, 2.224], abs=0.01)


def test_what_is_on_at_any_moment_of_the_span_is_found():
    late = entry(1, hour=23, minutes=120)
    index = build([late, entry(2, hour=22, minutes=60)], NOW)
    half_past_midnight = MINUTE + 12 * 60 + 30

    found = search(
        index, Wanted(spans=((half_past_midnight, half_past_midnight + 1),), near=LONDON)
    )

    assert numbers(found) == [1]


def test_end_is_not_part_of_a_meeting():
    index = build([entry(1, hour=19, minutes=60)], NOW)
    eight = MINUTE + 8 * 60

    assert numbers(search(index, Wanted(spans=((eight, eight + 1),), near=LONDON))) == []
    assert numbers(search(index, Wanted(spans=((eight - 1, eight),), near=LONDON))) == [1]


def test_only_the_calls_of_people_nearest_by_are_mixed_in():
    homes = [(51.5, -0.12), (52.5, -0.12), (53.5, -0.12), None]
    calls = [entry(n, home, ONLINE) for n, home in enumerate(homes)]
    index = build([entry(9), *calls], NOW)

    found = search(index, evening(online_most=2))

    assert sorted(numbers(found)) == [0, 1, 9]


def test_call_without_a_home_comes_last():
    index = build([entry(1, None, ONLINE), entry(2, (-51.5, 179.8), ONLINE)], NOW)

    assert numbers(search(index, evening(online_most=1))) == [2]


def test_without_a_place_the_soonest_calls_are_mixed_in():
    index = build([entry(1, None, ONLINE, hour=21), entry(2, None, ONLINE, hour=19)], NOW)

    wanted = Wanted(spans=((MINUTE, MINUTE + 720),), online_most=1, modes=BOTH)

    assert numbers(search(index, wanted)) == [2]


def test_hybrid_is_found_at_its_door_only_where_doors_are_wanted():
    index = build([entry(1, (53.5, -0.12), BOTH), entry(2, modes=BOTH)], NOW)

    assert numbers(search(index, evening())) == [2]
    assert sorted(numbers(search(index, evening(modes=ONLINE)))) == [1, 2]


def test_no_call_fits_and_none_is_found():
    index = build([entry(1, modes=ONLINE, languages=2)], NOW)

    assert numbers(search(index, evening(languages=4))) == []


def test_everything_on_is_found_where_no_place_is_given():
    index = build([entry(1), entry(2, (-40.0, 175.0)), entry(3, None), entry(4, day="TU")], NOW)

    found = search(index, Wanted(spans=((MINUTE, MINUTE + 720),), modes=IN_PERSON))

    assert sorted(numbers(found)) == [1, 2, 3]
    assert np.isnan(found.distance_km).all()


def test_one_long_meeting_in_two_spans_is_found_once():
    index = build([entry(1, modes=ONLINE, hour=13, minutes=600)], NOW)
    spans = ((MINUTE + 100, MINUTE + 110), (MINUTE + 200, MINUTE + 210))

    for modes in (BOTH, ONLINE):
        assert numbers(search(index, Wanted(spans=spans, modes=modes))) == [1]


def test_no_span_finds_nothing():
    index = build([entry(1), entry(2, modes=ONLINE)], NOW)

    assert numbers(search(index, Wanted(spans=(), near=LONDON))) == []


def test_farthest_are_cut_and_counted():
    index = build([entry(n, (51.5 + n / 100, -0.12)) for n in range(4)], NOW)

    found = search(index, evening(radius_km=50.0, most=2))

    assert sorted(numbers(found)) == [0, 1]
    assert found.n_in_all == 4


def test_empty_index_answers():
    index = build([], NOW)

    assert numbers(search(index, evening())) == []
    assert nearest(index, evening(), 3)[0].tolist() == []


def test_called_off_date_is_not_on():
    dated = Dated(datetime(2026, 11, 23, 19), "UTC", replaces=NOW.date(), called_off=True)
    plain = entry(1)
    off = plain._replace(
        number=2, schedule=Schedule("UTC", time(19), 60, plain.schedule.rule, dated=(dated,))
    )

    assert numbers(search(build([plain, off], NOW), evening())) == [1]


@pytest.mark.parametrize("without", [Schedule("UTC"), Schedule("UTC", rule="FREQ=WEEKLY;BYDAY=MO")])
def test_what_has_no_time_is_on_at_no_time_and_still_near(without):
    index = build([entry(1)._replace(schedule=without)], NOW)

    assert numbers(search(index, evening())) == []
    assert within(index, evening(radius_km=1.0))[0].tolist() == [1]


def test_circle_across_the_date_line_holds_both_sides():
    index = build(
        [entry(1, (-17.0, 179.9)), entry(2, (-17.0, -179.9)), entry(3, (-17.0, 0.0))], NOW
    )

    wanted = Wanted(spans=(), near=(-17.0, 179.95), radius_km=50.0, modes=IN_PERSON)

    assert sorted(within(index, wanted)[0].tolist()) == [1, 2]


def test_circle_around_a_pole_holds_every_longitude():
    index = build(
        [entry(n, (89.9, lon)) for n, lon in enumerate((-170.0, -60.0, 60.0, 170.0))], NOW
    )

    wanted = Wanted(spans=(), near=(90.0, 0.0), radius_km=20.0, modes=IN_PERSON)

    assert sorted(within(index, wanted)[0].tolist()) == [0, 1, 2, 3]


def test_nearest_widens_until_there_are_enough():
    index = build([entry(n, (51.5 + n, -0.12)) for n in range(5)], NOW)

    found, km = nearest(index, Wanted(spans=(), near=LONDON), 3)

    assert found.tolist() == [0, 1, 2]
    assert km.tolist() == pytest.approx([0, 111.2, 222.4], abs=0.2)


def test_within_without_a_place_gives_all_that_fit():
    index = build([entry(1, practice=3), entry(2, practice=4), entry(3, None, practice=3)], NOW)

    found, _km = within(index, Wanted(spans=(), practices=frozenset({3})))

    assert sorted(found.tolist()) == [1, 3]


class Question(NamedTuple):
    near: tuple[float, float] | None
    km: float
    modes: int
    languages: int
    audience: int
    access: int
    practices: frozenset[int]
    touches: frozenset[int]
    begin: int
    length: int
    online_most: int


points = st.one_of(
    st.none(),
    st.tuples(
        st.sampled_from([51.4, 51.5, 51.6, 89.99, -17.0]),
        st.sampled_from([-0.2, 0.0, 179.99, -179.99]),
    ),
)
entries = st.builds(
    lambda point, modes, hour, day, minutes, *codes: (point, modes, hour, day, minutes, codes),
    points,
    st.sampled_from([IN_PERSON, ONLINE, BOTH]),
    st.integers(0, 23),
    st.sampled_from(["MO", "TU", "SU", "MO,WE,FR"]),
    st.sampled_from([30, 60, 1500]),
    st.integers(0, 2),
    st.integers(0, 2),
    st.integers(0, 7),
    st.integers(0, 7),
    st.integers(0, 7),
)
questions = st.builds(
    Question,
    points,
    st.sampled_from([1.0, 15.0, 400.0]),
    st.sampled_from([IN_PERSON, ONLINE, BOTH]),
    st.integers(0, 3),
    st.integers(0, 3),
    st.integers(0, 3),
    st.frozensets(st.integers(0, 2), max_size=1),
    st.frozensets(st.integers(0, 2), max_size=1),
    st.integers(0, 72),
    st.sampled_from([1, 180, 1440]),
    st.sampled_from([0, 2, 100]),
)


def fits(e, q):
    return (
        (not q.languages or e.languages & q.languages)
        and (not q.audience or e.audience & q.audience)
        and e.access & q.access == q.access
        and (not q.practices or e.practice in q.practices)
        and (not q.touches or e.touch in q.touches)
    )


@settings(max_examples=150)
@given(st.lists(entries, max_size=12), questions)
def test_search_finds_what_a_plain_search_finds(some, q):
    all_entries = [
        entry(n, point, modes, hour, day, minutes, practice=c[0], touch=c[1], languages=c[2],
              audience=c[3], access=c[4])
        for n, (point, modes, hour, day, minutes, c) in enumerate(some)
    ]  # fmt: skip
    low = MINUTE + q.begin * 60
    span = (low, low + q.length)
    wanted = Wanted(
        spans=(span,), near=q.near, radius_km=q.km, modes=q.modes, languages=q.languages,
        audience=q.audience, access=q.access, practices=q.practices, touches=q.touches,
        online_most=q.online_most,
    )  # fmt: skip

    found = search(build(all_entries, NOW), wanted)

    doors, calls = set(), set()
    since = NOW + timedelta(hours=q.begin)
    for e in all_entries:
        if not fits(e, q):
            continue
        for o in occurrences(e.schedule, since, since + timedelta(minutes=q.length)):
            meeting = (e.number, int(o.starts.timestamp()) // 60)
            is_door = bool(e.modes & q.modes & IN_PERSON) and (
                q.near is None
                or (
                    e.latitude is not None and distance_km(*q.near, e.latitude, e.longitude) <= q.km
                )
            )
            is_call = bool(e.modes & q.modes & ONLINE) and not (
                q.modes & IN_PERSON and e.modes & IN_PERSON
            )
            if is_door:
                doors.add(meeting)
            elif is_call:
                calls.add(meeting)
    got = set(zip(found.number.tolist(), found.starts.tolist(), strict=True))
    assert doors <= got
    mixed = got - doors
    assert mixed <= calls
    most = q.online_most if q.modes & IN_PERSON else len(calls)
    assert len(mixed) == min(most, len(calls))
    assert found.starts.tolist() == sorted(found.starts.tolist())
    if q.near is not None and q.modes == BOTH and mixed:
        homes = {e.number: e for e in all_entries}

        def far(meeting):
            home = homes[meeting[0]]
            return (
                distance_km(*q.near, home.latitude, home.longitude)
                if home.latitude is not None
                else 1e9
            )

        left = calls - mixed
        assert not left or max(map(far, mixed)) <= min(map(far, left)) + 0.1
