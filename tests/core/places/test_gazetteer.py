import pytest

from kith.core.places import City, cities_named, cities_within
from kith.core.places.gazetteer import _lines
from kith.core.places.names import fold


@pytest.mark.parametrize(
    ("typed", "first", "near"),
    [
        ("London", ("London", "", "GB"), (51.51, -0.13)),
        ("LONDON ", ("London", "", "GB"), (51.51, -0.13)),
        ("New York", ("New York City", "NY", "US"), (40.71, -74.01)),
        ("Irvine", ("Irvine", "CA", "US"), (33.67, -117.82)),
        ("St Johns", ("St. John's", "NL", "CA"), (47.56, -52.71)),
        ("Newcastle", ("Newcastle", "NSW", "AU"), (-32.93, 151.78)),
        ("Köln", ("Köln", "", "DE"), (50.93, 6.95)),
        ("Cologne", ("Köln", "", "DE"), (50.93, 6.95)),
        ("Londres", ("London", "", "GB"), (51.51, -0.13)),
        ("Москва", ("Moscow", "", "RU"), (55.75, 37.62)),
        ("Washington", ("Washington", "DC", "US"), (38.9, -77.04)),
        ("Salem", ("Salem", "", "IN"), (11.65, 78.17)),
        ("Tamaki-makau-rau", ("Auckland", "", "NZ"), (-36.85, 174.76)),
    ],
)
def test_town_is_found_however_it_is_written(typed, first, near):
    city = cities_named(typed)[0]

    assert (city.name, city.region, city.country) == first
    assert (city.latitude, city.longitude) == pytest.approx(near, abs=0.02)


def test_of_namesakes_the_most_populous_comes_first():
    assert [(c.region, c.country) for c in cities_named("London")] == [
        ("", "GB"),
        ("ON", "CA"),
        ("OH", "US"),
        ("KY", "US"),
    ]


@pytest.mark.parametrize("typed", ["", " ", "Narnia", "Londo", "London\tLondon", "\x00", "zzzzzz"])
def test_what_is_no_town_is_not_found(typed):
    assert cities_named(typed) == ()


def test_every_line_is_a_town_in_its_place():
    lines = _lines()

    assert lines == sorted(lines)
    assert len(lines) > 90_000
    for line in lines:
        folded, name, region, country, latitude, longitude, population = line.split("\t")
        assert folded == fold(folded) != ""
        assert name.strip() == name != ""
        assert len(country) == 2
        assert region == region.upper()
        assert -90 <= float(latitude) <= 90
        assert -180 <= float(longitude) <= 180
        assert int(population) >= 0


def test_a_town_says_where_it_is():
    assert City("Köln", "", "DE", 50.9333, 6.95, 1_024_621) in cities_named("koln")


def test_towns_of_a_box_are_found_once_each_the_largest_first():
    found = cities_within(51.5, 51.55, -0.15, -0.1)

    names = [city.name for city in found]
    assert names[0] == "London"
    assert len(set(found)) == len(found)
    assert [c.population for c in found] == sorted((c.population for c in found), reverse=True)
    assert all(51.5 <= c.latitude < 51.55 and -0.15 <= c.longitude < -0.1 for c in found)


def test_box_may_lie_across_the_date_line():
    names = {city.name for city in cities_within(-19.0, -16.0, 177.0, 182.0)}

    assert "Suva" in names
    assert cities_within(0.0, 1.0, -30.0, -29.0) == ()
