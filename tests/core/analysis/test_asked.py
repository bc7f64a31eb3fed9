"""What a plan may ask besides a plain difference, and what is said where the records do not bear it."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from tests.core.analysis.worlds import ANALYSIS, HEAD, N, found, outcome, people, same, world

from kith.core.analysis.analyse import analyse
from kith.core.analysis.deriving import Runs, by_runs
from kith.core.analysis.describing import baseline
from kith.core.rng import stream
from kith.core.stats.compliers import compliers
from kith.core.stats.cox import cox
from kith.core.stats.delta_adjusted import risk_range
from kith.core.stats.difference import mean_difference
from kith.core.study import lock, read
from kith.errors import InvalidInputError, NoAnswerError

PER_PROTOCOL = ANALYSIS.replace("alpha", 'population = "per_protocol"\nalpha')
TAKEN = '{ taken = "took" }'
SITE = np.array(["north", "south"], object)[np.arange(N) // 30]


def takers(took):
    """People with a score in week 12, and whether each took what they were drawn to."""
    arm, _, last, rows = people()
    return arm, last, world([*rows, *((n, "took", 1.0, float(took[n])) for n in range(N))], arm)


def shares(gone=()):
    """People who say yes or no in week 12: a third without the new, two thirds with it."""
    arm = np.arange(N) % 2
    yes = np.where(np.arange(N) % 3 == 0, 1.0 - arm, arm.astype(float))
    yes[list(gone)] = np.nan
    rows = [(n, "took", 84.0, yes[n]) for n in range(N) if np.isfinite(yes[n])]
    return arm, yes, world(rows, arm)


def risk(estimator="risk_difference", **more):
    return outcome(measure="took", estimator=estimator, at_week=12, **more)


# ---- populations ----------------------------------------------------------------------------------
def test_plan_per_protocol_has_who_took_it_first_and_everybody_beside():
    took = np.arange(N) % 3 > 0
    arm, last, records = takers(took)

    result = found(outcome(at_week=12, settings=TAKEN), records=records, analysis=PER_PROTOCOL)

    same(result.primary, mean_difference(last[took], arm[took] == 1))
    ((words, everybody),) = result.beside
    same(everybody, mean_difference(last, arm == 1))
    assert words == "everyone, in the arm they were drawn into"


def test_plan_per_protocol_that_does_not_say_who_took_it_has_no_answer():
    arm, _, _, rows = people()

    with pytest.raises(NoAnswerError, match=r"settings\.taken does not say who did as drawn"):
        found(outcome(at_week=12), records=world(rows, arm), analysis=PER_PROTOCOL)


def test_where_nobody_took_it_the_other_population_has_no_answer_and_it_is_said():
    _, _, records = takers(np.zeros(N, bool))

    result = found(outcome(at_week=12, settings=TAKEN), records=records)

    assert result.beside == ()
    assert result.not_analysed[0].startswith("only those who took what they were drawn to ")


def test_nobody_who_could_be_followed_has_no_answer():
    arm = np.arange(N) % 2
    records = world([(n, "took", 20.0, 0.0) for n in range(N)], arm)
    asked = outcome(measure="took", estimator="cox", settings=TAKEN)

    with pytest.raises(NoAnswerError, match="score: nobody was followed"):
        found(asked, records=records, analysis=PER_PROTOCOL)


# ---- estimators -----------------------------------------------------------------------------------
def test_effect_on_those_who_took_it_is_that_of_core_stats():
    took = (np.arange(N) % 2 == 1) & (np.arange(N) % 3 > 0)
    arm, last, records = takers(took)

    effect = found(outcome(estimator="compliers", at_week=12, settings=TAKEN), records=records).primary  # fmt: skip

    same(effect, compliers(last, took, arm == 1).effect)


def test_effect_on_those_who_took_it_needs_to_be_told_who_did():
    arm, _, _, rows = people()

    with pytest.raises(NoAnswerError, match=r"write settings = \{ taken = MEASURE \}"):
        found(outcome(estimator="compliers", at_week=12), records=world(rows, arm))


def test_model_over_time_of_people_who_answered_only_at_the_draw_has_no_answer():
    arm, first, _, _ = people()
    records = world([(n, "score", 0.0, first[n]) for n in range(N)], arm)

    with pytest.raises(NoAnswerError, match="nobody answered after the draw"):
        found(outcome(estimator="mixed"), records=records)


def test_plan_without_a_primary_outcome_or_of_other_arms_is_refused():
    arm, _, _, rows = people()

    with pytest.raises(InvalidInputError, match="no primary outcome"):
        found(outcome(role="secondary", at_week=12), records=world(rows, arm))
    with pytest.raises(InvalidInputError, match=r"\('usual', 'other'\), the records have \('usual', 'new'\)"):  # fmt: skip
        analyse(read(HEAD.replace('"new"', '"other"') + outcome(at_week=12)), world(rows, arm), 1)


def test_measure_that_the_records_lack_is_refused():
    arm, _, _, rows = people()

    with pytest.raises(InvalidInputError, match=r"no measure 'took'; they have: \['score'\]"):
        found(outcome(at_week=12, settings=TAKEN), records=world(rows, arm))


# ---- several outcomes -----------------------------------------------------------------------------
def test_several_primary_outcomes_share_the_error_by_bonferroni():
    arm, _, _, rows = people()
    asked = (outcome("nothing", at_week=0), outcome("something", at_week=12))

    result = found(*asked, records=world(rows, arm), analysis=ANALYSIS.replace("alpha", 'multiplicity = "bonferroni"\nalpha'))  # fmt: skip

    ((second, _),) = result.also_primary
    assert second.adjusted_p == pytest.approx(2 * second.p)
    assert result.primary.adjusted_p == 1
    assert result.primary.p > 0.5


def test_subgroups_of_what_is_not_first_are_not_answered_and_it_is_said():
    arm, _, _, rows = people()
    other = outcome("other", role="secondary", at_week=0, subgroups='["score"]')

    result = found(outcome(at_week=12), other, records=world(rows, arm))

    assert "other: subgroups are only of the first primary outcome" in result.not_analysed
    assert result.subgroups == ()


def test_plan_that_changed_where_the_primary_outcome_does_not_rest_stays_confirmatory_and_says_so():
    arm, _, _, rows = people()
    plan = read(HEAD + outcome(at_week=12) + ANALYSIS)
    locked = lock(plan, at=datetime(2026, 1, 1, tzinfo=UTC), by="Ana", seed_commitment="0" * 64)
    changed = replace(plan, study=replace(plan.study, title="Another title"))

    before, after = (analyse(one, world(rows, arm), 1, lock=locked) for one in (plan, changed))

    assert (before.status, after.status) == ("confirmatory", "confirmatory")
    assert before.status_why == "Nothing below was chosen after seeing data."
    assert after.status_why.endswith("other parts are not.")
    assert len(after.deviations) == 1


# ---- subgroups ------------------------------------------------------------------------------------
def test_subgroups_of_a_number_are_the_halves_below_and_above_its_middle():
    arm, first, last, rows = people()
    age = np.arange(N) * 1.0
    asked = outcome(at_week=12, covariates='["score"]', subgroups='["score", "age"]')

    by_score, by_age = found(asked, records=world(rows, arm), facts={"age": age}).subgroups

    assert [word for word, _ in by_age.effects] == ["up to 29.5", "above 29.5"]
    young = age <= 29.5
    same(by_age.effects[0][1], mean_difference(last[young], arm[young] == 1, covariates=first[young, None]))  # fmt: skip
    high = first > np.median(first)
    same(by_score.effects[1][1], mean_difference(last[high], arm[high] == 1))


def test_subgroups_that_are_few_or_have_no_answer_or_are_not_known_are_said_and_left_out():
    arm, _, _, _ = people()
    # Everybody in the south has one arm's word: nobody there can be compared.
    arm[40:] = 1
    site = np.where(np.arange(N) < 5, "east", np.where(np.arange(N) < 40, "north", "south"))
    rows = [(n, "score", 84.0, float(n % 7)) for n in range(N)]
    asked = outcome(at_week=12, subgroups='["site", "score", "town"]')
    records = world(rows, arm)

    result = found(asked, records=records, facts={"site": site.astype(object), "town": np.full(N, np.nan)})  # fmt: skip

    assert result.subgroups == ()
    assert result.not_analysed[:2] == (
        "score within site east: fewer than 11 people",
        "score within site south: score: an arm is empty: nothing can be compared",
    )


def test_subgroup_by_what_the_records_do_not_say_is_none():
    arm, _, _, rows = people()

    assert found(outcome(at_week=12, subgroups='["site"]'), records=world(rows, arm)).subgroups == ()  # fmt: skip


# ---- covariates and strata ------------------------------------------------------------------------
def test_covariate_that_makes_the_strata_is_not_adjusted_for_besides():
    arm, time = np.arange(N) % 2, np.ceil(stream(7, "t").exponential(30, N))
    records = world([(n, "took", time[n], 1.0) for n in range(N)], arm)
    asked = outcome(measure="took", estimator="cox", covariates='["site"]', settings='{ strata = ["site"] }')  # fmt: skip

    effect = found(asked, records=records, facts={"site": SITE}, analysis=ANALYSIS.replace("complete_cases", "censored")).primary  # fmt: skip

    ends, event = np.minimum(time, 84), time <= 84
    fit = cox(ends, event, arm[:, None].astype(float), ("arm",), strata=np.arange(N) // 30)
    same(effect, fit.estimates[0], np.exp)


def test_covariate_of_whom_some_say_nothing_has_the_others_mean_and_it_is_said():
    arm, _, last, rows = people()
    age = np.where(np.arange(N) < 6, np.nan, np.arange(N) % 17 + 20.0)

    result = found(outcome(at_week=12, covariates='["age"]'), records=world(rows, arm), facts={"age": age})  # fmt: skip

    filled = np.where(np.isnan(age), np.nanmean(age), age)
    same(result.primary, mean_difference(last, arm == 1, covariates=filled[:, None]))
    assert result.not_analysed == (
        "score: 6 people have no age at the draw; the mean of the others stands for it (White & "
        "Thompson 2005)",
    )


def test_covariate_of_whom_nobody_says_anything_is_not_adjusted_for_and_it_is_said():
    arm, _, last, _ = people()
    records = world([(n, "score", 84.0, last[n]) for n in range(N)], arm)

    result = found(outcome(at_week=12, covariates='["score"]'), records=records)

    same(result.primary, mean_difference(last, arm == 1))
    assert result.not_analysed == (
        "score: nobody has a score at the draw, so it is not adjusted for",
    )


# ---- what is missing ------------------------------------------------------------------------------
def test_shares_are_moved_by_log_odds_where_people_are_not_alike():
    arm, yes, records = shares(gone=range(0, 24, 2))
    analysis = ANALYSIS.replace("}", ", range = [-1.0, 1.0] }")

    result = found(risk(), records=records, analysis=analysis)

    moved = {one.words: one.effect for one in result.under_rules}
    more = moved["the odds of those without an answer are 2.7 times those of the others"]
    same(more, risk_range(yes, arm == 1, deltas=(1.0,)).estimates[0])


@pytest.mark.parametrize(
    ("asked", "cluster", "why"),
    [
        (risk("risk_ratio"), None, "a ratio of risks is not moved by log odds"),
        (
            risk(settings="{ cluster = true }"),
            np.arange(N) // 6,
            "shares of people who are alike are not moved by log odds",
        ),
    ],
)
def test_rule_that_is_nothing_for_an_estimator_is_said_and_left_out(asked, cluster, why):
    arm, yes, _ = shares(gone=range(0, 24, 2))
    rows = [(n, "took", 84.0, yes[n]) for n in range(N) if np.isfinite(yes[n])]
    analysis = ANALYSIS.replace("}", ", range = [0.0, 1.0] }")

    result = found(asked, records=world(rows, arm, cluster=cluster), analysis=analysis)

    said = "if the odds of those without an answer are 2.7 times those of the others: score: "
    assert said + why in result.not_analysed
    assert not any("odds" in one.words for one in result.under_rules)


# ---- runs and the baseline table ------------------------------------------------------------------
def test_runs_of_one_measure_alone_need_no_other():
    rows = [(0, "urine", day, 1.0) for day in (8.0, 15.0)] + [(1, "urine", 8.0, 0.0)]
    runs = Runs.of("urine", {"periods": 2, "period_days": 7, "first_period": 1, "days": 0}, last_day=28)  # fmt: skip

    seen = by_runs(world(rows, [0, 1]), runs, "missing_is_no_event")

    assert seen.event.tolist() == [True, False]
    with pytest.raises(InvalidInputError, match="rule must be one of"):
        by_runs(world(rows, [0, 1]), runs, "hoped_for")


def test_baseline_says_of_how_many_nothing_is_known():
    arm = np.array([0, 0, 1, 1])
    site = np.array(["north", None, "north", "south"], object)

    rows = baseline(arm, 2, {"site": site})

    assert [(row.word, row.cells) for row in rows] == [
        ("north", ("1 (50%)", "1 (50%)")),
        ("south", ("0 (0%)", "1 (50%)")),
        ("not known", ("1 (50%)", "0 (0%)")),
    ]
