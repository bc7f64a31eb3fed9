"""The real server, in a process of its own, over the database of a test: it can be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import httpx
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
START_S = 60


class Served:
    """A running kith, with websockets."""

    def __init__(self, **environment: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Served":
        """Start it, and wait until it answers."""
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.web.rooms.served",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
            **self._environment,
        }
        if "KITH_DATABASE_URL" not in self._environment:
            environment["KITH_DATABASE_URL"] = database_url()
        command = [
            "import django; django.setup();"
            "from kith.project.commands.serving import serve;"
            f"serve('127.0.0.1', {self.port})"
        ]
        self._process = subprocess.Popen(
            [sys.executable, "-c", *command], env=environment, cwd=ROOT, start_new_session=True
        )
        self._wait()
        return self

    def kill(self) -> None:
        """End it at once, as a machine does that loses its power."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _wait(self) -> None:
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            try:
                httpx.get(f"{self.url}/healthz", timeout=5)
            except httpx.HTTPError:
                time.sleep(0.1)
            else:
                return
        raise TimeoutError(self.url)


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def database_url() -> str:
    """Return where the database of this test is, as another process names it."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    who = f"{quote(told['USER'])}:{quote(told['PASSWORD'])}@" if told["USER"] else ""
    at = f"{quote(told['HOST'], safe='')}:{told['PORT'] or ''}".rstrip(":")
    return f"postgresql://{who}{at}/{told['NAME']}"
