"""Calibration reads its own targets and nothing else, and keeps what comes nearest."""

import json
import subprocess
import sys

import numba
import numpy as np
import pytest
from scipy.stats import binomtest

from kith.core.model.calibration import (
    PRIORS,
    Draw,
    distance,
    drawn,
    lived,
    meant,
    nearest,
    posterior,
    targets,
)
from kith.core.model.design import Design, Feature
from kith.core.model.designs import arm_of
from kith.core.model.running import run
from kith.core.model.settling import fresh, world_of
from kith.core.model.state import NEVER
from kith.core.population.settings import TownSettings
from kith.core.population.town import town
from kith.lab.calibrating import text_of

# Every file that is opened while two draws are lived and written down.
WATCHED = """
import json, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from kith.core.model.calibration import lived, nearest
from kith.lab.calibrating import text_of
from kith.core.model.calibration import course
from kith.core.model.proof import ranks
draws = [lived(1, n) for n in range(2)]
text_of(nearest(draws, 1), 2, 1)
ranks(draws[:1], draws[1:], 1)
course(draws[0].values, 1)
print(json.dumps(opened))
"""


def test_targets_are_the_counts_of_smyth():
    said = [(t.name, t.count) for t in targets()]

    assert said == [
        ("lapsed_week", 72), ("lapsed_month", 87), ("relapsed_week", 64), ("relapsed_month", 77),
        ("relapsed_end", 99),
    ]  # fmt: skip
    assert {t.people for t in targets()} == {109}


def test_distance_counts_standard_deviations_of_chance():
    exact = [t.count for t in targets()]
    one_off = [exact[0] + 5, *exact[1:]]

    assert distance(exact) == 0
    # The standard deviation of 72 among 109 is the root of 72 times 37 / 109.
    assert distance(one_off) == pytest.approx(5 / (72 * 37 / 109) ** 0.5)


def test_draws_lie_in_their_priors_and_are_decided_by_seed_and_number():
    some = [drawn(1, number) for number in range(300)]

    for values, (low, high) in zip(np.array(some).T, PRIORS.values(), strict=True):
        assert low <= values.min()
        assert values.max() <= high
        # Of a flat prior: within five standard errors of its middle.
        assert values.mean() == pytest.approx((low + high) / 2, abs=5 * (high - low) / 60)
    assert drawn(1, 5) == some[5]
    assert drawn(2, 5) != some[5]


def test_the_nearest_are_kept_the_nearest_first():
    exact = tuple(t.count for t in targets())
    far = tuple(max(count - 20, 0) for count in exact)
    draws = [Draw(0, (), far), Draw(1, (), exact), Draw(2, (), exact)]

    assert [draw.number for draw in nearest(draws, 2)] == [1, 2]


def test_a_draw_is_lived_the_same_again():
    one, again = (lived(3, 0) for _ in range(2))

    assert one == again
    assert one.values == drawn(3, 0)
    assert all(0 <= count <= 109 for count in one.counts)
    assert one.counts[0] <= one.counts[1]


def test_calibration_opens_its_targets_and_nothing_to_validate_on():
    said = subprocess.run(
        [sys.executable, "-c", WATCHED], capture_output=True, text=True, check=True
    )

    opened = json.loads(said.stdout)
    # The hook sees files of data: it would have seen others.
    assert any(name.endswith("model/data/targets.csv") for name in opened)
    assert [name for name in opened if "data/validation" in name] == []


def test_shipped_draws_are_the_nearest_of_their_seed():
    kept = posterior()
    far = [distance(counts) for counts in kept.counts.tolist()]

    assert far == sorted(far)
    for values, (low, high) in zip(kept.values.T, PRIORS.values(), strict=True):
        assert low <= values.min()
        assert values.max() <= high


def test_shipped_draws_can_be_made_again():
    kept = posterior()

    again = lived(1, int(kept.number[0]))

    assert again.values == pytest.approx(kept.values[0].tolist(), rel=1e-5)
    # Another processor may round a logarithm otherwise when people are drawn: few lives part.
    assert again.counts == pytest.approx(kept.counts[0].tolist(), abs=5)


@pytest.mark.parametrize("at", range(5))
def test_kept_draws_lie_within_the_interval_of_what_was_counted(at):
    target = targets()[at]
    interval = binomtest(target.count, target.people).proportion_ci()

    share = np.median(posterior().counts[:, at]) / target.people

    assert interval.low < share < interval.high


def test_a_kept_draw_is_people_and_a_brain():
    row = posterior().values[3].tolist()

    traits, brain = meant(row)

    assert (traits.resolve, traits.resolve_spread) == tuple(row[:2])
    assert brain.changed == {
        name: pytest.approx(value) for name, value in zip(list(PRIORS)[2:], row[2:], strict=True)
    }


@pytest.fixture
def one_thread():
    """Where others work beside, two threads wait for each other more than they work."""
    before = numba.get_num_threads()
    numba.set_num_threads(1)
    yield
    numba.set_num_threads(before)


@pytest.mark.usefixtures("one_thread")
def test_the_defaults_bring_back_what_was_counted():
    # More people than were asked, so that little hangs on chance among them.
    ours = town(TownSettings(people=1_000, using=0.0), seed=1)
    care = arm_of(ours, Design("usual_care", Feature.USUAL_CARE), seed=1)

    state = run(fresh(world_of(ours, seed=1)), care, days=730, seed=1).state

    for target in targets():
        day = getattr(state, target.what)
        share = np.mean((day != NEVER) & (day < target.day))
        interval = binomtest(target.count, target.people).proportion_ci()
        assert interval.low < share < interval.high, target.name


def test_what_is_written_says_the_command_that_made_it():
    text = text_of(
        [Draw(4, tuple(float(low) for low, _ in PRIORS.values()), (72, 87, 64, 77, 99))], 9, 2
    )

    first, names, row = text.splitlines()
    assert (
        first == "# python -m kith.lab.calibrating --draws 9 --keep 1 --seed 2 --out posterior.csv"
    )
    assert names.startswith("draw,distance,traits.resolve,")
    assert row.startswith("4,0.0000,6,")
