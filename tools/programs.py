"""Programs from outside Python that the check needs, and how to get the ones that are missing."""

import os
import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

from tools.steps import ROOT, Say

from tools import postgres

_one_apt_at_a_time = threading.Lock()

# Only where this is do we know how to install what is missing.
DEBIAN_MARK = Path("/etc/debian_version")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class MissingProgramError(Exception):
    """A program is not here and could not be had; the text says what to do."""


def chromium(say: Say) -> Path:
    """Return a Chromium that runs, after installing Debian's if there is none and we may.

    Raises:
        MissingProgramError: If there is none in the end.
    """
    return _found_or_installed("chromium", _find_chromium, say)


def postgres_programs(say: Say) -> Path:
    """Return the folder of PostgreSQL's programs, after installing Debian's if we may.

    Raises:
        MissingProgramError: If there is none in the end.
    """
    return _found_or_installed("postgresql", _find_postgres, say)


def shellcheck(say: Say) -> Path:
    """Return shellcheck, after installing Debian's if there is none and we may.

    Raises:
        MissingProgramError: If there is none in the end.
    """
    return _found_or_installed("shellcheck", _find_shellcheck, say)


def coturn(say: Say) -> Path:
    """Return coturn's relay, after installing Debian's if there is none and we may.

    Raises:
        MissingProgramError: If there is none in the end.
    """
    return _found_or_installed("coturn", lambda: _on_the_path("turnserver"), say)


def redis(say: Say) -> Path:
    """Return Redis, after installing Debian's if there is none and we may.

    Raises:
        MissingProgramError: If there is none in the end.
    """
    return _found_or_installed("redis-server", lambda: _on_the_path("redis-server"), say)


def uv() -> Path:
    """Return the uv that ./kith uses.

    Raises:
        MissingProgramError: If it is gone.
    """
    own = ROOT / ".uv" / "bin" / "uv"
    found = shutil.which("uv") or (str(own) if own.exists() else None)
    if found is None:
        raise MissingProgramError("uv was not found. Delete .venv and start ./kith test again.")
    return Path(found)


def _found_or_installed(package: str, find: Callable[[], Path | None], say: Say) -> Path:
    if found := find():
        return found
    if not _may_install():
        raise MissingProgramError(
            f"{package} was not found. On Debian, as root: "
            f"apt-get install --no-install-recommends {package}"
        )
    say(f"installing Debian's {package} (once)")
    _install(package)
    if found := find():
        return found
    raise MissingProgramError(
        f"{package} is installed and does not run. Does this machine allow it?"
    )


def _find_chromium() -> Path | None:
    named = os.environ.get("KITH_CHROMIUM")
    for name in [named] if named else CHROMIUM_NAMES:
        found = shutil.which(name)
        # Ubuntu's package of this name is a promise to fetch the real one, which it may not keep.
        if found and _runs([found, "--version"]):
            return Path(found)
    return None


def _find_postgres() -> Path | None:
    try:
        return postgres.find_programs()
    except postgres.NoPostgresError:
        return None


def _find_shellcheck() -> Path | None:
    return _on_the_path("shellcheck")


def _on_the_path(name: str) -> Path | None:
    found = shutil.which(name)
    return Path(found) if found else None


def _may_install() -> bool:
    return os.geteuid() == 0 and DEBIAN_MARK.exists()


def _install(package: str) -> None:
    install = ("install", "-y", "-q", "--no-install-recommends", package)
    with _one_apt_at_a_time:
        # A fresh machine has no lists of packages yet, and the lists of an old one may be stale.
        if _apt(*install).returncode:
            _apt("update", "-q")
            ended = _apt(*install)
            if ended.returncode:
                raise MissingProgramError(
                    f"{package} could not be installed:\n{ended.stdout}{ended.stderr}"
                )


def _apt(*arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(
        ["apt-get", *arguments], env=environment, capture_output=True, text=True, check=False
    )


def _runs(arguments: list[str]) -> bool:
    return subprocess.run(arguments, capture_output=True, check=False).returncode == 0
