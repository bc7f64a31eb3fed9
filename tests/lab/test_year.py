"""`kith match-year`, as somebody at a terminal meets it."""

import json

from benchmarks.crowd import crowd
from click.testing import CliRunner

from kith.lab.people_files import write_people
from kith.lab.year import match_year


def run(*arguments):
    return CliRunner().invoke(match_year, [str(one) for one in arguments])


def test_year_is_told_in_words_and_as_json(tmp_path):
    write_people(crowd(120), tmp_path / "people.parquet")

    words = run(tmp_path / "people.parquet", "--weeks", "3")
    account = json.loads(run(tmp_path / "people.parquet", "--weeks", "3", "--json").stdout)

    assert words.exit_code == 0
    assert words.stdout.splitlines()[2].startswith("circles broken by the engine: 0, of ")
    assert (account["weeks"], account["here"], account["circles_broken"]) == (3, 120, 0)


def test_file_that_is_not_there_is_said(tmp_path):
    result = run(tmp_path / "nobody.parquet")

    assert result.exit_code == 1
    assert "nobody.parquet cannot be read as Parquet" in result.stderr
