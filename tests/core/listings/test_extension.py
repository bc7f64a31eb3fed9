"""What kith adds to a record, and reads back only if it is what kith writes."""

from datetime import date, datetime, time

import pytest

from kith.core.listings.draft import Draft, RecordRefused, Slot
from kith.core.listings.extension import extension_of, read_extension
from kith.core.listings.listing import Listing, Repair, Venue
from kith.core.schedule import Dated, Schedule

WHOLE = Listing(
    key="walk",
    name="Walk",
    schedule=Schedule(
        timezone="Europe/Paris",
        start=time(19, 5),
        duration_minutes=90,
        rule="FREQ=WEEKLY;BYDAY=TU",
        first_on=date(2026, 1, 6),
        except_on=(date(2026, 1, 13),),
        dated=(
            Dated(
                datetime(2026, 1, 21, 20, 0),
                "Europe/London",
                duration_minutes=60,
                replaces=date(2026, 1, 20),
                called_off=True,
                place="20260121",
                note="At the lake",
            ),
        ),
    ),
    mode="hybrid",
    is_paused=True,
    venues=(
        Venue(name="Salle", city="Paris", country="FR", latitude=48.85, longitude=2.35),
        Venue(key="20260121", name="Lake", is_approximate=True),
    ),
    languages=("fr", "en"),
    audience=("women",),
    access=("step_free",),
    topics=("walking",),
    openness="open",
    touch="hands",
    practice="recovery_yoga",
    program="Our Program",
    when_note="after dark",
    codes=("O", "X"),
)
EXTENSION = {
    "languages": ["fr", "en"],
    "audience": ["women"],
    "access": ["step_free"],
    "topics": ["walking"],
    "openness": "open",
    "touch": "hands",
    "practice": "recovery_yoga",
    "program": "Our Program",
    "when_note": "after dark",
    "codes": ["O", "X"],
    "paused": True,
    "mode": "hybrid",
    "schedule": {
        "timezone": "Europe/Paris",
        "start": "19:05",
        "minutes": 90,
        "rule": "FREQ=WEEKLY;BYDAY=TU",
        "first_on": "2026-01-06",
        "except_on": ["2026-01-13"],
        "dated": [
            {
                "starts": "2026-01-21T20:00",
                "timezone": "Europe/London",
                "duration_minutes": 60,
                "replaces": "2026-01-20",
                "called_off": True,
                "place": "20260121",
                "note": "At the lake",
            }
        ],
    },
    "venues": [
        {"name": "Salle", "city": "Paris", "country": "FR", "latitude": 48.85, "longitude": 2.35},
        {"key": "20260121", "name": "Lake", "is_approximate": True},
    ],
}
LEAST = {"mode": "online", "schedule": {"timezone": "UTC"}, "venues": []}


def read_back(value):
    draft = Draft(record="a label", repairs=[Repair("types", "unknown")], attendance="in_person")
    read_extension(draft, value)
    return draft


def test_a_listing_becomes_plain_values():
    assert extension_of(WHOLE) == EXTENSION


def test_what_a_listing_does_not_say_is_not_written():
    bare = Listing(key="a", name="A", schedule=Schedule(timezone="UTC"), mode="online")

    assert extension_of(bare) == LEAST


def test_what_was_written_is_read_back():
    draft = read_back(EXTENSION)

    assert draft.meanings == [
        "language:fr",
        "language:en",
        "audience:women",
        "access:step_free",
        "topic:walking",
        "openness:open",
    ]
    assert (draft.touch, draft.practice, draft.program) == ("hands", "recovery_yoga", "Our Program")
    assert (draft.when_note, draft.codes, draft.is_paused) == ("after dark", ["O", "X"], True)
    assert (draft.attendance, draft.zone, draft.zone_is_exact) == ("hybrid", "Europe/Paris", True)
    assert draft.slots == [
        Slot(
            rule="FREQ=WEEKLY;BYDAY=TU",
            first_on=date(2026, 1, 6),
            start="19:05",
            length=90,
            except_on=(date(2026, 1, 13),),
            dated=WHOLE.schedule.dated,
        )
    ]
    assert (draft.place.name, draft.place.latitude) == ("Salle", 48.85)
    assert [(p.key, p.name, p.is_approximate) for p in draft.more_places] == [
        ("20260121", "Lake", True)
    ]
    assert draft.repairs == []


def test_the_least_that_kith_writes_is_read_back():
    draft = read_back(LEAST)

    assert (draft.attendance, draft.zone, draft.slots) == ("online", "UTC", [Slot()])
    assert (draft.place.name, draft.more_places) == ("", [])


@pytest.mark.parametrize("value", [None, "yes", 1, [], ["mode"]])
def test_what_is_not_kith_s_is_passed_over(value):
    draft = read_back(value)

    assert (draft.attendance, draft.repairs) == ("in_person", [Repair("types", "unknown")])


@pytest.mark.parametrize("mode", ["by pigeon", ["online"], None])
def test_a_mode_there_is_not_leaves_what_the_record_says(mode):
    assert read_back(LEAST | {"mode": mode}).attendance == "in_person"


SCHEDULE = {"timezone": "UTC"}
DATED = {"starts": "2026-01-21T20:00", "timezone": "UTC"}


@pytest.mark.parametrize(
    "damage",
    [
        {"schedule": None},
        {"schedule": "weekly"},
        {"schedule": {}},
        {"schedule": {"timezone": "Mars/Phobos"}},
        {"schedule": {"timezone": "Eastern"}},
        {"schedule": {"timezone": 1}},
        {"schedule": SCHEDULE | {"rule": ["FREQ=DAILY"]}},
        {"schedule": SCHEDULE | {"start": "25:00"}},
        {"schedule": SCHEDULE | {"start": 19}},
        {"schedule": SCHEDULE | {"minutes": "60"}},
        {"schedule": SCHEDULE | {"minutes": -5}},
        {"schedule": SCHEDULE | {"minutes": True}},
        {"schedule": SCHEDULE | {"minutes": 10**9}},
        {"schedule": SCHEDULE | {"first_on": "soon"}},
        {"schedule": SCHEDULE | {"first_on": "9999-12-31"}},
        {"schedule": SCHEDULE | {"except_on": "2026-01-13"}},
        {"schedule": SCHEDULE | {"except_on": [None]}},
        {"schedule": SCHEDULE | {"except_on": ["0001-01-01"]}},
        {"schedule": SCHEDULE | {"dated": [1]}},
        {"schedule": SCHEDULE | {"dated": [DATED | {"starts": "2026-01-21T20:00Z"}]}},
        {"schedule": SCHEDULE | {"dated": [DATED | {"starts": "9999-12-31T23:00"}]}},
        {"schedule": SCHEDULE | {"dated": [DATED | {"timezone": ""}]}},
        {"schedule": SCHEDULE | {"dated": [DATED | {"duration_minutes": 0}]}},
        {"schedule": SCHEDULE | {"dated": [DATED | {"place": "../x"}]}},
        {"languages": "fr"},
        {"languages": ["fr", None]},
        {"audience": ["<b>women</b>"]},
        {"topics": ["x\n"]},
        {"openness": "open to all"},
        {"touch": "wrestling"},
        {"codes": {"0": "O"}},
        {"venues": "Paris"},
        {"venues": ["Paris"]},
        {"venues": [{"key": "\ud800"}]},
    ],
)
def test_what_kith_would_never_write_is_refused(damage):
    with pytest.raises(RecordRefused, match="its kith extension is damaged"):
        read_back(LEAST | damage)
