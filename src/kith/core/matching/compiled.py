"""Loops as machine code."""

from collections.abc import Callable
from inspect import unwrap
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Return `function` as machine code, made at its first call and kept for the next process.

    It runs without the interpreter's lock. What it calls must be in its own module: numba does
    not see that another file has changed, and would go on using what it kept.
    """
    # Tests wrap every function of the core in a check of its types, which numba cannot read.
    return cast("Function", njit(cache=True, nogil=True, error_model="numpy")(unwrap(function)))


def inlined(function: Function) -> Function:
    """Return `function` as machine code that becomes a part of whatever calls it."""
    return cast(
        "Function",
        njit(cache=True, nogil=True, error_model="numpy", forceinline=True)(unwrap(function)),
    )
