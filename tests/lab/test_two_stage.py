"""A two-stage study from its records to its report, by the commands of any other study."""

import json

import numpy as np
import pytest
from click.testing import CliRunner
from tests.core.analysis.worlds import HEAD, outcome, world

from kith.core.randomize import Saturation, Simple
from kith.core.rng import stream
from kith.lab.analyze import analyze
from kith.lab.records_files import Names, write_records

CIRCLES = np.repeat(np.arange(60), 6)
PLAN = (
    HEAD
    + outcome(estimator="exposure", at_week=12)
    + '[randomisation]\nunit = "circles"\nmechanism = "saturation"\nsaturation = [0.0, 0.5, 1.0]\n'
    + '[analysis]\nalpha = 0.05\nmissing = { rule = "complete_cases" }\n'
)


def analysed(folder, *, cluster):
    """Write a study in which the own arm does 1 and a whole circle 2 more, and analyse it."""
    arm = Saturation(CIRCLES, (0.0, 0.5, 1.0), Simple(60, (1, 1, 1))).draw(8).arm
    others = (np.bincount(CIRCLES, arm)[CIRCLES] - arm) / 5
    value = stream(8, "noise").normal(5, 1, len(arm)) + arm + 2 * others
    rows = [(n, "score", 84.0, value[n]) for n in range(len(arm))]
    ids = np.array([f"p{n}" for n in range(len(arm))])
    write_records(folder / "data", world(rows, arm, cluster=cluster), Names(ids, {}))
    (folder / "study.toml").write_text(PLAN)
    said = [str(folder / one) for one in ("study.toml", "data")]
    return CliRunner().invoke(analyze, [*said, "--json", "--out", str(folder / "out")])


def test_from_raw_records_to_a_report_the_mapped_result_recovers_what_the_naive_one_misses(
    tmp_path,
):
    said = analysed(tmp_path, cluster=CIRCLES)

    found = json.loads((tmp_path / "out/report.json").read_bytes())
    beside = dict(found["beside"])
    naive = beside[
        "the plain difference between the arms, which forgets that people reach each other"
    ]
    assert said.exit_code == 0
    assert found["primary"]["lower"] < 3 < found["primary"]["upper"]
    assert found["primary"]["value"] == pytest.approx(3, abs=0.4)
    assert naive["upper"] < 3
    page = (tmp_path / "out/report.html").read_text()
    assert "all others of the circle too" in page
    assert "which forgets that people reach each other" in page


def test_without_circles_in_the_records_it_is_refused_with_what_is_missing(tmp_path):
    said = analysed(tmp_path, cluster=None)

    assert said.exit_code == 1
    assert json.loads(said.stdout)["error"] == (
        "score: whole circles were drawn, and the records do not say who is in which (the column "
        "cluster of assignments)"
    )
    assert not (tmp_path / "out").exists()
