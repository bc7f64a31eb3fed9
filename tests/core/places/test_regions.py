import pytest

from kith.core.places import region_of, zone_of_region


@pytest.mark.parametrize(
    ("text", "country", "found"),
    [
        ("California", "", ("CA", "US")),
        ("CA", "US", ("CA", "US")),
        ("Ontario", "", ("ON", "CA")),
        ("Georgia", "GE", ("", "")),
        ("New South Wales", "AU", ("NSW", "AU")),
        ("WA", "AU", ("WA.AU", "AU")),
        ("Western Australia", "", ("WA.AU", "AU")),
        ("NT", "CA", ("NT", "CA")),
        ("Northern Territory", "AU", ("NT.AU", "AU")),
        ("Bavaria", "", ("", "")),
    ],
)
def test_region_is_known_with_its_country(text, country, found):
    assert region_of(text, country) == found


def test_code_that_means_many_things_needs_a_country():
    alone, with_country = region_of("WA"), region_of("WA", "US")

    assert with_country == ("WA", "US")
    assert alone in {("", ""), ("WA", "US")}


def test_region_with_one_clock_has_a_zone_and_others_have_none():
    assert zone_of_region("CA") == "America/Los_Angeles"
    assert zone_of_region("TX") == ""
    assert zone_of_region(region_of("WA", "AU")[0]) == "Australia/Perth"
    assert zone_of_region(region_of("WA", "US")[0]) == "America/Los_Angeles"
    assert zone_of_region("nowhere") == ""
