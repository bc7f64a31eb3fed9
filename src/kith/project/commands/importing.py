"""`kith import`: bring meeting lists in, and account for every record."""

import sys
from pathlib import Path
from typing import Any

import click
import orjson

from kith.errors import KithError
from kith.project.setup import use_demo

# How many refusals and repairs are shown; --json gives all.
SHOWN = 20


@click.command("import")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--format", "format_", default="", metavar="NAME", help="Instead of recognizing it.")
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Which columns of a table mean what (TOML).",
)
@click.option(
    "--formats",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A BMLT server's GetFormats answer, where SOURCE is a file.",
)
@click.option("--timezone", help="For records that do not say theirs, such as Europe/London.")
@click.option("--country", help="For records that do not say theirs, two letters.")
@click.option("--practice", help="For records that do not say theirs, such as choir.")
@click.option("--program", help="The fellowship, for records that do not say.")
@click.option("--language", "languages", multiple=True, help="For records that do not say.")
@click.option("--name", help="Whose list it is, shown on every gathering from it.")
@click.option("--credit", help="Licence or thanks, shown beside the name.")
@click.option("--every", "every_hours", type=click.IntRange(1, 720), help="Read it again every so many hours.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each source.")
def import_(  # noqa: PLR0913, PLR0917 - one argument for each option
    sources: tuple[str, ...],
    format_: str,
    mapping: Path | None,
    formats: Path | None,
    timezone: str | None,
    country: str | None,
    practice: str | None,
    program: str | None,
    languages: tuple[str, ...],
    name: str | None,
    credit: str | None,
    every_hours: int | None,
    dry_run: bool,  # noqa: FBT001 - click hands options over like this
    as_json: bool,  # noqa: FBT001
) -> None:
    """Import meeting lists: files or http(s) addresses.

    Reads Meeting Guide JSON, BMLT GetSearchResults, iCalendar, and tables (CSV or JSON).
    Importing a list again changes only what changed in it. The exit status is 1 if a source
    could not be read at all.
    """
    use_demo()
    given = {
        "format": format_ or None,
        "mapping": _text_of(mapping) if mapping else None,
        "timezone": timezone,
        "country": country.upper() if country else None,
        "practice": practice,
        "program": program,
        "languages": list(languages) or None,
        "name": name,
        "credit": credit,
        "every_hours": every_hours,
    }
    stated = {name: value for name, value in given.items() if value is not None}
    _check(stated)
    failed = False
    for source in sources:
        failed |= not _one(source, stated, formats, dry_run=dry_run, as_json=as_json)
    sys.exit(1 if failed else 0)


def _text_of(mapping: Path) -> str:
    try:
        return mapping.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{mapping} is no mapping: {error}") from error


def _check(stated: dict[str, Any]) -> None:
    """Refuse options that name nothing kith knows."""
    from kith.web.gatherings.bridge import feeds  # noqa: PLC0415 - Django is set up only now

    try:
        feeds.check_hints(stated)
    except KithError as error:
        raise click.UsageError(str(error)) from error


def _one(
    source: str, given: dict[str, Any], formats: Path | None, *, dry_run: bool, as_json: bool
) -> bool:
    """Import one source, say what happened, and return whether it could be read."""
    from kith.web.gatherings import actions  # noqa: PLC0415 - Django is set up only now

    try:
        with _bar(source) as bar:
            report = actions.import_source(
                source=source,
                given=given,
                formats_file=formats,
                dry_run=dry_run,
                progress=lambda done, of: bar.update(done - bar.pos) if _sized(bar, of) else None,
            )
    except KithError as error:
        # A file's name may be bytes that are no text.
        name, why = (text.encode("utf-8", "replace").decode() for text in (source, str(error)))
        if as_json:
            click.echo(orjson.dumps({"source": name, "error": why}))
        click.echo(f"{name}: {why}", err=True)
        return False
    if as_json:
        click.echo(orjson.dumps(report.values()))
    else:
        click.echo(_in_words(report.values(), dry_run=dry_run))
    return True


def _bar(source: str) -> Any:
    """Return a bar on standard error, silent where nobody watches."""
    return click.progressbar(
        length=1, label=Path(source).name[:32] or source[:32], file=sys.stderr, show_pos=True
    )


def _sized(bar: Any, length: int) -> bool:
    bar.length = length
    return True


def _in_words(said: dict[str, Any], *, dry_run: bool) -> str:
    counts = ("new", "updated", "unchanged", "merged")
    lines = [
        f"{said['source']} ({said['format']}){': a dry run, nothing was kept' if dry_run else ''}",
        f"  read {said['read']}: "
        + ", ".join(f"{name} {said[name]}" for name in counts)
        + f", refused {len(said['refused'])}; retired {said['retired']}; "
        f"repairs {len(said['repaired'])}",
        *(f"  note: {remark}" for remark in said["remarks"]),
        *(f"  refused  {r['record']}: {r['reason']}" for r in said["refused"][:SHOWN]),
        *(f"  repaired {r['record']}: {r['field']}: {r['why']}" for r in said["repaired"][:SHOWN]),
    ]
    if len(said["refused"]) > SHOWN or len(said["repaired"]) > SHOWN:
        lines.append("  ... --json gives all of them")
    return "\n".join(lines)
