import itertools
from dataclasses import replace

import numpy as np
import pytest

from kith.core.population.changes import died, joined, left, moved
from kith.core.population.hours import HALF_HOURS, share_free
from kith.core.population.network import LAYERS
from kith.core.population.settings import TownSettings
from kith.core.population.town import COLUMNS, Here, Town, town
from kith.errors import InvalidInputError

FEW = TownSettings(people=2_000)


@pytest.fixture(scope="module")
def ours() -> Town:
    return town(FEW, seed=7)


def _same(one: Town, other: Town) -> bool:
    columns = all(np.array_equal(getattr(one, name), getattr(other, name)) for name in COLUMNS)
    layers = all(
        np.array_equal(getattr(one.network, name), getattr(other.network, name))
        for name in ("start", "other", *LAYERS)
    )
    return columns and layers and np.array_equal(one.places, other.places)


def _alike(ours: Town) -> float:
    """How much more often ties join two alike in using than chance would: Newman's r."""
    using, network = ours.is_using.astype(float), ours.network
    return float(np.corrcoef(using[network.holder], using[network.other])[0, 1])


def test_same_seed_makes_the_same_town(ours):
    again, other = town(FEW, seed=7), town(FEW, seed=8)

    assert _same(ours, again)
    assert not _same(ours, other)


def test_every_tie_stands_at_both_ends(ours):
    network = ours.network
    there = set(zip(network.holder.tolist(), network.other.tolist(), strict=True))

    assert there == {(b, a) for a, b in there}
    assert len(there) == len(network.other)


def test_people_have_as_many_ties_as_the_settings_say(ours):
    housemates = (np.bincount(ours.household)[ours.household] - 1).mean()

    assert ours.network.degree.mean() - housemates == pytest.approx(FEW.ties, rel=0.03)


def test_spread_makes_ties_uneven():
    even, uneven = (town(replace(FEW, spread=spread), seed=1) for spread in (0.0, 1.0))

    assert uneven.network.degree.std() > 1.5 * even.network.degree.std()


def test_two_who_know_the_same_person_know_each_other_more_often(ours):
    def closed(settings: TownSettings) -> float:
        network = town(settings, seed=3).network
        knows = [set(row) for row in np.split(network.other, network.start[1:-1])]
        paths = [(a, c) for some in knows for a, c in itertools.combinations(map(int, some), 2)]
        return float(np.mean([c in knows[a] for a, c in paths]))

    few = replace(FEW, people=500)

    assert closed(few) > closed(replace(few, triads=0.0)) + 0.03


def test_nobody_is_assumed_to_flock_together():
    some = [_alike(town(FEW, seed=seed)) for seed in range(8)]

    # The standard error of one is 1 / sqrt(pairs), about 0.011.
    assert abs(np.mean(some)) < 3 * 0.011 / np.sqrt(8)


def test_homophily_that_is_asked_for_is_there():
    assert _alike(town(replace(FEW, homophily=0.5), seed=7)) > 0.15


def test_layers_go_together_as_far_as_they_are_told(ours):
    apart = town(replace(FEW, layers_alike=0.0, household=1.0), seed=7)

    def along(some: Town) -> float:
        return float(np.corrcoef(some.network.trust, some.network.company)[0, 1])

    assert along(ours) > 0.3
    assert abs(along(apart)) < 0.03


def test_each_end_weighs_a_tie_for_itself(ours):
    network = ours.network
    key = network.holder * network.people + network.other
    back = np.searchsorted(key, network.other.astype(np.int64) * network.people + network.holder)

    assert np.mean(network.trust == network.trust[back]) < 0.01
    assert np.corrcoef(network.trust, network.trust[back])[0, 1] > 0.2
    assert np.array_equal(network.using > 0, network.using[back] > 0)


def test_weeks_have_336_half_hours_and_leave_some_free(ours):
    free = share_free(ours.week)

    assert ours.week[:, -1].max() < 2 ** (HALF_HOURS - 5 * 64)
    assert 0.2 < free.mean() < 0.35


def test_households_are_within_a_place(ours):
    first = np.searchsorted(ours.household, np.arange(ours.household.max() + 1))

    assert np.array_equal(ours.home, ours.home[first][ours.household])


def test_newcomers_know_few_and_move_no_row(ours):
    grown = joined(ours, 200, FEW, seed=7, turn=1)

    assert grown.people == 2_200
    assert np.array_equal(grown.home[:2_000], ours.home)
    assert 0.2 * FEW.ties < grown.network.degree[2_000:].mean() < 0.5 * FEW.ties
    assert grown.days[2_000:].tolist() == [0] * 200


def test_those_who_leave_or_die_leave_no_tie(ours):
    rows = np.array([3, 1_500])

    after = died(left(ours, rows[:1]), rows[1:])

    assert after.here[rows].tolist() == [Here.LEFT, Here.DIED]
    assert not np.isin(after.network.other, rows).any()
    assert after.network.degree[rows].tolist() == [0, 0]
    lost = np.isin(ours.network.other, rows) | np.isin(ours.network.holder, rows)
    assert len(ours.network.other) - len(after.network.other) == lost.sum()


def test_those_who_move_lose_those_they_lived_near_and_keep_the_others(ours):
    rows = np.arange(100, 200)

    after = moved(ours, rows, FEW, seed=7, turn=1)

    assert (after.home[rows] != ours.home[rows]).all()
    old = ours.network
    mine = np.isin(old.holder, rows)
    far = mine & (ours.home[old.holder] != ours.home[old.other])
    kept = set(zip(old.holder[far].tolist(), old.other[far].tolist(), strict=True))
    now = set(zip(after.network.holder.tolist(), after.network.other.tolist(), strict=True))
    near = set(zip(old.holder[mine & ~far].tolist(), old.other[mine & ~far].tolist(), strict=True))
    assert kept <= now
    assert len(near & now) < 0.05 * len(near)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("people", 9, "people must be 10 to 2,000,000, got 9"),
        ("homophily", 1.5, "must be 0 to 1, got 1.5"),
    ],
)
def test_settings_out_of_range_are_refused(name, value, said):
    with pytest.raises(InvalidInputError, match=said.replace(".", r"\.")):
        TownSettings(**{name: value})


def test_town_of_one_place_and_no_ties_is_a_town():
    lonely = town(TownSettings(people=10, ties=0.0, household=1.0, triads=0.0), seed=1)

    assert lonely.network.degree.tolist() == [0] * 10
