"""Meeting Guide records: Sunday is day 0."""

import pytest

from kith.core.listings.draft import RecordRefused, Slot
from kith.core.listings.meeting_guide import days_from_sunday, draft_of

SUNDAY = 6

RECORD = {
    "name": "Sunday Serenity",
    "slug": "sunday-serenity-14",
    "day": 0,
    "time": "18:00",
    "end_time": "19:30",
    "timezone": "America/New_York",
    "location": "Alano Club",
    "location_notes": "Ring the bell",
    "formatted_address": "123 Main St, Anytown, PA 19001, USA",
    "latitude": 40.1,
    "longitude": "-75.1",
    "conference_url": "https://zoom.us/j/123456789",
    "conference_url_notes": "Passcode: sober",
    "conference_phone": "+12125550123,,123456789#",
    "conference_phone_notes": "No code",
    "notes": "All are welcome.",
    "group_notes": "Since 1961.",
    "types": ["O", "X", "EN"],
    "attendance_option": "hybrid",
    "url": "https://example.org/meetings/sunday-serenity",
    "updated": "2024-05-31 14:32:23",
}


def draft(**changes):
    return draft_of(RECORD | changes, "a label")


def test_a_whole_record_is_taken_as_it_stands():
    found = draft()

    assert found.record == "a label"
    assert (found.key, found.name) == ("sunday-serenity-14", "Sunday Serenity")
    assert found.slots == [Slot(days=(SUNDAY,), start="18:00", end="19:30")]
    assert found.zone == "America/New_York"
    assert found.attendance == "hybrid"
    assert not found.is_paused
    assert (found.place.name, found.place.street) == ("Alano Club", "123 Main St")
    assert (found.place.city, found.place.region) == ("Anytown", "PA")
    assert found.place.postal_code == "19001"
    assert (found.place.latitude, found.place.longitude) == (40.1, "-75.1")
    assert not found.place.is_approximate
    assert found.place.find_the_door == "Ring the bell"
    assert found.join_url == "https://zoom.us/j/123456789"
    assert found.join_phone == "+12125550123,,123456789#"
    assert found.join_note == "Passcode: sober\nNo code"
    assert found.about == "All are welcome.\nSince 1961."
    assert found.codes == ["O", "X", "EN"]
    assert found.meanings == ["openness:open", "access:step_free", "language:en"]
    assert found.url == "https://example.org/meetings/sunday-serenity"
    assert found.updated == "2024-05-31 14:32:23"
    assert found.repairs == []


# Monday is 0 to kith; each format counts from elsewhere.
@pytest.mark.parametrize(
    ("number", "weekday"), [(0, 6), (1, 0), (2, 1), (3, 2), (4, 3), (5, 4), (6, 5)]
)
def test_days_count_from_sunday_as_zero(number, weekday):
    assert draft(day=number).slots[0].days == (weekday,)
    assert draft(day=str(number)).slots[0].days == (weekday,)


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ([0, "1", 6.0], (0, 5, 6)),
        ("1,0", (0, 6)),
        ("1, 3; 5", (0, 2, 4)),
        ({"0": 1, "2": 3}, (0, 2)),
        ([["1"], 2], (0, 1)),
        ("Sunday", (6,)),
        (["Mon", "Wed"], (0, 2)),
        ("Mon, Wed", (0, 2)),
        (None, ()),
        ("", ()),
        ([], ()),
        ([None, ""], ()),
    ],
)
def test_days_come_in_many_shapes(value, days):
    assert days_from_sunday(value, first=0) == days


@pytest.mark.parametrize(
    "value", [7, -1, 1.5, "12", "Someday", True, float("nan"), [1, 9], [{}, "x"]]
)
def test_what_is_no_day_is_refused(value):
    with pytest.raises(RecordRefused, match=r"its day is '.*', not 0 \(Sunday\) to 6 \(Saturday\)"):
        days_from_sunday(value, first=0)


@pytest.mark.parametrize(("day", "time"), [(None, None), ("", ""), ([], " "), (None, "")])
def test_a_meeting_by_appointment_has_no_slot(day, time):
    assert draft(day=day, time=time).slots == []


def test_a_time_without_a_day_is_refused():
    with pytest.raises(RecordRefused, match="gives a time, '18:00', but no day"):
        draft(day=None)


def test_a_day_without_a_time_is_kept():
    assert draft(time=None).slots == [Slot(days=(SUNDAY,), start=None, end="19:30")]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({}, "sunday-serenity-14"),
        ({"slug": " padded "}, "padded"),
        ({"slug": "", "id": 77}, "77"),
        ({"slug": None}, "Sunday Serenity"),
    ],
)
def test_the_key_is_the_slug_else_the_number_else_the_name(changes, key):
    assert draft(**changes).key == key


def test_a_record_without_a_name_has_that_of_its_group():
    assert draft(name=" ", group="The Serenity Group").name == "The Serenity Group"
    assert draft(name=None).name == ""


@pytest.mark.parametrize(
    ("stated", "attendance", "is_paused", "repaired"),
    [
        ("in_person", "in_person", False, 0),
        ("Online", "online", False, 0),
        ("in-person", "in_person", False, 0),
        ("inactive", "", True, 0),
        ("", "", False, 0),
        ("sometimes", "", False, 1),
    ],
)
def test_attendance_is_one_of_the_four(stated, attendance, is_paused, repaired):
    found = draft(attendance_option=stated)

    assert (found.attendance, found.is_paused) == (attendance, is_paused)
    assert [r.field for r in found.repairs] == ["attendance_option"] * repaired


@pytest.mark.parametrize(
    ("fields", "street", "city", "region", "code"),
    [
        (
            {"address": "123 Main St", "city": "Anytown", "state": "PA", "postal_code": "19001"},
            "123 Main St", "Anytown", "PA", "19001",
        ),
        # The whole address where the street should stand, as Edmonton writes it.
        (
            {"address": "8318 104 St, Edmonton, Alberta, T6E 4E8, Canada"},
            "8318 104 St", "Edmonton", "Alberta", "T6E 4E8",
        ),
        ({"address": "Rear door, 123 Main St", "city": "Anytown"}, "Rear door, 123 Main St", "Anytown", "", ""),
        ({"address": "Hall, 2nd floor"}, "Hall, 2nd floor", "", "", ""),
    ],
)  # fmt: skip
def test_addresses_come_whole_or_in_parts(fields, street, city, region, code):
    place = draft(formatted_address=None, **fields).place

    assert (place.street, place.city, place.region, place.postal_code) == (
        street, city, region, code,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "point"),
    [
        ({"coordinates": "40.2,-75.2"}, (40.1, "-75.1")),
        ({"latitude": None, "coordinates": "40.2,-75.2"}, ("40.2", "-75.2")),
        ({"latitude": "", "coordinates": "40.2,-75.2"}, ("40.2", "-75.2")),
        # Four numbers are the bounds of a town.
        ({"latitude": None, "coordinates": "40,-75,41,-74"}, (None, "-75.1")),
    ],
)
def test_a_point_may_come_as_one_text(fields, point):
    place = draft(**fields).place

    assert (place.latitude, place.longitude) == point


@pytest.mark.parametrize(
    ("fields", "is_approximate"),
    [
        ({"approximate": "yes"}, True),
        ({"approximate": "no"}, False),
        # The middle of a town, whatever the record says.
        ({"approximate": "no", "formatted_address": "Philadelphia, PA, USA"}, True),
        ({"approximate": "no", "formatted_address": "Zürich, Schweiz", "address": "Haus am See"}, False),
    ],
)  # fmt: skip
def test_a_town_is_approximate(fields, is_approximate):
    assert draft(**fields).place.is_approximate is is_approximate


@pytest.mark.parametrize(
    ("types", "codes", "meanings", "repaired"),
    [
        (["W", "BE"], ["W", "BE"], ["audience:women", "audience:newcomers"], 0),
        ("W, BE", ["W", "BE"], ["audience:women", "audience:newcomers"], 0),
        ({"0": "W", "3": "BE"}, ["W", "BE"], ["audience:women", "audience:newcomers"], 0),
        (["Women", "Wheelchair Access"], ["Women", "Wheelchair Access"], ["audience:women", "access:step_free"], 0),
        (["ZZZ"], ["ZZZ"], [], 1),
        (["Location Temporarily Closed"], ["Location Temporarily Closed"], ["closed_for_now"], 0),
        (None, [], [], 0),
    ],
)  # fmt: skip
def test_types_are_codes_or_their_names(types, codes, meanings, repaired):
    found = draft(types=types)

    assert found.codes == codes
    assert found.meanings == meanings
    assert [r.field for r in found.repairs] == ["types"] * repaired


@pytest.mark.parametrize(
    ("entity", "program"),
    [
        ("Alcoholics Anonymous of Central Ohio", "Alcoholics Anonymous"),
        ("District 123", ""),
        ("", ""),
        (None, ""),
        (["x"], ""),
    ],
)
def test_an_entity_is_a_program_only_if_its_name_tells_one(entity, program):
    assert draft(entity=entity).program == program


def test_what_kith_wrote_into_a_record_speaks_for_it():
    own = {"mode": "online", "schedule": {"timezone": "Europe/Berlin"}, "languages": ["de"]}

    found = draft(kith=own)

    assert (found.zone, found.zone_is_exact) == ("Europe/Berlin", True)
    assert found.attendance == "online"
    assert found.meanings == ["language:de"]
