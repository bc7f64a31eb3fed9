"""The designs and indices are SALib's; here it is held that they find what is known."""

import csv
import sys

import pytest

from kith.core.model.scenario import read
from kith.core.model.sensitivity import AT_CUE, OFF_CUE, OUTCOMES, ranges
from kith.lab.sensitivity import CHANCE, COLUMNS, Asked, NoSalibError, found, text_of
from kith.lab.simulate import text_of as shipped_text

ASKED = Asked(people=60, days=30, trajectories=4, few=2, samples=64, seed=1)
NAMES = [one.name for one in ranges()]


def _known(work, jobs):
    """Come to twice the first number and the seventh, each on its way from end to end."""
    names = work.args[0]
    ends = {one.name: one[1:] for one in ranges()}

    def way(name, values):
        low, high = ends[name]
        at = names.index(name) if name in names else None
        return 0.5 if at is None else (values[at] - low) / (high - low)

    for values, place in jobs:
        came = 2 * way(NAMES[0], values) + way(NAMES[6], values)
        yield came, came, place.replicate / 32


def test_numbers_that_everything_hangs_on_are_found():
    rows, runs = found(ASKED, _known)

    relapsed = [row for row in rows if row["outcome"] == "relapsed"]
    assert [row["name"] for row in relapsed[:2]] == [NAMES[0], NAMES[6]]
    assert [row["mu_star"] for row in relapsed[:3]] == pytest.approx([2, 1, 0], abs=1e-9)
    # Of 4 / 12 + 1 / 12, the variance of the sum.
    assert [row["first"] for row in relapsed[:2]] == pytest.approx([0.8, 0.2], abs=0.1)
    assert [row["total"] for row in relapsed[:2]] == pytest.approx([0.8, 0.2], abs=0.1)
    assert "first" not in relapsed[2]
    assert runs == 4 * (len(NAMES) + 1) + 64 * 4 + 32


def test_dice_alone_stand_beside_the_numbers():
    rows, _ = found(ASKED, _known)

    chance = {row["outcome"]: row for row in rows if row["name"] == CHANCE}
    assert list(chance) == list(OUTCOMES)
    assert chance["relapsed"]["mu_star"] == 0
    # Two of 1 to 32 are 11 apart, of 32, and a step goes two thirds of the way.
    assert chance["cue_against_off_cue"]["mu_star"] == pytest.approx(11 / 32 * 1.5)


def test_what_is_written_says_its_command_and_every_number():
    rows, runs = found(ASKED, _known)

    command, many, *table = text_of(rows, ASKED, runs).splitlines()
    read_ = list(csv.DictReader(table))

    assert command == (
        "# python -m kith.lab.sensitivity --people 60 --days 30 --trajectories 4 --few 2 --samples 64"
        " --seed 1 --out model-sensitivity.csv"
    )
    assert many == f"# {runs} choices of numbers, three arms each"
    assert tuple(read_[0]) == COLUMNS
    assert len(read_) == 3 * (len(NAMES) + 1)


def test_arms_are_those_of_the_shipped_contrast():
    full, off = read(shipped_text("contrasts")).arms[:2]

    for ours, theirs in ((AT_CUE, full), (OFF_CUE, off)):
        same = [name for name in ours.__slots__ if name != "name"]
        assert [getattr(ours, one) for one in same] == [getattr(theirs, one) for one in same]


def test_without_salib_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "SALib.sample.morris", None)

    with pytest.raises(NoSalibError, match="pip install salib"):
        found(ASKED, _known)
