"""The same bits on a graphics card; skipped where there is none."""

import numpy as np
import pytest
from tests.core.model.small import arm, nothing, world

from kith.core.brain import parameters
from kith.core.model.beginning import begin
from kith.core.model.running import NoCardError, advance, run
from kith.core.model.state import digest

try:
    from kith.core.model import gpu

    HAS_CARD = gpu.is_there()
except ImportError:
    HAS_CARD = False

on_card = pytest.mark.skipif(
    not HAS_CARD, reason="needs the extra gpu (numba-cuda) and a graphics card of NVIDIA"
)


def _digest(people, days, **how):
    state = begin(world(people, isolated=0.2, using=0.1), arm(people), parameters(), seed=3)
    daily = advance(state, days, **how)
    return digest(state), daily.tobytes()


@on_card
@pytest.mark.parametrize("people", [20, 127, 128, 700, 5_000])
def test_a_card_leaves_the_bits_that_the_reference_leaves(people):
    assert _digest(people, 12, engine="gpu") == _digest(people, 12, engine="numpy")


@on_card
def test_any_size_of_block_leaves_the_same_bits():
    found = {_digest(3_000, 8, engine="gpu", chunk=threads) for threads in (32, 96, 256, 9_999)}

    assert found == {_digest(3_000, 8, engine="numpy")}


@on_card
def test_a_year_on_a_card_is_a_year_on_a_processor():
    town = world(2_000, using=0.2)

    card, processor = (
        run(town, arm(2_000), days=365, seed=9, engine=engine) for engine in ("gpu", "numba")
    )

    np.testing.assert_array_equal(card.daily, processor.daily)
    assert digest(card.state) == digest(processor.state)


@on_card
def test_living_in_parts_on_either_is_living_at_once():
    state = begin(world(300), nothing(300), parameters(), seed=3)
    for days, engine in ((3, "gpu"), (2, "numba"), (4, "gpu")):
        advance(state, days, engine=engine)

    assert digest(state) == digest(run(world(300), nothing(300), days=9, seed=3).state)


@pytest.mark.skipif(HAS_CARD, reason="there is a card here")
def test_without_a_card_it_is_said_what_to_take_instead():
    with pytest.raises(NoCardError, match="take the engine numba, which gives the same bits"):
        run(world(20), nothing(20), days=1, seed=1, engine="gpu")
