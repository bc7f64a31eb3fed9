import pytest
from tests.web.gatherings.making import call, meeting, take_in

from kith.web.gatherings.bridge import names, shelf
from kith.web.gatherings.bridge.spots import spot_at, spots_named
from kith.web.gatherings.models import Town

pytestmark = pytest.mark.django_db

TOWNS = [
    # kind, name, region, country, latitude, how many doors
    ("town", "London", "", "GB", 51.5, 900),
    ("town", "London", "ON", "CA", 43.0, 12),
    ("town", "Irvine", "CA", "US", 33.7, 40),
    ("town", "Irvine", "", "GB", 55.6, 3),
    ("town", "Dublin", "", "IE", 53.3, 200),
    ("town", "Dublin", "OH", "US", 40.1, 2),
    ("town", "Paris", "Île-de-France", "FR", 48.9, 50),
    ("town", "Paris", "TX", "US", 33.66, 1),
    ("town", "São Paulo", "SP", "BR", -23.5, 30),
    ("town", "Tāmaki Makaurau", "Auckland", "NZ", -36.8, 5),
    ("town", "St. John's", "NL", "CA", 47.6, 4),
    ("town", "New York", "NY", "US", 40.7, 800),
    ("town", "Łódź", "", "PL", 51.8, 2),
    ("town", "Tromsø", "", "NO", 69.6, 1),
    ("town", "Москва", "", "RU", 55.7, 3),
    ("town", "תל אביב", "", "IL", 32.1, 3),
    ("town", "東京", "", "JP", 35.7, 3),
    ("postcode", "SE1", "", "GB", 51.501, 20),
    ("postcode", "SE1 9AA", "", "GB", 51.502, 1),
    ("postcode", "D02", "", "IE", 53.341, 9),
    ("postcode", "92612", "CA", "US", 33.66, 8),
    ("postcode", "N6A", "ON", "CA", 42.99, 2),
    ("postcode", "2010", "NSW", "AU", -33.9, 3),
]


@pytest.fixture(autouse=True)
def _towns(db):
    Town.objects.bulk_create(
        Town(kind=kind, name=name, folded=names.fold(name), region=region, country=country,
             latitude=latitude, longitude=0.0, n_places=doors)
        for kind, name, region, country, latitude, doors in TOWNS
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
    assert [spot.latitude for spot in spots_named(typed)] == latitudes


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


def test_spot_is_called_by_its_town_and_region_or_by_its_postcode_alone():
    assert [s.name for s in spots_named("Irvine")] == ["Irvine, CA", "Irvine"]
    assert [s.name for s in spots_named("92612")] == ["92612"]


def test_town_spelled_twice_in_one_area_is_one_spot():
    Town.objects.create(
        kind="town", name="LONDON", folded="london", country="UK", latitude=51.52, longitude=0.0
    )

    assert len(spots_named("London")) == 2


def test_spots_are_few_however_many_towns_share_a_name():
    Town.objects.bulk_create(
        Town(kind="town", name="Salem", folded="salem", latitude=n, longitude=0.0)
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
    assert spots_named("Bristol") == ()

    take_in(call(), meeting(formatted_address="1 High Street, Bristol, UK", latitude=51.45))

    shelf.forget()

    assert [spot.latitude for spot in spots_named("Bristol")] == [51.45]
