"""The `kith` command. Each subcommand brings in only what it needs, so that `--help` is quick."""

import sys

import click

from kith import __version__
from kith.lab.analyze import analyze, import_study
from kith.lab.exporting import export
from kith.lab.matching import match
from kith.lab.picturing import lab
from kith.lab.redcap_files import redcap
from kith.lab.simulate import simulate
from kith.lab.study import study
from kith.lab.year import match_year
from kith.project.commands.demo import demo
from kith.project.commands.importing import import_
from kith.project.commands.running import refresh, serve_, steward
from kith.project.commands.study_data import data
from kith.project.commands.study_report import publish
from kith.project.setup import use


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="kith", prog_name="kith")
def main() -> None:
    """People find people: gatherings, circles and a human voice."""


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run a Django management command (migrate, createsuperuser, shell ...)."""
    use("demo")
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line([sys.argv[0] + " manage", *arguments])


for command in (
    demo, import_, serve_, refresh, steward, match, match_year, study, analyze, simulate, lab,
):  # fmt: skip
    main.add_command(command)
for command in (data, export, import_study, publish, redcap):
    study.add_command(command)
