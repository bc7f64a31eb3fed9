"""`python -m kith.lab.proving`: hold the calibration against itself, and show what it predicts.

What it does stands in `kith.core.model.proof`; this has the processes, the tables and the figures.
"""

import os
from collections.abc import Iterable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import numpy as np
from scipy.stats import binom, binomtest

from kith.core.model.calibration import PRIORS, course, lived, posterior, targets
from kith.core.model.proof import ranks
from kith.core.rng import key
from kith.lab.simulating import across
from kith.lab.tables import read_table, text_of

RANKS, PREDICTED = "model-ranks", "model-predicted"
BINS = 9
_NAMES = {"first_use": "had a lapse", "relapse": "had a relapse"}


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--draws", type=click.IntRange(1), default=12_000, show_default=True, help="From the priors, to keep the nearest of.")  # fmt: skip
@click.option("--keep", type=click.IntRange(1), default=80, show_default=True, help="The nearest of them.")  # fmt: skip
@click.option("--truths", type=click.IntRange(1), default=300, show_default=True, help="Draws whose numbers are asked back.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 2**31 - 2), default=1, show_default=True, help="Of all chance in it.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1), default=None, help="Processes beside each other; they change nothing. Default: one for each core.")  # fmt: skip
@click.option("--out", type=click.Path(file_okay=False, exists=True, path_type=Path), required=True, metavar="DIR", help="Where to write tables and figures.")  # fmt: skip
def proving(draws: int, keep: int, truths: int, seed: int, workers: int | None, out: Path) -> None:
    """Ask known numbers back from their counts, and live the days that kept draws predict."""
    asked = f"--draws {draws} --keep {keep} --truths {truths} --seed {seed}"
    with across(workers or os.cpu_count() or 1, None) as runner:
        table = list(runner(partial(lived, seed), range(draws)))
        true = list(runner(partial(lived, seed + 1), range(truths)))
        courses = list(runner(partial(_again, seed), posterior().values.tolist()))
    found = ranks(true, table, keep)
    write_table(out, RANKS, asked, ["truth", *PRIORS], _numbered(found.tolist()))
    write_table(out, PREDICTED, asked, ["what", "day", "low", "middle", "high"], bands(np.array(courses)))  # fmt: skip
    write_figures(out, found, keep)
    click.echo(f"{truths} known numbers asked back; {len(courses)} kept draws lived anew")


def _again(seed: int, values: Sequence[float]) -> np.ndarray:
    """Return the course of a kept draw with dice that it was not kept for."""
    named = ",".join(f"{value:.6g}" for value in values)
    return course(values, key(seed, "predicted", named) >> 1)


def _numbered(rows: Iterable[Sequence[int]]) -> Iterable[list[Any]]:
    return ([at, *row] for at, row in enumerate(rows))


def bands(courses: np.ndarray) -> Iterable[list[Any]]:
    """Yield the middle and the ends of 95 % of kept draws, for each day, as shares.

    Args:
        courses: Counts by draw, what, day.
    """
    shares = courses / targets()[0].people
    low, middle, high = np.quantile(shares, (0.025, 0.5, 0.975), axis=0)
    for at, what in enumerate(_NAMES):
        for day in range(shares.shape[2]):
            ends = (low[at, day], middle[at, day], high[at, day])
            yield [what, day + 1, *(f"{share:.4f}" for share in ends)]


def write_table(
    out: Path, name: str, asked: str, head: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Write rows below the command that made them."""
    made = [f"python -m kith.lab.proving {asked} --out docs/science"]
    (out / f"{name}.csv").write_text(text_of(made, head, rows), encoding="utf-8")


def write_figures(out: Path, found: np.ndarray, keep: int) -> None:
    """Draw both tables."""
    figures: Any = import_module("kith.lab.figures")  # brings matplotlib
    held = {
        name: np.bincount(found[:, at] * BINS // (keep + 1), minlength=BINS)
        for at, name in enumerate(PRIORS)
    }
    n = len(found)
    low, high = (float(end) for end in binom.ppf((0.025, 0.975), n, 1 / BINS))
    title = "Ranks of true numbers among those that calibration keeps"
    (out / f"{RANKS}.svg").write_text(
        figures.ranked(held, (low, n / BINS, high), title), encoding="utf-8"
    )
    title = (
        "Days to the first lapse and to a relapse: what kept draws predict, and what was counted"
    )
    drawn = figures.predicted(tuple(_courses(out, figures.Course)), title)
    (out / f"{PREDICTED}.svg").write_text(drawn, encoding="utf-8")


def _courses(out: Path, kind: Any) -> Iterable[Any]:
    rows = list(read_table(out / f"{PREDICTED}.csv"))
    for what, name in _NAMES.items():
        some = [row for row in rows if row["what"] == what]
        lines = (np.array([float(row[end]) for row in some]) for end in ("middle", "low", "high"))
        yield kind(name, *lines, tuple(_counted(what)))


def _counted(what: str) -> Iterable[tuple[float, float, float, float]]:
    """Yield the day, the share and its exact interval of what was counted."""
    for target in targets():
        if target.what == what:
            ends = binomtest(target.count, target.people).proportion_ci()
            yield target.day, target.count / target.people, float(ends.low), float(ends.high)


if __name__ == "__main__":
    proving()
