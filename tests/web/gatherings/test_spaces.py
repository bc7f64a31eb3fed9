"""What people say of themselves fits what gatherings say of themselves."""

import pytest
from tests.web.gatherings.making import meeting, take_in

from kith.web.gatherings.bridge import spots
from kith.web.gatherings.choices import AUDIENCE, PRACTICES
from kith.web.gatherings.models import Town
from kith.web.people.bridge import homes
from kith.web.people.choices import Space
from kith.web.people.forms.about import PracticesForm


def test_each_space_somebody_may_want_is_an_audience_of_gatherings():
    assert [space for space in Space.values if space not in AUDIENCE] == []


def test_people_choose_from_the_practices_that_gatherings_have():
    assert [code for code, _words in PracticesForm().fields["codes"].choices] == list(PRACTICES)


@pytest.mark.parametrize("typed", ["92612", " 92612 "])
def test_home_is_found_by_a_postcode_where_something_meets(db, typed):
    take_in(meeting(postal_code="92612", country="US", latitude=33.66, longitude=-117.84))
    assert Town.objects.filter(name="92612").exists()

    [spot] = homes.spots_named(typed)

    assert (spot.name, spot.latitude, spot.longitude) == ("92612", 33.66, -117.84)
    assert list(spots.postcodes_named("99999")) == []
