"""People who reach each other: a result by the real draw, and by what reached each person."""

import numpy as np
import pytest
from tests.core.analysis.worlds import HEAD, outcome, tied, world

from kith.core.analysis.analyse import analyse
from kith.core.randomize import Blocked, Clustered, Saturation, Simple
from kith.core.randomize.exposure import chances
from kith.core.randomize.exposure import circle as in_circle
from kith.core.rng import stream
from kith.core.stats.exposure_effects import exposure_effect, exposure_means
from kith.core.stats.randomisation import law_of, randomisation_effect, studentised
from kith.core.study import read
from kith.errors import NoAnswerError

ANALYSIS = '[analysis]\nalpha = 0.05\nmissing = { rule = "complete_cases" }\n'
STAGES = (
    '[randomisation]\nunit = "circles"\nmechanism = "saturation"\nsaturation = [0.0, 0.5, 1.0]\n'
)
BLOCKS = '[randomisation]\nunit = "people"\nmechanism = "blocked"\nblock_sizes = [4]\n'
CIRCLES = np.repeat(np.arange(80), 5)


REDRAWS = 200


@pytest.fixture(autouse=True)
def _few_redraws(monkeypatch):
    """Each redraw is checked by type here, and slow."""
    monkeypatch.setattr("kith.core.analysis.redrawing.REDRAWS", REDRAWS)


def found(draw, *outcomes, records, analysis=ANALYSIS, facts=None):
    return analyse(read(HEAD + "".join(outcomes) + draw + analysis), records, 1, facts=facts)


def two_stages(seed=4, gone=0):
    """80 circles of five: own effect 1, and 2 through the share of the others; together 3."""
    shares = (0.0, 0.5, 1.0)
    arm = Saturation(CIRCLES, shares, Simple(80, (1, 1, 1))).draw(seed).arm
    total = np.bincount(CIRCLES, arm)[CIRCLES]
    value = stream(seed, "noise").normal(5, 1, len(arm)) + arm + 2 * (total - arm) / 4
    rows = [(n, "score", 84.0, value[n]) for n in range(gone, len(arm))]
    return arm, value, world(rows, arm, cluster=CIRCLES)


def test_naive_difference_is_wrong_and_the_mapped_one_recovers():
    _, _, records = two_stages()

    result = found(STAGES, outcome(estimator="exposure", at_week=12), records=records)

    beside = dict(result.beside)
    naive = beside[
        "the plain difference between the arms, which forgets that people reach each other"
    ]
    assert naive.upper < 3
    assert result.primary.lower < 3 < result.primary.upper
    assert abs(result.primary.value - 3) < 0.35
    # Where three of five have it, two of the others of one who has it do, and three of one who has not.
    assert beside[
        "the effect of the own arm, some others having it either way"
    ].value == pytest.approx(1 - 0.5, abs=0.4)
    assert beside["the indirect effect, through others only"].value == pytest.approx(1.25, abs=0.5)
    overall = beside["the overall effect of the two stages"]
    assert overall.lower < 3 < overall.upper
    assert result.primary.arms == (
        "new, and all others of the circle too", "usual, and nobody else of the circle",
    )  # fmt: skip
    assert result.headline[0].startswith("On score, people scored ")


def test_mapped_result_is_that_of_core_stats():
    arm, value, records = two_stages()

    effect = found(STAGES, outcome(estimator="exposure", at_week=12), records=records).primary

    mechanism = Saturation(CIRCLES, (0.0, 0.5, 1.0), Simple(80, (1, 1, 1)))
    exposures = in_circle(CIRCLES, (1 / 5, 1.0))
    kind = exposures.kinds(arm[None])[0]
    fit = exposure_means(value, kind, chances(mechanism, exposures), (5, 0))
    by_hand = exposure_effect(fit, 5, 0)
    assert (effect.value, effect.lower, effect.upper) == pytest.approx(
        (by_hand.value, by_hand.lower, by_hand.upper)
    )
    assert effect.n == int(np.isin(kind, (0, 5)).sum())


def test_contrast_the_other_way_round_is_the_same_with_its_sign_turned():
    _, _, records = two_stages()
    asked = outcome(estimator="exposure", at_week=12)

    one = found(STAGES, asked, records=records).primary
    other = found(STAGES, asked.replace('["new", "usual"]', '["usual", "new"]'), records=records)

    assert (other.primary.value, other.primary.lower) == pytest.approx((-one.value, -one.upper))
    assert other.primary.arms == one.arms[::-1]


def test_missing_answers_are_filled_in_and_moved():
    _, _, records = two_stages(gone=40)
    analysis = ANALYSIS.replace('complete_cases" }', 'multiple_imputation", range = [-1.0, 1.0] }')

    result = found(STAGES, outcome(estimator="exposure", at_week=12), records=records, analysis=analysis)  # fmt: skip

    assert len(result.under_rules) == 4
    assert result.under_rules[0].is_planned
    for one in result.under_rules:
        assert one.effect.value == pytest.approx(3, abs=0.6)
    values = {one.effect.value for one in result.under_rules}
    assert len(values) == 4


@pytest.mark.parametrize(
    ("draw", "cluster", "settings", "says"),
    [
        (STAGES, None, "{}", "do not say who is in which"),
        (BLOCKS, None, "{}", "do not say who is in which circle or pair"),
        (BLOCKS, CIRCLES, '{ exposure = "partner" }', "a pair in the records has 5 people"),
        (BLOCKS, CIRCLES, '{ exposure = "ties" }', "no acts between these people before"),
        (BLOCKS, CIRCLES, '{ exposure = "stars" }', "circle, partner or ties, not 'stars'"),
        (STAGES.replace("0.5, 1.0", "0.5"), CIRCLES, "{}", "none of the shares 0, 0.5 gives"),
    ],
)  # fmt: skip
def test_records_that_lack_who_is_with_whom_are_refused(draw, cluster, settings, says):
    arm, value, _ = two_stages()
    rows = [(n, "score", 84.0, value[n]) for n in range(len(arm))]
    asked = outcome(estimator="exposure", at_week=12, settings=settings)

    with pytest.raises(NoAnswerError, match=says):
        found(draw, asked, records=world(rows, arm, cluster=cluster))


def blocks(seed=2):
    arm = Blocked(np.zeros(40, np.int64), (4,)).draw(seed).arm
    value = stream(seed, "value").normal(0, 1, 40) + 2 * arm
    return arm, value, [(n, "score", 84.0, value[n]) for n in range(40)]


def test_result_is_held_against_the_draw_that_was_made():
    arm, value, rows = blocks()

    effect = found(BLOCKS, outcome(estimator="randomisation", at_week=12), records=world(rows, arm)).primary  # fmt: skip

    law = law_of(Blocked(np.zeros(40, np.int64), (4,)), redraws=REDRAWS, seed=1)
    by_hand = randomisation_effect(value, arm, law)
    assert (effect.value, effect.lower, effect.upper, effect.p) == pytest.approx(
        (by_hand.value, by_hand.lower, by_hand.upper, by_hand.p)
    )


def test_whole_circles_are_drawn_again_whole():
    """People of one circle are alike: as if each were drawn alone, the interval would be too short."""
    group = np.repeat(np.arange(10), 6)
    draw = '[randomisation]\nunit = "circles"\nmechanism = "simple"\n'
    mechanism = Clustered(group, Simple(10))
    arm = mechanism.draw(3).arm
    value = stream(3, "circles").normal(0, 2, 10)[group] + stream(3, "own").normal(0, 0.5, 60)
    rows = [(n, "score", 84.0, value[n]) for n in range(60)]

    effect = found(draw, outcome(estimator="randomisation", at_week=12), records=world(rows, arm, cluster=group)).primary  # fmt: skip

    by_hand = randomisation_effect(value, arm, law_of(mechanism, redraws=REDRAWS, seed=1), studentised(group))  # fmt: skip
    assert (effect.value, effect.lower, effect.upper) == pytest.approx(
        (by_hand.value, by_hand.lower, by_hand.upper)
    )
    plain = found("", outcome(at_week=12), records=world(rows, arm)).primary
    assert effect.upper - effect.lower > 1.5 * (plain.upper - plain.lower)


def test_filled_in_whatever_the_arm_the_result_moves_with_what_is_assumed():
    arm, _, rows = blocks()
    # Five of the new arm did not answer.
    silent = np.flatnonzero(arm == 1)[:5]
    rows = [row for row in rows if row[0] not in silent]
    analysis = ANALYSIS.replace("}", ", range = [-2.0, 2.0] }")

    result = found(BLOCKS, outcome(estimator="randomisation", at_week=12), records=world(rows, arm), analysis=analysis)  # fmt: skip

    moved = {one.words: one.effect.value for one in result.under_rules}
    lower, higher = (
        moved[f"those without an answer are 2 {way} than those with one"]
        for way in ("lower", "higher")
    )
    assert lower < result.primary.value < higher


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        ('[randomisation]\nunit = "circles"\nmechanism = "simple"\n', "whole circles were drawn"),
        (BLOCKS + "ratio = [1, 3]\n", "drawn with probability 0.5, and by the plan it was"),
        (BLOCKS + 'strata = ["site"]\n', "in which stratum"),
        ('[randomisation]\nunit = "people"\nmechanism = "minimised"\nbalance = ["site"]\n', "keeps site alike, and the records do not say it"),
        ('[randomisation]\nunit = "people"\n', "a nameless draw of people cannot be thrown again"),
        ('[randomisation]\nunit = "decisions"\nmechanism = "simple"\n', "decisions were drawn, not people"),
    ],
)  # fmt: skip
def test_draw_that_cannot_be_thrown_again_is_refused(draw, says):
    arm, _, rows = blocks()

    with pytest.raises(NoAnswerError, match=says):
        found(draw, outcome(estimator="randomisation", at_week=12), records=world(rows, arm))


@pytest.mark.parametrize("mechanism", ["minimised", "constrained"])
def test_draws_that_keep_people_alike_are_thrown_again_from_the_facts(mechanism):
    arm, _, rows = blocks()
    site = np.array(["north", "south"], object)[np.arange(40) % 2]
    draw = f'[randomisation]\nunit = "people"\nmechanism = "{mechanism}"\nbalance = ["site"]\naccept = 0.5\n'  # fmt: skip

    effect = found(draw, outcome(estimator="randomisation", at_week=12), records=world(rows, arm), facts={"site": site}).primary  # fmt: skip

    assert effect.lower < 2 < effect.upper
    assert effect.p < 0.01


def test_ties_that_go_both_ways_are_compared_between_arms():
    """New: a ring in which everybody acts both ways; usual: one way only."""
    arm = np.arange(40) % 2
    ring = [(n, (n + 2) % 40) for n in range(40)]
    pairs = [*ring, *((b, a) for a, b in ring if arm[a] == 1 and a % 8 != 1), (0, 20), (20, 0)]
    records = tied(world([(0, "score", 0.0, 1.0)], arm), pairs, day=9.0)
    measure = '[[measures]]\nkey = "ties"\ninstrument = "acts"\nkind = "network"\n'
    asked = outcome("both_ways", estimator="network", measure="ties", at_week=12)

    result = found(measure, asked, records=records)

    assert result.primary.value == pytest.approx(30 / 35 - 2 / 22)
    assert result.primary.excludes_null
    assert "Among people drawn to new, both ways was 0.77 higher" in result.headline[0]
    broad = asked.replace("at_week", 'settings = { of = "breadth" }\nat_week')
    assert found(measure, broad, records=records).primary.value == pytest.approx(2 - 42 / 20)


def test_acts_are_counted_where_the_plan_asks_for_them():
    arm = np.arange(40) % 2
    pairs = [(n, (n + 2) % 40) for n in range(40) if arm[n] == 1] + [(1, 5)]
    measure = '[[measures]]\nkey = "helped"\ninstrument = "acts"\nkind = "count"\n'
    asked = outcome("helped", estimator="randomisation", measure="helped", at_week=12)

    result = found(BLOCKS + measure, asked, records=tied(world([(0, "score", 0.0, 1.0)], arm), pairs, day=9.0))  # fmt: skip

    assert result.primary.value == pytest.approx(2 + 2 / 20)
    with pytest.raises(NoAnswerError, match="the records have no acts"):
        found(BLOCKS + measure, asked, records=world([(0, "score", 0.0, 1.0)], arm))


def test_what_an_estimator_takes_no_notice_of_is_said():
    arm, _, rows = blocks()
    rows += [(n, "took", 84.0, float(n % 3 == 0)) for n in range(40)]
    ratio = outcome(
        "ratio", measure="took", estimator="risk_ratio", at_week=12, covariates='["score"]'
    )
    local = outcome("local", estimator="compliers", role="secondary", covariates='["score"]', settings='{ taken = "took" }', at_week=12)  # fmt: skip

    said = " ".join(found(BLOCKS, ratio, local, records=world(rows, arm)).not_analysed)

    assert "ratio: a ratio of two shares is of shares as they were counted, so score of the plan is not adjusted for" in said  # fmt: skip
    assert "local: the effect on those who took it is told by the draw alone" in said


def test_mixed_model_says_that_it_has_no_range():
    arm, _, rows = blocks()
    rows += [(n, "score", 42.0, 1.0 + n % 5) for n in range(40)]

    said = found(BLOCKS, outcome(estimator="mixed"), records=world(rows, arm)).not_analysed

    assert any(one.startswith("No range is computed for a mixed model") for one in said)
