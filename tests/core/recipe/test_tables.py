"""Reading a packaged table, and saying where it is wrong."""

from enum import StrEnum

import pytest

from kith.core.recipe import tables
from kith.core.recipe.tables import MalformedTableError

COLUMNS = ("name", "color", "dose")


class Color(StrEnum):
    RED = "red"
    BLUE = "blue"


def read(text):
    return tables.read(text, table="t.csv", columns=COLUMNS)


def place(error):
    return (error.value.table, error.value.row, error.value.column)


def test_read_returns_rows_numbered_as_in_a_spreadsheet():
    rows = read('name,color,dose\n"a, b", red ,2\nc,,0\n')

    assert [(row.number, dict(row.cells)) for row in rows] == [
        (2, {"name": "a, b", "color": "red", "dose": "2"}),
        (3, {"name": "c", "color": "", "dose": "0"}),
    ]


def test_read_of_a_header_alone_returns_nothing():
    assert read("name,color,dose\n") == ()


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("", "name"),
        ("name,dose,color", "color"),
        ("name,color", "dose"),
        ("name,color,dose,extra", "extra"),
    ],
)
def test_read_refuses_another_header(header, column):
    with pytest.raises(MalformedTableError) as error:
        read(f"{header}\n")

    assert place(error) == ("t.csv", 1, column)


@pytest.mark.parametrize(
    ("line", "column"), [("a,red", "dose"), ("a,red,1,more", "dose"), ("a", "color"), ("", "name")]
)
def test_read_refuses_a_ragged_row(line, column):
    with pytest.raises(MalformedTableError) as error:
        read(f"name,color,dose\nb,red,1\n{line}\n")

    assert place(error) == ("t.csv", 3, column)


def test_cells_are_read_by_kind():
    (row,) = read("name,color,dose\na; b;c,red,3\n")

    assert row.text("name") == "a; b;c"
    assert row.required("name") == "a; b;c"
    assert row.several("name") == ("a", "b", "c")
    assert row.one_of("color", Color) is Color.RED
    assert row.whole_number("dose", highest=3) == 3


def test_an_empty_cell_holds_nothing():
    (row,) = read("name,color,dose\n,,\n")

    assert row.text("name") == ""
    assert row.several("name") == ()


@pytest.mark.parametrize(
    ("line", "column", "get"),
    [
        (",red,1", "name", lambda row: row.required("name")),
        ("a,green,1", "color", lambda row: row.one_of("color", Color)),
        ("a,red,4", "dose", lambda row: row.whole_number("dose", highest=3)),
        ("a,red,-1", "dose", lambda row: row.whole_number("dose", highest=3)),
        ("a,red,1.5", "dose", lambda row: row.whole_number("dose", highest=3)),
        ("a,red,", "dose", lambda row: row.whole_number("dose", highest=3)),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(line, column, get):
    (row,) = read(f"name,color,dose\n{line}\n")

    with pytest.raises(MalformedTableError) as error:
        get(row)

    assert place(error) == ("t.csv", 2, column)
    assert str(error.value).startswith(f"t.csv, row 2, column {column}: ")


def test_a_repeated_key_is_refused_where_it_repeats():
    rows = read("name,color,dose\na,red,1\nb,red,1\na,blue,1\n")

    with pytest.raises(MalformedTableError) as error:
        tables.refuse_repeats(rows, "name")

    assert place(error) == ("t.csv", 4, "name")


def test_packaged_tables_have_no_stray_blanks_or_line_ends():
    text = tables.packaged("ingredients.csv")

    assert text.startswith("ingredient,system,grade,")
    assert "\r" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
