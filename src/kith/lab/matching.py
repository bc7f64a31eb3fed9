"""`kith match`: circles out of a file of people, and an account of the run."""

import os
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import click
import orjson
from typing_extensions import override

from kith.errors import KithError
from kith.lab.asked import Asked
from kith.lab.patience import patience, quiet_threads
from kith.lab.workers import runner

# People in a region, where there are several who form them.
_REGION = 25_000


class _Sizes(click.ParamType[Any]):
    """Sizes as 4-6."""

    name = "sizes"

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from kith.core.matching import Sizes  # noqa: PLC0415 - brings numpy only when needed

        try:
            least, _, most = str(value).partition("-")
            return Sizes(int(least), int(most or least))
        except ValueError as error:
            self.fail(f"{value} is no range of sizes such as 4-6: {error}", param, ctx)


@click.command("match", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("people", type=click.Path(dir_okay=False, path_type=Path), metavar="PEOPLE.parquet")
@click.option(
    "--size", "sizes", type=_Sizes(), default="4-6", show_default=True, help="Of a circle."
)
@click.option("--pairs", "is_pairs", is_flag=True, help="Listening pairs instead of circles.")
@click.option("--warm", "last", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="LAST.parquet", help="Circles that meet already: go on from them. Pairs: partners to change.")  # fmt: skip
@click.option("--prove", "is_proved", is_flag=True, help="Bound how good any choice could be.")
@click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="Of all chance in it."
)
@click.option("--effort", type=click.FloatRange(0.01, 1_000), default=1.0, show_default=True, help="How many times as hard as usual to look.")  # fmt: skip
@click.option("--threads", type=click.IntRange(1), default=None, help="Changes only how long it takes. Default: one for each core.")  # fmt: skip
@click.option("--region", type=click.IntRange(1_000), metavar="PEOPLE", help="Cut people into regions of about so many. Default: not at all; 25,000 with --workers or --dask.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1), default=None, help="Processes that form regions, beside each other.")  # fmt: skip
@click.option("--dask", metavar="ADDRESS", default=None, help="A scheduler of dask.distributed whose workers form regions. Needs the extra dask.")  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="CIRCLES.parquet", help="Where to write who sits with whom.")  # fmt: skip
@click.option("--propensities", "draws", type=click.IntRange(1), default=None, metavar="R", help="Throw the dice R times more and write, beside --out, how often each two sit together.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the account as one JSON object.")
def match(  # noqa: PLR0913, PLR0917 - one argument for each option
    people: Path,
    sizes: Any,
    is_pairs: bool,  # noqa: FBT001 - click hands options over like this
    last: Path | None,
    is_proved: bool,  # noqa: FBT001
    seed: int,
    effort: float,
    threads: int | None,
    region: int | None,
    workers: int | None,
    dask: str | None,
    out: Path | None,
    draws: int | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Form circles out of a file of people.

    The columns of the file, and what makes a circle good, are in docs/science/matching.md. The
    exit status is 1 if the file is not right, or the circles are not (then nothing is written).
    """
    if is_proved and last and not is_pairs:
        raise click.UsageError("--prove is of circles formed from nothing: leave out --warm")
    if is_pairs and (region or workers or dask):
        raise click.UsageError("--region, --workers and --dask are of circles: leave out --pairs")
    if workers and dask:
        raise click.UsageError("--workers are processes here, those of --dask elsewhere: say one")
    if draws and (out is None or is_proved):
        raise click.UsageError("--propensities goes with --out, and without --prove")
    asked = Asked(
        people, sizes, seed, is_pairs, last, is_proved, effort, threads or os.cpu_count() or 1,
        region or (_REGION if workers or dask else None), workers, dask, draws or 0,
    )  # fmt: skip
    try:
        account = _run(asked, out)
    except KithError as error:
        if as_json:
            click.echo(orjson.dumps({"error": str(error)}))
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(orjson.dumps(account) if as_json else _in_words(account))


def _run(asked: Asked, out: Path | None) -> dict[str, Any]:
    """Form circles, check them, write them, and return the account."""
    quiet_threads()
    from kith.lab import people_files  # noqa: PLC0415 - heavy, and only needed here

    read = people_files.read_people(asked.people)
    last = people_files.read_circles(asked.last, read.people.id) if asked.last else None
    from kith.lab import forming  # noqa: PLC0415 - waits for a compiler

    with patience():
        forming.make_ready(is_pairs=asked.is_pairs)
    began = time.monotonic()
    with (
        ThreadPoolExecutor(asked.threads) as pool,
        runner(threads=asked.threads, workers=asked.workers, dask=asked.dask) as across,
    ):
        formed = forming.formed(asked, read.people, last, across, pool.map)
        seconds = time.monotonic() - began
        likely = None
        if asked.draws:
            likely = forming.likely(asked, read.people, formed, last, across, pool.map)
    bound = None
    if asked.is_proved:
        bound, formed = forming.proved(asked, read.people, formed, last)
    if out is not None:
        people_files.write_circles(formed, read.name, out, forming.about(asked))
    if out is not None and likely is not None:
        beside = out.with_suffix(".propensities.parquet")
        people_files.write_propensities(likely, read.name, beside, forming.about(asked))
    return {
        "kind": "pairs" if asked.is_pairs else "circles",
        **forming.account(read.people, formed),
        "bound": bound,
        "seconds": round(seconds, 3),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "violations": 0,
        "seed": asked.seed,
        **forming.chance(),
    }


def _in_words(account: dict[str, Any]) -> str:
    lines = [
        (
            f"{account['placed']} of {account['people']} people in {account['circles']} {account['kind']},"
            f" in {account['seconds']:g} s and {account['peak_memory_mb']:g} MB"
        ),
        f"value {account['value']} units, {account['value_per_person']:.1f} for each person",
        (
            f"the tenth who got the least: {account['worst_decile']:.1f};"
            f" of those placed: {account['worst_decile_placed']:.1f}"
        ),
    ]
    if account["bound"] is not None:
        share = account["value"] / account["bound"] if account["bound"] else 1.0
        lines.append(f"no choice is worth more than {account['bound']}: this is {share:.2%} of it")
    return "\n".join(lines)
