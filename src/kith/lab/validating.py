"""`python -m kith.lab.validating`: hold kept draws against what was counted of other people.

Each file of `data/validation` is a scenario with the counts of a published study, and how it is
read into the model was decided before it was run. Nothing in it was calibrated on.
"""

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from scipy.stats import binomtest

from kith.core.model.scenario import read
from kith.lab.simulate import PUBLISHED, shipped, text_of
from kith.lab.simulating import Job, account, across, live, make_ready
from kith.lab.tables import read_table
from kith.lab.tables import text_of as table_of

NAME = "model-validation"
_APART = "counted_apart", "counted_lower", "counted_upper", "apart", "apart_lower", "apart_upper"
COLUMNS = (
    "study", "arm", "name", "what", "since", "day", "count", "people", "middle", "lower", "upper",
    "verdict", *_APART, "apart_verdict",
)  # fmt: skip


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--workers", type=click.IntRange(1), default=None, help="Processes beside each other; they change nothing. Default: one for each core.")  # fmt: skip
@click.option("--out", type=click.Path(file_okay=False, exists=True, path_type=Path), required=True, metavar="DIR", help="Where to write the table and the figure.")  # fmt: skip
def validating(workers: int | None, out: Path) -> None:
    """Run every published study that kith brings through the kept draws of the calibration."""
    made = ["python -m kith.lab.validating --out docs/science"]
    rows = list(_rows(workers or os.cpu_count() or 1))
    (out / f"{NAME}.csv").write_text(table_of(made, COLUMNS, rows), encoding="utf-8")
    (out / f"{NAME}.svg").write_text(figure(out / f"{NAME}.csv"), encoding="utf-8")
    within = sum(row[COLUMNS.index("verdict")] == "within" for row in rows)
    click.echo(f"{within} of {len(rows)} counts lie within what is predicted")


def _rows(workers: int) -> Iterator[list[Any]]:
    """Yield a row for each count of each study."""
    with across(workers, None) as runner:
        for study in shipped(PUBLISHED):
            scenario = read(text_of(study))
            make_ready(scenario, "numba")
            jobs = [Job(scenario, at, "numba") for at in range(scenario.run.replicates)]
            said = account(scenario, list(runner(live, jobs)), "numba", 0.0)
            for one in said["counted"]:
                yield _row(study, said["arms"][one["arm"]]["name"], one)


def _row(study: str, name: str, one: dict[str, Any]) -> list[Any]:
    ends, other = one["predicted"], one["difference"]
    counted = [one[key] for key in ("what", "since", "day", "count", "people")]
    said = [study, one["arm"], name, *counted, ends["middle"], ends["lower"], ends["upper"]]
    if other is None:
        return [*said, one["verdict"], *[""] * (len(_APART) + 1)]
    apart = (
        *(other["counted"][end] for end in ("mean", "lower", "upper")),
        *(other["predicted"][end] for end in ("middle", "lower", "upper")),
    )
    return [*said, one["verdict"], *(f"{end:.4f}" for end in apart), other["verdict"]]


def figure(path: Path) -> str:
    """Return the figure of a table that `validating` has written."""
    figures: Any = import_module("kith.lab.figures")  # brings matplotlib
    held = tuple(_held(row, figures.Held) for row in read_table(path))
    title = "What was counted in other studies, and what the model predicts of as many people"
    drawn: str = figures.held_against(held, title)
    return drawn


def _held(row: dict[str, str], kind: Any) -> Any:
    people = int(row["people"])
    exact = binomtest(int(row["count"]), people).proportion_ci()
    counted = (int(row["count"]) / people, float(exact.low), float(exact.high))
    ends = tuple(int(row[end]) / people for end in ("middle", "lower", "upper"))
    name = f"{study_of(row)}. {row['name']}: {asked_of(row)}"
    return kind(name, counted, ends, row["verdict"] == "within")


def study_of(row: dict[str, str]) -> str:
    """Return what a study is called: "jason2006" is "Jason 2006"."""
    return f"{row['study'][:-4].capitalize()} {row['study'][-4:]}"


def asked_of(row: dict[str, str]) -> str:
    """Return what was asked, in words."""
    if row["since"] != "0":
        return f"{row['what']} on days {int(row['since']) + 1} to {row['day']}"
    return f"{row['what']} by day {row['day']}" if row["day"] != "1" else f"{row['what']} on day 1"


if __name__ == "__main__":
    validating()
