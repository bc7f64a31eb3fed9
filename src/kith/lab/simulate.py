"""`kith simulate`: designs tried on simulated people before anybody tries them on real ones."""

import os
import sys
import time
from importlib import resources
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

import click
import orjson

from kith.errors import KithError
from kith.lab.patience import patience, quiet_threads

if TYPE_CHECKING:
    from kith.core.model.scenario import Scenario
    from kith.lab.simulating import Lived

ENGINES = ("numba", "numpy", "gpu")
# Where the scenarios lie that kith brings: designs to try, and what was counted of people. Nothing
# of the second may be read by what calibrates the model.
TRIED, PUBLISHED = "scenarios", "data/validation"


@click.command("simulate", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("scenario", required=False, metavar="[SCENARIO.toml]")
@click.option("--people", type=int, metavar="N", help="Instead of the scenario's.")
@click.option("--days", type=int, metavar="D", help="The same.")
@click.option("--seed", type=int, metavar="S", help="The same.")
@click.option("--replicates", type=int, metavar="R", help="The same.")
@click.option(
    "--arms", metavar="A,B", help="Only these arms; the others are held against the first."
)
@click.option("--posterior", is_flag=True, help="Let every replicate live by another of the draws that calibration has kept.")  # fmt: skip
@click.option("--engine", type=click.Choice(ENGINES), default="numba", show_default=True, help="All give the same bits.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1), default=None, help="Processes that live replicates beside each other. Default: one for each core.")  # fmt: skip
@click.option("--dask", metavar="ADDRESS", default=None, help="A scheduler of dask.distributed whose workers live them instead. Needs the extra dask.")  # fmt: skip
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Where to write days (NetCDF), the account, and a study's records.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the account as one JSON object.")
def simulate(  # noqa: PLR0913, PLR0917 - one argument for each option
    scenario: str | None,
    people: int | None,
    days: int | None,
    seed: int | None,
    replicates: int | None,
    arms: str | None,
    posterior: bool,  # noqa: FBT001 - click hands options over like this
    engine: str,
    workers: int | None,
    dask: str | None,
    out: Path | None,
    as_json: bool,  # noqa: FBT001 - click hands options over like this
) -> None:
    """Try designs on a town of simulated people.

    SCENARIO.toml says which town and which designs (docs/science/town.md), or is the name of one that
    kith brings; without one, those are listed. Every arm is lived with the same dice. The exit status
    is 1 if the scenario is not right.
    """
    if scenario is None:
        click.echo(_listed(shipped()))
        click.echo("\nWhat was counted of people, to hold the model against:\n")
        click.echo(_listed(shipped(PUBLISHED)))
        return
    quiet_threads()
    given = {"people": people, "days": days, "seed": seed, "replicates": replicates}
    try:
        text = text_of(scenario)
        asked = _asked(text, {k: v for k, v in given.items() if v is not None}, arms)
        if posterior:
            asked = asked.by_posterior()
        if out is not None:
            _make(out)
        lived, account = _run(asked, engine, workers, dask, is_quiet=as_json)
        if out is not None:
            from kith.lab.simulated_files import write  # noqa: PLC0415 - brings xarray

            write(out, asked, text, lived, account)
    except KithError as error:
        if as_json:
            click.echo(orjson.dumps({"error": str(error)}))
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(orjson.dumps(account) if as_json else in_words(account))


def _listed(some: dict[str, str]) -> str:
    return "\n".join(f"{name:16} {title}" for name, title in some.items())


def shipped(where: str = TRIED) -> dict[str, str]:
    """Return the scenarios that kith brings, by name, with their titles.

    Args:
        where: TRIED, or PUBLISHED for those that say what was counted of people.
    """
    from kith.core.model.scenario import read  # noqa: PLC0415 - brings numpy only when needed

    folder = resources.files("kith.lab").joinpath(where)
    found = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return {
        name.removesuffix(".toml"): read(folder.joinpath(name).read_text("utf-8")).about.title
        for name in found
    }


def text_of(scenario: str) -> str:
    """Return the text of a scenario: of a file, or of one that kith brings.

    Raises:
        NoScenarioError: If it is neither.
    """
    path = Path(scenario)
    for where in (TRIED, PUBLISHED):
        if not path.exists() and path.suffix == "" and scenario in shipped(where):
            folder = resources.files("kith.lab").joinpath(where)
            return folder.joinpath(f"{scenario}.toml").read_text("utf-8")
    try:
        # Some editors begin a file with a mark that TOML does not know.
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NoScenarioError(f"{scenario} is no UTF-8 text.") from error
    except OSError as error:
        known = ", ".join((*shipped(), *shipped(PUBLISHED)))
        raise NoScenarioError(
            f"{scenario} cannot be read: {error.strerror}. kith brings: {known}."
        ) from error


def _make(out: Path) -> None:
    """Make the folder, before anything is lived that could then not be written.

    Raises:
        NoFolderError: If nothing can be written there.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=out):
            pass
    except OSError as error:
        raise NoFolderError(f"--out {out} cannot be written to: {error.strerror}.") from error


class NoFolderError(KithError):
    """What is lived cannot be written where it was asked for."""


class NoScenarioError(KithError):
    """There is no such file, and kith brings none of that name."""


def _asked(text: str, given: dict[str, int], arms: str | None) -> "Scenario":
    """Return the scenario with what was said on the command line in place of what it says."""
    from kith.core.model.scenario import overridden, read  # noqa: PLC0415

    asked = overridden(read(text), given)
    return asked if arms is None else asked.only(arm.strip() for arm in arms.split(","))


def _run(
    asked: "Scenario", engine: str, workers: int | None, dask: str | None, *, is_quiet: bool
) -> tuple[list["Lived"], dict[str, Any]]:
    """Live all replicates and return them, with the account of them."""
    from kith.lab import simulating  # noqa: PLC0415 - heavy, and only needed here

    many = asked.run.replicates
    jobs = [simulating.Job(asked, replicate, engine) for replicate in range(many)]
    beside = min(workers or os.cpu_count() or 1, many)
    with patience():
        simulating.make_ready(asked, engine)
    began = time.monotonic()
    with simulating.across(beside, dask) as across:
        found = across(simulating.live, jobs)
        with click.progressbar(
            found, length=many, label="living", file=sys.stderr, hidden=is_quiet
        ) as seen:
            lived = list(seen)
    return lived, simulating.account(asked, lived, engine, time.monotonic() - began)


def in_words(account: dict[str, Any]) -> str:
    """Return an account for people to read."""
    lines = [
        (
            f"{account['title']}: {account['people']:,} people, {account['days']} days,"
            f" {account['replicates']} times, in {account['seconds']:g} s"
            f" ({account['agent_steps_per_s'] / 1e6:.1f} million steps of a person a second)"
        ),
        "",
        f"{'':24}{'relapsed':>22}{'days of use in 30':>24}{'abstinent':>22}{'contacts a week':>18}",
    ]
    for arm in account["arms"].values():
        some = arm["outcomes"]
        lines.append(
            f"{arm['name'][:23]:24}{_share(some['relapsed']):>22}{_number(some['use_days']):>24}"
            f"{_share(some['abstinent']):>22}{some['contacts_a_week']['mean']:>18.2f}"
        )
    lines += [
        f"\n{one['arm']} against {one['than']}, {one['outcome']}: said to be {one['direction']};"
        f" {found_of(one)}, {one['direction']} in {one['agree']} of {account['replicates']}"
        for one in account["expected"]
    ]
    lines += [f"\n{counted_of(one)}" for one in account["counted"]]
    return "\n".join([*lines, "", account["caution"]])


def counted_of(one: dict[str, Any]) -> str:
    """Return a count, beside what is predicted of as many people."""
    since = f"after day {one['since']} and " if one["since"] else ""
    ends = one["predicted"]
    said = (
        f"{one['arm']}, {one['what']} {since}by day {one['day']}: {one['count']} of {one['people']} were"
        f" counted, predicted are {ends['middle']} [{ends['lower']}, {ends['upper']}]: {one['verdict']}"
    )
    if apart := one["difference"]:
        found, meant = apart["counted"], apart["predicted"]
        said += (
            f"\n  against the first arm {found['mean']:+.1%} [{found['lower']:+.1%},"
            f" {found['upper']:+.1%}], predicted {meant['middle']:+.1%} [{meant['lower']:+.1%},"
            f" {meant['upper']:+.1%}]: {apart['verdict']}"
        )
    return said


def found_of(one: dict[str, Any]) -> str:
    """Return what came out of something that was expected: difference, interval, verdict."""
    return f"{_number(one['difference'], 4)}: {one['verdict']}"


def _share(some: dict[str, float | None]) -> str:
    if some["lower"] is None:
        return f"{some['mean']:.1%}"
    return f"{some['mean']:.1%} [{some['lower']:.1%}, {some['upper']:.1%}]"


def _number(some: dict[str, float | None], digits: int = 2) -> str:
    if some["lower"] is None:
        return f"{some['mean']:.{digits}f}"
    return f"{some['mean']:.{digits}f} [{some['lower']:.{digits}f}, {some['upper']:.{digits}f}]"
