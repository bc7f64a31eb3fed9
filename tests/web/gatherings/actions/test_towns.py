import pytest
from tests.web.gatherings.making import call, meeting, take_in

from kith.web.gatherings.actions import towns
from kith.web.gatherings.choices import Status
from kith.web.gatherings.models import Gathering, Place, Town

pytestmark = pytest.mark.django_db

NIGHT = meeting("Night Owls", time="22:00", end_time="23:00")


def known():
    """Return (name, kind, how many doors) of every town and postcode."""
    return sorted(Town.objects.values_list("name", "kind", "n_places"))


def test_town_and_both_forms_of_its_postcode_are_known():
    take_in(meeting())

    assert known() == [("London", "town", 1), ("SE1", "postcode", 1), ("SE1 7PB", "postcode", 1)]


def test_door_counts_once_however_much_meets_there():
    take_in(meeting(), NIGHT)

    assert ("London", "town", 1) in known()


def test_town_stands_in_the_middle_of_its_doors():
    take_in(
        *[meeting(f"G{n}", slug=f"g{n}", latitude=lat) for n, lat in enumerate((51.4, 51.5, 53.9))]
    )

    assert Town.objects.get(name="London").latitude == 51.5


def test_door_behind_which_something_is_retired_still_counts_for_what_is_not():
    take_in(meeting(), NIGHT)

    take_in(NIGHT)

    assert ("London", "town", 1) in known()


def test_town_where_nothing_meets_any_more_is_forgotten():
    take_in(meeting(), call())
    Gathering.objects.filter(name="Early Birds").update(status=Status.RETIRED)

    assert towns.rebuild() == 0
    assert known() == []


def test_place_without_a_gathering_or_without_a_point_is_no_town():
    Place.objects.create(key="a", city="Nowhere", latitude=1.0, longitude=1.0)
    take_in(meeting(latitude=None, longitude=None))

    assert known() == []


def test_towns_of_one_name_in_two_regions_are_two():
    us = {"timezone": "America/New_York", "longitude": -73.0}
    take_in(
        meeting("A", formatted_address="1 High St, Salem, NY 12865, USA", latitude=43.1, **us),
        meeting("B", formatted_address="1 High St, Salem, MA 01970, USA", latitude=42.5, **us),
    )

    assert sorted(Town.objects.filter(folded="salem").values_list("region", flat=True)) == [
        "MA",
        "NY",
    ]


def test_name_as_long_as_its_column_is_kept():
    take_in(meeting(city="Llan" * 100, formatted_address="1 High Street"))
    Place.objects.update(city="Llan" * 63)

    towns.rebuild()

    assert len(Town.objects.get(name__startswith="Llan").folded) == 128


def test_towns_are_counted_and_written_anew():
    take_in(meeting())
    before = known()

    assert towns.rebuild() == 3
    assert known() == before


def test_many_edits_are_one_rebuilding_when_they_are_done(django_assert_num_queries):
    take_in(meeting())
    Town.objects.all().delete()

    with towns.once():
        with django_assert_num_queries(0):
            towns.renew()
        assert known() == []

    assert len(known()) == 3
    towns.renew()
    assert len(known()) == 3
