import numpy as np
import orjson
import pytest
import xarray as xr
from click.testing import CliRunner
from tests.core.model.test_scenario import GOOD

from kith.core.model.outcomes import OUTCOMES
from kith.core.model.scenario import read
from kith.core.ties.folding import fold
from kith.lab.analyze import analyze
from kith.lab.records_files import read_records
from kith.lab.simulate import shipped, simulate, text_of

PLAIN = ["--engine", "numpy", "--workers", "1"]


def _simulate(*arguments):
    return CliRunner().invoke(simulate, list(map(str, arguments)))


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """A tiny scenario, lived once: where it was written, and what it said."""
    folder = tmp_path_factory.mktemp("town")
    scenario = folder / "two.toml"
    scenario.write_text(GOOD, encoding="utf-8")
    said = _simulate(scenario, *PLAIN, "--json", "--out", folder / "out")
    assert said.exit_code == 0, said.output
    return folder, orjson.loads(said.stdout)


def test_account_says_what_was_lived_and_how_fast(lived):
    _, account = lived

    assert (account["people"], account["days"], account["replicates"]) == (60, 28, 2)
    assert min(account[name] for name in ("seconds", "agent_steps_per_s", "peak_memory_mb")) > 0
    assert list(account["arms"]) == ["nothing", "circle"]
    circle = account["arms"]["circle"]
    assert list(circle["outcomes"]) == list(OUTCOMES)
    for one in circle["outcomes"].values():
        assert one["lower"] <= one["mean"] <= one["upper"]
    assert circle["offered_a_week"] == pytest.approx(3.0, abs=1e-4)
    assert account["arms"]["nothing"]["outcomes"]["contacts_a_week"]["mean"] == 0
    assert 0 < circle["outcomes"]["contacts_a_week"]["mean"] <= 3.3
    (expected,) = account["expected"]
    assert expected["verdict"] in {"as said", "not shown", "the other way"}
    assert 0 <= expected["agree"] <= 2
    # Two of two, or none, say the same as their mean.
    assert expected["agree"] == 1 or (expected["agree"] == 2) == (
        expected["difference"]["mean"] < 0
    )
    assert "no evidence" in account["caution"]


def test_same_seed_says_the_same_and_another_does_not(lived):
    folder, account = lived

    again = orjson.loads(_simulate(folder / "two.toml", *PLAIN, "--json").stdout)
    other = orjson.loads(_simulate(folder / "two.toml", *PLAIN, "--json", "--seed", 2).stdout)

    assert again["arms"] == account["arms"]
    assert other["arms"] != account["arms"]


def test_days_are_written_by_arm_replicate_day_and_metric(lived):
    folder, account = lived

    with xr.open_dataset(folder / "out" / "simulation.nc", engine="scipy") as data:
        assert dict(data.sizes) == {
            "arm": 2, "replicate": 2, "day": 28, "metric": 13, "measure": len(OUTCOMES),
        }  # fmt: skip
        mean = float(data["outcome"].sel(arm="circle", measure="relapsed").mean())
        assert data["daily"].sel(metric="alive").max() <= 60
        assert orjson.loads(data.attrs["changed_parameters"]) == {
            "resolve.use": 0.6, "cost.drug": 0.04,
        }  # fmt: skip
    assert mean == pytest.approx(account["arms"]["circle"]["outcomes"]["relapsed"]["mean"])


def test_records_are_a_study_that_analyze_reads_unchanged(lived):
    folder, _ = lived
    out = folder / "out"

    said = CliRunner().invoke(analyze, [str(out / "study.toml"), str(out / "records"), "--json"])

    assert said.exit_code == 0, said.output
    results = orjson.loads(said.stdout)
    assert results["not_analysed"] == []
    assert len(results["secondary"]) == 2
    drawn = sum(arm["drawn"] for arm in results["flow"])
    assert drawn == len(read_records(out / "records")[0].assignments.person)


def test_records_hold_what_people_lived(lived):
    folder, _ = lived
    records, _names = read_records(folder / "out" / "records")

    drawn = records.assignments
    assert drawn.arms == ("nothing", "circle")
    assert np.unique(drawn.person).size == len(drawn.person) == len(records.follow_up.person)
    acts = records.acts
    assert set(acts.actor.tolist()) <= set(drawn.person.tolist())
    assert len(acts.day) > 0
    # Ties can be learned from them by the app's own rule.
    ties = fold(acts)
    assert 0 < ties.strength.max() < 1
    arm = dict(zip(drawn.person.tolist(), drawn.arm.tolist(), strict=True))
    in_person = acts.actor[acts.mode == 0]
    assert {arm[one] for one in in_person.tolist()} == {1}


def test_only_arms_that_are_asked_for_are_lived(lived):
    folder, _ = lived

    said = _simulate(
        folder / "two.toml", *PLAIN, "--arms", "circle", "--replicates", 1, "--days", 3
    )

    assert said.exit_code == 0
    assert "circle" in said.stdout
    assert "nothing " not in said.stdout


@pytest.mark.slow
def test_processes_change_nothing(lived):
    folder, account = lived

    beside = ["--engine", "numpy", "--workers", "2", "--json"]
    two = orjson.loads(_simulate(folder / "two.toml", *beside).stdout)

    assert two["arms"] == account["arms"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.toml"], "nowhere.toml cannot be read: No such file or directory. kith brings: bad"),
        (["contrasts", "--days", "0"], "days is 0. It must be 1 to 3,650."),
        (["contrasts", "--people", "5"], "people is 5. It must be 10 to 2,000,000."),
        (["contrasts", "--arms", "full,half"], "There is no arm 'half'. There are: full, off_cue"),
    ],
)  # fmt: skip
def test_what_cannot_be_lived_is_said(arguments, said):
    refused = _simulate(*arguments, *PLAIN)

    assert refused.exit_code == 1
    assert said in refused.stderr


@pytest.mark.parametrize(
    ("name", "held", "said"),
    [
        ("empty.toml", b"", "arms: There is no arm. Write [[arms]] with a key and a feature."),
        ("notes.toml", b"Dear all,\n", "line 1, column 6: This is no TOML"),
        ("old.toml", GOOD.replace("Two", "Zw\u00f6lf").encode("latin-1"), "old.toml is no UTF-8 text."),
        ("wide.toml", GOOD.encode("utf-16"), "wide.toml is no UTF-8 text."),
        ("folder.toml", None, "folder.toml cannot be read: Is a directory. kith brings: bad_circles"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_scenario_is_refused_in_words(tmp_path, name, held, said):
    file = tmp_path / name
    if held is None:
        file.mkdir()
    else:
        file.write_bytes(held)

    refused = _simulate(file, *PLAIN, "--json")

    assert refused.exit_code == 1
    assert said in refused.stderr
    assert said in orjson.loads(refused.stdout)["error"]


def test_a_mark_that_an_editor_put_before_the_text_is_no_matter(tmp_path):
    (tmp_path / "marked.toml").write_text(GOOD, encoding="utf-8-sig")

    assert text_of(str(tmp_path / "marked.toml")) == GOOD


def test_where_nothing_can_be_written_nothing_is_lived(lived):
    folder, _ = lived

    refused = _simulate(folder / "two.toml", *PLAIN, "--out", folder / "two.toml" / "out")

    assert refused.exit_code == 1
    assert "two.toml/out cannot be written to: Not a directory." in refused.stderr
    assert refused.stdout == ""


def test_shipped_scenarios_are_listed_and_can_be_read():
    assert list(shipped()) == [
        "bad_circles",
        "contrasts",
        "contrasts_fresh",
        "features",
        "isolation",
        "recipes",
    ]
    assert all(title in _simulate().output for title in shipped().values())


def test_contrast_arms_differ_in_one_thing_at_one_dose():
    full, *others = read(text_of("contrasts")).arms

    names = [name for name in full.__slots__ if name not in {"key", "name"}]
    for other in others:
        assert sum(getattr(full, one) != getattr(other, one) for one in names) == 1
        assert full.contacts_a_week == other.contacts_a_week
