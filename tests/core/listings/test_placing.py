"""Where a record meets: points that can be believed, set right, borrowed or left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.listings.draft import Draft, Place
from kith.core.listings.facts import Facts
from kith.core.listings.listing import Venue
from kith.core.listings.placing import is_specific, venue_of

IRVINE, LEEDS = (33.68, -117.8), (53.8, -1.55)


def placed(place, *, facts=None, country=""):
    """Return (venue, repairs as texts) of a place."""
    draft = Draft(record="x")
    venue = venue_of(draft, place, facts or Facts(), country)
    return venue, [f"{repair.field}: {repair.why}" for repair in draft.repairs]


def point_of(place, **options):
    """Return (point or None, repairs as texts) of a place."""
    venue, repairs = placed(place, **options)
    has_point = venue is not None and venue.latitude is not None
    return (venue.latitude, venue.longitude) if has_point else None, repairs


def at(point, **fields):
    return Place(latitude=point[0], longitude=point[1], **fields)


def test_a_place_with_all_its_parts_is_a_venue():
    place = at(
        (33.6812347, "-117,8"),
        key="park",
        name="St. Mary's",
        street="1 Main St",
        neighborhood="Woodbridge",
        borough="West",
        city="Irvine",
        county="Orange",
        region="CA",
        postal_code="92612",
        country="USA",
        find_the_door="Side door.\nRing twice.",
        from_the_stop="Bus 5",
    )

    assert placed(place) == (
        Venue(
            key="park",
            name="St. Mary's",
            street="1 Main St",
            neighborhood="Woodbridge",
            borough="West",
            city="Irvine",
            county="Orange",
            region="CA",
            postal_code="92612",
            country="US",
            address="1 Main St, Irvine, CA 92612",
            latitude=33.681235,
            longitude=-117.8,
            find_the_door="Side door.\nRing twice.",
            from_the_stop="Bus 5",
        ),
        [],
    )


@pytest.mark.parametrize(
    "place",
    [
        Place(),
        Place(name="Zoom"),
        Place(name="ONLINE ONLY", region="CA", country="USA"),
        Place(street="-", address="TBA", name="n/a"),
        Place(latitude="-", longitude=""),
    ],
)
def test_a_place_that_leads_nowhere_is_no_venue(place):
    assert placed(place)[0] is None


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Zoom", ""),
        ("On  Zoom", ""),
        ("Google Meet", ""),
        ("Contact us for the address", ""),
        ("None", ""),
        ("Zoom Hall", "Zoom Hall"),
        ("The Web", "The Web"),
    ],
)
def test_names_that_say_how_to_join_are_no_names_of_places(name, kept):
    venue, _repairs = placed(Place(name=name, city="Leeds"))

    assert venue is not None
    assert venue.name == kept


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("street", "2 Other Meetings At This Location"),
        ("address", "1 other meeting at this location"),
        ("address", "Online: https://x.org"),
        ("street", "Contact host"),
        ("street", "TBD"),
    ],
)
def test_addresses_that_are_none_are_left_out_and_said(field, text):
    venue, repairs = placed(Place(city="Leeds", **{field: text}))

    assert venue is not None
    assert (venue.street, venue.address) == ("", "Leeds")
    assert repairs == [f"{field}: {text!r} is no address"]


def test_the_parts_of_a_place_are_made_plain():
    venue, repairs = placed(
        Place(
            name="<b>St. Maryâ€™s</b>",
            city="Leeds\u200b",
            street="s" * 300,
            find_the_door="Ring\n\n\n\nCall Bob Jones 07700 900123",
            country="UK",
        )
    )

    assert venue is not None
    assert (venue.name, venue.city, len(venue.street)) == ("St. Mary’s", "Leeds", 255)
    assert venue.find_the_door == "Ring\n\nCall Bob J. […]"
    assert repairs == [
        "name: broken characters mended",
        "name: HTML removed",
        "street: text cut off at its longest length",
        "city: control characters removed",
        "find_the_door: a phone number was left out",
        "find_the_door: a surname was left out",
    ]


def test_phone_numbers_beside_the_door_are_of_the_places_country():
    place = Place(city="Berlin", find_the_door="Tel. 030 123456789", country="Germany")

    venue, _repairs = placed(place, country="US")

    assert venue is not None
    assert venue.find_the_door == "Tel. […]"


@pytest.mark.parametrize(
    ("place", "point"),
    [
        (at(IRVINE, region="CA", country="US"), IRVINE),
        (at(("33.68", "-117.8")), IRVINE),
        (at(("33,68", "-117,8")), IRVINE),
        (at(LEEDS, country="England"), LEEDS),
        (at((0.35, 32.58), country="Uganda"), (0.35, 32.58)),
        # Parts of states beyond the sea.
        (at((18.45, -66.1), country="USA", city="San Juan"), (18.45, -66.1)),
        (at((49.186, -2.106), country="United Kingdom", city="St Helier"), (49.186, -2.106)),
        # Near enough: a town across the border, a pier.
        (at((54.6, -5.93), country="Ireland", city="Belfast"), (54.6, -5.93)),
        (at((36.9, -122.1), country="US", city="Santa Cruz"), (36.9, -122.1)),
        (at((43.0, -126.0)), None),
    ],
)
def test_points_that_agree_with_their_record_stay(place, point):
    found, repairs = point_of(place)

    assert found == point
    assert bool(repairs) == (point is None)


@pytest.mark.parametrize(
    ("place", "point", "what"),
    [
        (at((-117.8, 33.68), country="US"), IRVINE, "latitude and longitude were swapped"),
        (at((-117.8, 33.68)), IRVINE, "latitude and longitude were swapped"),
        (at((33.68, 117.8), country="US"), IRVINE, "the longitude had lost its sign"),
        (at((53.8, 1.55), country="GB"), None, ""),  # at sea, near enough to England
        (at((33.9, 151.2), country="Australia"), (-33.9, 151.2), "the latitude had lost its sign"),
        (
            at((117.8, 33.68), country="US"), IRVINE,
            "latitude and longitude were swapped, and one had lost its sign",
        ),
        (
            at((151.2, 33.9), country="Australia"), (-33.9, 151.2),
            "latitude and longitude were swapped, and one had lost its sign",
        ),
        # The state tells as well.
        (at((40.7, -74.0), region="NY", country="US"), (40.7, -74.0), ""),
    ],
)  # fmt: skip
def test_points_that_are_swapped_or_lost_a_sign_are_set_right(place, point, what):
    found, repairs = point_of(place)

    assert found == (point or (53.8, 1.55))
    assert repairs == ([f"coordinates: {what}"] if what else [])


@pytest.mark.parametrize(
    ("place", "why"),
    [
        (at((0, 0)), "0, 0 is at sea, and stands for nothing"),
        (at(("0.0000", "0.0000")), "0, 0 is at sea, and stands for nothing"),
        (at((0.0, -117.8)), "0, -117.8 is in the sea"),
        (at((95.0, 200.0)), "95, 200 is not on Earth"),
        (at((30.1675, -95.4683), country="UK"), "30.1675, -95.4683 is in US, the record in GB"),
        (at((38.1, 13.36), country="UK"), "38.1, 13.36 is in IT, the record in GB"),
        (
            at((40.7, -74.0), region="CA", country="US"),
            "40.7, -74 is in US, the record in CA US",
        ),
        (at(("abc", "-117.8")), "'abc' is no coordinate"),
        (at((33.68, "51.5N")), "'51.5N' is no coordinate"),
        (at(("40.7, -74.0", None)), "'40.7, -74.0' is no coordinate"),
        (at(([1], {}),), "'1' is no coordinate"),
        (at((33.68, None)), "there is one number and not two"),
        (at(("", "-117.8")), "there is one number and not two"),
    ],
)  # fmt: skip
def test_points_that_cannot_be_right_are_left_out_and_said(place, why):
    place.name = "St. Mary's"

    assert point_of(place) == (None, [f"coordinates: left out: {why}"])


@pytest.mark.parametrize("nothing", [None, "", "-"])
def test_points_that_are_not_given_are_not_missed(nothing):
    assert point_of(at((nothing, nothing), name="St. Mary's")) == (None, [])


def test_a_feed_of_one_country_tells_where_a_point_should_be():
    place = at((30.1675, -95.4683), name="Hall")

    assert point_of(place) == ((30.1675, -95.4683), [])
    assert point_of(place, facts=Facts(only_country="GB")) == (
        None,
        ["coordinates: left out: 30.1675, -95.4683 is in US, the record in GB"],
    )


@pytest.mark.parametrize(
    ("place", "is_kept"),
    [
        (at(IRVINE, address="California, USA"), False),
        (at(IRVINE, address="USA"), False),
        (at(IRVINE, address="USA", name="Alano Club"), False),
        (at(IRVINE, address="USA", city="Irvine"), True),
        (at(IRVINE, address="USA", street="1 Main St"), True),
        (at(IRVINE, address="USA", postal_code="92612"), True),
        (at(IRVINE, address="Irvine, CA, USA"), True),
        (at(IRVINE, name="Alano Club"), True),
        (at(IRVINE), True),
    ],
)
def test_the_middle_of_a_state_is_nobodys_door(place, is_kept):
    point, repairs = point_of(place)

    assert (point is not None) is is_kept
    assert repairs == (
        []
        if is_kept
        else [
            "coordinates: left out: the address is a whole country or state, not a place in it"
        ]
    )  # fmt: skip


BORROWED = Facts(
    points={
        "street:1 main st|irvine ca": (33.1, -117.1),
        "postcode:92612": (33.2, -117.2),
        "town:irvine ca": (33.3, -117.3),
    }
)


@pytest.mark.parametrize(
    ("place", "point", "is_approximate", "kind"),
    [
        (Place(street="1 Main St.", city="Irvine", region="CA"), (33.1, -117.1), False, "street"),
        (Place(name="Hall", postal_code="92612"), (33.2, -117.2), True, "postcode"),
        (Place(street="9 Other Ave", city="Irvine", region="CA"), (33.3, -117.3), True, "town"),
    ],
)
def test_a_place_without_a_point_borrows_one(place, point, is_approximate, kind):
    venue, repairs = placed(place, facts=BORROWED)

    assert venue is not None
    assert ((venue.latitude, venue.longitude), venue.is_approximate) == (point, is_approximate)
    assert repairs == [f"coordinates: taken from other records with the same {kind}"]


def test_a_place_that_nobody_shares_borrows_nothing():
    venue, repairs = placed(Place(name="Hall", city="Tustin"), facts=BORROWED)

    assert venue is not None
    assert (venue.latitude, venue.is_approximate, repairs) == (None, False, [])


def test_a_place_that_leads_nowhere_borrows_nothing():
    assert placed(Place(region="CA"), facts=BORROWED) == (None, [])


@pytest.mark.parametrize("is_approximate", [True, False])
def test_a_point_is_as_exact_as_it_says(is_approximate):
    venue, _repairs = placed(at(IRVINE, city="Irvine", is_approximate=is_approximate))

    assert venue is not None
    assert venue.is_approximate is is_approximate


@pytest.mark.parametrize(
    ("place", "options", "country"),
    [
        (at(IRVINE, country="Mexico", city="Tijuana", region=""), {}, "MX"),
        (at(IRVINE, city="Irvine"), {"country": "GB"}, "US"),
        (Place(city="Leeds"), {"country": "GB", "facts": Facts(only_country="IE")}, "GB"),
        (Place(city="Leeds"), {"facts": Facts(only_country="GB")}, "GB"),
        (Place(city="Leeds"), {}, ""),
    ],
)
def test_a_venue_is_in_the_country_that_is_best_known(place, options, country):
    venue, _repairs = placed(place, **options)

    assert venue is not None
    assert venue.country == country


@pytest.mark.parametrize(
    ("place", "address"),
    [
        (Place(address="1 Main St, Irvine", street="1 Main St"), "1 Main St, Irvine"),
        (Place(street="1 Main St", city="Irvine", region="CA", postal_code="92612"), "1 Main St, Irvine, CA 92612"),
        (Place(city="Leeds", postal_code="LS1 1AA"), "Leeds, LS1 1AA"),
        (Place(name="Hall"), ""),
    ],
)  # fmt: skip
def test_an_address_in_one_line_is_made_of_its_parts(place, address):
    venue, _repairs = placed(place)

    assert venue is not None
    assert venue.address == address


@pytest.mark.parametrize(
    ("place", "is_door"),
    [
        (Place(street="Main St"), True),
        (Place(address="1 Main St, Irvine"), True),
        (Place(name="St. Mary's"), True),
        (Place(name="Zoom"), False),
        (Place(address="Philadelphia, PA, USA"), False),
        (Place(city="Irvine", region="CA"), False),
        (Place(), False),
    ],
)
def test_a_specific_place_leads_to_a_door(place, is_door):
    assert is_specific(place) is is_door


odd: st.SearchStrategy[object] = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just([[]])
)


@given(odd, odd, st.text(), st.text(), st.sampled_from(["", "US", "GB", "Georgia", "XX"]))
def test_no_place_is_too_odd_for_a_venue(latitude, longitude, name, address, country):
    venue, _repairs = placed(at((latitude, longitude), name=name, address=address, country=country))

    if venue is not None and venue.latitude is not None:
        assert venue.longitude is not None
        assert -90 <= venue.latitude <= 90
        assert -180 <= venue.longitude <= 180


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_point_on_land_is_believed_by_a_record_that_says_nothing(latitude, longitude):
    point, repairs = point_of(at((latitude, longitude), name="Hall"))

    assert (point is None) == any("left out" in repair for repair in repairs)
    assert point is None or point == (round(latitude, 6), round(longitude, 6))
