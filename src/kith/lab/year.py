"""`kith match-year`: a year of weekly runs among people like those in a file."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import click
import orjson

from kith.errors import KithError
from kith.lab.patience import patience, quiet_threads

_WORDS = (
    ("{weeks} weekly runs, {here:.0f} people in each, {people} in all; {seconds_a_run:.2f} s a run"),
    ("{placed:.1%} in a circle; {completed:.1%} of those who began sat there for six sessions"),
    ("circles broken by the engine: {circles_broken}, of {circles_to_keep}; rules: {rules_broken}"),
    ("pairs kept from week to week: {pairs_kept:.2%}; where nothing happened {pairs_kept_untouched:.2%}"),
    (
        "seated in the first run {at_once:.1%}, in the first two {within_two:.1%}; runs waited: half"
        " {waited_half:.0f}, nine tenths {waited_nine_tenths:.0f}, longest {waited_longest};"
        " {gave_up:.1%} gave up"
    ),
    (
        "value for each person {value_per_person:.0f}; the tenth who got least {worst_decile:.0f}, of"
        " those placed {worst_decile_placed:.0f}, over the year {worst_decile_of_year:.0f}"
    ),
)  # fmt: skip


@click.command("match-year", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("people", type=click.Path(dir_okay=False, path_type=Path), metavar="PEOPLE.parquet")
@click.option("--weeks", type=click.IntRange(1, 520), default=52, show_default=True, help="Runs.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Of all chance.")
@click.option("--may-move", is_flag=True, help="Let one of a circle be moved where it is worth it.")
@click.option("--threads", type=click.IntRange(1), default=2, show_default=True, help="Changes only how long it takes.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the account as one JSON object.")
def match_year(
    people: Path,
    weeks: int,
    seed: int,
    may_move: bool,  # noqa: FBT001 - click hands options over like this
    threads: int,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Live through a year of weekly runs.

    People like those in the file come, fade, pause and change their hours, by made-up chances
    (docs/science/matching.md). The account says whether circles last as long as their people do.
    """
    quiet_threads()
    try:
        account = _lived(people, weeks, seed, may_move=may_move, threads=threads)
    except KithError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    said = [line.format(**account) for line in _WORDS]
    click.echo(orjson.dumps(account) if as_json else "\n".join(said))


def _lived(people: Path, weeks: int, seed: int, *, may_move: bool, threads: int) -> dict[str, Any]:
    from kith.core.matching.tally import tally  # noqa: PLC0415 - heavy, and only needed here
    from kith.core.matching.year import weeks as lived  # noqa: PLC0415
    from kith.lab import people_files  # noqa: PLC0415

    some = people_files.read_people(people).people
    from kith.lab import forming  # noqa: PLC0415 - waits for a compiler

    with patience():
        forming.make_ready(is_pairs=False)
    spent: list[float] = []
    with ThreadPoolExecutor(threads) as pool:
        run = forming.weekly_run(pool.map, spent, may_move=may_move)
        year = list(lived(some, run, seed=seed, many=weeks))
    return {
        **tally(year)._asdict(),
        "may_move": may_move,
        "seed": seed,
        "seconds_a_run": sum(spent) / len(spent),
        "seconds_longest_run": max(spent),
    }
