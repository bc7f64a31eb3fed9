"""What the proof of the calibration leaves: tables that say their command, figures of them."""

import numpy as np
import pytest

from kith.core.model.calibration import PRIORS
from kith.lab.proving import (
    PREDICTED,
    RANKS,
    bands,
    write_figures,
    write_table,
)
from kith.lab.tables import read_table

DAYS = 730
ASKED = "--draws 9 --keep 80 --truths 3 --seed 1"


def _courses():
    """Three draws: one in ten a day, two, three, until all have lapsed; nobody relapses."""
    day = np.arange(1, DAYS + 1)
    lapsed = np.stack([np.minimum(day * many, 109) for many in (10, 20, 30)])
    return np.stack([lapsed, np.zeros_like(lapsed)], axis=1)


def test_bands_are_the_middle_and_ends_of_kept_draws_for_each_day():
    rows = list(bands(_courses()))

    assert len(rows) == 2 * DAYS
    what, day, low, middle, high = rows[0]
    assert (what, day) == ("first_use", 1)
    assert float(middle) == pytest.approx(20 / 109, abs=1e-4)
    assert float(low) == pytest.approx(10.5 / 109, abs=1e-4)
    assert float(high) == pytest.approx(29.5 / 109, abs=1e-4)
    assert rows[-1][2:] == ["0.0000"] * 3


def test_table_is_read_back_and_says_the_command_that_made_it(tmp_path):
    write_table(tmp_path, RANKS, ASKED, ["truth", *PRIORS], [[0, 1, 2, 3, 4, 5]])

    file = tmp_path / f"{RANKS}.csv"
    assert file.read_text().startswith(f"# python -m kith.lab.proving {ASKED} --out docs/science\n")
    (row,) = read_table(file)
    assert list(row) == ["truth", *PRIORS]
    assert list(row.values()) == ["0", "1", "2", "3", "4", "5"]


def test_figures_follow_light_and_dark_and_say_what_they_are(tmp_path):
    write_table(
        tmp_path, PREDICTED, ASKED, ["what", "day", "low", "middle", "high"], bands(_courses())
    )

    write_figures(tmp_path, np.tile(np.arange(81)[:, None], (1, len(PRIORS))), 80)

    ranked, predicted = ((tmp_path / f"{name}.svg").read_text() for name in (RANKS, PREDICTED))
    for svg in (ranked, predicted):
        assert 'role="img" aria-label="' in svg
        assert "var(--woad, #2c6797)" in svg
        assert " style=" not in svg
    assert all(name in ranked for name in PRIORS)
    assert "had a lapse" in predicted
    assert "had a relapse" in predicted
