"""Run a command beside a PostgreSQL of its own, which is gone when the command ends.

    .venv/bin/python -m tools.postgres .venv/bin/pytest tests/web

The command finds the database in KITH_DATABASE_URL. The cluster lives in a temporary folder,
listens on this machine only, on a port that was free, behind a password made for the occasion.
It forgets everything on purpose (no fsync), which makes it quick and good for tests alone.
"""

import contextlib
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

# What Django 5.2 works with.
OLDEST_VERSION = 14
# Debian keeps these programs out of PATH, so that several versions can live side by side.
DEBIAN_HOME = Path("/usr/lib/postgresql")
START_S = 30
STOP_S = 30

_HOW_TO_GET_IT = (
    "PostgreSQL's programs (initdb, postgres) were not found. "
    "On Debian or Ubuntu: apt-get install --no-install-recommends postgresql"
)


class NoPostgresError(Exception):
    """PostgreSQL cannot be run here; the text says what to do."""


def find_programs() -> Path:
    """Return the folder of the newest PostgreSQL on this machine.

    Raises:
        NoPostgresError: If there is none, or it is too old.
    """
    folders = [folder for folder in _folders() if _is_complete(folder)]
    if not folders:
        raise NoPostgresError(_HOW_TO_GET_IT)
    newest = max(folders, key=version)
    if version(newest) < OLDEST_VERSION:
        raise NoPostgresError(
            f"PostgreSQL {version(newest)} is too old: {OLDEST_VERSION} or newer is needed."
        )
    return newest


def _folders() -> Iterator[Path]:
    yield from DEBIAN_HOME.glob("*/bin")
    for program in ("pg_config", "initdb"):
        if found := shutil.which(program):
            yield Path(found).resolve().parent


def _is_complete(folder: Path) -> bool:
    return all((folder / program).exists() for program in ("initdb", "postgres"))


def version(folder: Path) -> int:
    """Return the major version of the PostgreSQL whose programs are in `folder`."""
    said = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"\d+", said)
    return int(found.group()) if found else 0


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Yield the address of a new, empty PostgreSQL that stops and vanishes afterwards.

    Raises:
        NoPostgresError: If it cannot be started; the text says why.
    """
    programs = find_programs()
    user = _user()
    password = secrets.token_hex(16)
    # Not ignore_cleanup_errors: what cannot be removed would pile up unseen.
    with tempfile.TemporaryDirectory(prefix="kith-postgres-") as temporary:
        home = Path(temporary)
        _make_cluster(programs, home, user, password)
        port = _free_port()
        with _started(programs, home, user, port):
            yield f"postgres://kith:{password}@127.0.0.1:{port}/kith"


def _user() -> str:
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    # initdb refuses to work for root, and Debian's package brings a user for this.
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("postgres").pw_name
    raise NoPostgresError("PostgreSQL does not run as root, and there is no user called postgres.")


def _as(user: str) -> dict[str, object]:
    if os.geteuid() != 0:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def _make_cluster(programs: Path, home: Path, user: str, password: str) -> None:
    shutil.chown(home, user)
    password_file = home / "password"
    password_file.touch(mode=0o600)
    shutil.chown(password_file, user)
    password_file.write_text(password)
    made = subprocess.run(
        [
            programs / "initdb",
            f"--pgdata={home / 'data'}",
            f"--pwfile={password_file}",
            "--username=kith",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
            "--no-instructions",
        ],
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        **_as(user),  # type: ignore[call-overload]
    )
    if made.returncode:
        raise NoPostgresError(f"initdb could not make a cluster:\n{made.stdout}{made.stderr}")


def _free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


@contextlib.contextmanager
def _started(programs: Path, home: Path, user: str, port: int) -> Iterator[None]:
    log = home / "log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [programs / "postgres", "-D", home / "data", "-p", str(port), *_settings()],
            cwd=home,
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            # Ctrl-C is for the tests; the server is stopped below, after them.
            start_new_session=True,
            **_as(user),  # type: ignore[call-overload]
        )
    try:
        _wait_until_ready(server, home / "data" / "postmaster.pid", log)
        yield
    finally:
        # PostgreSQL's "fast shutdown": it does not wait for anybody who is still connected.
        server.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(STOP_S)
        server.kill()
        server.wait()


def _settings() -> Iterator[str]:
    settings = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_connections": "60",
    }
    for name, value in settings.items():
        yield from ("-c", f"{name}={value}")


def _wait_until_ready(server: "subprocess.Popen[bytes]", pid_file: Path, log: Path) -> None:
    ends = time.monotonic() + START_S
    while time.monotonic() < ends and server.poll() is None:
        # Its last line says how the server is; it is written in one go, but not at first.
        with contextlib.suppress(FileNotFoundError):
            if pid_file.read_text().rstrip().endswith("ready"):
                return
        time.sleep(0.05)
    raise NoPostgresError(f"PostgreSQL did not start:\n{log.read_text()}")


def main(command: Sequence[str]) -> int:
    """Run `command` beside a new PostgreSQL and return how it ended."""
    # So that the server is stopped as well when we are asked to stop.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with running() as url:
            environment = {**os.environ, "KITH_DATABASE_URL": url}
            return subprocess.run(command, env=environment, check=False).returncode
    except NoPostgresError as error:
        print(f"kith: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
