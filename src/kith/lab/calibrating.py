"""`python -m kith.lab.calibrating`: calibrate the model, and write down what was kept.

What it does stands in `kith.core.model.calibration`; this has the processes and the file.
"""

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from kith.core.model.calibration import PRIORS, Draw, distance, lived, nearest, targets
from kith.lab import tables
from kith.lab.simulating import across

_DIGITS = 6


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--draws", type=click.IntRange(1), default=12_000, show_default=True, help="From the priors.")  # fmt: skip
@click.option("--keep", type=click.IntRange(1), default=80, show_default=True, help="The nearest of them.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help="Of all chance in it.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1), default=None, help="Processes beside each other; they change nothing. Default: one for each core.")  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE.csv", help="Where to write what was kept.")  # fmt: skip
def calibrating(draws: int, keep: int, seed: int, workers: int | None, out: Path) -> None:
    """Draw from the priors, live each draw, and keep those nearest to what was counted."""
    with across(min(workers or os.cpu_count() or 1, draws), None) as runner:
        found = list(runner(partial(lived, seed), range(draws)))
    kept = nearest(found, keep)
    out.write_text(text_of(kept, draws, seed), encoding="utf-8")
    click.echo(f"kept {len(kept)} of {draws}, up to distance {distance(kept[-1].counts):.2f}")


def text_of(kept: Sequence[Draw], draws: int, seed: int) -> str:
    """Return what was kept as a table, below the command that made it."""
    command = f"python -m kith.lab.calibrating --draws {draws} --keep {len(kept)} --seed {seed}"
    head = ["draw", "distance", *PRIORS, *(target.name for target in targets())]
    return tables.text_of([f"{command} --out posterior.csv"], head, map(_row, kept))


def _row(draw: Draw) -> list[str | int]:
    values = (f"{value:.{_DIGITS}g}" for value in draw.values)
    return [draw.number, f"{distance(draw.counts):.4f}", *values, *draw.counts]


if __name__ == "__main__":
    calibrating()
