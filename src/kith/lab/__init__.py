"""The researcher's shell: commands, files and plots, without Django.

In a notebook:

    from kith import lab

    tried = lab.try_design(design="reach", contacts=3, people=2_000, pairs=8)
    tried  # the page: what to beware of, curves in pairs, a table for each
    tried.dataset  # xarray: every pair by arm, week and system
    tried.picture.end("relapsed").difference  # a mean with its interval
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kith.lab.notebook import Tried, try_design, try_scenario

__all__ = ["Tried", "try_design", "try_scenario"]


def __getattr__(name: str) -> Any:
    # Only when they are asked for: every command imports this package, and none of them all of it.
    if name in __all__:
        return getattr(import_module("kith.lab.notebook"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
