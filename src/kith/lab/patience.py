"""While machine code is made: a word to whoever waits, and threads that do not spin."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

import click


def quiet_threads() -> None:
    """Let idle threads not burn the other's core. Numba reads this when it is first imported.

    They look for work a thousand times before they sleep, some microseconds: to be woken takes
    longer than what they then do for a small town.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    os.environ.setdefault("GOMP_SPINCOUNT", "1000")


@contextmanager
def patience(after_s: float = 3.0) -> Iterator[None]:
    """Say that loops are being compiled, if that takes long."""
    said = Timer(after_s, lambda: click.echo("compiling the loops, once: about a minute", err=True))
    said.start()
    try:
        yield
    finally:
        said.cancel()
