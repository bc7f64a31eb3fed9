"""The `kith` command. Each subcommand brings in only what it needs, so that `--help` is quick."""

import os
import sys
from pathlib import Path

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=None, message="%(prog)s %(version)s", version="0.1.0")
def main() -> None:
    """People find people: gatherings, circles and a human voice."""


def _use(settings: str, data_dir: Path | None = None) -> None:
    """Set Django up with one of our settings modules, unless the environment chose another."""
    if data_dir is not None:
        os.environ.setdefault("KITH_DATA_DIR", str(data_dir))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"kith.project.settings.{settings}")
    import django  # noqa: PLC0415 - a second slower than --help needs to be

    django.setup()


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run a Django management command (migrate, createsuperuser, shell ...)."""
    _use("demo", Path("var/demo"))
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line([sys.argv[0] + " manage", *arguments])
