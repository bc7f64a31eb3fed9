"""Rows of tables: what each cell may hold."""

import pytest

from kith.core.listings.columns import ColumnMapping, mapping_for
from kith.core.listings.draft import RecordRefused, Slot
from kith.core.listings.table import draft_of

MONDAY, TUESDAY, WEDNESDAY, FRIDAY, SATURDAY, SUNDAY = 0, 1, 2, 4, 5, 6


def draft(row, mapping=None):
    return draft_of(row, "a label", mapping or mapping_for(row))


def row(**cells):
    """Return a row by plain headings: `day_of_week` is "day of week"."""
    named = {"name": "Tuesday Steps", "day": "Tuesday", "time": "7:30 pm"}
    return {key.replace("_", " "): value for key, value in (named | cells).items()}


def test_a_whole_row_is_taken_as_it_stands():
    found = draft(
        {
            "ID": "12",
            "Name": "Tuesday Steps",
            "Day": "Tuesday",
            "Start": "7:30 pm",
            "End": "9 pm",
            "Time zone": "Europe/Dublin",
            "Venue": "Parish Centre",
            "Street": "1 Church Rd",
            "Town": "Bray",
            "County": "Wicklow",
            "Postcode": "A98 X2N7",
            "Country": "Ireland",
            "Latitude": "53.2",
            "Longitude": "-6.1",
            "Directions": "Round the back",
            "Notes": "Bring a friend",
            "Comments": "or two",
            "Types": "Open, Women/Newcomers | Steps",
            "Language": "English",
            "Fellowship": "Our Program",
            "Zoom": "https://zoom.us/j/1234567890",
            "Dial-in": "+353 1 555 0123",
            "Zoom ID": "123 456 7890",
            "Website": "https://example.ie",
            "Last updated": "2024-05-01",
            "Wheelchair": "yes",
            "Hearing loop": "no",
        }
    )

    assert (found.record, found.key, found.name) == ("a label", "12", "Tuesday Steps")
    assert found.slots == [Slot(days=(TUESDAY,), start="7:30 pm", end="9 pm")]
    assert found.zone == "Europe/Dublin"
    place = found.place
    assert (place.name, place.street, place.city) == ("Parish Centre", "1 Church Rd", "Bray")
    assert (place.county, place.postal_code, place.country) == ("Wicklow", "A98 X2N7", "Ireland")
    assert (place.latitude, place.longitude) == ("53.2", "-6.1")
    assert (place.find_the_door, place.is_approximate) == ("Round the back", False)
    assert found.about == "Bring a friend\nor two"
    assert found.codes == ["Open", "Women", "Newcomers", "Steps", "English"]
    assert found.meanings == [
        "access:step_free",
        "openness:open",
        "audience:women",
        "audience:newcomers",
        "topic:steps",
        "language:en",
    ]
    assert (found.program, found.url) == ("Our Program", "https://example.ie")
    assert found.join_url == "https://zoom.us/j/1234567890"
    assert (found.join_phone, found.join_note) == ("+353 1 555 0123", "123 456 7890")
    assert found.updated == "2024-05-01"
    assert found.repairs == []


@pytest.mark.parametrize(
    ("day", "days"),
    [
        ("Monday", (0,)),
        ("Sun", (6,)),
        ("Mon, Wed & Fri", (0, 2, 4)),
        ("Monday - Friday", (0, 1, 2, 3, 4)),
        ("Daily", (0, 1, 2, 3, 4, 5, 6)),
        ("Montag", (0,)),
        (["Monday", "Friday"], (0, 4)),
    ],
)
def test_days_are_words(day, days):
    assert draft(row(day=day)).slots[0].days == days


@pytest.mark.parametrize(
    ("sunday", "numbers"),
    [(0, [0, 1, 6]), (1, [1, 2, 7]), (7, [7, 1, 6])],
)
def test_days_are_numbers_where_the_mapping_says_which_is_sunday(sunday, numbers):
    mapping = ColumnMapping("ours", {"name": ["name"], "day": ["day"]}, sunday=sunday)

    found = [draft(row(day=str(n)), mapping).slots[0].days for n in numbers]
    together = draft(row(day=",".join(map(str, numbers))), mapping).slots[0].days

    assert found == [(SUNDAY,), (MONDAY,), (SATURDAY,)]
    assert together == (MONDAY, SATURDAY, SUNDAY)


@pytest.mark.parametrize("day", ["1", 0, "1,3", 2.0])
def test_numbers_of_days_are_not_guessed_at(day):
    with pytest.raises(RecordRefused, match="a mapping must say which number is Sunday"):
        draft(row(day=day))


def test_a_number_beyond_the_week_is_refused():
    mapping = ColumnMapping("ours", {"name": ["name"], "day": ["day"]}, sunday=1)

    with pytest.raises(RecordRefused, match=r"its day is '8', not 1 \(Sunday\) to 7 \(Saturday\)"):
        draft(row(day="8"), mapping)


@pytest.mark.parametrize(
    ("day", "days", "rule"),
    [
        ("1st Sunday", (SUNDAY,), "FREQ=MONTHLY;BYDAY=1SU"),
        ("Second and fourth Fridays", (FRIDAY,), "FREQ=MONTHLY;BYDAY=2FR,4FR"),
        ("Every other Monday", (MONDAY,), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
    ],
)
def test_a_rhythm_may_stand_where_the_day_should(day, days, rule):
    (slot,) = draft(row(day=day)).slots

    assert (slot.days, slot.rule, slot.start) == (days, rule, "7:30 pm")


def test_what_is_no_day_is_refused():
    with pytest.raises(RecordRefused, match="its day is 'whenever', which is no day of the week"):
        draft(row(day="whenever"))


def test_a_time_without_a_day_is_refused_and_neither_is_by_arrangement():
    with pytest.raises(RecordRefused, match="gives a time, '7:30 pm', but no day"):
        draft(row(day="-"))

    assert draft(row(day="", time=" ")).slots == []
    assert draft(row(day=[], time=None)).slots == []


@pytest.mark.parametrize(
    ("when", "days", "start"),
    [
        ("Mondays at 7:00 pm", (MONDAY,), "7:00 pm"),
        ("Mon, Wed & Fri 19:30 - 21:00", (MONDAY, WEDNESDAY, FRIDAY), "19:30 - 21:00"),
        ("Sunday: 10 am", (SUNDAY,), "10 am"),
        ("Saturday noon", (SATURDAY,), "noon"),
    ],
)
def test_day_and_time_may_share_a_column(when, days, start):
    (slot,) = draft({"name": "A", "When": when}).slots

    assert (slot.days, slot.start) == (days, start)


def test_a_monthly_day_and_a_time_may_share_a_column():
    (slot,) = draft({"name": "A", "When": "1st Sunday at 10:30"}).slots

    assert (slot.rule, slot.start) == ("FREQ=MONTHLY;BYDAY=1SU", "10:30")


@pytest.mark.parametrize(
    ("time", "half", "start"),
    [
        ("6:30", "PM", "6:30 PM"),
        ("6", "a.m.", "6 a.m."),
        (7, "PM", "7 PM"),
        ("6:30 PM", "PM", "6:30 PM"),
        ("noon", "PM", "noon"),
        ("18:30", "", "18:30"),
    ],
)
def test_a_column_of_its_own_may_say_morning_or_evening(time, half, start):
    found = draft({"name": "Steps", "day": "Friday", "time": time, "AMPM": half})

    assert found.slots == [Slot(days=(FRIDAY,), start=start)]


def test_a_list_that_names_no_meeting_calls_it_by_its_house():
    found = draft({"Day": "Friday", "Time": "6 pm", "Location Name": "New Hope Church"})

    assert (found.name, found.place.name) == ("New Hope Church", "New Hope Church")


@pytest.mark.parametrize("repeats", ["Weekly", "every week", "Every Tuesday", "wöchentlich"])
def test_a_column_that_says_weekly_changes_nothing(repeats):
    found = draft(row(frequency=repeats))

    assert found.slots == [Slot(days=(TUESDAY,), start="7:30 pm")]
    assert found.repairs == []


@pytest.mark.parametrize(
    ("repeats", "rule", "repaired"),
    [
        ("First Tuesday", "FREQ=MONTHLY;BYDAY=1TU", []),
        ("every other week", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", ["does not say which weeks; shown as such"]),
        ("first or third Tuesday", "FREQ=MONTHLY;BYDAY=1TU,3TU", ["read as both"]),
    ],
)  # fmt: skip
def test_a_column_may_hold_the_rhythm(repeats, rule, repaired):
    found = draft(row(frequency=repeats))

    assert [slot.rule for slot in found.slots] == [rule]
    assert [r.why.partition("' ")[2] for r in found.repairs] == repaired


def test_a_rhythm_gives_the_day_where_nothing_else_does():
    (slot,) = draft(row(day="", frequency="Last Friday")).slots

    assert (slot.days, slot.rule) == ((FRIDAY,), "FREQ=MONTHLY;BYDAY=-1FR")


@pytest.mark.parametrize("repeats", ["Monthly", "Term time only", "see website"])
def test_a_rhythm_that_cannot_be_read_is_shown_as_written_and_never_as_weekly(repeats):
    found = draft(row(frequency=repeats))

    assert found.slots == []
    assert found.when_note == f"Tuesday, 7:30 pm, {repeats}"
    assert [r.why for r in found.repairs] == [
        f"{repeats!r} does not say which weeks; shown as written"
    ]


def test_days_and_times_in_lists_belong_together():
    found = draft({"name": "A", "days": ["Monday", "Friday"], "times": ["7 pm", "8 pm"]})

    assert found.slots == [Slot(days=(MONDAY,), start="7 pm"), Slot(days=(FRIDAY,), start="8 pm")]


def test_one_day_twice_is_a_start_and_an_end():
    found = draft({"name": "A", "days": ["Wed", "Wed"], "times": ["7 pm", "8 pm"]})

    assert found.slots == [Slot(days=(WEDNESDAY,), start="7 pm", end="8 pm")]


def test_one_day_thrice_is_three_meetings():
    found = draft({"name": "A", "days": ["Wed"] * 3, "times": ["7 am", "noon", "7 pm"]})

    assert [slot.start for slot in found.slots] == ["7 am", "noon", "7 pm"]


def test_a_rhythm_holds_for_the_day_it_names_among_several():
    found = draft(
        {
            "name": "A",
            "days": ["Sunday", "Monday", "2nd Friday"],
            "times": ["7 pm", "8 pm", "9 pm"],
            "recurrence": "Every other Monday",
        }
    )

    assert [slot.rule for slot in found.slots] == [
        "",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=2FR",
    ]


def test_one_time_in_a_list_is_that_time_and_several_are_words():
    assert draft({"name": "A", "days": ["Mon"], "times": ["7 pm"]}).slots[0].start == "7 pm"
    assert draft({"name": "A", "day": "Mon", "times": ["7", "8"]}).slots[0].start == "7, 8"


@pytest.mark.parametrize(
    ("stated", "attendance", "is_paused", "repaired"),
    [
        ("Online", "online", False, 0),
        ("in_person", "in_person", False, 0),
        ("In Person", "in_person", False, 0),
        ("Hybrid (in person and online)", "hybrid", False, 0),
        ("Temporarily closed", "", True, 0),
        ("Open", "", False, 0),
        ("by carrier pigeon", "", False, 1),
    ],
)
def test_how_to_attend_is_said_in_words(stated, attendance, is_paused, repaired):
    found = draft(row(attendance=stated))

    assert (found.attendance, found.is_paused) == (attendance, is_paused)
    assert [r.field for r in found.repairs] == ["attendance"] * repaired


@pytest.mark.parametrize(
    ("online", "attendance", "join_url", "repaired"),
    [
        (True, "online", "", 0),
        ("Yes", "online", "", 0),
        (False, "in_person", "", 0),
        (0, "in_person", "", 0),
        ("No", "in_person", "", 0),
        ("Hybrid", "hybrid", "", 0),
        ("Zoom", "online", "", 0),
        ("https://zoom.us/j/123456789", "", "https://zoom.us/j/123456789", 0),
        ("sometimes", "", "", 1),
        (None, "", "", 0),
    ],
)
def test_a_column_called_online_holds_a_yes_a_link_or_a_word(
    online, attendance, join_url, repaired
):
    found = draft(row(online=online))

    assert (found.attendance, found.join_url) == (attendance, join_url)
    assert [r.field for r in found.repairs] == ["online"] * repaired


@pytest.mark.parametrize("online", [True, False, "hybrid"])
def test_a_stated_attendance_goes_before_a_yes(online):
    assert draft(row(attendance="in person", online=online)).attendance == "in_person"


def test_a_link_among_others_does_not_replace_the_one_there_is():
    found = draft(row(online="https://b.org/x", zoom="https://zoom.us/j/123456789"))

    assert found.join_url == "https://zoom.us/j/123456789"


@pytest.mark.parametrize("yes", ["yes", "TRUE", True, 1, "x", "Wheelchair "])
def test_a_flag_is_a_yes_or_the_heading_s_own_word(yes):
    assert draft(row(Wheelchair=yes)).meanings == ["access:step_free"]


@pytest.mark.parametrize("no", ["no", "", None, False, "ask", 0])
def test_anything_else_is_no_flag(no):
    assert draft(row(Wheelchair=no)).meanings == []


def test_words_nobody_knows_are_kept_and_told_of():
    found = draft(row(types="Open; Chit/MAC\nFlibbertigibbet | W"))

    assert found.codes == ["Open", "Chit/MAC", "Flibbertigibbet", "W"]
    assert found.meanings == ["openness:open", "access:attendance_slips", "audience:women"]
    assert [r.why for r in found.repairs] == [
        "'Flibbertigibbet' is no word that kith knows; kept, not shown"
    ]


def test_a_whole_phrase_is_one_word_where_it_is_known():
    assert draft(row(types="12 Steps & 12 Traditions")).meanings == [
        "topic:literature",
        "topic:steps",
    ]


def test_a_part_of_town_is_no_state_where_the_address_knows_the_state():
    place = draft(row(Region="West San Jose", Address="7 Elm St, San Jose, CA 95124, USA")).place

    assert (place.city, place.region, place.postal_code) == ("San Jose", "CA", "95124")
    assert draft(row(Region="Leinster")).place.region == "Leinster"
    assert draft(row(Region="CA", Town="San Jose")).place.region == "CA"


@pytest.mark.parametrize(
    ("cells", "is_approximate"),
    [
        ({"Town": "Bray"}, True),
        ({"Town": "Bray", "Postcode": "A98 X2N7"}, False),
        ({"Town": "Bray", "Venue": "Parish Centre"}, False),
        ({"Address": "1 Church Rd, Bray"}, False),
        ({"Address": "1 Church Rd, Bray", "Approximate": "yes"}, True),
    ],
)
def test_a_town_and_no_more_is_approximate(cells, is_approximate):
    assert draft(row(**cells)).place.is_approximate is is_approximate


def test_cells_that_stand_for_nothing_are_passed_over():
    mapping = ColumnMapping(
        "ours",
        {"name": ["a", "b", "c"], "about": ["a", "b"], "program": ["d"]},
        ignore=frozenset({"Switch to Districts"}),
        constants={"program": "Ours", "about": "Always"},
    )

    found = draft({"a": " Switch to Districts", "b": " - ", "c": " Real ", "d": ""}, mapping)

    assert found.name == "Real"
    assert found.program == "Ours"
    assert found.about == "Switch to Districts\nAlways"


def test_a_name_is_put_together_by_the_mapping():
    mapping = ColumnMapping("ours", {}, name_template="Recovery: {What kind}, {0}")

    assert draft({"What kind": " Yoga "}, mapping).name == "Recovery: Yoga"
    assert draft({}, mapping).name == "Recovery"


@pytest.mark.parametrize(
    ("cells", "gone"),
    [({"Delete": "D"}, True), ({"unpublished": "1"}, True), ({"Delete": ""}, False), ({}, False)],
)
def test_what_its_list_marks_as_gone_is_refused(cells, gone):
    mapping = ColumnMapping("ours", {"name": ["name"], "gone": ["Delete", "unpublished"]})

    if gone:
        with pytest.raises(RecordRefused, match="marks it as deleted or unpublished"):
            draft({"name": "A"} | cells, mapping)
    else:
        assert draft({"name": "A"} | cells, mapping).name == "A"


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        ({"Postcode": "A98 X2N7", "Town": "Bray"}, "tuesday steps|a98 x2n7|TU"),
        ({"Venue": "Parish Centre"}, "tuesday steps|parish centre|TU"),
        ({"Zoom": "https://zoom.us/j/1"}, "tuesday steps|https zoom us j 1|TU"),
        ({"day": "", "time": ""}, "tuesday steps||"),
        ({"name": "Café Ünser"}, "cafe unser||TU"),
        # Folded, these two would both be nothing, and so the same.
        ({"name": "گروه امید"}, "گروه امید||TU"),
        ({"name": "Группа Надежда"}, "группа надежда||TU"),
    ],
)
def test_a_row_without_a_key_has_one_from_what_it_is(cells, key):
    assert draft(row(**cells)).key == key


def test_rows_of_the_world_services_are_read_by_their_own_codes():
    found = draft(
        {
            "Committee": "G00042", "CommitteeName": "Bottom Feeders", "AreaRegion": "AR123",
            "bmlt_id": "77", "Day": "Tuesday", "Time": "1900", "Place": "Joe's", "Address": "12 Aurora Ave",
            "City": "Seattle", "State": "WA", "Zip": "98133", "Country": "USA", "Closed": "OPEN",
            "WheelChr": "TRUE", "Format1": "W", "Format2": "SWG", "Delete": "", "unpublished": "",
            "Latitude": "47.7", "Longitude": "-122.3", "TimeZone": "America/Los_Angeles",
        }
    )  # fmt: skip

    assert (found.key, found.name, found.program) == (
        "77",
        "Bottom Feeders",
        "Narcotics Anonymous",
    )
    assert found.slots == [Slot(days=(TUESDAY,), start="1900")]
    assert found.meanings == [
        "access:step_free",
        "openness:open",
        "audience:women",
        "topic:steps",
    ]
