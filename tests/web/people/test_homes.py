"""From a typed town to nine squares."""

import pytest

from kith.web.people.bridge import homes
from kith.web.people.models import Cell


@pytest.fixture(autouse=True)
def _nobody_else_is_asked(monkeypatch):
    monkeypatch.setattr(homes, "_finders", [])


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("London", "London, UK"),
        ("london, on", "London, ON"),
        ("Irvine CA", "Irvine, CA"),
        ("Irvine, Scotland", "Irvine, UK"),
        ("London SE1 7PB", "London, UK"),
        ("1 High Street, Irvine, CA", "Irvine, CA"),
        ("New York", "New York City, NY"),
        ("Auckland, New Zealand", "Auckland, New Zealand"),
    ],
)
def test_town_is_found_as_people_type_it(typed, first):
    assert homes.spots_named(typed)[0].name == first


@pytest.mark.parametrize("typed", ["", " ", ",", "nowhere at all", "SE1 7PB", "12345", "x" * 80])
def test_what_is_no_town_is_not_guessed(typed):
    assert homes.spots_named(typed) == ()


def test_others_who_know_places_are_asked_first():
    spot = homes.Spot("SE1", 51.5, -0.09)
    homes.also_ask(lambda text: [spot] if text == "SE1" else [])

    assert homes.spots_named(" SE1 ") == (spot,)
    assert homes.spots_named("London")[0].name == "London, UK"


def test_map_is_nine_squares_with_the_towns_that_lie_in_them():
    found = homes.map_around(Cell.at(51.53, -0.08))

    assert [square.way for square in found.squares] == [
        "North-west", "North", "North-east", "West", "Here", "East",
        "South-west", "South", "South-east",
    ]  # fmt: skip
    assert found.squares[4].cell == Cell.at(51.53, -0.08)
    assert found.squares[2].towns == ("Walthamstow", "Leyton")
    assert all(0 <= dot.x <= 300 and 0 <= dot.y <= 300 for dot in found.dots)


def test_map_goes_round_the_world():
    found = homes.map_around(Cell.at(-16.8, 179.99))

    assert {square.cell.column for square in found.squares} == {3598, 3599, -3600}


def test_square_is_said_by_the_town_it_is_near():
    cell = Cell.at(51.53, -0.12)

    assert homes.home_of([cell.row, cell.column]).words.startswith("a square of about 5 km near ")
    assert homes.home_of([0, -600]).words == "a square of about 5 km, far from any town we know"


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Europe/London", "Europe/London"),
        ("Europe%2FLondon", "Europe/London"),
        ("", "UTC"),
        ("Nowhere/Town", "UTC"),
        ("../../etc/passwd", "UTC"),
    ],
)
def test_clock_is_the_browsers_if_it_names_one(said, zone):
    assert homes.zone_named(said, "UTC") == zone
