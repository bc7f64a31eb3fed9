"""What left of a study can be analysed by its plan, and comes to what the records come to."""

import json

import numpy as np
import orjson
import polars as pl
import pytest
from click.testing import CliRunner
from tests.core.export.crowd import agreed, everybody

from kith.core.records import (
    ActLog,
    Assignments,
    Decisions,
    End,
    FollowUp,
    Measure,
    Missing,
    Observations,
    Prompts,
    StudyRecords,
)
from kith.core.rng import stream
from kith.lab.analyze import analyze
from kith.lab.consent_files import write_consents
from kith.lab.exporting import export
from kith.lab.records_files import Names
from kith.lab.records_writing import write_records

PLAN = """
[study]
title = "Circles"
question = "Do circles leave people less lonely?"
weeks = 12
[population]
facts = ["age"]
[[arms]]
key = "listing"
[[arms]]
key = "circle"
[[measures]]
key = "lonely"
instrument = "records"
kind = "number"
schedule = { at_weeks = [0, 4, 8, 12] }
[[outcomes]]
key = "lonely"
measure = "lonely"
role = "primary"
estimator = "difference"
contrast = ["circle", "listing"]
at_week = 12
[analysis]
missing = { rule = "complete_cases" }
"""
PEOPLE, WEEKS = 240, (0, 4, 8, 12)


def records():
    """Two arms of 120, asked up to six days late; one in eight is lost after eight weeks."""
    dice = stream(5, "read back")
    n, person = PEOPLE, np.arange(PEOPLE, dtype=np.int32)
    starts = dice.uniform(0, 60, n)
    is_lost = dice.random(n) < 1 / 8
    rows = [
        (who, starts[who] + 7 * week + (dice.uniform(0, 6) if week else 0.0), week)
        for who in person.tolist()
        for week in WEEKS
        if not (is_lost[who] and week > 8)
    ]
    who, day, week = (np.array(column) for column in zip(*rows, strict=True))
    value = np.round(20 + dice.normal(0, 4, len(who)) - 3.0 * (who % 2) * (week / 12))
    value[::50] = np.nan
    minus = np.full(n, -1, np.int32)
    many = len(who)
    return StudyRecords(
        n, ActLog.of((), n),
        Assignments(n, ("listing", "circle"), person, (person % 2).astype(np.int16), starts.copy(), np.full(n, 0.5), minus, minus),
        Decisions.none(n), Prompts.none(n),
        Observations(
            n, (Measure("lonely"),), who.astype(np.int32), np.zeros(many, np.int16), day, value,
            np.where(np.isnan(value), Missing.PASSED, Missing.THERE_IS_ONE).astype(np.int8),
            np.full(many, -1, np.int32), np.zeros(many, np.int16),
        ),
        FollowUp(
            n, person, starts, starts + np.where(is_lost, 57.0, 84.0),
            np.where(is_lost, End.LOST, End.STUDY_ENDED).astype(np.int8),
        ),
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """A study, its records, and what people agreed to."""
    (tmp_path / "study.toml").write_text(PLAN)
    ids = np.array([f"p{n:03}" for n in range(PEOPLE)])
    write_records(tmp_path / "data", records(), Names(ids, {"age": (30 + np.arange(PEOPLE) % 4).astype(str)}))  # fmt: skip
    write_consents(everybody(), ids.tolist(), tmp_path / "data")
    return tmp_path


def exported(folder, *options):
    asked = [folder / "study.toml", folder / "data", folder / "out", "--no-fhir", *options]
    done = CliRunner().invoke(export, [str(one) for one in asked])
    assert done.exit_code == 0, done.output
    return folder / "out"


def analysed(folder, data):
    done = CliRunner().invoke(analyze, [str(folder / "study.toml"), str(data), "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def refused(folder, data):
    done = CliRunner().invoke(analyze, [str(folder / "study.toml"), str(data)])
    assert done.exit_code == 1
    return done.output


def test_export_comes_to_what_the_records_come_to(folder):
    mine, theirs = analysed(folder, folder / "data"), analysed(folder, exported(folder))

    for what in ("value", "lower", "upper", "p"):
        assert theirs["primary"][what] == pytest.approx(mine["primary"][what], rel=1e-9)
    assert [one["analysed"] for one in theirs["flow"]] == [one["analysed"] for one in mine["flow"]]
    assert [one["ended_early"] for one in theirs["flow"]] == [one["ended_early"] for one in mine["flow"]]  # fmt: skip
    assert theirs["primary"]["value"] < -1


def test_it_is_exploratory_and_says_what_it_was_read_out_of(folder):
    ids = [f"p{n:03}" for n in range(PEOPLE)]
    shares = np.arange(PEOPLE) % 6 != 0
    write_consents(agreed(share=shares), ids, folder / "data")

    found = analysed(folder, exported(folder))

    assert found["status"] == "exploratory"
    assert "only those who agreed to share are in it, 200 of them" in found["status_why"]
    assert found["deviations"] == [
        "Times are whole periods of 7 days. Strata, circles, acts and hours did not leave."
    ]
    assert sum(one["drawn"] for one in found["flow"]) == 200


def test_other_plan_than_that_of_the_export_is_named(folder):
    out = exported(folder)
    (folder / "study.toml").write_text(PLAN.replace("less lonely?", "lonelier?"))

    assert (
        "The export was made by another plan than this one." in analysed(folder, out)["deviations"]
    )


def test_two_answers_of_one_period_both_count(folder):
    out = exported(folder)
    answers = pl.read_parquet(out / "answers.parquet")
    pl.concat([answers, answers.head(1)]).write_parquet(out / "answers.parquet")

    assert analysed(folder, out)["primary"]["value"] < -1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('key = "circle"', 'key = "pairs"', "has the arm 'circle', the plan has"),
        ('[analysis]', '[randomisation]\nunit = "decisions"\n[analysis]', "the plan draws moments"),
        ("at_week = 12", 'at_week = 12\nsettings = { derive = "runs" }', "the plan counts runs of days"),
        ('estimator = "difference"', 'estimator = "randomisation"', "the plan throws the dice of the draw again"),
    ],
)  # fmt: skip
def test_plan_that_no_export_can_answer_is_refused(folder, old, new, said):
    out = exported(folder)
    changed = PLAN.replace(old, new).replace('["circle"', f'["{"pairs" if "pairs" in new else "circle"}"')  # fmt: skip
    (folder / "study.toml").write_text(changed)

    assert said in refused(folder, out)


def _without(name):
    return lambda out: (out / name).unlink()


def _of_nobody(out):
    people = pl.read_parquet(out / "people.parquet")
    people.head(200).write_parquet(out / "people.parquet")


def _of_another_reason(out):
    answers = pl.read_parquet(out / "answers.parquet")
    answers.with_columns(missing=pl.lit("forgot")).write_parquet(out / "answers.parquet")


def _damaged(out):
    (out / "export.json").write_bytes(orjson.dumps({"study": "?"}))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_without("answers.parquet"), "answers.parquet: is not here: of an export with totals only"),
        (_of_nobody, "is of nobody in people.parquet"),
        (_of_another_reason, "its tables hold what no export does: 'forgot'"),
        (_damaged, "export.json: is no account of an export: it is damaged"),
        (lambda out: (out / "people.parquet").write_bytes(b"PAR1"), "cannot be read as Parquet"),
        (lambda out: pl.DataFrame({"id": [1]}).write_parquet(out / "people.parquet"), "has no column arm"),
    ],
)  # fmt: skip
def test_damaged_export_is_refused_with_the_file_and_why(folder, damage, said):
    out = exported(folder)
    damage(out)

    assert said in refused(folder, out)
