import re
import subprocess
import sys

import pytest

from kith import __version__

COMMANDS = [
    "demo", "import", "manage", "analyze", "lab", "match", "refresh", "serve", "simulate", "steward", "study",
]  # fmt: skip


def test_help_lists_every_command(kith):
    result = kith("--help")

    assert result.exit_code == 0
    listed = re.findall(r"^  (\w+) ", result.output.split("Commands:")[1], re.MULTILINE)
    assert listed == sorted(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS[:2] + COMMANDS[3:])
def test_every_command_says_what_it_does(kith, command):
    result = kith(command, "-h")

    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: main {command} ")


def test_help_needs_no_django():
    asked = "import sys; from kith.project.cli import main; main(['--help'], standalone_mode=False); print('django' in sys.modules)"  # fmt: skip

    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert said.stdout.endswith("False\n")


def test_version_is_told(kith):
    assert kith("--version").output == f"kith, version {__version__}\n"


def test_command_that_is_none_is_told_so(kith):
    result = kith("fly")

    assert result.exit_code == 2
    assert "No such command 'fly'." in result.output


@pytest.mark.django_db
def test_manage_runs_a_command_of_django(kith, capfd):
    result = kith("manage", "migrate", "--check")

    assert result.exit_code == 0
