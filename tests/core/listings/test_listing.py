"""One entry of a meeting list."""

from kith.core.listings.listing import Listing, Venue
from kith.core.schedule import Schedule


def listing(*venues):
    return Listing("1", "Big Book", Schedule("Europe/London"), "in_person", venues=venues)


def test_the_first_venue_is_the_series_own():
    own, other = Venue(name="St. Mary's"), Venue(key="park", name="Park")

    assert listing(own, other).venue == own


def test_a_venue_of_single_dates_is_not_the_series_own():
    assert listing(Venue(key="park", name="Park")).venue is None
    assert listing().venue is None
