"""What somebody reads first, by hand, and whatever comes in."""

from hypothesis import given
from hypothesis import strategies as st

from kith.core.service import Candidate, in_order

MONDAY_EVENING, FRIDAY_MORNING = 1 << 4, 1 << 25
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        number=st.integers(1, 10**6),
        is_of_a_circle=st.booleans(),
        ring=st.integers(0, 2),
        parts=st.integers(0, 2**42 - 1),
        ends_in=st.floats(0, 10**6, allow_nan=False),
    ),
    max_size=12,
    unique_by=lambda one: one.number,
)


def candidate(number, *, circle=False, ring=0, parts=0, ends_in=100.0):
    return Candidate(number, circle, ring, parts, ends_in)


def test_own_people_come_first_whatever_the_hours_and_however_far():
    far = candidate(1, circle=True, ring=2, parts=FRIDAY_MORNING)

    assert in_order([candidate(2), far], parts=MONDAY_EVENING) == [1, 2]


def test_what_fits_the_hours_comes_before_what_is_nearer():
    near = candidate(1, ring=0, parts=FRIDAY_MORNING)
    fits = candidate(2, ring=1, parts=MONDAY_EVENING)

    assert in_order([near, fits], parts=MONDAY_EVENING) == [2, 1]


def test_nearer_comes_first_then_what_is_over_sooner_then_the_older():
    rows = [
        candidate(4, ends_in=9.0),
        candidate(3, ends_in=9.0),
        candidate(2, ring=1),
        candidate(1),
    ]

    assert in_order(rows, parts=0) == [3, 4, 1, 2]


def test_whoever_never_said_when_has_time_for_all_of_it():
    rows = [candidate(2, parts=FRIDAY_MORNING), candidate(1, ring=1)]

    assert in_order(rows, parts=0) == [2, 1]


def test_any_time_fits_every_hour():
    rows = [candidate(2, parts=FRIDAY_MORNING), candidate(1, ring=1)]

    assert in_order(rows, parts=MONDAY_EVENING) == [1, 2]


@given(CANDIDATES, st.integers(0, 2**42 - 1), st.randoms(use_true_random=False))
def test_order_is_the_same_however_they_come_in(rows, parts, random):
    mixed = list(rows)
    random.shuffle(mixed)

    assert in_order(mixed, parts=parts) == in_order(rows, parts=parts)


@given(CANDIDATES, st.integers(0, 2**42 - 1))
def test_nothing_is_lost_and_nothing_is_made_up(rows, parts):
    assert sorted(in_order(rows, parts=parts)) == sorted(one.number for one in rows)


@given(CANDIDATES, st.integers(0, 2**42 - 1))
def test_no_stranger_stands_before_somebody_of_a_circle(rows, parts):
    is_of = {one.number: one.is_of_a_circle for one in rows}

    found = [is_of[number] for number in in_order(rows, parts=parts)]

    assert found == sorted(found, reverse=True)
