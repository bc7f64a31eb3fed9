from dataclasses import replace

import numpy as np
import pytest

from kith.core.brain.abstinence import acts_instead, left
from kith.core.brain.words import DRUG, REACH
from kith.core.model.outcomes import OUTCOMES, outcomes_of
from kith.core.model.running import run
from kith.core.model.scenario import Scenario
from kith.core.picture import Asked, Pair, live, scenario_of, settled
from kith.core.picture.living import LINES, studied
from kith.core.picture.sampling import MANY
from kith.errors import InvalidInputError

_ASKED = scenario_of(Asked(people=200, pairs=2, contacts=3.0))
# Two weeks, so that the reference is quick.
SMALL = replace(_ASKED, run=replace(_ASKED.run, days=14))


@pytest.fixture(scope="module")
def first():
    """The first pair of a small town, lived by the reference."""
    return live(SMALL, 0, engine="numpy")


def test_pair_lived_week_by_week_is_what_one_run_gives(first):
    ours, worlds, arms = settled(SMALL, 0)

    for at, (world, arm) in enumerate(zip(worlds, arms, strict=True)):
        whole = run(world, arm, SMALL.brain, days=14, seed=SMALL.run.seed, engine="numpy")
        told = list(outcomes_of(whole, ours).values())
        np.testing.assert_array_equal(first.outcomes[at], told)


def test_lines_are_shares(first):
    assert first.lines.shape == (2, len(LINES), 2)
    assert ((first.lines >= 0) & (first.lines <= 1)).all()


def test_both_arms_begin_alike_and_differ_later(first):
    np.testing.assert_array_equal(first.habits[0, :, 0], first.habits[1, :, 0])
    np.testing.assert_array_equal(first.needs[0, :, 0], first.needs[1, :, 0])
    assert (first.needs[0, :, -1] != first.needs[1, :, -1]).any()


def _met():
    """Return what is left of the last use in those whom the design reaches, and who is in a lapse."""
    ours, worlds, arms = settled(SMALL, 0)
    who = ours.is_here & (arms[1].contact_rate > 0)
    return left(SMALL.brain, ours.days[who], worlds[0].habit_rate[who]), ours.is_using[who]


def test_habits_at_the_start_are_those_of_the_brain(first):
    given = SMALL.brain
    kept, using = _met()
    overlaid = np.where(using, 1, kept.habit)

    begun = np.array([given["start.habit_cue"], given["start.habit_social"]])
    later = acts_instead(given)[[DRUG, REACH]]
    expected = later + (begun - later) * overlaid.mean()
    np.testing.assert_allclose(first.habits[0, :, 0], expected, rtol=1e-5)


def test_need_at_the_start_is_the_gap_to_what_people_are_used_to(first):
    given = SMALL.brain
    kept, using = _met()
    load = np.where(using, given["set_point.most"], given["start.load"] * kept.load)

    gap = (1 + load - given["start.need"]).mean()

    # The drug feeds the opioid system most: there the whole load counts.
    assert first.needs[0, 1, 0] == pytest.approx(gap, rel=1e-5)


def test_two_arms_alike_differ_in_nothing():
    _, tried = SMALL.arms
    twice = replace(SMALL, arms=(tried, replace(tried, key="again")))

    pair = live(twice, 0, engine="numpy")

    for values in (pair.lines, pair.habits, pair.needs, pair.outcomes):
        np.testing.assert_array_equal(values[0], values[1])


def test_same_number_lives_the_same_and_another_does_not(first):
    again, other = live(SMALL, 0, engine="numpy"), live(SMALL, 1, engine="numpy")

    np.testing.assert_array_equal(again.lines, first.lines)
    assert (other.lines != first.lines).any()
    assert other.sample is None


def test_pair_comes_back_from_json_as_it_was(first):
    back = Pair.from_json(first.as_json())

    for name in ("lines", "habits", "needs", "outcomes"):
        np.testing.assert_allclose(getattr(back, name), getattr(first, name), atol=5e-7)
    np.testing.assert_array_equal(back.sample.ties, first.sample.ties)
    np.testing.assert_array_equal(back.sample.is_using, first.sample.is_using)


def test_sample_is_some_people_and_every_tie_among_them(first):
    sample = first.sample
    _, worlds, _ = settled(SMALL, 0)
    net = worlds[0].network
    known = {(int(a), int(b)) for a, b in zip(net.holder, net.other, strict=True)}

    assert len(sample.rows) == MANY == len(set(sample.rows.tolist()))
    assert (sample.ties[:, 0] < sample.ties[:, 1]).all()
    strong = sample.strength[0] > 0
    drawn = {tuple(sample.rows[tie].tolist()) for tie in sample.ties[strong]}
    apart = worlds[0].is_isolated
    expected = {
        (a, b) for a in sample.rows.tolist() for b in sample.rows.tolist()
        if a < b and (a, b) in known and not apart[a] and not apart[b]
    }  # fmt: skip
    assert drawn == expected
    assert ((sample.places >= 0) & (sample.places <= 1)).all()


def test_tie_that_only_the_design_makes_is_nothing_before_and_without_it(first):
    strength = first.sample.strength

    made = (strength[0] == 0) & (strength[2] > 0)

    assert made.any()
    assert (strength[1][made] <= strength[2][made]).all()


@pytest.mark.parametrize("arms", [SMALL.arms[:1], (*SMALL.arms, replace(SMALL.arms[1], key="c"))])
def test_picture_of_other_than_two_arms_is_refused(arms):
    with pytest.raises(InvalidInputError, match="two arms and a week or more"):
        live(replace(SMALL, arms=tuple(arms)), 0)


def test_picture_of_no_whole_week_is_refused():
    short: Scenario = replace(SMALL, run=replace(SMALL.run, days=6))

    with pytest.raises(InvalidInputError, match="two arms and a week or more"):
        live(short, 0)


def test_scenario_of_people_fresh_from_treatment_has_nobody_else():
    fresh = replace(SMALL, run=replace(SMALL.run, fresh=True))
    usual, town_worlds, usual_arms = settled(SMALL, 0)
    ours, worlds, arms = settled(fresh, 0)

    assert usual.days.max() > 365
    assert ours.days.max() == 0
    for before, after in zip(town_worlds, worlds, strict=True):
        assert after.days.max() == 0
        np.testing.assert_array_equal(after.resolve, before.resolve)
    # Designs are what they were: circles take in a third of newcomers at most.
    for was, arm in zip(usual_arms, arms, strict=True):
        np.testing.assert_array_equal(arm.partners, was.partners)
    lived = live(fresh, 0, engine="numpy").outcomes
    at = list(OUTCOMES).index
    np.testing.assert_array_equal(lived[:, at("relapsed")], lived[:, at("relapsed_new")])


def test_where_a_study_takes_in_the_new_only_they_are_fresh():
    usual, _, _ = settled(SMALL, 0)
    new = replace(SMALL, run=replace(SMALL.run, fresh=True, studied="new"))

    ours, worlds, _ = settled(new, 0)

    who = studied(new, ours)
    assert 0 < who.sum() < (ours.is_here & ~ours.is_using).sum()
    for world in worlds:
        np.testing.assert_array_equal(world.days, np.where(who, 0, usual.days))
