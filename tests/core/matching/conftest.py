"""Every loop of machine code is tested as such and, so that each line is seen, as plain Python."""

from inspect import getmembers

import numpy as np
import pytest

from kith.core.matching import loops, pairing, pricing

USERS = "search candidates pairs proof repair"


@pytest.fixture(params=["machine code", "plain Python"])
def engine(request, monkeypatch):
    """Run all compiled loops once as they are, and once without a compiler."""
    if request.param == "machine code":
        yield
        return
    plain = {
        compiled: compiled.py_func
        for module in (loops, pairing, pricing)
        for _, compiled in getmembers(module, lambda thing: hasattr(thing, "py_func"))
    }
    modules = [loops, pairing, pricing, *(_module(name) for name in USERS.split())]
    for module in modules:
        for name, compiled in getmembers(module, lambda thing: hasattr(thing, "py_func")):
            monkeypatch.setattr(module, name, plain[compiled])
    # Machine code wraps around in silence; so may this.
    with np.errstate(over="ignore"):
        yield


def _module(name):
    from importlib import import_module  # noqa: PLC0415 - the core is compiled only where it is used

    return import_module(f"kith.core.matching.{name}")
