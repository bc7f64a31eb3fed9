"""`kith study`: write a study down, see what it lacks, read it in plain words, lock it."""

import os
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
import orjson

from kith.errors import KithError

if TYPE_CHECKING:
    from kith.core.study import Lock, StudyPlan

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_HELP = {"help_option_names": ["-h", "--help"]}
_SEED_BITS = 63
_SALT_BYTES = 32


@click.group("study", context_settings=_HELP)
def study() -> None:
    """Write a study down, see what it lacks, read it in plain words, lock it."""


@study.command("new", context_settings=_HELP)
@click.argument("template", required=False)
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[STUDY.toml]")
def new(template: str | None, file: Path | None) -> None:
    """Begin a study from a template; without one, list them.

    It is written to STUDY.toml (study.toml if nothing is said), which must not be there yet.
    """
    from kith.core.study import read, templates  # noqa: PLC0415 - brings numpy only when needed

    if template is None:
        for name, text in templates().items():
            click.echo(f"{name:10} {read(text).study.question}")
        return
    if template not in templates():
        known = ", ".join(templates())
        _refuse(f"There is no template {template}. There are: {known}.")
    path = file or Path("study.toml")
    try:
        with path.open("x", encoding="utf-8") as written:
            written.write(templates()[template])
    except FileExistsError:
        _refuse(f"{path} is there already, and stays as it is. Say another name.")
    except OSError as error:
        _refuse(f"{path} cannot be written: {error.strerror}.")
    click.echo(f"{path} is written. See what it still lacks: kith study check {path}")


@study.command("check", context_settings=_HELP)
@click.argument("file", type=_FILE, metavar="STUDY.toml")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(file: Path, as_json: bool) -> None:  # noqa: FBT001 - click hands options over like this
    """Say what a study lacks, and what became different since it was locked.

    The exit status is 1 if there is any of it.
    """
    from kith.core.study import MalformedStudyError, differences, problems  # noqa: PLC0415

    try:
        plan = _plan(file)
        found = list(problems(plan))
    except MalformedStudyError as error:
        _tell(file, [str(one) for one in error.problems], [], as_json=as_json)
        sys.exit(1)
    lock = _lock(file)
    changed = [] if lock is None else [str(one) for one in differences(lock, plan)]
    at = f"Locked at {lock.at} by {lock.by}." if lock else "Not locked yet."
    _tell(file, [str(one) for one in found], changed, as_json=as_json, at=at)
    sys.exit(1 if found or changed else 0)


@study.command("explain", context_settings=_HELP)
@click.argument("file", type=_FILE, metavar="STUDY.toml")
def explain(file: Path) -> None:
    """Say in plain words what a study does."""
    from kith.core.study import explained  # noqa: PLC0415

    click.echo(explained(_readable(file)))


@study.command("lock", context_settings=_HELP)
@click.argument("file", type=_FILE, metavar="STUDY.toml")
@click.option("--by", required=True, metavar="NAME", help="Who locks it.")
def lock_(file: Path, by: str) -> None:
    """Lock a study before the first person joins.

    Writes STUDY.lock: its hash, the moment, and the hash of the seed of all draws. The seed itself is
    written to STUDY.seed, for nobody's eyes until the study is over. Nothing can be confirmed by a
    study that was not in the plan when it was locked.
    """
    from kith.core.study import lock, lock_text, problems  # noqa: PLC0415

    plan = _readable(file)
    found = problems(plan)
    if found:
        lines = "\n".join(f"  {one}" for one in found)
        _refuse(f"{file} cannot be locked yet:\n{lines}")
    paths = file.with_suffix(".lock"), file.with_suffix(".seed")
    for path in paths:
        if path.exists():
            _refuse(f"{path} is there already. A study is locked once; a new plan is a new file.")
    promised = plan.randomisation.seed_commitment or _new_seed(paths[1])
    locked = lock(
        plan, at=datetime.now(UTC).replace(microsecond=0), by=by, seed_commitment=promised
    )
    paths[0].write_text(lock_text(locked), encoding="utf-8")
    click.echo(
        f"{file} is locked: {locked.hash}\nKeep {paths[0]} with it, and show both to whoever asks."
    )


def _new_seed(path: Path) -> str:
    """Write a new seed and its salt where only their owner may read, and return what is promised."""
    from kith.core.randomize import commitment  # noqa: PLC0415 - heavy, and only needed here

    seed, salt = secrets.randbits(_SEED_BITS), secrets.token_hex(_SALT_BYTES)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f'seed = {seed}\nsalt = "{salt}"\n')
    return commitment(seed, salt)


def _plan(file: Path) -> "StudyPlan":
    from kith.core.study import read  # noqa: PLC0415

    try:
        return read(file.read_text("utf-8-sig"))
    except UnicodeDecodeError:
        _refuse(f"{file} is no UTF-8 text.")


def _readable(file: Path) -> "StudyPlan":
    from kith.core.study import MalformedStudyError  # noqa: PLC0415

    try:
        return _plan(file)
    except MalformedStudyError as error:
        lines = "\n".join(f"  {one}" for one in error.problems)
        _refuse(f"{file} cannot be read yet:\n{lines}")


def _lock(file: Path) -> "Lock | None":
    from kith.core.study import read_lock  # noqa: PLC0415

    path = file.with_suffix(".lock")
    if not path.exists():
        return None
    try:
        return read_lock(path.read_text("utf-8"))
    except KithError as error:
        _refuse(f"{path}: {error}")


def _tell(
    file: Path, found: list[str], changed: list[str], *, as_json: bool, at: str = "Not locked yet."
) -> None:
    if as_json:
        told = {"file": str(file), "problems": found, "changed": changed, "lock": at}
        click.echo(orjson.dumps(told))
        return
    if not found and not changed:
        click.echo(f"{file} lacks nothing that kith knows of. {at}")
    if found:
        click.echo(f"{file} still lacks:\n" + "\n".join(f"  {one}" for one in found))
    if changed:
        click.echo(
            f"{at} Since then it says something else:\n" + "\n".join(f"  {one}" for one in changed)
        )


def _refuse(text: str) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(1)
