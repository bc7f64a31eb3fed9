"""BMLT records: Sunday is day 1, and every server has formats of its own."""

import pytest

from kith.core.listings.bmlt import Formats, draft_of, formats_of
from kith.core.listings.draft import RecordRefused, Slot

RECORD = {
    "id_bigint": "417",
    "root_server_id": "38",
    "weekday_tinyint": "1",
    "venue_type": "1",
    "start_time": "19:00:00",
    "duration_time": "01:30:00",
    "time_zone": "America/New_York",
    "formats": "O,WC,BT",
    "lang_enum": "en",
    "latitude": "40.6782",
    "longitude": "-73.9442",
    "published": "1",
    "meeting_name": "Just for Today",
    "location_text": "Community Hall",
    "location_info": "Blue door",
    "location_street": "12 Oak St",
    "location_neighborhood": "Bed-Stuy",
    "location_city_subsection": "Brooklyn",
    "location_municipality": "New York",
    "location_sub_province": "Kings",
    "location_province": "NY",
    "location_postal_code_1": "11216",
    "location_nation": "USA",
    "comments": "Come early.",
    "train_lines": "A, C",
    "bus_lines": "B43",
    "virtual_meeting_link": "https://zoom.us/j/987654321",
    "phone_meeting_number": "+12125550123",
    "virtual_meeting_additional_info": "Passcode: clean",
}


def draft(known=None, /, **changes):
    return draft_of(RECORD | changes, "a label", known or Formats())


def test_a_whole_record_is_taken_as_it_stands():
    found = draft()

    assert (found.record, found.key, found.name) == ("a label", "38:417", "Just for Today")
    assert found.slots == [Slot(days=(6,), start="19:00:00", length="01:30:00")]
    assert found.zone == "America/New_York"
    assert found.attendance == "in_person"
    place = found.place
    assert (place.name, place.street, place.city) == ("Community Hall", "12 Oak St", "New York")
    assert (place.neighborhood, place.borough, place.county) == ("Bed-Stuy", "Brooklyn", "Kings")
    assert (place.region, place.postal_code, place.country) == ("NY", "11216", "USA")
    assert (place.latitude, place.longitude) == ("40.6782", "-73.9442")
    assert (place.find_the_door, place.from_the_stop) == ("Blue door", "A, C\nB43")
    assert found.join_url == "https://zoom.us/j/987654321"
    assert found.join_phone == "+12125550123"
    assert found.join_note == "Passcode: clean"
    assert found.about == "Come early."
    assert found.codes == ["O", "WC", "BT"]
    assert found.meanings == ["openness:open", "access:step_free", "topic:literature"]
    assert found.repairs == []


@pytest.mark.parametrize(
    ("number", "weekday"), [(1, 6), (2, 0), (3, 1), (4, 2), (5, 3), (6, 4), (7, 5)]
)
def test_days_count_from_sunday_as_one(number, weekday):
    assert draft(weekday_tinyint=str(number)).slots[0].days == (weekday,)
    assert draft(weekday_tinyint=number).slots[0].days == (weekday,)


@pytest.mark.parametrize("day", ["0", "8", "x"])
def test_what_is_no_day_is_refused(day):
    with pytest.raises(RecordRefused, match=r"not 1 \(Sunday\) to 7 \(Saturday\)"):
        draft(weekday_tinyint=day)


def test_a_time_without_a_day_is_refused_and_neither_is_by_arrangement():
    with pytest.raises(RecordRefused, match="gives a time, '19:00:00', but no day"):
        draft(weekday_tinyint="")

    assert draft(weekday_tinyint="", start_time="").slots == []


@pytest.mark.parametrize(
    ("stated", "attendance"),
    [("1", "in_person"), ("2", "online"), ("3", "hybrid"), (" 2 ", "online"), ("", ""), ("9", "")],
)
def test_venue_types_are_the_three(stated, attendance):
    assert draft(venue_type=stated).attendance == attendance


@pytest.mark.parametrize("published", ["0", False, "no"])
def test_what_its_server_has_unpublished_is_refused(published):
    with pytest.raises(RecordRefused, match="its own server has it unpublished"):
        draft(published=published)


@pytest.mark.parametrize("published", ["1", True, "", None])
def test_what_is_published_or_does_not_say_is_taken(published):
    assert draft(published=published).name == "Just for Today"


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"root_server_id": ""}, "417"),
        ({"root_server_id": 38, "id_bigint": 417}, "38:417"),
        ({"root_server_id": None, "id_bigint": None}, "Just for Today"),
    ],
)
def test_the_key_is_unique_among_servers(changes, key):
    assert draft(**changes).key == key


def test_a_field_s_label_is_not_its_value():
    found = draft(train_lines=None, train_line="Train Lines#@-@#Tren 2", bus_lines="")

    assert found.place.from_the_stop == "Tren 2"


TABLE = [
    {"id": "1", "key_string": "A", "world_id": "OPEN", "name_string": "Aberta", "lang": "pt"},
    {"id": "2", "key_string": "M", "world_id": "W", "name_string": "Mulheres", "lang": "pt"},
    {"id": "3", "key_string": "X1", "world_id": "", "name_string": "Wheelchair", "lang": "pt"},
    {"id": "4", "key_string": "ST", "world_id": "", "name_string": "Sorteio", "lang": "pt"},
    {"id": "5", "key_string": "ST", "world_id": "", "name_string": "Our own study", "lang": "en"},
    {"id": "6", "key_string": "Q", "world_id": "", "name_string": "Qwerty", "lang": "en"},
    "not a row",
]


def test_formats_mean_what_their_server_says_by_number_and_by_key():
    formats = formats_of(TABLE)

    assert formats.by_id == {
        "1": ("openness:open",),
        "2": ("audience:women",),
        "3": ("access:step_free",),
        # "ST" is Steps in English; in Portuguese nobody said so.
        "4": (),
        "5": ("topic:steps",),
        "6": (),
    }
    assert formats.by_key["M"] == ("audience:women",)


def test_a_format_in_several_languages_keeps_what_one_of_them_says():
    rows = [
        {"id": "7", "key_string": "O", "world_id": "OPEN", "name_string": "Open", "lang": "en"},
        {"id": "7", "key_string": "O", "world_id": "", "name_string": "Nyílt", "lang": "hu"},
    ]

    assert formats_of(rows).by_id == {"7": ("openness:open",)}
    assert formats_of(reversed(rows)).by_id == {"7": ("openness:open",)}


def test_numbers_of_formats_go_before_their_keys():
    found = draft(formats_of(TABLE), formats="A,M", format_shared_id_list="1,2", lang_enum="pt")

    assert found.codes == ["A", "M"]
    assert found.meanings == ["openness:open", "audience:women"]


def test_a_number_the_table_lacks_leaves_it_to_the_keys():
    found = draft(formats_of(TABLE), formats="A,M,BT", format_shared_id_list="1,2,99")

    assert found.meanings == ["openness:open", "audience:women", "topic:literature"]
    assert found.repairs == []


def test_keys_of_another_language_are_not_guessed_at():
    found = draft(formats="M,O", lang_enum="pt")

    assert found.codes == ["M", "O"]
    assert found.meanings == []
    assert [r.why for r in found.repairs] == [
        "'M' is no format that kith knows; kept, not shown",
        "'O' is no format that kith knows; kept, not shown",
    ]
    assert draft(formats="M,O", lang_enum="de").meanings == ["audience:men", "openness:open"]


def test_a_format_that_means_nothing_here_is_no_repair():
    found = draft(formats_of(TABLE), formats="Q", format_shared_id_list="6")

    assert (found.meanings, found.repairs) == ([], [])
