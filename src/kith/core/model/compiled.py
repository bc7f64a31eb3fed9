"""Loops as machine code, kept on disk until any source of the brain or the engine changes."""

from collections.abc import Callable
from hashlib import blake2b
from importlib.resources import files
from inspect import unwrap
from typing import Any, TypeVar, cast

from numba import njit
from numba.core.caching import FunctionCache, IndexDataCacheFile

Function = TypeVar("Function", bound=Callable[..., Any])
_MADE_OF = ("kith.core.brain", "kith.core.model")


def compiled(function: Function) -> Function:
    """Return `function` as machine code, made at its first call and kept for the next process."""
    return _made(function, is_parallel=False)


def within(function: Function) -> Function:
    """Return `function` as machine code that becomes a part of what calls it.

    It counts no owners of arrays, which would cost it more than what it does: whoever calls it
    holds them. So it can make none.
    """
    loop = njit(nogil=True, error_model="numpy", forceinline=True, _nrt=False)  # type: ignore[call-overload]  # its stub leaves options out
    return cast("Function", loop(unwrap(function)))


def side_by_side(function: Function) -> Function:
    """Return `function` as machine code whose `prange` loops run on all threads that numba may use."""
    return _made(function, is_parallel=True)


def _made(function: Function, *, is_parallel: bool) -> Function:
    # Tests wrap every function of the core in a check of its types, which numba cannot read.
    plain = unwrap(function)
    loop = njit(nogil=True, error_model="numpy", parallel=is_parallel)(plain)
    # What `cache=True` sets, but with another stamp.
    loop._cache = _Kept(plain)  # type: ignore[attr-defined]  # noqa: SLF001
    return cast("Function", loop)


def _sources() -> str:
    """Return a mark of all that machine code is made of."""
    found = (file for package in _MADE_OF for file in files(package).iterdir())
    loops = sorted((f for f in found if f.name.endswith(".py")), key=str)
    return blake2b(b"".join(file.read_bytes() for file in loops), digest_size=16).hexdigest()


_SOURCES = _sources()


class _Kept(FunctionCache):
    """Numba looks only at the file of a function itself; this one looks at all of them."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)  # type: ignore[no-untyped-call]  # numba does not say
        self._cache_file = IndexDataCacheFile(  # type: ignore[no-untyped-call]  # idem
            cache_path=self._cache_path,
            filename_base=self._impl.filename_base,
            source_stamp=(self._impl.locator.get_source_stamp(), _SOURCES),
        )
