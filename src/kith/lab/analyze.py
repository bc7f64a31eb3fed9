"""`kith analyze` and `kith study import`: from outside tables to a report."""

import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from kith.errors import KithError

if TYPE_CHECKING:
    from kith.core.analysis.results import Results

_HELP = {"help_option_names": ["-h", "--help"]}
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_OUT = click.Path(file_okay=False, path_type=Path)


@click.command("analyze", context_settings=_HELP)
@click.argument("study", type=_FILE, metavar="STUDY.toml")
@click.argument("data", type=_FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Print the results as one JSON object.")
@click.option("--out", type=_OUT, metavar="DIR", help="Where to write the report and its figures.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Of all chance in it.")  # fmt: skip
def analyze(study: Path, data: Path, as_json: bool, out: Path | None, seed: int) -> None:  # noqa: FBT001 - click hands options over like this
    """Analyse a study by its plan.

    DATA is a folder of records, or an export of them: then it is exploratory, of whoever agreed to
    share, in whole periods. The lock, STUDY.lock, is read if it lies beside the plan; without it,
    or if the plan became different, the analysis is marked exploratory. Ends with status 1 if the plan
    or the data are not right.
    """
    try:
        results = _results(study, data, seed)
    except KithError as error:
        if as_json:
            click.echo(orjson.dumps({"error": str(error)}))
        click.echo(str(error), err=True)
        sys.exit(1)
    if out is not None:
        _write(results, out)
    lines = [f"{results.status}: {results.status_why}", *results.headline]
    click.echo(_json(results) if as_json else "\n".join(lines))


@click.command("import", context_settings=_HELP)
@click.argument("mapping", type=_FILE, metavar="MAPPING.toml")
@click.argument("source", type=_FOLDER)
@click.argument("out", type=_OUT)
def import_study(mapping: Path, source: Path, out: Path) -> None:
    """Bring data from elsewhere in as kith's records.

    MAPPING.toml says which columns of the CSV tables in SOURCE mean what; see
    docs/science/analysis.md. Ends with status 1 if something is not right, and writes nothing then.
    """
    from kith.lab.importing import import_records  # noqa: PLC0415 - heavy, and only needed here
    from kith.lab.records_writing import write_records  # noqa: PLC0415

    try:
        records, names = import_records(mapping, source)
    except KithError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    write_records(out, records, names)
    click.echo(f"{records.people} people and {len(records.observations.person)} observations in {out}")  # fmt: skip


def _results(study: Path, data: Path, seed: int) -> "Results":
    from kith.core.analysis.analyse import analyse  # noqa: PLC0415 - heavy, and only needed here
    from kith.core.study import read, read_lock  # noqa: PLC0415
    from kith.lab.export_reading import is_export, read_export  # noqa: PLC0415
    from kith.lab.records_files import read_records  # noqa: PLC0415

    plan = read(_text(study))
    if is_export(data):
        found = read_export(data, plan)
        results = analyse(plan, found.records, seed, facts=found.names.facts)
        return replace(results, status_why=found.said[0], deviations=found.said[1:])
    beside = study.with_suffix(".lock")
    lock = read_lock(_text(beside)) if beside.is_file() else None
    records, names = read_records(data)
    return analyse(plan, records, seed, facts=names.facts, lock=lock)


def _text(path: Path) -> str:
    """Return what a file says, with or without a mark of bytes before it.

    Raises:
        UnreadableError: If it is no UTF-8 text.
    """
    from kith.lab.people_files import UnreadableError  # noqa: PLC0415 - brings numpy

    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{path.name} is no UTF-8 text.") from error


def _json(results: "Results") -> bytes:
    said: dict[str, Any] = asdict(results)
    return orjson.dumps(said, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_INDENT_2)


def _write(results: "Results", out: Path) -> None:
    from kith.lab.report import page, pictures  # noqa: PLC0415 - brings matplotlib

    (out / "figures").mkdir(parents=True, exist_ok=True)
    (out / "report.html").write_text(page(results), encoding="utf-8")
    (out / "report.json").write_bytes(_json(results))
    for name, svg in pictures(results).items():
        (out / "figures" / f"{name}.svg").write_text(svg, encoding="utf-8")
