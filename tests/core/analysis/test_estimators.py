"""What a plan asks for is what core.stats answers, with its covariates, clusters, strata and rules."""

import csv
from dataclasses import replace
from math import log
from pathlib import Path

import numpy as np
import pytest
from tests.core.analysis.worlds import ANALYSIS, HEAD, N, found, outcome, people, same, world

from kith.core.analysis.analyse import analyse
from kith.core.records import Decisions, Measure, Prompts
from kith.core.rng import stream
from kith.core.stats.cox import cox
from kith.core.stats.delta_adjusted import mean_range
from kith.core.stats.difference import holm, mean_difference, risk_difference, risk_ratio
from kith.core.study import read
from kith.errors import NoAnswerError

MRT = Path(__file__).parents[2] / "data/study/mrt"


def test_difference_takes_the_covariates_and_clusters_of_the_plan_and_its_level():
    arm, first, last, rows = people()
    site = np.array(["north", "south", "east"], object)[np.arange(N) // 20]
    cluster = np.arange(N) // 4
    asked = outcome(at_week=12, covariates='["score", "site"]', settings="{ cluster = true }")
    analysis = ANALYSIS.replace("0.05", "0.1")

    effect = found(asked, records=world(rows, arm, cluster=cluster), analysis=analysis, facts={"site": site}).primary  # fmt: skip

    table = np.column_stack([first, site == "north", site == "south"]).astype(np.float64)
    same(effect, mean_difference(last, arm == 1, covariates=table, cluster=cluster, level=0.9))
    assert effect.level == pytest.approx(0.9)


def test_value_of_an_earlier_week_stands_for_nothing_later():
    arm, _, _, rows = people(gone=range(10))
    rows += [(n, "score", 42.0, 100.0) for n in range(10)]

    effect = found(outcome(at_week=12), records=world(rows, arm)).primary

    assert effect.n == 50
    assert abs(effect.value) < 5


@pytest.mark.parametrize("estimator", ["risk_difference", "risk_ratio"])
def test_risks_are_those_of_core_stats(estimator):
    arm = np.arange(N) % 2
    yes = stream(3, "yes").random(N) < 0.3 + 0.3 * arm
    rows = [(n, "took", 84.0, float(yes[n])) for n in range(N)]

    result = found(outcome(measure="took", estimator=estimator, at_week=12), records=world(rows, arm))  # fmt: skip

    same(result.primary, {"risk_difference": risk_difference, "risk_ratio": risk_ratio}[estimator](yes, arm == 1))  # fmt: skip
    assert result.shares[0].yes == yes[arm == 1].sum()
    assert not result.is_decided_by_rule


def test_several_primary_outcomes_share_the_error_by_holm():
    arm, first, last, rows = people()
    asked = (outcome("one", at_week=12), outcome("two", at_week=0))

    result = found(*asked, records=world(rows, arm), analysis=ANALYSIS.replace("alpha", 'multiplicity = "holm"\nalpha'))  # fmt: skip

    ((second, _),) = result.also_primary
    each = [mean_difference(y, arm == 1, level=0.975) for y in (last, first)]
    same(result.primary, each[0])
    same(second, each[1])
    assert [result.primary.adjusted_p, second.adjusted_p] == pytest.approx(
        holm(np.array([one.p for one in each])).tolist()
    )


def test_in_order_nothing_after_what_is_not_shown_is_shown():
    arm, _, _, rows = people()
    asked = (outcome("nothing", at_week=0), outcome("something", at_week=12))

    result = found(*asked, records=world(rows, arm), analysis=ANALYSIS.replace("alpha", 'multiplicity = "in_order"\nalpha'))  # fmt: skip

    ((second, _),) = result.also_primary
    assert second.p < result.primary.p
    assert second.adjusted_p == result.primary.p


def test_subgroups_are_answered_with_their_interaction():
    dice = stream(5, "subgroups")
    arm, site = np.arange(200) % 2, np.array(["north", "south"], object)[np.arange(200) // 100]
    value = dice.normal(0, 1, 200) + arm * np.where(site == "north", -3, 3)
    rows = [(n, "score", 84.0, value[n]) for n in range(200)]
    asked = outcome(at_week=12, covariates='["site"]', subgroups='["site"]')

    (by,) = found(asked, records=world(rows, arm), facts={"site": site}).subgroups

    assert [(word, round(one.value)) for word, one in by.effects] == [("north", -3), ("south", 3)]
    assert by.p < 1e-6


def test_who_did_as_drawn_stands_beside_everybody():
    arm, _, last, rows = people()
    took = np.arange(N) % 3 > 0
    rows += [(n, "took", 1.0, float(took[n])) for n in range(N)]

    result = found(outcome(at_week=12, settings='{ taken = "took" }'), records=world(rows, arm))

    ((words, effect),) = result.beside
    same(effect, mean_difference(last[took], arm[took] == 1))
    assert (result.primary.n, effect.n) == (60, 40)
    assert "no longer chance" in words


def test_range_for_missing_data_moves_the_mean_and_may_decide():
    arm, _, last, rows = people(gone=range(1, 31, 2))
    analysis = ANALYSIS.replace("}", ", range = [-2.0, 4.0] }")

    result = found(outcome(at_week=12), records=world(rows, arm), analysis=analysis)

    moved = {one.words: one.effect for one in result.under_rules}
    worse = moved["those without an answer are 4 higher than those with one"]
    same(worse, mean_range(last, arm == 1, deltas=(4.0,)).estimates[0])
    assert result.is_decided_by_rule
    assert result.headline[1].startswith("The rule for missing data decides this result: ")
    assert [one.is_planned for one in result.under_rules] == [True, False, False, False]


def test_imputation_uses_what_is_known_and_can_be_repeated():
    arm, _, _, rows = people(gone=range(12))
    asked = outcome(at_week=12, covariates='["score"]')
    analysis = ANALYSIS.replace("complete_cases", "multiple_imputation")

    one, again = (found(asked, records=world(rows, arm), analysis=analysis).primary for _ in "12")

    assert one == again
    assert one.n == N
    assert one.value == pytest.approx(-1, abs=0.6)


def test_a_missing_yes_or_no_is_held_against_all_it_could_be():
    arm = np.arange(N) % 2
    yes = np.where(np.arange(N) < 20, np.nan, (np.arange(N) % 4 == 1).astype(float))
    rows = [(n, "took", 84.0, yes[n]) for n in range(N) if np.isfinite(yes[n])]

    result = found(outcome(measure="took", estimator="risk_difference", at_week=12), records=world(rows, arm))  # fmt: skip

    words = [one.words for one in result.under_rules]
    assert words[:3] == [
        "those without an answer are left out", "a missing answer counts as yes",
        "a missing answer counts as no",
    ]  # fmt: skip
    assert [one.effect.n for one in result.under_rules] == [40, 60, 60, 60]


def followed():
    dice = stream(7, "followed")
    arm = np.arange(N) % 2
    time = np.ceil(dice.exponential(30 + 40 * arm))
    ends = np.minimum(84.0, np.where(np.arange(N) % 5 == 0, 20.0, 84.0))
    why = np.where(np.arange(N) % 5 == 0, 3, 0)
    rows = [(n, "took", time[n], 1.0) for n in range(N) if time[n] <= ends[n]]
    return (
        world(rows, arm, follow=(np.minimum(time, ends), why)),
        arm,
        np.minimum(time, ends),
        time <= ends,
    )


def test_hazard_ratio_takes_strata_and_being_lost_may_count_as_the_event():
    records, arm, time, event = followed()
    site = np.array(["north", "south"], object)[np.arange(N) // 30]
    asked = outcome(measure="took", estimator="cox", settings='{ strata = ["site"] }')

    result = found(asked, records=records, facts={"site": site}, analysis=ANALYSIS.replace("complete_cases", "censored"))  # fmt: skip

    fit = cox(time, event, arm[:, None].astype(float), ("arm",), strata=np.arange(N) // 30)
    same(result.primary, fit.estimates[0], np.exp)
    lost = int((~event & (np.arange(N) % 5 == 0)).sum())
    assert [sum(s.yes for s in one.shares) - event.sum() for one in result.under_rules] == [0, lost, 0]  # fmt: skip


@pytest.mark.parametrize("estimator", ["log_rank", "recurrent"])
def test_other_ways_to_look_at_events_agree_with_cox_where_they_should(estimator):
    records, _, _, _ = followed()

    by_cox, other = (
        found(outcome(measure="took", estimator=one), records=records).primary
        for one in ("cox", estimator)
    )

    assert other.value == pytest.approx(by_cox.value, rel=1e-6)
    assert other.p == pytest.approx(by_cox.p, abs=0.02)


def test_mixed_model_finds_the_difference_over_all_weeks():
    dice = stream(9, "mixed")
    arm, own = np.arange(N) % 2, dice.normal(0, 1, N)
    rows = [
        (n, "score", day, own[n] - 2 * arm[n] * (day > 0) + dice.normal())
        for n in range(N)
        for day in (0.0, 42.0, 84.0)
    ]

    effect = found(outcome(estimator="mixed"), records=world(rows, arm)).primary

    assert effect.value == pytest.approx(-2, abs=0.7)
    assert effect.n == N


def test_clusters_make_persons_means_stand_for_a_mixed_model_and_it_is_said():
    arm, _, last, rows = people()
    asked = outcome(estimator="mixed", settings="{ cluster = true }")

    result = found(asked, records=world(rows, arm, cluster=np.arange(N) // 2))

    same(result.primary, mean_difference(last, arm == 1, cluster=np.arange(N) // 2))
    assert "each person's mean is compared" in result.not_analysed[0]


def test_too_many_answers_for_a_mixed_model_are_averaged_and_it_is_said(monkeypatch):
    monkeypatch.setattr("kith.core.analysis.answering.MOST_MIXED", 59)
    arm, _, last, rows = people()

    result = found(outcome(estimator="mixed"), records=world(rows, arm))

    same(result.primary, mean_difference(last, arm == 1))
    assert "60 answers would take a mixed model too long" in result.not_analysed[0]


def moments(path, y, a, more):
    """Records of the decisions in a table, the outcome and controls just when each was made."""
    with (MRT / path).open() as file:
        rows = list(csv.DictReader(file))
    column = {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}
    n = len(rows)
    who = (column["userid"] - column["userid"].min()).astype(np.int32)
    day = np.arange(n, dtype=np.float64)
    is_there = column["avail"] == 1
    treated = ((column[a] == 1) & is_there).astype(np.int8)
    came = np.where(treated == 1, column["rand_prob"], 1 - column["rand_prob"])
    decisions = Decisions(
        int(who.max()) + 1, who, np.full(n, -1, np.int32), day, is_there, np.zeros(n, np.bool_),
        treated, came, np.ones(n),
    )  # fmt: skip
    values = [(int(w), "score", d, v) for w, d, v in zip(who, day, column[y], strict=True)]
    for name in more:
        values += [(int(w), name, d, v) for w, d, v in zip(who, day, column[name], strict=True)]
    return world(values, np.zeros(int(who.max()) + 1), decisions=decisions)


def decided(estimator, controls):
    said = f"{{ controls = {list(controls)!r} }}".replace("'", '"')
    draw = '[randomisation]\nunit = "decisions"\nmechanism = "simple"\n'
    return HEAD + outcome(estimator=estimator, settings=said) + draw + ANALYSIS


def test_wcls_of_a_plan_is_the_published_one():
    """Heart steps as simulated: 0.1574444, 95% 0.031 to 0.284, p 0.016 (checks.json)."""
    records = moments("data_mimicHeartSteps.csv", "logstep_30min", "intervention", ["logstep_pre30min"])  # fmt: skip

    effect = analyse(read(decided("wcls", ["logstep_pre30min"])), records, 1).primary

    assert effect.value == pytest.approx(0.1574444, abs=1e-7)
    assert (effect.lower, effect.upper, effect.p) == pytest.approx((0.031, 0.2839, 0.0162), abs=1e-4)  # fmt: skip


def test_answer_to_the_prompt_of_a_decision_is_that_decisions_whenever_it_came():
    """The published one again, with every answer late but tied to its prompt."""
    records = moments("data_mimicHeartSteps.csv", "logstep_30min", "intervention", ["logstep_pre30min"])  # fmt: skip
    told, seen = records.decisions, records.observations
    n = len(told.person)
    prompts = Prompts(
        records.people, told.person, told.day, told.day, told.day, told.day, told.day + 1,
        np.arange(n, dtype=np.int32),
    )  # fmt: skip
    is_own = np.arange(len(seen.person)) < n
    late = replace(
        seen,
        day=np.where(is_own, seen.day + 1000, seen.day),
        prompt=np.where(is_own, np.arange(len(is_own)), -1).astype(np.int32),
    )

    effect = analyse(
        read(decided("wcls", ["logstep_pre30min"])),
        replace(records, prompts=prompts, observations=late),
        1,
    ).primary

    assert effect.value == pytest.approx(0.1574444, abs=1e-7)


def test_control_that_nobody_was_ever_asked_leaves_no_decision_to_count():
    records = moments("data_mimicHeartSteps.csv", "logstep_30min", "intervention", [])
    seen = records.observations
    records = replace(
        records, observations=replace(seen, measures=(*seen.measures, Measure("took")))
    )

    with pytest.raises(NoAnswerError, match="nobody was ever available"):
        analyse(read(decided("wcls", ["took"])), records, 1)


def test_emee_of_a_plan_takes_the_probability_of_what_came():
    """Against the same rows given to the estimator by hand."""
    from kith.core.stats.emee import emee  # noqa: PLC0415
    from kith.core.stats.micro_randomised import MicroRandomised  # noqa: PLC0415

    records = moments("data_binary.csv", "Y", "A", ["time_var1"])
    with (MRT / "data_binary.csv").open() as file:
        rows = list(csv.DictReader(file))
    who, y, a, p, on, x = (
        np.array([float(row[name]) for row in rows])
        for name in ("userid", "Y", "A", "rand_prob", "avail", "time_var1")
    )
    trial = MicroRandomised(
        who.astype(np.int64), y, a == 1, p, on == 1, np.zeros((len(y), 0)), x[:, None], (), ("x",)
    )

    effect = analyse(read(decided("emee", ["time_var1"])), records, 1).primary

    same(effect, emee(trial).named("treatment"), np.exp)
    assert effect.scale == "risk ratio"
    assert log(effect.value) == pytest.approx(0.3, abs=0.3)


def test_what_the_records_lack_is_said():
    arm, _, _, rows = people()

    result = found(outcome(at_week=12, covariates='["site"]', settings="{ cluster = true }"), records=world(rows, arm))  # fmt: skip

    assert result.not_analysed == (
        "score: the records do not say site, so it is not adjusted for",
        "score: the plan takes people of one circle or place to be alike, and the records have no "
        "circle or place: the interval may be too narrow",
    )


def test_moment_at_which_nothing_was_drawn_counts_for_nothing():
    """Rows that were certain, with an outcome of their own, change no number."""
    records = moments("data_binary.csv", "Y", "A", ["time_var1"])
    plan = read(decided("emee", ["time_var1"]))
    told, seen = records.decisions, records.observations
    last = told.day.max()

    def longer(column, value):
        return np.append(column, np.full(20, value, column.dtype))

    more = replace(
        told,
        **{
            name: longer(getattr(told, name), value)
            for name, value in {
                "person": 3, "helper": -1, "is_available": True, "is_helper_available": False,
                "treated": 0, "probability": 1.0, "helper_probability": 1.0,
            }.items()
        },
        day=np.append(told.day, last + 1 + np.arange(20)),
    )  # fmt: skip
    answers = {
        "person": 3, "measure": 0, "value": 1.0, "missing": 0, "prompt": -1, "version": 1,
    }  # fmt: skip
    after = replace(
        seen,
        **{name: longer(getattr(seen, name), value) for name, value in answers.items()},
        day=np.append(seen.day, last + 1 + np.arange(20)),
    )

    beside = analyse(plan, replace(records, decisions=more, observations=after), 1)

    first = analyse(plan, records, 1)
    assert (beside.primary, beside.not_analysed) == (first.primary, first.not_analysed)
