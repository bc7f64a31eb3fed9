import pytest

from kith.web.gatherings.models import Place, Town


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place(name="Hall", address="1 High Street", city="London"), "Hall, 1 High Street"),
        (Place(name="Hall", city="London"), "Hall, London"),
        (Place(city="London"), "London"),
        (Place(key="k3y"), "k3y"),
    ],
)
def test_place_is_called_by_what_is_known_of_it(place, said):
    assert str(place) == said


@pytest.mark.parametrize(
    ("latitude", "longitude", "has_point"),
    [(51.5, -0.1, True), (0.0, 0.0, True), (None, -0.1, False), (51.5, None, False)],
)
def test_place_has_a_point_if_both_halves_of_it_are_known(latitude, longitude, has_point):
    assert Place(latitude=latitude, longitude=longitude).has_point == has_point


def test_town_is_called_with_where_it_lies():
    assert str(Town(name="Irvine", region="CA", country="US")) == "Irvine, CA, US"
    assert str(Town(name="London")) == "London"
