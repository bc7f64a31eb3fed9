"""`kith match`, as somebody at a terminal meets it."""

import json
from itertools import combinations

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from benchmarks.crowd import crowd
from click.testing import CliRunner

from kith.core.matching import Circles
from kith.core.matching.check import violations
from kith.lab.matching import match
from kith.lab.people_files import read_circles, read_people, write_people

WEEK = [3 << 38, 0, 0, 0, 0, 0]
ROWS = {"id": ["ana", "bo", "cy", "di"], "languages": [1] * 4, "week": [WEEK] * 4}


def run(*arguments):
    return CliRunner().invoke(match, [str(one) for one in arguments])


@pytest.fixture
def file_of(tmp_path):
    """Write a Parquet file of these columns."""

    def write(columns, name="people.parquet"):
        path = tmp_path / name
        arrays = {name: pa.array(values) for name, values in columns.items()}
        if "week" in columns:
            arrays["week"] = pa.array(columns["week"], pa.list_(pa.uint64()))
        pq.write_table(pa.table(arrays), path)
        return path

    return write


def test_people_come_back_as_they_were_written(tmp_path):
    some = crowd(200)

    write_people(some, tmp_path / "people.parquet")
    read = read_people(tmp_path / "people.parquet").people

    assert read.week.tolist() == some.week.tolist()
    assert read.days.tolist() == some.days.tolist()
    assert sorted(map(tuple, read.ties.tolist())) == sorted(map(tuple, some.ties.tolist()))
    np.testing.assert_array_equal(read.latitude, some.latitude)


def test_match_writes_circles_and_gives_an_account(file_of, tmp_path):
    out = tmp_path / "circles.parquet"

    result = run(file_of(ROWS), "--json", "--prove", "--out", out)

    said = json.loads(result.stdout)
    assert result.exit_code == 0
    assert {name: said[name] for name in ("people", "circles", "placed", "violations")} == {
        "people": 4, "circles": 1, "placed": 4, "violations": 0
    }  # fmt: skip
    assert said["bound"] == said["value"] == said["value_per_person"] * 4
    assert said["worst_decile"] > 0
    assert said["seconds"] < 60 < said["peak_memory_mb"]
    assert said["chance"]["probability_of_each"] == 1 / len(said["chance"]["points"])
    table = pq.read_table(out)
    assert sorted(table.column("id").to_pylist()) == ["ana", "bo", "cy", "di"]
    assert table.column("hour").to_pylist() == [38] * 4
    assert table.schema.metadata[b"seed"] == b"1"


def test_match_writes_how_likely_each_two_were(file_of, tmp_path):
    out = tmp_path / "circles.parquet"

    result = run(file_of(ROWS), "--propensities", 3, "--out", out)

    table = pq.read_table(tmp_path / "circles.propensities.parquet")
    assert result.exit_code == 0
    # Four people make one circle, whatever the dice say.
    assert {frozenset(pair) for pair in zip(*(table.column(c).to_pylist() for c in ("id", "other")), strict=True)} == {
        frozenset(pair) for pair in combinations(["ana", "bo", "cy", "di"], 2)
    }  # fmt: skip
    assert table.column("propensity").to_pylist() == [1.0] * 6
    assert table.column("error").to_pylist() == [0.0] * 6
    assert table.schema.metadata[b"draws"] == b"3"


def test_propensities_without_a_file_to_write_are_refused(file_of):
    result = run(file_of(ROWS), "--propensities", 3)

    assert result.exit_code == 2
    assert "--propensities goes with --out" in result.stderr


def test_match_says_the_same_in_words(file_of):
    result = run(file_of(ROWS))

    assert result.exit_code == 0
    assert result.stdout.startswith("4 of 4 people in 1 circles, in ")


def test_match_goes_on_from_last_time(tmp_path):
    some = crowd(120)
    path, first, second = (tmp_path / f"{name}.parquet" for name in ("people", "first", "second"))
    write_people(some, path)

    run(path, "--out", first)
    result = run(path, "--warm", first, "--out", second, "--effort", "0.1", "--threads", "1")

    before, after = (read_circles(one, some.id) for one in (first, second))
    assert result.exit_code == 0
    said = violations(some, after, seed=1, last=before)
    # A file says nothing of what circles are worth.
    assert [one for one in said if one.rule != "value"] == []
    left = [max(len(set(old) & set(new)) for new in after.lists()) for old in before.lists()]
    assert min(n - len(old) for n, old in zip(left, before.lists(), strict=True)) >= -1


def test_match_pairs_and_changes_partners(tmp_path, file_of):
    path, out = file_of(ROWS), tmp_path / "pairs.parquet"

    run(path, "--pairs", "--out", out)
    result = run(
        path, "--pairs", "--warm", out, "--json", "--prove", "--out", tmp_path / "next.parquet"
    )

    ids = read_people(path).people.id
    before, after = (read_circles(one, ids).lists() for one in (out, tmp_path / "next.parquet"))
    assert json.loads(result.stdout)["kind"] == "pairs"
    assert {frozenset(pair) for pair in before}.isdisjoint(frozenset(pair) for pair in after)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"languages": [1, 0, 1, 1]}, "row 1, column languages: 0 is not allowed; at least one language"),
        ({"languages": [1, None, 1, 1]}, "row 1, column languages: nothing is not allowed; say a value"),
        ({"languages": ["en", "en", "fr", "en"]}, "column languages: string is not allowed; numbers"),
        ({"week": [WEEK, WEEK, WEEK[:5], WEEK]}, "row 2, column week: 5 numbers are not allowed; 6 of 64 bits each"),
        ({"week": [WEEK, None, WEEK, WEEK]}, "row 1, column week: nothing is not allowed; say a list"),
        ({"week": [WEEK, [*WEEK[:5], None], WEEK, WEEK]}, "row 1, column week: a gap in a list is not allowed"),
        ({"ties": [[], ["bo"], [], []]}, "row 1, column ties: the person's own id is not allowed; others'"),
        ({"ties": [1, 2, 3, 4]}, "column ties: int64 is not allowed; lists"),
        ({"id": ["ana", "bo", "ana", "di"]}, "row 2, column id: "),
        ({"id": [0.5, 1.0, 2.0, 3.0]}, "column id: fractions are not allowed; whole numbers or texts"),
        ({"age": [30, 40, 50, 60]}, "columns ['age'] are not known"),
    ],
)  # fmt: skip
def test_file_that_is_not_right_is_refused_by_row_and_column(file_of, columns, said):
    result = run(file_of({**ROWS, **columns}), "--json")

    assert result.exit_code == 1
    assert said in json.loads(result.stdout)["error"]
    assert said in result.stderr


def test_file_without_what_is_needed_is_refused(file_of):
    result = run(file_of({"id": ["ana"]}))

    assert result.exit_code == 1
    assert "columns ['languages', 'week'] are missing" in result.stderr


def test_file_that_is_no_parquet_is_refused(tmp_path):
    (tmp_path / "people.parquet").write_text("ana")

    result = run(tmp_path / "people.parquet")

    assert result.exit_code == 1
    assert "cannot be read as Parquet" in result.stderr


def test_file_of_circles_that_is_none_is_refused(file_of):
    result = run(file_of(ROWS), "--warm", file_of({"id": ["ana"]}, "last.parquet"))

    assert result.exit_code == 1
    assert "last.parquet: it must have the columns" in result.stderr


def test_options_that_do_not_go_together_are_refused(file_of):
    people = file_of(ROWS)

    assert run(people, "--size", "9-4").exit_code == 2
    assert run(people, "--size", "four").exit_code == 2
    assert run(people, "--prove", "--warm", people).exit_code == 2


def test_who_left_is_left_out(file_of):
    path = file_of({**ROWS, "exclusions": [*[["zoe"], None, ["cy"], []][:2], [], ["ana"]]})

    read = read_people(path)

    assert read.people.exclusions.tolist() == [[3, 0]]
    assert isinstance(read_circles(file_of({"circle": [0, 0], "id": ["zoe", "bo"], "hour": [1, 1], "mode": [2, 2]}, "last.parquet"), read.people.id), Circles)  # fmt: skip
