"""Every loop of machine code is tested as such and, so that each line is seen, as plain Python."""

import pytest

from kith.core.ties import effective_size, folding

COMPILED = {
    folding: "_sorted_by _pair _n_pairs _next_pair _new_pair _old_pair _learned _learn",
    effective_size: "_sizes",
}


@pytest.fixture(params=["machine code", "plain Python"])
def loops(request, monkeypatch):
    """Run all compiled loops once as they are, and once without a compiler."""
    if request.param == "plain Python":
        for module, names in COMPILED.items():
            for name in names.split():
                monkeypatch.setattr(module, name, getattr(module, name).py_func)
