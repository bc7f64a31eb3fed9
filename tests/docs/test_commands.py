"""Every command has its heading in docs/commands.md, and every option its line."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import click
import pytest
from tools.steps import ROOT

from kith.project.cli import main

PAGE = (ROOT / "docs/commands.md").read_text()
# Handled by the launcher, which has to bring the packages for it first.
BY_THE_LAUNCHER = "test"
OURS = ("kith.web.kit", "kith.web.acts", "kith.web.reach", "kith.web.simulator")


def sections() -> dict[str, str]:
    """Return the text under each heading of the page."""
    parts = re.split(r"^#+ (.*)$", PAGE, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def management_commands() -> Iterator[str]:
    """Yield the names of our own commands for Django's `manage`."""
    for app in OURS:
        package = import_module(f"{app}.management.commands")
        yield from (module.name for module in iter_modules([str(Path(package.__path__[0]))]))


@pytest.mark.parametrize("name", sorted(main.commands))
def test_command_has_a_heading_and_all_its_options(name):
    said = sections()[name]
    command = main.commands[name]

    options = [
        option
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in (*parameter.opts, *parameter.secondary_opts)
    ]

    assert [option for option in options if f"`{option}`" not in said] == []


@pytest.mark.parametrize("name", sorted(management_commands()))
def test_management_command_has_a_heading(name):
    assert f"`manage {name}`" in sections()[name]


def test_no_heading_is_left_of_a_command_that_is_gone():
    known = {"Commands", BY_THE_LAUNCHER, *main.commands, *management_commands()}

    assert set(sections()) == known


def test_launcher_runs_the_check():
    assert re.search(rf"^  {BY_THE_LAUNCHER}\)$", (ROOT / "kith").read_text(), re.MULTILINE)
