from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from kith.core.listings import Listing, Venue
from kith.core.schedule import Dated, Schedule
from kith.web.gatherings.bridge.records import digest_of, listing_of, text_of

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
many = st.lists(words, max_size=3).map(tuple)
maybe_day = st.none() | st.dates()
clocks = st.times().map(lambda at: at.replace(second=0, microsecond=0))
dated = st.fixed_dictionaries(
    {
        "starts": st.datetimes(),
        "timezone": words,
        "duration_minutes": st.none() | st.integers(1, 600),
        "replaces": maybe_day,
        "called_off": st.booleans(),
        "place": words,
        "note": words,
    }
)
schedules = st.fixed_dictionaries(
    {
        "timezone": words,
        "start": st.none() | clocks,
        "duration_minutes": st.none() | st.integers(1, 600),
        "rule": words,
        "first_on": maybe_day,
        "except_on": st.lists(st.dates(), max_size=3).map(tuple),
        "dated": st.lists(dated, max_size=2),
    }
)
degrees = st.none() | st.floats(-180, 180)
venues = st.fixed_dictionaries(
    {
        "key": words,
        "name": words,
        "city": words,
        "latitude": degrees,
        "longitude": degrees,
        "is_approximate": st.booleans(),
    }
)
listings = st.fixed_dictionaries(
    {
        "key": words,
        "name": words,
        "schedule": schedules,
        "mode": st.sampled_from(["in_person", "online", "hybrid"]),
        "is_paused": st.booleans(),
        "venues": st.lists(venues, max_size=2),
        "languages": many,
        "audience": many,
        "codes": many,
        "about": words,
        "updated": st.none() | st.datetimes(timezones=st.just(UTC)),
    }
)


def listing_from(values):
    """Return the listing that `values` describe: made here, as strategies may throw no dice."""
    schedule = values["schedule"]
    moments = tuple(Dated(**date) for date in schedule["dated"])
    places = tuple(Venue(**venue) for venue in values["venues"])
    return Listing(
        **{**values, "schedule": Schedule(**{**schedule, "dated": moments}), "venues": places}
    )


@given(listings)
def test_listing_comes_back_from_its_text_as_it_was(values):
    listing = listing_from(values)

    assert listing_of(text_of(listing)) == listing
    assert listing_of(text_of(listing).decode()) == listing


@given(listings)
def test_same_listing_gives_the_same_text(values):
    listing = listing_from(values)

    assert text_of(listing_of(text_of(listing))) == text_of(listing)


def test_digest_tells_a_changed_listing_from_the_one_before():
    schedule = Schedule("Europe/London", time(19), 60, "FREQ=WEEKLY;BYDAY=TU", date(2026, 1, 6))
    before = Listing(key="a", name="A", schedule=schedule, mode="online")
    after = Listing(key="a", name="A", schedule=schedule, mode="online", updated=datetime.now(UTC))

    digests = {digest_of(text_of(listing)) for listing in (before, before, after)}

    assert sorted(map(len, digests)) == [16, 16]
