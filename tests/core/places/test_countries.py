import pytest

from kith.core.places import (
    countries_of_zone,
    country_code,
    country_name,
    country_of_zone,
    zones_of,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("USA", "US"), ("U.S.A.", "US"), ("United States", "US"), ("England", "GB"),
        ("United Kingdom", "GB"), ("Republic of Ireland", "IE"), ("New Zealand", "NZ"),
        ("nz", "NZ"), ("Österreich", "AT"), ("Iran", "IR"), ("Mars", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_country_is_known_however_it_is_written(text, code):
    assert country_code(text) == code


def test_state_in_an_address_is_not_taken_for_a_country():
    assert country_code("CA") == "CA"
    assert country_code("CA", in_address=True) == ""
    assert country_code("NZ", in_address=True) == "NZ"


def test_zones_of_a_country_begin_with_where_most_people_live():
    assert zones_of("US")[0] == "America/New_York"
    assert zones_of("NZ") == ("Pacific/Auckland", "Pacific/Chatham")
    assert zones_of("XX") == ()


def test_zone_belongs_to_the_country_it_is_named_after():
    assert country_of_zone("Europe/Dublin") == "IE"
    assert country_of_zone("Mars/Olympus") == ""
    assert countries_of_zone("Europe/Oslo")[0] == "NO"
    assert countries_of_zone("nowhere") == ()


@pytest.mark.parametrize(
    ("code", "name"),
    [("IE", "Ireland"), ("GB", "UK"), ("US", "USA"), ("NZ", "New Zealand"), ("XX", ""), ("", "")],
)
def test_country_is_called_what_people_write_after_a_town(code, name):
    assert country_name(code) == name
    assert country_code(name) == (code if name else "")
