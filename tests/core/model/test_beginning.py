"""The first morning: who is fresh, who has been without for years, who is in a lapse."""

from dataclasses import replace

import numpy as np
import pytest
from tests.core.model.small import nothing, world

from kith.core.brain import parameters
from kith.core.brain.words import DRUG, DRUG_CUE, N_OVERT, REACH
from kith.core.model import reference
from kith.core.model.beginning import begin
from kith.core.model.running import fading, run
from kith.core.model.settling import fresh, world_of
from kith.core.model.state import (
    ACT_BITS,
    CUE_SHIFT,
    GO,
    HABIT,
    LOAD,
    NEVER,
    NOGO,
    OWN,
    RESOLVE,
    TOLERANCE,
)
from kith.core.population.settings import TownSettings
from kith.core.population.town import town

N = 400
OLD = np.full(N, 800, np.int32)
CUE = HABIT + N_OVERT * DRUG_CUE


def _first(days=None, **given):
    return begin(world(N, days=days, **given), nothing(N), parameters(), seed=1).brain


def test_who_has_been_without_for_years_stands_where_the_equations_take_them():
    p, brain = parameters(), _first(OLD)

    assert brain[LOAD] == pytest.approx(p["start.load"] * 0.998**3200, abs=1e-6)
    assert brain[TOLERANCE].max() < 1e-6
    np.testing.assert_allclose(brain[RESOLVE], brain[OWN], atol=1e-3)
    np.testing.assert_allclose(brain[[GO + DRUG, NOGO + DRUG]], 1, atol=0.01)
    assert np.median(brain[CUE + DRUG]) < 0.01
    assert np.median(brain[CUE + REACH]) == pytest.approx(p["abstinence.social"], abs=0.01)


def test_who_is_in_a_lapse_is_so_whatever_their_days():
    fresh, old = _first(using=0.4), _first(OLD, using=0.4)
    using = world(N, using=0.4).is_using

    np.testing.assert_array_equal(old[:, using], fresh[:, using])
    assert (old[RESOLVE, using] == 0).all()
    assert (old[LOAD, using] == parameters()["set_point.most"]).all()
    assert (old[TOLERANCE, using] == 1).all()
    assert (old[LOAD, ~using] < fresh[LOAD, ~using]).all()


def test_world_of_the_fresh_is_the_world_on_its_first_day():
    some = world(N, days=OLD)

    np.testing.assert_array_equal(
        begin(fresh(some), nothing(N), parameters(), seed=1).brain, _first()
    )


def test_fewer_relapse_the_longer_they_have_been_without():
    base = world(2_000)
    shares = []
    for days in (0, 30, 180, 900):
        some = replace(
            base, resolve=base.resolve * np.float32(0.5), days=np.full(2_000, days, np.int32)
        )
        shares.append((run(some, nothing(2_000), days=60, seed=2).state.relapse != NEVER).mean())

    assert shares[0] > shares[1] + 0.1 > shares[2] + 0.2 > shares[3] + 0.2
    assert shares[3] < 0.1


def test_acts_that_have_overlaid_the_habit_are_near_those_of_people_years_on():
    """The prior is what the model's own people come to, within a third."""
    p, ours = parameters(), town(TownSettings(people=1_500), seed=3)
    some = world_of(ours, seed=3)
    old = (ours.days > 700) & ~ours.is_using
    state = begin(some, nothing(1_500), p, seed=3)
    grown, shrunk = fading(0, 240)
    overt = 0
    for epoch in range(240):
        reference.live(state, grown[epoch : epoch + 1], shrunk[epoch : epoch + 1])
        act = state.act & ACT_BITS
        is_at_cue = (state.act >> CUE_SHIFT & 3) == DRUG_CUE
        is_overt = old & is_at_cue & (act > DRUG) & (act < N_OVERT)
        overt += int(is_overt.sum())

    assert overt / old.sum() / 60 == pytest.approx(p["abstinence.acts"], rel=1 / 3)
