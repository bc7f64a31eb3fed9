"""A micro-randomised trial from its table to a report, by the commands of any other study."""

import json
import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from kith.lab.analyze import analyze, import_study
from kith.lab.importing import MappingError, import_records
from kith.lab.study import study

TABLES = Path(__file__).parents[1] / "data/study/mrt"
EXAMPLE = Path(str(files("kith.lab") / "examples" / "heartsteps"))


def run(command, *arguments):
    return CliRunner().invoke(command, [str(one) for one in arguments])


def test_trial_of_decisions_goes_from_its_table_to_the_published_result(tmp_path):
    """0.1574, 95 % 0.031 to 0.284, p 0.016: Qian et al. in MRTAnalysis; see checks.json."""
    imported = run(import_study, EXAMPLE / "mapping.toml", TABLES, tmp_path / "data")
    said = run(analyze, EXAMPLE / "study.toml", tmp_path / "data", "--json", "--out", tmp_path / "out")  # fmt: skip

    found = json.loads(said.stdout)
    effect = found["primary"]
    assert (imported.exit_code, said.exit_code) == (0, 0)
    assert effect["value"] == pytest.approx(0.1574444, abs=1e-7)
    assert (effect["lower"], effect["upper"]) == pytest.approx((0.031, 0.2839), abs=1e-4)
    assert [(arm["arm"], arm["drawn"], arm["analysed"]) for arm in found["flow"]] == [
        ("each way at different moments", 37, 37)
    ]
    page = (tmp_path / "out/report.html").read_text()
    assert "People drawn to" not in page
    assert "At each decision" in page


def test_plan_of_the_trial_is_sound():
    said = run(study, "check", EXAMPLE / "study.toml")

    assert said.exit_code == 0, said.output


def test_probability_that_is_none_is_refused_by_its_row(tmp_path):
    table = tmp_path / "data_mimicHeartSteps.csv"
    shutil.copy(TABLES / table.name, table)
    head, first, second, *rest = table.read_text().splitlines()
    table.write_text("\n".join([head, first, second.replace(",0.6,1", ",1.0,1"), *rest]))

    with pytest.raises(MappingError, match=r"row 3, column rand_prob: is no probability"):
        import_records(EXAMPLE / "mapping.toml", tmp_path)
