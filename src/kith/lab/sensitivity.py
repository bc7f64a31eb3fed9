"""`python -m kith.lab.sensitivity`: which numbers of the model what comes out of it hangs on.

Morris' screening over all of them, then Sobol's indices of the few that it finds to matter (SALib).
What is lived stands in `kith.core.model.sensitivity`; this has the designs, the processes, the file.
"""

import os
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import click
import numpy as np

from kith.core.model.sensitivity import DAYS, OUTCOMES, Place, Range, came_of, ranges
from kith.core.rng import key
from kith.errors import KithError
from kith.lab import tables
from kith.lab.simulating import across
from kith.lab.workers import Runner

COLUMNS = (
    "outcome", "name", "lowest", "highest", "mu", "mu_star", "mu_star_conf", "sigma",
    "first", "first_conf", "total", "total_conf",
)  # fmt: skip
# The row of what other dice alone do, beside numbers.
CHANCE = "(other dice)"
_LEVELS, _RESAMPLES, _DICE = 4, 1_000, 32
# A step of Morris' on four levels goes two thirds of the way.
_STEP = _LEVELS / (2 * (_LEVELS - 1))


class Asked(NamedTuple):
    """How much is done: see the command."""

    people: int
    days: int
    trajectories: int
    few: int
    samples: int
    seed: int


class NoSalibError(KithError):
    """The package that makes designs is not installed; the text says what to do."""


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--people", type=click.IntRange(10), default=1_000, show_default=True, help="In the town.")  # fmt: skip
@click.option("--days", type=click.IntRange(30), default=DAYS, show_default=True, help="That they live.")  # fmt: skip
@click.option("--trajectories", type=click.IntRange(2), default=10, show_default=True, help="Of Morris, through all numbers.")  # fmt: skip
@click.option("--few", type=click.IntRange(1), default=10, show_default=True, help="Numbers that go on to Sobol.")  # fmt: skip
@click.option("--samples", type=click.IntRange(2), default=256, show_default=True, help="Of Sobol: a power of two.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help="Of all chance in it.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1), default=None, help="Processes beside each other; they change nothing. Default: one for each core.")  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE.csv", help="Where to write what was found.")  # fmt: skip
def sensitivity(workers: int | None, out: Path, **asked: int) -> None:
    """Move all numbers of the model, and write down which of them matter, and how sure that is."""
    done = Asked(**asked)
    with across(workers or os.cpu_count() or 1, None) as runner:
        rows, runs = found(done, runner)
    out.write_text(text_of(rows, done, runs), encoding="utf-8")
    click.echo(f"{runs:,} choices of numbers were lived, three arms each")


def found(asked: Asked, runner: Runner) -> tuple[list[dict[str, Any]], int]:
    """Return rows of COLUMNS, and how many choices of numbers were lived.

    Raises:
        NoSalibError: If SALib is not installed.
    """
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    whole = ranges()
    screened = _screened(asked, whole, runner, rows)
    some = tuple(one for one in whole if one.name in _few(rows, asked.few))
    decomposed, spread = _decomposed(asked, some, runner, rows)
    dice = _lived(asked, (), np.empty((_DICE, 0)), runner, is_dice=True)
    _note_chance(rows, dice, spread)
    order = {name: at for at, name in enumerate(OUTCOMES)}
    ordered = sorted(rows.values(), key=lambda row: (order[row["outcome"]], -row["mu_star"]))
    return ordered, screened + decomposed + len(dice)


def _screened(
    asked: Asked, whole: Sequence[Range], runner: Runner, rows: dict[tuple[str, str], Any]
) -> int:
    """Note Morris' measures of every number; return how many choices were lived."""
    sample, analyze = _salib("morris")
    seed = key(asked.seed, "sensitivity", "morris") % 2**31
    chosen = sample(_problem(whole), asked.trajectories, num_levels=_LEVELS, seed=seed)
    came = _lived(asked, whole, chosen, runner)
    for at, outcome in enumerate(OUTCOMES):
        said = analyze(
            _problem(whole), chosen, came[:, at], num_levels=_LEVELS, num_resamples=_RESAMPLES,
            seed=seed,
        )  # fmt: skip
        for n, one in enumerate(whole):
            measures = {k: float(said[k][n]) for k in ("mu", "mu_star", "mu_star_conf", "sigma")}
            rows[outcome, one.name] = {"outcome": outcome, **one._asdict(), **measures}
    return len(chosen)


def _decomposed(
    asked: Asked, some: Sequence[Range], runner: Runner, rows: dict[tuple[str, str], Any]
) -> tuple[int, np.ndarray]:
    """Note Sobol's indices of a few; return how many were lived, and the variance of outcomes."""
    sample, analyze = _salib("sobol")
    seed = key(asked.seed, "sensitivity", "sobol") % 2**31
    problem = _problem(some)
    samples = sample(problem, asked.samples, calc_second_order=False, seed=seed)
    came = _lived(asked, some, samples, runner)
    for at, outcome in enumerate(OUTCOMES):
        if np.ptp(came[:, at]) == 0:
            # Nothing moved it, so nothing has a share in that.
            continue
        said = analyze(
            problem, came[:, at], calc_second_order=False, num_resamples=_RESAMPLES, seed=seed
        )
        for n, one in enumerate(some):
            rows[outcome, one.name] |= {
                "first": float(said["S1"][n]), "first_conf": float(said["S1_conf"][n]),
                "total": float(said["ST"][n]), "total_conf": float(said["ST_conf"][n]),
            }  # fmt: skip
    return len(samples), came.var(axis=0)


def _note_chance(rows: dict[tuple[str, str], Any], dice: np.ndarray, spread: np.ndarray) -> None:
    """Note beside numbers what other dice do with all of them at their defaults.

    As a step of Morris': how far two of them are from each other; as a share of Sobol's variance.
    """
    one, another = np.triu_indices(len(dice), 1)
    apart = np.abs(dice[one] - dice[another]).mean(axis=0) / _STEP
    for at, outcome in enumerate(OUTCOMES):
        row = {"outcome": outcome, "name": CHANCE, "mu_star": float(apart[at])}
        if spread[at] > 0:
            row["total"] = float(dice[:, at].var(ddof=1) / spread[at])
        rows[outcome, CHANCE] = row


def _few(rows: dict[tuple[str, str], Any], few: int) -> set[str]:
    """Return the numbers that matter most: those with the largest share of any outcome's mu*."""
    largest: dict[str, float] = {}
    for outcome in OUTCOMES:
        of = {name: row["mu_star"] for (what, name), row in rows.items() if what == outcome}
        most = max(of.values()) or 1.0
        for name, mu in of.items():
            largest[name] = max(largest.get(name, 0.0), mu / most)
    return set(sorted(largest, key=lambda name: (-largest[name], name))[:few])


def _lived(
    asked: Asked, some: Sequence[Range], chosen: np.ndarray, runner: Runner, *, is_dice: bool = False
) -> np.ndarray:  # fmt: skip
    """Return OUTCOMES of each row of `chosen`; with the same dice, or each with dice of its own."""
    seed = key(asked.seed, "sensitivity") >> 1
    jobs = [
        (row.tolist(), Place(asked.people, seed, at + 1 if is_dice else 0))
        for at, row in enumerate(chosen)
    ]
    work = partial(_one, [one.name for one in some], asked.days)
    return np.array(list(runner(work, jobs)))


def _one(names: Sequence[str], days: int, job: tuple[list[float], Place]) -> tuple[float, ...]:
    values, place = job
    return came_of(names, values, place, days=days)


def _problem(some: Sequence[Range]) -> dict[str, Any]:
    return {
        "num_vars": len(some),
        "names": [one.name for one in some],
        "bounds": [[one.lowest, one.highest] for one in some],
    }


def _salib(method: str) -> tuple[Any, Any]:
    """Return how SALib samples and how it analyses."""
    try:
        # Only whoever does this needs it, and a site does not.
        design, indices = (import_module(f"SALib.{how}.{method}") for how in ("sample", "analyze"))
    except ImportError as error:
        raise NoSalibError("this needs the package salib: pip install salib") from error
    return design.sample, indices.analyze


def text_of(rows: Sequence[dict[str, Any]], asked: Asked, runs: int) -> str:
    """Return what was found as a table, below the command that made it."""
    said = " ".join(f"--{name} {value}" for name, value in asked._asdict().items())
    made = [
        f"python -m kith.lab.sensitivity {said} --out model-sensitivity.csv",
        f"{runs} choices of numbers, three arms each",
    ]
    return tables.text_of(
        made, COLUMNS, ([_rounded(row.get(at)) for at in COLUMNS] for row in rows)
    )


def _rounded(value: Any) -> Any:
    """Return what stands for a value in a table; nothing for none."""
    return f"{value:.5g}" if isinstance(value, float) else value


if __name__ == "__main__":
    sensitivity()
