import pytest
from django.http import Http404
from tests.web.gatherings.making import call, gatherings, meeting, take_in

from kith.web.gatherings import access
from kith.web.gatherings.choices import Status
from kith.web.gatherings.models import Feed, Gathering, Place

pytestmark = pytest.mark.django_db


def name(status: str) -> list[str]:
    """Make `Early Birds` have `status`, and return what is shown to all."""
    Gathering.objects.filter(name="Early Birds").update(status=status)
    return sorted(g.name for g in access.shown_to_all())


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (Status.OPEN, ["Early Birds", "Open Line"]),
        (Status.PAUSED, ["Early Birds", "Open Line"]),
        (Status.RETIRED, ["Open Line"]),
    ],
)
def test_what_is_retired_is_not_shown(status, shown):
    take_in(meeting(), call())

    assert name(status) == shown


@pytest.mark.parametrize("status", [Status.OPEN, Status.PAUSED, Status.RETIRED])
def test_gathering_opens_by_its_address_retired_or_not(status):
    take_in(meeting())
    Gathering.objects.update(status=status)

    assert access.open_gathering("early-birds-london").name == "Early Birds"


@pytest.mark.parametrize(
    "slug", ["", "early", "EARLY-BIRDS-LONDON", "x" * 5_000, "\U0001f426", "%", "'--"]
)
def test_gathering_that_never_was_is_not_found(slug):
    take_in(meeting())

    with pytest.raises(Http404, match="no gathering"):
        access.open_gathering(slug)


def test_place_opens_if_something_meets_there():
    take_in(meeting(), call())
    place = Place.objects.get()

    assert access.open_place(place.pk) == place


def test_place_where_two_things_meet_opens_once():
    take_in(meeting(), meeting("Night Owls", time="22:00", end_time="23:00"))

    assert access.open_place(Place.objects.get().pk).name == "The Hut"


def test_place_of_retired_gatherings_is_not_found():
    take_in(meeting())
    Gathering.objects.update(status=Status.RETIRED)

    with pytest.raises(Http404, match="no place"):
        access.open_place(Place.objects.get().pk)


@pytest.mark.parametrize("number", [0, -1, 10**30, -(10**30)])
def test_place_that_never_was_is_not_found(number):
    take_in(meeting())

    with pytest.raises(Http404, match="no place"):
        access.open_place(number)


def test_feeds_read_on_a_schedule_are_those_in_use_with_hours():
    for address, hours, is_active in (("a", 24, True), ("b", None, True), ("c", 1, False)):
        Feed.objects.create(address=address, every_hours=hours, is_active=is_active)

    assert [feed.address for feed in access.due_feeds()] == ["a"]


def test_test_data_holds_something_that_could_have_leaked():
    take_in(meeting(), call())

    assert [g.status for g in gatherings()] == [Status.OPEN, Status.OPEN]
