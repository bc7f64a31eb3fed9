"""CTN-0051 from its raw tables to a report, held against what was published."""

import gzip
import json
import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from kith.core.analysis.analyse import analyse
from kith.core.study import read
from kith.lab.analyze import analyze, import_study
from kith.lab.importing import MappingError, import_records

DATA = Path(__file__).parents[1] / "data" / "study"
TABLES = DATA / "ctn0051"
EXAMPLE = Path(str(files("kith.lab") / "examples" / "ctn0051"))
PUBLISHED = json.loads((DATA / "checks.json").read_text())["ctn0051"]["pub"]


def run(command, *arguments):
    return CliRunner().invoke(command, [str(one) for one in arguments])


@pytest.fixture(scope="module")
def found():
    records, names = import_records(EXAMPLE / "mapping.toml", TABLES)
    plan = read((EXAMPLE / "study.toml").read_text())
    return analyse(plan, records, 1, facts=names.facts)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    out = tmp_path_factory.mktemp("ctn0051")
    assert run(import_study, EXAMPLE / "mapping.toml", TABLES, out).exit_code == 0
    return out


@pytest.fixture
def tables(tmp_path):
    """The raw tables, unpacked, to be spoilt."""
    for path in TABLES.glob("*.csv.gz"):
        (tmp_path / path.stem).write_bytes(gzip.decompress(path.read_bytes()))
    return tmp_path


def test_induction_is_exactly_as_published(found):
    ((_, shares),) = found.secondary

    assert [(one.arm, one.yes, one.n) for one in shares] == [
        ("naltrexone", PUBLISHED["inducted"]["XR"], PUBLISHED["n"]["XR"]),
        ("buprenorphine", PUBLISHED["inducted"]["BUP"], PUBLISHED["n"]["BUP"]),
    ]  # fmt: skip


def test_relapse_is_within_three_points_and_the_ratio_within_the_published_interval(found):
    share = {one.arm: one.yes / one.n for one in found.shares}
    _, lower, upper = PUBLISHED["HR"]

    assert abs(share["naltrexone"] - PUBLISHED["relapse"]["XR"]) < 0.03
    assert abs(share["buprenorphine"] - PUBLISHED["relapse"]["BUP"]) < 0.03
    assert lower < found.primary.value < upper


def test_report_says_that_the_rule_for_missing_urine_decides(found):
    used, not_used, left_out = (one.effect for one in found.under_rules)

    assert found.is_decided_by_rule
    assert (used.excludes_null, not_used.excludes_null, left_out.excludes_null) == (
        True, False, False,
    )  # fmt: skip
    assert found.headline[1].startswith("The rule for missing data decides this result: ")


def test_among_those_who_began_there_is_no_difference_as_published(found):
    """Lee et al. 2018: 474 inducted, alike (p = 0.44)."""
    ((_, effect),) = found.beside

    assert effect.n == sum(PUBLISHED["inducted"].values())
    assert not effect.excludes_null
    assert effect.p == pytest.approx(0.44, abs=0.06)


def test_analyze_writes_a_report_that_stands_by_itself(data, tmp_path):
    out = tmp_path / "out"

    said = run(analyze, EXAMPLE / "study.toml", data, "--json", "--out", out)

    page = (out / "report.html").read_text()
    assert said.exit_code == 0
    assert json.loads(said.stdout)["is_decided_by_rule"] is True
    assert json.loads((out / "report.json").read_text())["status"] == "exploratory"
    assert sorted(one.name for one in (out / "figures").iterdir()) == ["rules.svg", "survival.svg"]
    assert page.index("The rule for missing data decides") < page.index("Who took part")
    assert "<script" not in page
    assert "url(fonts" not in page
    assert 'src="http' not in page


def test_locked_plan_is_confirmatory_until_it_is_changed(data, tmp_path):
    from kith.lab.study import study  # noqa: PLC0415

    plan = tmp_path / "study.toml"
    shutil.copy(EXAMPLE / "study.toml", plan)
    run(study, "lock", plan, "--by", "Ana")

    before = json.loads(run(analyze, plan, data, "--json").stdout)
    plan.write_text(plan.read_text().replace("periods = 4", "periods = 3"))
    after = json.loads(run(analyze, plan, data, "--json").stdout)

    assert (before["status"], before["deviations"]) == ("confirmatory", [])
    assert after["status"] == "exploratory"
    assert after["deviations"] == ["outcomes.relapse.settings.periods: locked as 4, now 3"]
    assert [one["is_confirmatory"] for one in (before["primary"], after["primary"])] == [
        True,
        False,
    ]


def test_table_that_is_not_there_is_refused_by_name(tables):
    (tables / "uds.csv").unlink()

    with pytest.raises(MappingError, match=r"^uds: there is no uds.csv or uds.csv.gz$"):
        import_records(EXAMPLE / "mapping.toml", tables)


def test_impossible_day_is_refused_with_its_row_and_without_its_value(tables):
    visits = tables / "visit.csv"
    lines = visits.read_text().splitlines()
    visits.write_text("\n".join([lines[0], "3,WK1,visit,someday", *lines[2:]]))

    with pytest.raises(MappingError, match=r"^visit: row 2, column when: is no number$"):
        import_records(EXAMPLE / "mapping.toml", tables)


def test_person_who_is_drawn_twice_is_refused(tables):
    drawn = tables / "randomization.csv"
    drawn.write_text(drawn.read_text() + "3,Inpatient BUP,1,13.0\n")

    with pytest.raises(
        MappingError, match=r"^randomization: row \d+, column who: is there twice; "
    ):
        import_records(EXAMPLE / "mapping.toml", tables)


def test_answer_that_is_there_twice_is_refused_unless_the_mapping_says_which_counts(
    tables, tmp_path
):
    mapping = tmp_path / "mapping.toml"
    text = (EXAMPLE / "mapping.toml").read_text()
    mapping.write_text(text.replace('value = 0\nagain = "highest"', "value = 0"))

    with pytest.raises(MappingError, match="this person has a value for this day already"):
        import_records(mapping, tables)


def test_word_that_no_mapping_has_is_refused(tables, tmp_path):
    mapping = tmp_path / "mapping.toml"
    mapping.write_text((EXAMPLE / "mapping.toml").read_text().replace("days = 168", "dyas = 168"))

    with pytest.raises(MappingError, match="follow_up has no key dyas; it may have: days, ends"):
        import_records(mapping, tables)


def test_data_of_another_study_are_refused_with_the_reason(data, tmp_path):
    plan = tmp_path / "study.toml"
    text = (EXAMPLE / "study.toml").read_text()
    plan.write_text(text.replace('"naltrexone"', '"placebo"'))

    said = run(analyze, plan, data)

    assert said.exit_code == 1
    assert "the plan has the arms ('buprenorphine', 'placebo')" in said.output
