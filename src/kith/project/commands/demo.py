"""`kith demo`: a whole instance on one laptop, with real gatherings, in a moment."""

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kith.project.commands.serving import refuse_if_taken, serve, tasks_beside
from kith.project.setup import make_database, use

if TYPE_CHECKING:
    from kith.project.town.sizes import Beside

HOST = "127.0.0.1"


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--reset", is_flag=True, help="Throw the demo's data away and begin again.")
def demo(port: int, reset: bool) -> None:  # noqa: FBT001 - click hands options over like this
    """Try kith here: real gatherings, your browser, nothing leaves this machine."""
    refuse_if_taken(HOST, port)
    began = time.monotonic()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.project.settings.demo")
    use("demo")
    from django.conf import settings  # noqa: PLC0415 - Django is set up only now

    if not settings.KITH_IS_DEMO:
        raise click.ClickException("This is a real instance, not a demo. Use: kith serve")
    if reset:
        _throw_away(settings.DATA_DIR)
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with _beside(settings.DATA_DIR) as others:
        make_database()
        _gather_files(settings.STATIC_ROOT)
        _import_bundled()
        link, words = _made_up(), _words_of_somebody(settings.DATA_DIR)
        three = _town(settings.DATA_DIR, others)
    seconds = time.monotonic() - began
    click.echo(_welcome(port, seconds, link=link, words=words, three=three))
    with tasks_beside():
        serve(HOST, port)


def _throw_away(folder: Path) -> None:
    """Delete what a demo made, and nothing else that may lie there."""
    for name in ("kith.sqlite3", "kith.sqlite3-wal", "kith.sqlite3-shm", "demo-words", "demo-town"):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "static", ignore_errors=True)


def _gather_files(folder: Path) -> None:
    """Collect styles and scripts under names that change with their content."""
    from django.core.management import call_command  # noqa: PLC0415

    package = Path(str(files("kith")))
    newest = max(p.stat().st_mtime for p in package.rglob("static/**/*") if p.is_file())
    manifest = folder / "staticfiles.json"
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def _import_bundled() -> None:
    """Import the gatherings that come with kith, unless they are here already."""
    from kith.web.gatherings import actions  # noqa: PLC0415
    from kith.web.gatherings.models import Feed  # noqa: PLC0415

    if Feed.objects.exists():
        return
    for source, given in actions.bundled():
        with click.progressbar(
            length=1, label=f"importing {given['name']}", file=sys.stderr
        ) as bar:
            actions.import_source(
                source=str(source),
                given=given,
                formats_file=actions.FORMATS if "bmlt" in source.name else None,
                progress=lambda done, of, bar=bar: _tell(bar, done, of),  # type: ignore[misc]
            )


def _made_up() -> str:
    from kith.project.commands.made_up import link_to_host  # noqa: PLC0415 - Django is set up now

    return link_to_host()


def _words_of_somebody(folder: Path) -> tuple[str, str]:
    from kith.project.commands import made_up_circle  # noqa: PLC0415 - Django is set up now

    return made_up_circle.words_of_somebody_in_a_circle(folder)


@contextmanager
def _beside(folder: Path) -> "Iterator[Beside | None]":
    """Yield what another process does for the town meanwhile; None if the town is there."""
    from kith.project.town.personas import FILE  # noqa: PLC0415 - Django is set up now
    from kith.project.town.sizes import beside  # noqa: PLC0415

    if (folder / FILE).exists():
        yield None
    else:
        with beside() as others:
            yield others


def _town(folder: Path, others: "Beside | None") -> tuple[str, str, str]:
    from kith.project.town.building import town_of_demo  # noqa: PLC0415 - Django is set up now

    def say(what: str) -> None:
        click.echo(f"simulating {what}", err=True)

    return town_of_demo(folder, beside=others, say=say)


def _tell(bar: object, done: int, of: int) -> None:
    bar.length = of  # type: ignore[attr-defined]
    bar.update(done - bar.pos)  # type: ignore[attr-defined]


def _welcome(
    port: int, seconds: float, *, link: str, words: tuple[str, str], three: tuple[str, str, str]
) -> str:
    home = f"http://{HOST}:{port}"
    hosting = f"\n  Host an evening, made up      {home}{link}" if link else ""
    return f"""
kith is at {home} (ready in {seconds:.0f} s; Ctrl-C stops it, your data stays)

Its town is simulated: nobody in it is real. Come in at {home}/enter/ as one of three,
each with six words:
  A member                      {three[0]}
  A host                        {three[1]}
  A researcher, who keeps it    {three[2]}

  Find a gathering tonight      {home}/gatherings/?near=London
  Near Irvine, California       {home}/gatherings/?near=Irvine, CA&km=25
  I need someone now            {home}/now/   (then try it without internet){hosting}
  Sit in a circle, made up      {home}/enter/?next=/tonight/
                                with these six words: {words[0]}
  Be rung by them, made up      in another browser, at the same door
                                with these six words: {words[1]}
  The lists, for programs       {home}/feeds/meeting-guide.json
                                {home}/client_interface/json/?switcher=GetSearchResults
  Bring your own town's list    ./kith import https://example.org/feed.json
  The steward's desk            ./kith steward NAME, then {home}/desk/
"""
