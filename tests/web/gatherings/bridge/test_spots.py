from unittest.mock import ANY

import pytest
from tests.web.gatherings.making import call, meeting, take_in

from kith.core.places import names
from kith.web.gatherings.bridge import shelf
from kith.web.gatherings.bridge.finding import Spot
from kith.web.gatherings.bridge.spots import spot_at, spots_named
from kith.web.gatherings.models import Town

pytestmark = pytest.mark.django_db

TOWNS = [
    # kind, name, region, country, latitude, longitude, how many doors
    ("town", "London", "", "GB", 51.44, -0.22, 900),
    ("town", "London", "ON", "CA", 43.0, -81.2, 12),
    ("town", "Irvine", "CA", "US", 33.7, -117.8, 40),
    ("town", "Irvine", "", "GB", 55.6, -4.7, 3),
    ("town", "Dublin", "", "IE", 53.3, -6.2, 200),
    ("town", "Dublin", "OH", "US", 40.1, -83.1, 2),
    ("town", "Paris", "Île-de-France", "FR", 48.9, 2.3, 50),
    ("town", "Paris", "TX", "US", 33.66, -95.6, 1),
    ("town", "São Paulo", "SP", "BR", -23.5, -46.6, 30),
    ("town", "Tāmaki Makaurau", "Auckland", "NZ", -36.8, 174.8, 5),
    ("town", "St. John's", "NL", "CA", 47.6, -52.7, 4),
    ("town", "New York", "NY", "US", 40.7, -74.0, 800),
    ("town", "Łódź", "", "PL", 51.8, 19.5, 2),
    ("town", "Tromsø", "", "NO", 69.6, 19.0, 1),
    ("town", "Москва", "", "RU", 55.7, 37.6, 3),
    ("town", "תל אביב", "", "IL", 32.1, 34.8, 3),
    ("town", "東京", "", "JP", 35.7, 139.7, 3),
    # Too small for the world's list.
    ("town", "Llanfrothen", "", "GB", 52.96, -4.05, 1),
    # Said to be in Bath, and far from it.
    ("town", "Bath", "", "GB", 57.1, -2.1, 2),
    ("postcode", "SE1", "", "GB", 51.501, -0.1, 20),
    ("postcode", "SE1 9AA", "", "GB", 51.502, -0.1, 1),
    ("postcode", "D02", "", "IE", 53.341, -6.2, 9),
    ("postcode", "92612", "CA", "US", 33.66, -117.8, 8),
    ("postcode", "N6A", "ON", "CA", 42.99, -81.2, 2),
    ("postcode", "2010", "NSW", "AU", -33.9, 151.2, 3),
]


@pytest.fixture(autouse=True)
def _towns(db):
    Town.objects.bulk_create(
        Town(kind=kind, name=name, folded=names.fold(name), region=region, country=country,
             latitude=latitude, longitude=longitude, n_places=doors)
        for kind, name, region, country, latitude, longitude, doors in TOWNS
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "latitudes"),
    [
        # A town; of two with one name, the one with more doors comes first.
        ("London", [51.5, 43.0]),
        ("london", [51.5, 43.0]),
        ("  LONDON  ", [51.5, 43.0]),
        ("Irvine", [33.7, 55.6]),
        # With what it lies in.
        ("Irvine, CA", [33.7]),
        ("Irvine CA", [33.7]),
        ("irvine,ca", [33.7]),
        ("Irvine, California", [33.7]),
        ("Irvine, CA, USA", [33.7]),
        ("Irvine, United Kingdom", [55.6]),
        ("Irvine, UK", [55.6]),
        ("Dublin, OH", [40.1]),
        ("Dublin Ohio", [40.1]),
        ("Dublin, Ireland", [53.3]),
        ("London, Ontario", [43.0]),
        ("London, Canada", [43.0]),
        ("Paris, Texas", [33.66]),
        ("Paris, France", [48.9]),
        ("New York", [40.7]),
        ("New York NY", [40.7]),
        ("New York, New York", [40.7]),
        # Accents, marks and case.
        ("Sao Paulo", [-23.5]),
        ("SÃO PAULO", [-23.5]),
        ("sa\u0303o paulo", [-23.5]),
        ("Tamaki Makaurau", [-36.8]),
        ("St Johns", [47.6]),
        ("st. john's", [47.6]),
        # Letters with no accent to leave out, and other scripts.
        ("Łódź", [51.8]),
        ("lodz", [51.8]),
        ("TROMSØ", [69.6]),
        ("Tromso", [69.6]),
        ("Москва", [55.7]),
        ("москва", [55.7]),
        ("תל אביב", [32.1]),
        ("東京", [35.7]),
        # Postcodes, whole or their first half.
        ("SE1", [51.501]),
        ("se1", [51.501]),
        ("SE1 9AA", [51.502]),
        ("se19aa", [51.502]),
        ("SE1 7PB", [51.501]),
        ("SE17PB", [51.501]),
        ("London SE1 7PB", [51.501]),
        ("London, SE1 7PB", [51.501]),
        ("1 High Street, London SE1 9AA", [51.502]),
        ("92612", [33.66]),
        ("92612-1234", [33.66]),
        ("Irvine, CA 92612", [33.66]),
        ("N6A 1B2", [42.99]),
        ("D02 X285", [53.341]),
        ("2010", [-33.9]),
        # What we do not know of it is left out; the town stays.
        ("Dublin 2", [53.3, 40.1]),
        ("London EC1A 1BB", [51.5, 43.0]),
        ("12 Main St, Irvine, CA", [33.7]),
        ("London, Narnia", [51.5, 43.0]),
        # Where nothing meets: the world's list knows of it, the largest first.
        ("Wellington", [-41.29, 26.66, -33.64, 52.7, 11.37, 37.27]),
        ("Wellington, New Zealand", [-41.29]),
        ("Perth, Scotland", [56.4]),
        ("Perth, UK", [56.4]),
        ("Springfield MA", [42.1]),
        ("Londres", [51.5]),
        ("Llanfrothen", [52.96]),
        # What a list says of its own two doors is less sure than where Bath is.
        ("Bath, UK", [51.38]),
        # Nowhere.
        ("Narnia", []),
        ("Irvin", []),
        ("00000", []),
        ("", []),
        (" ", []),
        (",", []),
        (", ,,", []),
        ("\x00", []),
        ("%", []),
        ("\U0001f426", []),
        ("'; DROP TABLE towns; --", []),
        ("a b c d e f g h i j k l m n o p q r s t u v w x y z", []),
    ],
)
def test_what_people_type_is_somewhere_on_earth(typed, latitudes):
    found = [spot.latitude for spot in spots_named(typed)]

    assert found == pytest.approx(latitudes, abs=0.06)


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("51.5 -0.1", (51.5, -0.1)),
        ("51.5,-0.1", (51.5, -0.1)),
        (" 51.5 , -0.1 ", (51.5, -0.1)),
        ("-36.85;174.76", (-36.85, 174.76)),
        ("0 0", (0.0, 0.0)),
        ("90 180", (90.0, 180.0)),
        ("91 0", None),
        ("0 181", None),
        ("51.5", None),
        ("nan nan", None),
        ("inf 0", None),
        ("1e1 1e1", None),
        ("51.5 -0.1 7", None),
        ("٥١ ٠", (51.0, 0.0)),
    ],
)
def test_latitude_and_longitude_are_a_spot_of_their_own(text, point):
    spot = spot_at(text)

    assert (spot and (spot.latitude, spot.longitude)) == point


def test_latitude_and_longitude_need_no_town():
    assert [(s.latitude, s.longitude, s.name) for s in spots_named("48.85, 2.35")] == [
        (48.85, 2.35, "")
    ]


def test_town_is_where_its_middle_is_not_where_a_list_happens_to_have_doors():
    [london, _ontario] = spots_named("London")

    assert (london.latitude, london.longitude) == pytest.approx((51.5085, -0.1257), abs=0.001)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Irvine", ["Irvine, CA", "Irvine, UK"]),
        ("Irvine, UK", ["Irvine"]),
        ("Llanfrothen", ["Llanfrothen"]),
        ("Toronto", ["Toronto, ON", "Toronto, NSW"]),
        ("92612", ["92612"]),
    ],
)
def test_spot_is_called_so_that_it_is_told_from_its_namesakes(typed, names):
    assert [spot.name for spot in spots_named(typed)] == names


@pytest.mark.parametrize("typed", ["Irvine", "Toronto", "Dublin", "Bath", "Wellington"])
def test_what_a_spot_is_called_finds_it(typed):
    for spot in spots_named(typed):
        assert spots_named(spot.name)[0] == Spot(spot.latitude, spot.longitude, ANY)


def test_namesake_without_a_door_is_not_mentioned_where_something_meets():
    # London in Kentucky has 8,000 people, and nothing here; Dublin in California 58,000.
    assert len(spots_named("London")) == 2
    assert len(spots_named("Dublin")) == 2


def test_town_spelled_twice_in_one_area_is_one_spot():
    Town.objects.create(
        kind="town", name="LONDON", folded="london", country="UK", latitude=51.52, longitude=0.0
    )

    assert len(spots_named("London")) == 2


def test_spots_are_few_however_many_towns_share_a_name():
    Town.objects.bulk_create(
        Town(kind="town", name="Salem", folded="salem", region=f"R{n}", latitude=n, longitude=0.0)
        for n in range(40)
    )

    assert len(spots_named("Salem")) == 6


def test_place_typed_again_costs_no_query(django_assert_num_queries):
    spots_named("London")

    with django_assert_num_queries(0):
        spots_named("London")


def test_unknown_place_costs_few_queries(django_assert_max_num_queries):
    spots_named("London")

    with django_assert_max_num_queries(12):
        spots_named("a b c d e f, g h i j, k 1")


def test_new_town_is_known_as_soon_as_its_gathering_is_found():
    take_in(call())
    assert spots_named("Portmeirion") == ()

    take_in(call(), meeting(formatted_address="1 High Street, Portmeirion, UK", latitude=52.91))

    shelf.forget()

    assert [spot.latitude for spot in spots_named("Portmeirion")] == [52.91]
