import csv
import json

import polars as pl
import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from frictionless import Package, system
from tests.core.export.crowd import MEASURES, about, agreed, everybody, records

from kith.core.export.questions import Question
from kith.core.export.release import Settings, release
from kith.lab.export_files import OccupiedError, Study, write

QUESTIONS = tuple(Question.of(measure) for measure in MEASURES)
STUDY = Study("made-up", "A made-up study", "Does it help?", QUESTIONS)


@pytest.fixture(scope="module")
def made():
    return release(records(), about(), everybody(), Settings(), seed=1)


@pytest.fixture(scope="module")
def folder(made, tmp_path_factory):
    out = tmp_path_factory.mktemp("exports") / "out"
    write(made, STUDY, out)
    return out


def test_export_is_what_frictionless_says(folder):
    with system.use_context(trusted=True):
        package = Package(str(folder / "datapackage.json"))
        report = package.validate()

    assert [resource.name for resource in package.resources] == ["people", "answers", "prompts", "decisions", "counts"]  # fmt: skip
    assert report.flatten(["type", "message"]) == []
    assert report.valid


def test_frictionless_finds_what_is_wrong(folder, tmp_path):
    """A validator that lets everything through would prove nothing."""
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    people = (tmp_path / "people.csv").read_text().replace("circle", "square", 1)
    (tmp_path / "people.csv").write_text(people)

    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()

    assert not report.valid


def test_parquet_and_csv_say_the_same(folder):
    for name in ("people", "answers", "prompts", "decisions", "counts"):
        parquet = pl.read_parquet(folder / f"{name}.parquet")
        text = pl.read_csv(folder / f"{name}.csv", infer_schema=False)
        assert parquet.columns == text.columns
        assert parquet.height == text.height > 0
        same = parquet.select(pl.col(pl.Enum, pl.Int64).cast(pl.String))
        assert same.equals(text.select(same.columns))


def test_every_column_of_every_table_is_in_the_dictionary(folder):
    with (folder / "dictionary.csv").open() as file:
        said = {(row["table"], row["field"]): row["meaning"] for row in csv.DictReader(file)}

    columns = {
        (path.stem, name)
        for path in folder.glob("*.parquet")
        for name in pl.read_parquet(path).columns
    }
    assert set(said) == columns
    assert all(said.values())


def test_fhir_is_valid_in_the_files(folder):
    Questionnaire.model_validate_json((folder / "questionnaire.json").read_text())
    lines = (folder / "responses.ndjson").read_text().splitlines()

    assert len(lines) > 240
    assert QuestionnaireResponse.model_validate_json(lines[0]).questionnaire == STUDY.url


def test_notice_goes_with_it_and_no_file_promises_too_much(folder):
    texts = {path.name: path.read_text() for path in folder.iterdir() if path.suffix != ".parquet"}

    notice = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
    assert notice in texts["NOTICE.txt"]
    assert notice in json.loads(texts["datapackage.json"])["description"]
    assert notice in json.loads(texts["export.json"])["notice"]
    assert [name for name, text in texts.items() if "anonym" in text.lower()] == []


def test_counts_leave_none_under_eleven(folder):
    counts = pl.read_parquet(folder / "counts.parquet")["count"].drop_nulls()

    assert len(counts) > 0
    assert counts.min() >= 11


def test_earlier_export_is_replaced_only_if_asked_and_who_revoked_is_gone(made, tmp_path):
    out = tmp_path / "out"
    write(made, STUDY, out, is_fhir=False)
    later = release(records(revoked=(17,)), about(), everybody(), Settings(), seed=2)

    with pytest.raises(
        OccupiedError, match="perhaps with somebody who has taken their consent back"
    ):
        write(later, STUDY, out, is_fhir=False)
    before = pl.read_parquet(out / "people.parquet")
    write(later, STUDY, out, is_fhir=False, is_replaced=True)

    after = pl.read_parquet(out / "people.parquet")
    assert (before.height, after.height) == (240, 239)
    assert not (out / "responses.ndjson").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_something_else_is_never_replaced(made, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")

    with pytest.raises(OccupiedError, match="holds something else"):
        write(made, STUDY, tmp_path, is_replaced=True)

    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_table_that_has_no_rows_is_not_written(tmp_path):
    out = tmp_path / "out"
    nobody = ~everybody().answers
    write(release(records(), about(), agreed(answers=nobody), Settings(), seed=1), STUDY, out)

    assert sorted(path.name for path in out.glob("*.parquet")) == [
        "counts.parquet",
        "people.parquet",
    ]
    with system.use_context(trusted=True):
        assert Package(str(out / "datapackage.json")).validate().valid
