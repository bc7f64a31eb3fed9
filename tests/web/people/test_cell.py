"""A square of the map: large enough to hide a home, and the same for all who live in it."""

import pytest

from kith.core.places import distance_km
from kith.web.people.models import Cell


def test_neighbors_share_a_square_that_tells_nothing_of_their_doors():
    one, other = Cell.at(51.5301, -0.1201), Cell.at(51.5399, -0.1030)

    assert one == other == Cell(1030, -3)
    assert one.middle == pytest.approx((51.525, -0.125))


@pytest.mark.parametrize("latitude", [0, 40, 51.5])
def test_square_is_about_five_kilometers_wide(latitude):
    cell = Cell.at(latitude, 10)
    here = cell.middle

    north = distance_km(*here, *cell.beside(north=1, east=0).middle)
    east = distance_km(*here, *cell.beside(north=0, east=1).middle)

    assert 3.4 < east < 5.6
    assert north == pytest.approx(5.56, abs=0.01)


@pytest.mark.parametrize(
    ("point", "cell"),
    [
        ((90, 0), Cell(1799, 0)),
        ((-90, -180), Cell(-1800, -3600)),
        ((0, 180), Cell(0, -3600)),
        ((-0.01, 179.99), Cell(-1, 3599)),
    ],
)
def test_edges_of_the_world_have_squares_too(point, cell):
    assert Cell.at(*point) == cell
    assert Cell.coded(cell.code) == cell


def test_square_beside_the_date_line_lies_beyond_it():
    assert Cell(0, 3599).beside(north=0, east=1) == Cell(0, -3600)
    assert Cell(1799, 0).beside(north=1, east=0) == Cell(1799, 0)


@pytest.mark.parametrize(
    "code",
    ["", "1", "1,", "1800,0", "-1801,0", "0,3600", "0,-3601", "0,0,0", "a,b", "99999,0", "1.5,2"],
)
def test_square_that_is_not_on_earth_is_refused(code):
    with pytest.raises(ValueError, match="no such square"):
        Cell.coded(code)
