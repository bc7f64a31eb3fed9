import json
import subprocess
import sys
from dataclasses import replace

import click
import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner
from tests.core.export.crowd import about, agreed, everybody, records
from tools.steps import ROOT

from kith.core.study import locked_hash, read
from kith.lab.consent_files import write_consents
from kith.lab.exporting import export
from kith.lab.records_files import Names
from kith.lab.records_writing import write_records

STUDY = """
[study]
title = "A made-up study"
question = "Does it help?"

[population]
facts = ["site"]

[[measures]]
key = "lonely"
instrument = "ucla3"

[[measures]]
key = "cue"
instrument = "records"

[[measures]]
key = "craving"
instrument = "craving"
"""
IDS = np.array([f"p{n:03}" for n in range(240)])


@pytest.fixture
def folder(tmp_path):
    """A folder with a study, its data, and what everybody agreed to."""
    (tmp_path / "study.toml").write_text(STUDY)
    facts = {name: np.array(words, object) for name, words in about().items()}
    write_records(
        tmp_path / "data",
        records(),
        Names(IDS, {**facts, "nickname": IDS, "site": np.array(["north", "south"] * 120)}),
    )
    write_consents(everybody(), IDS.tolist(), tmp_path / "data")
    return tmp_path


def run(folder, *options):
    arguments = [folder / "study.toml", folder / "data", folder / "out", *options]
    return CliRunner().invoke(export, [str(one) for one in arguments])


def test_export_writes_everything_and_says_what_it_did(folder):
    result = run(folder, "--json")

    said = json.loads(result.stdout)
    assert result.exit_code == 0
    assert said["people"] == 240
    assert said["rows"] == {"people": 240, "answers": 2880, "prompts": 240, "decisions": 240}
    assert said["k_found"] >= 11
    assert said["plan"] == locked_hash(read(STUDY))
    assert {path.name for path in (folder / "out").iterdir()} == {
        "NOTICE.txt", "answers.csv", "answers.parquet", "counts.csv", "counts.parquet",
        "datapackage.json", "decisions.csv", "decisions.parquet", "dictionary.csv", "export.json",
        "people.csv", "people.parquet", "prompts.csv", "prompts.parquet", "questionnaire.json",
        "redcap_dictionary.csv", "responses.ndjson",
    }  # fmt: skip


def test_no_file_holds_anybodys_id(folder):
    run(folder)

    for path in (folder / "out").iterdir():
        assert not any(one.encode() in path.read_bytes() for one in ("p017", "p239")), path.name


def test_facts_of_the_plan_are_told_and_nothing_else_that_the_file_holds(folder):
    run(folder)

    people = pl.read_parquet(folder / "out/people.parquet")
    assert "nickname" not in people.columns
    assert set(people["site"]) <= {"north", "south", "any"}


def test_export_says_in_words_what_it_did(folder):
    result = run(folder, "--no-fhir")

    assert result.stdout.startswith("240 people in it, 0 left out: 240 people, 2880 answers")
    assert "De-identified does not mean that nobody can be found" in result.stdout


def test_beyond_consent_is_refused_with_its_reason_and_nothing_is_written(folder):
    consents = agreed(ties=np.arange(240) >= 20)
    write_consents(consents, IDS.tolist(), folder / "data")

    result = run(folder, "--with", "ties", "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"] == (
        "ties: 20 of those who agreed to share did not agree to this. Do not ask for ties by name: "
        "each person's rows then go as far as their own consent."
    )
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--with", "edges"], "who is tied to whom does not leave"),
        (["--with", "names"], "names and keys of people do not leave"),
        (["--with", "circles"], "who is in one circle does not leave"),
        (["--days-coarse", "0"], "exact times do not leave"),
        (["--k", "121"], "fewer than 121 people in: circle, listing"),
    ],
)
def test_what_cannot_leave_is_refused(folder, options, why):
    result = run(folder, *options)

    assert result.exit_code == 1
    assert why in result.stderr
    assert not (folder / "out").exists()


def test_without_consents_nothing_leaves(folder):
    (folder / "data" / "consents.parquet").unlink()

    result = run(folder)

    assert result.exit_code == 1
    assert "nobody is known to have agreed to anything, and nothing may leave" in result.stderr


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("person,scope\np001,share\np001,everything\n", "consents.csv, row 1, column scope: 'everything' is none of answers, draw, ties, share"),
        ("person,scope\nzoe,share\n", "consents.csv, row 0, column person: is not in the study"),
        ("person,scope\np001,share\np001,share\n", "consents.csv, row 1: the same yes stands there twice"),
        ("who,what\np001,share\n", "columns ['person', 'scope'] are missing"),
    ],
)  # fmt: skip
def test_wrong_consents_are_refused_by_row(folder, rows, why):
    (folder / "data" / "consents.parquet").unlink()
    (folder / "data" / "consents.csv").write_text(rows)

    result = run(folder)

    assert result.exit_code == 1
    assert why in result.stderr


def test_who_revokes_disappears_from_the_next_export(folder):
    study = records()
    value = study.observations.value.copy()
    theirs = (study.observations.person == 17) & (study.observations.measure == 2) & (study.observations.missing == 0)  # fmt: skip
    value[theirs] = 33.25
    marked = replace(study, observations=replace(study.observations, value=value))
    facts = {name: np.array(words, object) for name, words in about().items()}
    write_records(folder / "data", marked, Names(IDS, facts))
    run(folder)
    before = pl.read_parquet(folder / "out/answers.parquet")

    table = pl.read_parquet(folder / "data/consents.parquet")
    table.filter(pl.col("person") != "p017").write_parquet(folder / "data/consents.parquet")
    refused = run(folder)
    result = run(folder, "--replace")

    after = pl.read_parquet(folder / "out/answers.parquet")
    assert "perhaps with somebody who has taken their consent back since" in refused.stderr
    assert result.exit_code == 0
    assert (before["value"] == 33.25).sum() > 0
    assert (after["value"] == 33.25).sum() == 0
    assert after["id"].n_unique() == 239


def test_only_totals_have_no_row_about_anybody(folder):
    result = run(folder, "--only-totals")

    names = {path.name for path in (folder / "out").iterdir()}
    assert result.exit_code == 0
    assert names == {
        "NOTICE.txt", "counts.csv", "counts.parquet", "datapackage.json", "dictionary.csv",
        "export.json", "questionnaire.json", "redcap_dictionary.csv",
    }  # fmt: skip
    counts = pl.read_parquet(folder / "out/counts.parquet").with_columns(pl.col(pl.Enum).cast(pl.String))  # fmt: skip
    places = counts.filter(pl.col("table") == "arm by place", pl.col("arm") == "all")
    # As said, not coarser. Who named Paris is one of few, so the word itself would tell; they are
    # too few to count as well, and the next go with them so that no total tells.
    assert set(places["what"]) == {"rare", "US/OH/Franklin", "US/OH/Ross", "US/WV/Kanawha", "all"}
    shown = dict(zip(places["what"], places["count"], strict=True))
    assert shown["rare"] is None
    assert sum(count is None for count in shown.values()) >= 2
    assert counts["count"].drop_nulls().min() >= 11
    assert not any(
        "Paris" in path.read_bytes().decode("latin-1") for path in (folder / "out").iterdir()
    )


def test_help_loads_nothing_heavy():
    code = "import kith.lab.exporting, kith.lab.redcap_files, sys; assert not {'numpy', 'polars', 'pandas', 'opendp'} & set(sys.modules)"  # fmt: skip

    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_the_plan_does_not_measure_does_not_leave(folder):
    (folder / "study.toml").write_text(STUDY.replace('key = "craving"', 'key = "pull"'))

    result = run(folder)

    answers = pl.read_parquet(folder / "out/answers.parquet")
    assert set(answers["measure"]) == {"lonely", "cue"}
    assert result.stdout.startswith("left out, since the plan does not measure it: craving\n")
    assert "craving" not in (folder / "out/dictionary.csv").read_text()


def test_totals_are_told_and_their_cost_is_shown_and_kept(folder):
    result = run(folder, "--tell", "count", "--tell", "mean:lonely", "--epsilon", "0.3", "--json")

    public = json.loads((folder / "out/public.json").read_text())
    kept = json.loads((folder / "study.ledger.json").read_text())
    assert result.exit_code == 0
    assert [one["what"] for one in public["told"]] == ["people by arm", "mean lonely by arm"]
    assert [cell["of"] for cell in public["told"][0]["cells"]] == ["listing", "circle"]
    assert public["ledger"] == kept == json.loads(result.stdout)["budget"]
    assert kept["total"] == pytest.approx(0.6)


def test_question_beyond_the_budget_is_refused_and_tells_and_spends_nothing(folder):
    run(folder, "--tell", "count", "--epsilon", "0.8")
    before = (folder / "study.ledger.json").read_text()

    result = run(
        folder, "--replace", "--tell", "histogram:cue", "--epsilon", "0.3", "--budget", "99"
    )

    assert result.exit_code == 1
    assert "histogram cue would cost 0.3, and 0.2 of 1 is left" in result.stderr
    assert (folder / "study.ledger.json").read_text() == before


def test_nothing_is_spent_on_an_export_that_has_nowhere_to_go(folder):
    run(folder, "--no-fhir")

    result = run(folder, "--tell", "count")

    assert result.exit_code == 1
    assert "holds an earlier export" in result.stderr
    assert not (folder / "study.ledger.json").exists()


@pytest.mark.parametrize("question", ["median:lonely", "mean:nothing", "mean", "list"])
def test_what_is_no_question_is_refused(folder, question):
    result = run(folder, "--tell", question)

    assert result.exit_code == 1
    assert question in result.stderr


def test_every_option_is_in_the_guide_or_the_commands():
    text = (ROOT / "docs/guides/export.md").read_text() + (ROOT / "docs/commands.md").read_text()
    options = [name for one in export.params if isinstance(one, click.Option) for name in one.opts]

    assert [name for name in options if f"`{name}" not in text and f" {name}" not in text] == []
