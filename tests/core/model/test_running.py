"""One seed, one answer: whatever lives it."""

from dataclasses import replace

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.model.small import arm, nothing, world

from kith.core.brain import parameters
from kith.core.brain.parameters import meanings
from kith.core.model.beginning import begin
from kith.core.model.running import advance, run
from kith.core.model.state import (
    GO,
    HABIT,
    LOAD,
    NEVER,
    OWN,
    RESOLVE,
    TOLERANCE,
    TONE,
    USUAL,
    digest,
)
from kith.core.ties import RULE
from kith.errors import InvalidInputError

DAYS = 12


@pytest.fixture(scope="module")
def town():
    return world(700, isolated=0.2, using=0.1)


def _digest(town, **how):
    state = begin(town, arm(700), parameters(), seed=3)
    daily = advance(state, DAYS, **how)
    return digest(state), daily.tobytes()


def test_engines_threads_and_chunks_leave_the_same_bits(town):
    expected = _digest(town, engine="numpy")

    assert _digest(town, engine="numba") == expected
    for chunk in (1, 37, 256, 9_999):
        assert _digest(town, engine="numba", chunk=chunk) == expected


def test_any_number_of_threads_leaves_the_same_bits(town):
    before = numba.get_num_threads()
    found = []
    for threads in {1, numba.config.NUMBA_NUM_THREADS}:
        numba.set_num_threads(threads)
        found.append(_digest(town, engine="numba"))
    numba.set_num_threads(before)

    assert found == [_digest(town, engine="numpy")] * len(found)


def test_another_seed_replicate_or_arm_leaves_other_bits(town):
    found = {
        digest(run(town, given, days=2, seed=seed, replicate=replicate).state)
        for given, seed, replicate in (
            (arm(700), 3, 0),
            (arm(700), 4, 0),
            (arm(700), 3, 1),
            (arm(700, at_cue=1.0), 3, 0),
        )
    }

    assert len(found) == 4


def test_living_in_parts_is_living_at_once(town):
    state = begin(town, arm(700), parameters(), seed=3)
    parts = [advance(state, days, engine="numba") for days in (1, 4, 7)]

    whole = run(town, arm(700), days=12, seed=3)

    np.testing.assert_array_equal(np.concatenate(parts), whole.daily)
    assert digest(state) == digest(whole.state)


def test_a_design_nobody_can_feel_leaves_what_nothing_leaves(town):
    empty = arm(700, rate=0.0, partners=0, name="empty", at_cue=1.0, depth=0.0)

    one, two = (run(town, given, days=5, seed=3) for given in (empty, nothing(700)))

    np.testing.assert_array_equal(one.daily, two.daily)


def test_more_people_elsewhere_leave_a_person_as_they_were():
    alone = world(6, ties=0)
    crowd = world(300, ties=0)

    few, many = (run(w, nothing(w.people), days=1, seed=3).state for w in (alone, crowd))

    np.testing.assert_array_equal(few.act, many.act[:6])


def test_ties_stay_the_same_at_both_ends_and_below_one(town):
    state = run(town, arm(700, rate=1.0), days=DAYS, seed=3).state
    ends, floats = state.tied.ends, state.tied.floats
    faded = 2.0 ** (-(DAYS - 0.25) / RULE.half_life_days)

    np.testing.assert_array_equal(floats[ends[:, 1], 2], floats[:, 2])
    assert (floats[:, 2] * faded < 1).all()


@pytest.mark.parametrize(
    ("days", "how", "said"),
    [
        (0, {}, "days must be 1 to 7300 in all, got 0, to day 0"),
        (8_000, {}, "days must be 1 to 7300 in all, got 8000, to day 8000"),
        (1, {"engine": "abacus"}, "engine must be one of numba, gpu, numpy, got 'abacus'"),
        (1, {"chunk": -1}, "chunk must be 0 or more people, got -1"),
    ],
)
def test_what_cannot_be_lived_is_refused(days, how, said):
    with pytest.raises(InvalidInputError, match=said):
        run(world(10), nothing(10), days=days, seed=1, **how)


def test_a_world_and_an_arm_of_others_are_refused():
    with pytest.raises(InvalidInputError, match="world has 10 people, arm 'nothing' has 11"):
        run(world(10), nothing(11), days=1, seed=1)


@settings(max_examples=8)
@given(st.integers(0, 2**31 - 1), st.data())
def test_whatever_the_numbers_everything_stays_in_its_range(seed, data):
    names = data.draw(st.lists(st.sampled_from(sorted(meanings())), min_size=5, max_size=20))
    changes = {
        name: data.draw(st.floats(meanings()[name].lowest, meanings()[name].highest))
        for name in names
    }
    given_ = parameters(changes)

    brain = run(world(60, isolated=0.3, using=0.3), arm(60), given_, days=4, seed=seed).state.brain

    assert np.isfinite(brain).all()
    assert (brain[TONE:LOAD] >= 0).all()
    assert within(brain[LOAD], given_["set_point.most"])
    assert within(brain[TOLERANCE], 1)
    assert within(brain[RESOLVE], given_["resolve.most"])
    assert within(brain[GO:HABIT], given_["actor.most"])
    assert within(brain[HABIT : HABIT + 12], 1)
    assert within(brain[USUAL], 1)


def within(rows, most):
    """Say whether all of it is from 0 to `most`, but for what float32 rounds."""
    return bool((rows >= -1e-6).all() and (rows <= most + 1e-5).all())


def test_abstinence_brings_resolve_home_and_blows_keep_it_away():
    calm = {
        "cue.drug": 0.0,
        "cue.lonely": 0.0,
        "cue.need": 0.0,
        "cue.blow": 0.0,
        "resolve.drain": 0.0,
    }
    alone, gone = world(50, ties=0), {"choice.still": 10.0, "start.resolve": 0.5}

    own = begin(alone, nothing(50), parameters(), seed=1).brain[OWN]
    home = run(alone, nothing(50), parameters({**calm, **gone}), days=200, seed=1).state
    struck = run(
        alone, nothing(50), parameters({**calm, **gone, "cue.blow": 1.0}), days=200, seed=1
    )

    assert home.use_days.max() == 0
    np.testing.assert_allclose(home.brain[RESOLVE], own, atol=1e-3)
    assert struck.state.brain[RESOLVE].mean() < own.mean() / 4


def test_isolation_alone_raises_relapse():
    town = world(400)
    apart = replace(town, is_isolated=np.ones(400, np.bool_))

    together, alone = (
        run(one, nothing(400), days=60, seed=2).state.relapse != NEVER for one in (town, apart)
    )

    assert alone.mean() > together.mean() + 0.03
