"""Serving pages: granian in front, one process for pages, one beside it for what can wait."""

import errno
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click

_LAST_PORT = 65_535
_BACKLOG = 1024
# A page that is on its way when somebody says stop would otherwise be waited for for ever.
_STOP_S = 5
# So long a process beside may take to end, and what died rests before it begins again.
_END_S, _REST_S = 10, 2
# What nobody waits for on a page yields to everything else (0 is usual, 19 yields most).
_NICE = 15


def refuse_if_taken(host: str, port: int) -> None:
    """Raise a sentence a person can act on if nothing can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise click.ClickException(
                f"Port {port} is only for the administrator. Choose one above 1023 with --port."
            ) from error
        # UnicodeError: a name longer than any host's.
        except (OSError, UnicodeError) as error:
            raise click.ClickException(_why_not(host, port, error)) from error


def _why_not(host: str, port: int, error: Exception) -> str:
    if getattr(error, "errno", None) != errno.EADDRINUSE:
        return f"{host!r} is no address of this machine. Choose one with --host."
    other = port + 1 if port < _LAST_PORT else port - 1
    return (
        f"Port {port} is taken: something else is listening there already. "
        f"Stop it, or choose another with --port {other}."
    )


def serve(host: str, port: int, *, workers: int = 1) -> None:
    """Serve pages until somebody says stop."""
    from granian.constants import Interfaces  # noqa: PLC0415 - only this command needs it
    from granian.server import Server  # noqa: PLC0415

    server = Server(
        "kith.project.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        backlog=_BACKLOG,
        workers_kill_timeout=_STOP_S,
        websockets=True,
        log_enabled=False,
    )
    server.serve()


@contextmanager
def tasks_beside() -> Iterator[None]:
    """Run what does what can wait, and what rings people, for as long as pages are served."""
    from kith.web.circles import tasks as circles  # noqa: PLC0415 - Django is set up only now
    from kith.web.gatherings import tasks as feeds  # noqa: PLC0415
    from kith.web.messages import tasks as messages  # noqa: PLC0415
    from kith.web.notices import tasks as notices  # noqa: PLC0415
    from kith.web.plans import tasks as plans  # noqa: PLC0415
    from kith.web.reach import tasks as reach  # noqa: PLC0415
    from kith.web.service import tasks as service  # noqa: PLC0415
    from kith.web.study import tasks as studies  # noqa: PLC0415

    for tasks in (circles, feeds, messages, notices, plans, reach, service, studies):
        tasks.start()
    beside = (
        _Beside("db_worker", "--queue-name", "*"),
        _Beside("ring_people"),
        _Beside("live_simulations", yields=True),
    )
    try:
        yield
    finally:
        for one in beside:
            one.stop()


class _Beside:
    """A process of ours beside the pages. If it dies it is begun again: the rows say what is due."""

    def __init__(self, *command: str, yields: bool = False) -> None:
        self._yields = yields
        self._command = [sys.executable, "-m", "kith", "manage", *command]
        self._is_stopped = threading.Event()
        self._process = self._begin()
        threading.Thread(target=self._watch, name=f"kith-{command[0]}", daemon=True).start()

    def stop(self) -> None:
        """Ask it to end, and end it if it does not."""
        self._is_stopped.set()
        self._process.terminate()
        try:
            self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _begin(self) -> "subprocess.Popen[bytes]":
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        if self._yields:
            # One core at most, and that only where nobody else wants it.
            environment |= {"NUMBA_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive"}
        process = subprocess.Popen(self._command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
        if self._yields:
            os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
        return process

    def _watch(self) -> None:
        while True:
            self._process.wait()
            if self._is_stopped.wait(_REST_S):
                return
            self._process = self._begin()
