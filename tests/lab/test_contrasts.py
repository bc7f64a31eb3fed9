"""What shipped scenarios say came out is what comes out."""

import orjson
import pytest
from click.testing import CliRunner

from kith.core.model.scenario import read
from kith.lab.simulate import found_of, simulate, text_of

WITH_EXPECTATIONS = ("bad_circles", "contrasts", "contrasts_fresh", "isolation")


@pytest.mark.calibration
@pytest.mark.parametrize("name", WITH_EXPECTATIONS)
def test_shipped_scenario_comes_out_as_it_says(name):
    said = CliRunner().invoke(simulate, [name, "--json"])

    expected = read(text_of(name)).expected
    for one, now in zip(expected, orjson.loads(said.stdout)["expected"], strict=True):
        assert one.found.rpartition(": ")[2] == now["verdict"]
        # The last digits may be another processor's.
        assert float(one.found.split()[0]) == pytest.approx(now["difference"]["mean"], abs=0.01)


def test_what_came_out_is_said_with_its_interval():
    one = {"difference": {"mean": -0.05, "lower": -0.06, "upper": -0.04}, "verdict": "as said"}

    assert found_of(one) == "-0.0500 [-0.0600, -0.0400]: as said"
    alone = {"difference": {"mean": -0.05, "lower": None, "upper": None}, "verdict": "not shown"}
    assert found_of(alone) == "-0.0500: not shown"
