"""Records that say where in objects of their own."""

import pytest

from kith.core.listings.nested import laid_flat


@pytest.mark.parametrize(
    ("said", "flat"),
    [
        ({"location": {"latitude": 1.5, "longitude": 2.5}}, {"latitude": 1.5, "longitude": 2.5}),
        (
            {"loc": {"type": "Point", "coordinates": [2.5, 1.5]}},
            {"latitude": 1.5, "longitude": 2.5},
        ),
        (
            {"venue": {"name": "Hall", "geo": {"lat": "1.5", "lng": "2.5"}}},
            {"venue name": "Hall", "latitude": "1.5", "longitude": "2.5"},
        ),
        (
            {"Venue": {"title": "Hall", "address": {"street": "1 High St", "city": "Bray"}}},
            {"venue name": "Hall", "street": "1 High St", "city": "Bray"},
        ),
        # What the record itself says holds, and a person is no place.
        ({"city": "Bray", "address": {"city": "Dublin"}}, {"city": "Bray"}),
        ({"contact": {"name": "A. B."}}, {"contact": {"name": "A. B."}}),
        ({"location": "Hall"}, {"location": "Hall"}),
        ({"location": {"open": True, "tags": ["a"]}}, {}),
        # However deep it is nested, it ends.
        ({"geo": {"geo": {"geo": {"geo": {"lat": 1.5}}}}}, {}),
    ],
)
def test_a_place_in_an_object_of_its_own_is_laid_flat(said, flat):
    assert laid_flat({"name": "Steps", **said}) == {"name": "Steps", **flat}


@pytest.mark.parametrize("record", [None, 1, "a", [], {}])
def test_what_is_no_record_is_left_as_it_is(record):
    assert laid_flat(record) == record
