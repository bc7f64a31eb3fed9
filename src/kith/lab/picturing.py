"""`kith lab`: the simulator of an instance on one page, without an instance."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kith.errors import KithError
from kith.lab.patience import patience, quiet_threads

if TYPE_CHECKING:
    from kith.core.model.scenario import Scenario
    from kith.core.picture import Picture

ENGINES = ("numba", "numpy")


@click.command("lab", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("scenario", required=False, metavar="[SCENARIO.toml]")
@click.option("--town", metavar="TOWN", help="Which made-up town. Default: usual.")
@click.option("--design", metavar="DESIGN", help="What is tried. Default: circles.")
@click.option("--against", metavar="WHAT", help="What it is held against. Default: nothing.")
@click.option("--contacts", type=float, metavar="C", help="Contacts a week that the design hands out. Default: 1.")  # fmt: skip
@click.option("--people", type=int, metavar="N", help="In each town. Default: 10,000.")
@click.option("--weeks", type=int, metavar="W", help="How long. Default: 26.")
@click.option("--pairs", type=int, metavar="P", help="How often a town is lived twice. Default: 8.")
@click.option("--seed", type=int, metavar="S", help="Of all chance. Default: 1.")
@click.option("--arms", metavar="A,B", help="With a scenario: which two of its arms. Default: its first two.")  # fmt: skip
@click.option("--engine", type=click.Choice(ENGINES), default="numba", show_default=True, help="Both give the same picture.")  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=Path("lab.html"), show_default=True, help="Where to write the page.")  # fmt: skip
@click.option("--list", "is_list", is_flag=True, help="Say which towns and designs there are.")
def lab(scenario: str | None, arms: str | None, engine: str, out: Path, *, is_list: bool, **given: str | float | None) -> None:  # fmt: skip
    """Try a design on a made-up town, and write what came of it as a page.

    The page stands by itself: curves in pairs with intervals, habits at the cue, needs, ties, a table
    for each, and what to beware of. Instead of a town and a design, SCENARIO.toml may say them.
    """
    if is_list:
        click.echo("\n".join(listed()))
        return
    quiet_threads()
    asked = {name: value for name, value in given.items() if value is not None}
    try:
        picture = _picture(_scenario(scenario, arms, asked), engine)
    except KithError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    from kith.lab.picture_page import page  # noqa: PLC0415 - only once there is something to write

    out.write_text(page(picture), encoding="utf-8")
    click.echo("\n".join(in_words(picture, out)))


def listed() -> list[str]:
    """Return which towns, designs and comparisons there are, one a line."""
    from kith.core.picture.asked import AGAINST, DESIGNS, TOWNS  # noqa: PLC0415 - brings numpy

    lines = []
    for option, choices in (("--town", TOWNS), ("--design", DESIGNS), ("--against", AGAINST)):
        lines += [f"{option} {key:12} {one.name}: {one.words}" for key, one in choices.items()]
    return lines


def _scenario(name: str | None, arms: str | None, asked: dict[str, str | float]) -> "Scenario":
    from kith.core.picture import Asked, scenario_of  # noqa: PLC0415 - brings numpy

    if name is None:
        return scenario_of(Asked(**asked))  # type: ignore[arg-type]  # Asked looks at each
    return _of_file(name, arms, asked)


def _of_file(name: str, arms: str | None, asked: dict[str, str | float]) -> "Scenario":
    """Return two arms of a scenario in a file, with what was said instead.

    Raises:
        MalformedScenarioError: If there are not two arms, or a value is not allowed.
    """
    from kith.core.model.scenario import MalformedScenarioError, overridden, read  # noqa: PLC0415
    from kith.core.study.problem import Problem  # noqa: PLC0415
    from kith.lab.simulate import text_of  # noqa: PLC0415

    whole = read(text_of(name))
    keys = [one.strip() for one in arms.split(",")] if arms else [one.key for one in whole.arms[:2]]
    said = {"people": asked.pop("people", None), "seed": asked.pop("seed", None),
            "replicates": asked.pop("pairs", None), "days": 7 * asked.pop("weeks", 0) or None}  # fmt: skip
    if asked or len(keys) != 2:
        how = "A scenario has its own town and designs. Leave those options out, and name two arms with --arms A,B."
        raise MalformedScenarioError((Problem("options", "This cannot be shown.", how),))
    return overridden(whole, {k: int(v) for k, v in said.items() if v is not None}).only(keys)


def _picture(scenario: "Scenario", engine: str) -> "Picture":
    """Live all pairs and return what they come to."""
    from kith.core.picture import gathered, live  # noqa: PLC0415 - heavy, and only needed here
    from kith.lab.simulating import make_ready  # noqa: PLC0415 - the same

    with patience():
        make_ready(scenario, engine)
    numbers = range(scenario.run.replicates)
    with click.progressbar(numbers, label="living", file=sys.stderr) as seen:
        return gathered(scenario, [live(scenario, number, engine=engine) for number in seen])


def in_words(picture: "Picture", out: Path) -> list[str]:
    """Return what came out, in a few lines, and where the page is."""
    from kith.core.picture import CAUTION  # noqa: PLC0415
    from kith.core.picture.pieces import spread_of  # noqa: PLC0415

    plain, tried = picture.names
    many = picture.scenario.town.people
    lines = [
        f"{tried} against {plain}: {many:,} people, {picture.weeks} weeks, {picture.pairs} pairs"
    ]
    for key in ("relapsed", "use_days", "lonely"):
        one = picture.end(key)
        lines.append(f"  {one.words}: {spread_of(one)} ({one.verdict})")
    return [*lines, f"Written: {out}", CAUTION]
