"""Every loop of machine code is tested as such and, so that each line is seen, as plain Python."""

from importlib import import_module
from inspect import getmembers
from pkgutil import iter_modules

import numpy as np
import pytest

from kith.core.matching import loops

LOOPS = [
    *(f"loops.{module.name}" for module in iter_modules(loops.__path__)),
    *"pairing pricing".split(),
]
USERS = "search candidates pairs proof repair".split()


@pytest.fixture(params=["machine code", "plain Python"])
def engine(request, monkeypatch):
    """Run all compiled loops once as they are, and once without a compiler."""
    if request.param == "machine code":
        yield
        return
    for module in (import_module(f"kith.core.matching.{name}") for name in [*LOOPS, *USERS]):
        for name, loop in getmembers(module, lambda thing: hasattr(thing, "py_func")):
            monkeypatch.setattr(module, name, loop.py_func)
    # Machine code wraps around in silence; so may this.
    with np.errstate(over="ignore"):
        yield
