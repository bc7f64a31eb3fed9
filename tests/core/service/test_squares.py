"""Squares within reach: by hand, at the edges of the map, and against all there are."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kith.core.places import distance_km
from kith.core.service import squares_within

PER_DEGREE = 20


def around(row, column, reach_km=20.0):
    return squares_within(row, column, per_degree=PER_DEGREE, reach_km=reach_km)


def test_no_reach_is_the_square_itself():
    assert [(s.row, s.column, s.ring) for s in around(1030, -2, 0.0)] == [(1030, -2, 0)]


def test_what_touches_is_next_door_and_the_rest_is_further():
    rings = {(s.row - 1030, s.column + 2): s.ring for s in around(1030, -2)}

    assert {way for way, ring in rings.items() if ring == 0} == {
        (north, east) for north in (-1, 0, 1) for east in (-1, 0, 1)
    }
    assert rings[2, 0] == rings[0, -3] == 1


def test_at_the_equator_twenty_kilometres_are_three_squares():
    found = {(s.row, s.column) for s in around(0, 0)}

    assert {(0, 3), (0, -3), (3, 0), (-3, 0)} <= found
    assert not {(0, 4), (4, 0), (3, 3)} & found


def test_the_date_line_is_no_edge():
    found = {s.column for s in around(0, 3599)}

    assert {3597, 3598, 3599, -3600, -3599} <= found


def test_at_a_pole_there_is_a_last_row():
    rows = {s.row for s in around(1799, 0)}

    assert max(rows) == 1799
    assert min(rows) >= 1795


@settings(max_examples=10)
@given(st.integers(-1300, 1299), st.integers(-3600, 3599), st.floats(0, 15))
def test_every_square_within_reach_is_found_and_none_beyond(row, column, reach_km):
    found = {(s.row, s.column) for s in around(row, column, reach_km)}

    here = (row + 0.5) / PER_DEGREE
    for north in (-3, -1, 0, 2, 3):
        for east in (-7, -3, -1, 0, 1, 2, 5):
            there = (row + north + 0.5) / PER_DEGREE
            km = distance_km(here, 0.0, there, east / PER_DEGREE)
            square = (row + north, (column + east + 3600) % 7200 - 3600)
            assert (square in found) == (km <= reach_km)


@settings(max_examples=10)
@given(st.integers(-1300, 1299), st.integers(-3600, 3599))
def test_near_is_near_both_ways(row, column):
    for square in around(row, column, 6.0):
        back = {(s.row, s.column) for s in around(square.row, square.column, 6.0)}
        assert (row, column) in back
