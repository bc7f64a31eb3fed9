"""Which column holds what."""

import pytest

from kith.core.listings.columns import (
    FIELDS,
    ColumnMapping,
    MappingError,
    mapping_for,
    mapping_from_toml,
)


def test_a_mapping_is_read_from_toml():
    found = mapping_from_toml(
        """
        name = "ours"
        ignore = "n/a"
        recognize = ["Group", "Which day"]
        name_template = "Group {No}"
        vocabulary = "naws"
        sunday = 7

        [columns]
        name = "Group"
        words = ["Kind", "Open?"]

        [flags]
        Lift = "access:step_free"

        [constants]
        program = "Our Program"
        """
    )

    assert found == ColumnMapping(
        name="ours",
        columns={"name": ["Group"], "words": ["Kind", "Open?"]},
        flags={"Lift": "access:step_free"},
        constants={"program": "Our Program"},
        ignore=frozenset({"n/a"}),
        vocabulary="naws",
        sunday=7,
        name_template="Group {No}",
        recognize=frozenset({"Group", "Which day"}),
    )


def test_a_mapping_may_say_no_more_than_the_name():
    assert mapping_from_toml('[columns]\nname = "G"') == ColumnMapping("", {"name": ["G"]})
    assert mapping_from_toml('name_template = "{G}"').name_template == "{G}"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name = ", "The mapping is not TOML"),
        ('columns = "all"', r"\[columns\] in the mapping must be a table"),
        ('[columns]\nname = "a"\nwhen = "b"', "names when, which are no fields"),
        ('[columns]\nname = "a"\n[constants]\nmood = "b"', "names mood, which are no fields"),
        ('[columns]\nday = "a"', "which column is the name"),
        ('sunday = 2\n[columns]\nname = "a"', "sunday in the mapping must be 0, 1 or 7, got 2"),
    ],
)
def test_a_mapping_that_asks_for_what_is_not_there_is_refused(text, why):
    with pytest.raises(MappingError, match=why):
        mapping_from_toml(text)


def test_an_unknown_field_is_answered_with_those_there_are():
    with pytest.raises(MappingError) as refused:
        mapping_from_toml('[columns]\nname = "a"\nwhen = "b"')

    assert all(field in str(refused.value) for field in FIELDS)


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        (["Title", "Postcode", "What3Words", "MeetingTypeNamespace", "Guid"], "uk-ireland-meetings"),
        (["meeting_number", "days", "times", "audiences", "program"], "smart-recovery"),
        (["schedule_line", "days", "times", "recurrence"], "y12sr"),
        (["Committee", "CommitteeName", "AreaRegion", "Place", "Format1", "WheelChr"], "naws"),
        (["Name", "Day", "Time"], "headings"),
    ],
)  # fmt: skip
def test_a_table_is_known_by_its_columns(columns, name):
    found = mapping_for(columns)

    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "columns",
    [
        [],
        ["id", "fields"],
        ["Name", "Address"],
        ["Day", "Time"],
        ["Foo", "Bar"],
    ],
)
def test_headings_that_tell_neither_who_nor_when_are_not_guessed_at(columns):
    assert mapping_for(columns) is None


# One row for each list: what its keepers wrote above their columns, and what each one is.
@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (
            "Time|End Time|Day|Name|Location|Address|Region|Sub Region|Types|Notes|Location Notes|Timezone|Group|Slug|Updated|Conference URL|Conference Phone|ID",
            "time|end|day|name|venue|address|region||words|about|door|timezone|name|key|updated|join_url|join_phone|key",
        ),
        (
            "Meeting Name|Day of week|Start|Finish|Venue|Post code|Town|Zoom link|Open or closed?",
            "name|day|time|end|venue|postal_code|city|join_url|words",
        ),
        (
            "Group Name (required)|Meeting Day(s)|Start time (EST)|Duration (mins)|Street Address|City/Town|State/Province|ZIP|Lat|Lng",
            "name|day|time|length|street|city|region|postal_code|latitude|longitude",
        ),
        ("Gruppe|Wochentag|Uhrzeit|Straße|PLZ|Ort|Sprache", "name|day|time|street|postal_code|city|languages"),
        ("Nombre|Día|Hora|Dirección|Ciudad|País|Notas", "name|day|time|address|city|country|about"),
        ("Nom|Jour|Heure|Adresse|Ville|Code postal", "name|day|time|address|city|postal_code"),
        ("Nome|Giorno|Ora|Indirizzo|Città|CAP", "name|day|time|address|city|postal_code"),
        ("Nazwa|Dzień|Miasto|Ulica|Kod pocztowy", "name|day|city|street|postal_code"),
    ],
)  # fmt: skip
def test_headings_of_many_lists_are_known(headings, fields):
    found = mapping_for(headings.split("|"))

    assert found is not None
    by_column = {column: name for name, columns in found.columns.items() for column in columns}
    said = zip(headings.split("|"), fields.split("|"), strict=True)
    assert by_column == {column: name for column, name in said if name}


def test_of_two_columns_for_one_field_the_better_one_is_asked_first():
    found = mapping_for(["Slug", "Group", "ID", "Name", "Region", "State", "Day"])

    assert found is not None
    assert found.columns["key"] == ["ID", "Slug"]
    assert found.columns["name"] == ["Name", "Group"]
    assert found.columns["region"] == ["State", "Region"]


def test_headings_that_ask_a_question_of_yes_and_no_are_flags():
    found = mapping_for(["Name", "Day", "Wheelchair access", "Women only", "Chit"])

    assert found is not None
    assert found.flags == {
        "Wheelchair access": "access:step_free",
        "Women only": "audience:women",
        "Chit": "access:attendance_slips",
    }
