"""The records of a feed, out of all that is wrapped around them."""

import pytest

from kith.core.listings.feed_text import FeedRefusedError
from kith.core.listings.listing import Outcome
from kith.core.listings.records import csv_rows, json_records

A, B = {"name": "A"}, {"name": "B"}


def is_heading(cells):
    return "Name" in cells


def rows_of(text):
    return csv_rows(text, is_heading)[0]


@pytest.mark.parametrize(
    "text",
    [
        '[{"name": "A"}, {"name": "B"}]',
        ' \n[ {"name": "A"} ,\n {"name": "B"} , ]\n',
        'callback([{"name": "A"}, {"name": "B"}]);',
        '/**/callback([{"name": "A"}, {"name": "B"}]);',
        'var meetings = [{"name": "A"}, {"name": "B"}];',
        '{"meetings": [{"name": "A"}, {"name": "B"}]}',
        '{"count": 2, "tags": ["x"], "list": [{"name": "A"}, {"name": "B"}]}',
        '{"success": true, "result": {"records": [{"name": "A"}, {"name": "B"}]}}',
        '{"response": {"docs": [{"name": "A"}, {"name": "B"}]}}',
        # What PHP makes of a list with holes in it.
        '{"0": {"name": "A"}, "7": {"name": "B"}}',
        # One record a line.
        '{"name": "A"}\n{"name": "B"}\n',
        # Google Sheets.
        '{"range": "A1:Z9", "values": [["name"], ["A"], [], ["B"]]}',
        '[["name"], ["A"], [""], ["B", ""]]',
    ],
)
def test_records_are_found_in_every_wrapping(text):
    assert json_records(text) == ([A, B], None)


def test_records_of_airtable_keep_the_service_s_own_key():
    text = '{"records": [{"id": "rec1", "createdTime": "2024", "fields": {"name": "A"}}]}'

    assert json_records(text)[0] == [{"id": "rec1", "name": "A"}]


def test_a_record_that_only_looks_like_an_envelope_stays_as_it_is():
    assert json_records('[{"id": 1, "fields": "many"}, {"name": "A", "properties": {}}]')[0] == [
        {"id": 1, "fields": "many"},
        {"name": "A", "properties": {}},
    ]


@pytest.mark.parametrize(
    ("geometry", "point"),
    [
        ('{"type": "Point", "coordinates": [-6.26, 53.35]}', {"longitude": -6.26, "latitude": 53.35}),
        ('{"type": "Point", "coordinates": [-6.26]}', {}),
        ('{"type": "Polygon", "coordinates": [[0, 0]]}', {}),
        ('{"x": -6.26, "y": 53.35}', {"longitude": -6.26, "latitude": 53.35}),
        ("null", {}),
    ],
)  # fmt: skip
def test_records_of_maps_get_their_point(geometry, point):
    text = (
        '{"type": "FeatureCollection", "features": '
        f'[{{"type": "Feature", "geometry": {geometry}, "properties": {{"name": "A"}}}}]}}'
    )

    assert json_records(text)[0] == [{"name": "A"} | point]


def test_a_lone_record_is_a_feed_of_one():
    lone = {"name": "A", "day": 1, "time": "19:00", "types": ["O"]}

    assert json_records('{"name": "A", "day": 1, "time": "19:00", "types": ["O"]}')[0] == [lone]


def test_formats_beside_the_meetings_are_given_too():
    text = '{"meetings": [{"name": "A"}], "formats": [{"id": "1"}]}'

    assert json_records(text) == ([A], [{"id": "1"}])


def test_numbers_that_no_feed_can_mean_do_no_harm():
    (record,), _formats = json_records(
        '[{"a": ' + "9" * 5000 + ', "b": -' + "9" * 31 + ', "c": NaN, "d": 12, "d": 13}]'
    )

    assert isinstance(record, dict)
    assert record["a"] == float("inf")
    assert record["b"] == float("inf")
    assert record["c"] != record["c"]
    assert record["d"] == 13


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('[{"name": "A"}', "line 1, column 15: the list does not go on and does not end"),
        ('[{"name": "A"},', "line 1, column 16: Expecting value"),
        ('[{"name": "A"},\n{"name": "B', "line 2, column 10: Unterminated string"),
        ('[{"name": "A"}]\n\n[]', "line 3, column 1: more follows after its end"),
        ('{"meetings": []} and more', "line 1, column 18: more follows after its end"),
        ('{"name": "A"}\n{"name": ', "line 2, column 10: Expecting value"),
    ],
)
def test_json_that_is_not_whole_is_refused_with_the_place(text, what):
    with pytest.raises(FeedRefusedError) as refused:
        json_records(text)

    assert what in str(refused.value)
    assert "Nothing was changed" in str(refused.value)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, '[{"a": ' + "[" * 100_000])
def test_json_nested_deeper_than_any_feed_is_refused(text):
    with pytest.raises(FeedRefusedError, match="nested deeper than any feed"):
        json_records(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"message": "Key required"}', "'Key required'"),
        ('{"error": {"message": "Quota\\nexceeded", "code": 429}}', "'Quota exceeded'"),
        ('{"error": "HTTP 401", "meetings": null}', "'HTTP 401'"),
        ('{"detail": ["not text"], "status": 500}', "'500'"),
    ],
)
def test_an_error_in_place_of_a_feed_is_passed_on(text, said):
    with pytest.raises(FeedRefusedError) as refused:
        json_records(text)

    assert "holds no list of records" in str(refused.value)
    assert f"It says: {said}" in str(refused.value)


@pytest.mark.parametrize("text", ["{}", '{"count": 0, "next": null}', '{"a": {"b": 1}, "c": 2}'])
def test_an_object_without_records_is_refused(text):
    with pytest.raises(FeedRefusedError, match=r"holds no list of records\. Is the address"):
        json_records(text)


@pytest.mark.parametrize("text", ["[1, 2]", '["a"]', '{"data": [1]}', "[[1], 2]", "[null]"])
def test_a_list_of_anything_else_is_refused(text):
    with pytest.raises(FeedRefusedError, match="a list, but not of records"):
        json_records(text)


def test_a_list_with_some_records_keeps_everything_in_it():
    assert json_records('[{"name": "A"}, 1, null, [2]]')[0] == [A, 1, None, [2]]


@pytest.mark.parametrize(
    "text",
    [
        "Name,Day\nA,Mon\nB,Tue\n",
        "Name;Day\r\nA;Mon\r\nB;Tue\r\n",
        "Name\tDay\rA\tMon\rB\tTue",
        "Name|Day\nA|Mon\nB|Tue",
        "\n \n Name , Day\n\nA,Mon\n,\nB,Tue\n\n",
        "sep=;\nName;Day\nA;Mon\nB;Tue\n",
        'Our list, as of May\n;;\nName;Day\n"A";Mon\nB;"Tue"\n',
        "Na\x00me,Day\nA,Mon\nB,Tue\n",
    ],
)
def test_tables_are_read_with_any_mark_between_cells(text):
    found = rows_of(text)

    assert [(row["Name"], row["Day"]) for row in found] == [("A", "Mon"), ("B", "Tue")]


def test_a_table_says_so_where_its_headings_are_not_in_the_first_line():
    assert csv_rows("Our list\n\nName,Day\nA,Mon\n", is_heading)[1] == (
        "its headings are in line 3",
    )
    assert csv_rows("Name,Day\nA,Mon\n", is_heading)[1] == ()


def test_commas_in_addresses_do_not_make_a_table_of_semicolons_one_of_commas():
    text = "Name;Where;Day\nA;1 Main St, Anytown, PA, USA;Mon\nB;2 Oak Ave, Anytown, PA, USA;Tue\n"

    assert [row["Where"] for row in rows_of(text)] == [
        "1 Main St, Anytown, PA, USA",
        "2 Oak Ave, Anytown, PA, USA",
    ]


def test_a_table_without_known_headings_is_read_by_its_first_line():
    assert csv_rows("Foo;Bar\n1;2\n", is_heading) == ([{"Foo": "1", "Bar": "2"}], ())


def test_quoted_cells_may_hold_line_breaks_and_marks():
    text = 'Name,Day,Notes\nA,Mon,"First line\nsecond, line"\nB,Tue,"He said ""come"""\n'

    assert rows_of(text) == [
        {"Name": "A", "Day": "Mon", "Notes": "First line\nsecond, line"},
        {"Name": "B", "Day": "Tue", "Notes": 'He said "come"'},
    ]


def test_a_row_with_too_many_cells_is_refused_and_the_others_are_read():
    first, second, third = rows_of("Name,Day\nA,Mon\nB, the second,Tue\nC,Wed,,\n")

    assert first == {"Name": "A", "Day": "Mon"}
    assert second == Outcome(
        "B, the second, Tue (line 3)",
        reason="has 3 cells under 2 headings: is there a comma or a quote too many?",
    )
    assert third == {"Name": "C", "Day": "Wed"}


def test_a_row_with_too_few_cells_lacks_the_last_ones():
    assert rows_of("Name,Day,Notes\nA,Mon\n") == [{"Name": "A", "Day": "Mon"}]


def test_a_quote_that_is_not_closed_costs_its_own_line_only():
    text = 'Name,Day,Time\nA,Mon,7pm\n"B,Tue,8pm\nC,Wed,9pm\nD,Thu,"10pm"\n'

    found = rows_of(text)

    assert found == [
        {"Name": "A", "Day": "Mon", "Time": "7pm"},
        Outcome(
            '"B,Tue,8pm (line 3)',
            reason="opens a quote that is only closed 2 lines further on: take it out",
        ),
        {"Name": "C", "Day": "Wed", "Time": "9pm"},
        {"Name": "D", "Day": "Thu", "Time": "10pm"},
    ]


def test_a_file_full_of_open_quotes_is_read_to_its_end_all_the_same():
    lines = [f'"{n},Mon,7pm' for n in range(60)]

    found = rows_of("Name,Day,Time\n" + "\n".join(lines))

    assert all(isinstance(row, Outcome) for row in found)
    assert len(found) == 40
    assert found[-1].record.startswith('"58,Mon,7pm')


def test_a_heading_that_stands_twice_gives_whichever_cell_is_filled():
    assert rows_of("Name,Notes,Notes\nA,,second\nB,first,second\n") == [
        {"Name": "A", "Notes": "second"},
        {"Name": "B", "Notes": "first"},
    ]


def test_a_lone_line_about_its_marks_is_a_table_of_nothing():
    assert csv_rows("sep=;", is_heading) == ([], ("its headings are in line 2",))
