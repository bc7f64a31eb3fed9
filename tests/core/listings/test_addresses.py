"""Addresses in one line, taken apart as far as that is certain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.listings.addresses import taken_apart
from kith.core.listings.draft import Place


def parts_of(address, **given_already):
    place = taken_apart(Place(address=address, **given_already))
    return place.street, place.city, place.region, place.postal_code


@pytest.mark.parametrize(
    ("address", "street", "city", "region", "code"),
    [
        ("123 Main St, Irvine, CA 92612, USA", "123 Main St", "Irvine", "CA", "92612"),
        ("123 Main St, Irvine, CA 92612", "123 Main St", "Irvine", "CA", "92612"),
        ("123 Main St, Irvine, CA, 92612, USA", "123 Main St", "Irvine", "CA", "92612"),
        ("1 Main St, Austin, Texas 78701-1234, US", "1 Main St", "Austin", "Texas", "78701-1234"),
        ("1 Main St, Austin, TX78701", "1 Main St", "Austin", "TX", "78701"),
        ("1 Main St, Austin TX 78701", "1 Main St", "Austin", "TX", "78701"),
        ("Suite 4, 1 Main St, Austin, TX, USA", "Suite 4, 1 Main St", "Austin", "TX", ""),
        ("Philadelphia, PA, USA", "", "Philadelphia", "PA", ""),
        ("Irvine, CA", "", "Irvine", "CA", ""),
        ("New York, NY, USA", "", "New York", "NY", ""),
        ("4650 Davis Ave, Terrace, BC, V8G 2R7, CA", "4650 Davis Ave", "Terrace", "BC", "V8G 2R7"),
        ("1 Rue X, Montréal, QC H2X 1Y4, Canada", "1 Rue X", "Montréal", "QC", "H2X 1Y4"),
        ("10 High St, Leigh-on-Sea SS9 2AJ", "10 High St", "Leigh-on-Sea", "", "SS9 2AJ"),
        ("10 High St, London, SE1 7PB, UK", "10 High St", "London", "", "SE1 7PB"),
        ("London, UK", "", "London", "", ""),
        ("12 O'Connell St, Dublin, D01 F5P2, Ireland", "12 O'Connell St", "Dublin", "", "D01 F5P2"),
        ("1 Smith St, Sydney NSW 2000, Australia", "1 Smith St", "Sydney", "NSW", "2000"),
        ("1 Hay St, Perth, WA 6000, Australia", "1 Hay St", "Perth", "WA", "6000"),
        ("1 Hay St, Seattle, WA 98101", "1 Hay St", "Seattle", "WA", "98101"),
        (
            "5 Old Airport Rd, Yellowknife, NT X1A 1A1",
            "5 Old Airport Rd",
            "Yellowknife",
            "NT",
            "X1A 1A1",
        ),
        # A town in California, and the province of Canada.
        ("1415 W 5TH, ONTARIO 91762", "1415 W 5TH", "ONTARIO", "", "91762"),
        ("1 Euclid, Ontario, CA 91762", "1 Euclid", "Ontario", "CA", "91762"),
        ("1 King St, Toronto, Ontario M5V 1A1", "1 King St", "Toronto", "Ontario", "M5V 1A1"),
        ("Queen St 5, Auckland 1010, New Zealand", "Queen St 5", "Auckland", "", "1010"),
        ("Hauptstraße 5, 10115 Berlin, Deutschland", "Hauptstraße 5", "Berlin", "", "10115"),
        ("Weg 1, CH-8001 Zürich, Switzerland", "Weg 1", "Zürich", "", "8001"),
        ("Damrak 1, 1012 AB Amsterdam, Nederland", "Damrak 1", "Amsterdam", "", "1012 AB"),
        ("ul. Długa 5, 00-950 Warszawa, Polska", "ul. Długa 5", "Warszawa", "", "00-950"),
        ("Gatan 1, 111 22 Stockholm, Sweden", "Gatan 1", "Stockholm", "", "111 22"),
        ("Rua A, 1000-001 Lisboa, Portugal", "Rua A", "Lisboa", "", "1000-001"),
        ("75011 Paris, France", "", "Paris", "", "75011"),
        ("5 Rustaveli, Tbilisi, Georgia", "5 Rustaveli", "Tbilisi", "", ""),
        # A state is no town; New York and Washington are both.
        ("California, USA", "", "", "California", ""),
        ("BC, Canada", "", "", "BC", ""),
        ("New York, USA", "", "New York", "", ""),
        # No town can be told; code and state still can.
        ("1200 Broadway 7, CA 92612", "", "", "CA", "92612"),
        ("10 High Street, SE1 7PB, UK", "", "", "", "SE1 7PB"),
        ("9 Mile 5, 10115 Berlin 2, CA 92612", "", "", "CA", "92612"),
    ],
)
def test_addresses_that_end_like_addresses_are_taken_apart(address, street, city, region, code):
    assert parts_of(address) == (street, city, region, code)


@pytest.mark.parametrize(
    "address",
    [
        "",
        ",,,",
        "Online",
        "1200 Broadway",
        "St James, 1200 Broadway",
        "Batchelors Lane,Drogheda,Drogheda",
        "Tbilisi, Georgia",
        "Atlanta, Georgia",
        "USA",
        "Berlin, 12 Prussia 10115",
        "Calle 5, Barrio Sur 12",
    ],
)
def test_addresses_that_end_otherwise_are_left_whole(address):
    assert taken_apart(Place(address=address)) == Place(address=address)


def test_a_code_before_a_town_is_believed_where_the_record_says_the_country():
    assert parts_of("Hauptstraße 5, 10115 Berlin", country="Germany") == (
        "Hauptstraße 5", "Berlin", "", "10115",
    )  # fmt: skip
    assert parts_of("St James, 1200 Broadway", country="USA") == ("", "", "", "")


def test_fields_that_are_given_already_stay():
    place = Place(
        address="123 Main St, Irvine, CA 92612, USA",
        street="125 Main St",
        region="California",
        postal_code="92614",
    )

    assert taken_apart(place) == Place(
        address="123 Main St, Irvine, CA 92612, USA",
        street="125 Main St",
        city="Irvine",
        region="California",
        postal_code="92614",
    )


def test_an_address_beside_a_town_is_not_touched():
    place = Place(address="123 Main St, Irvine, CA 92612, USA", city="Tustin")

    assert taken_apart(place) == place


@given(
    st.text()
    | st.lists(
        st.sampled_from(["1 Main St", "Irvine", "CA", "92612", "USA", "Georgia", "10115 Berlin", "UK"])
    ).map(", ".join)
)  # fmt: skip
def test_no_address_is_too_odd_and_none_is_lost(text):
    place = taken_apart(Place(address=text))

    assert place.address == text
    for part in (place.street, place.city, place.region, place.postal_code):
        assert all(word in text for word in part.replace(",", " ").split())
