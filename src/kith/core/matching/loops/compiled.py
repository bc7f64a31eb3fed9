"""Loops as machine code."""

from collections.abc import Callable
from hashlib import blake2b
from importlib.resources import files
from inspect import unwrap
from typing import Any, TypeVar, cast

from numba import njit
from numba.core.caching import FunctionCache, IndexDataCacheFile

from kith.core.matching import points

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Return `function` as machine code, made at its first call and kept for the next process.

    It runs without the interpreter's lock.
    """
    return _made(function, is_inlined=False, has_room=False)


def with_room(function: Function) -> Function:
    """Return `function` as machine code that may make arrays."""
    return _made(function, is_inlined=False, has_room=True)


def inlined(function: Function) -> Function:
    """Return `function` as machine code that becomes a part of whatever calls it."""
    return _made(function, is_inlined=True, has_room=False)


def _made(function: Function, *, is_inlined: bool, has_room: bool) -> Function:
    # Tests wrap every function of the core in a check of its types, which numba cannot read.
    plain = unwrap(function)
    # Without `_nrt` no array is counted that one loop passes to another: the caller holds them all.
    how: dict[str, Any] = {"forceinline": is_inlined, "_nrt": has_room}
    loop = njit(nogil=True, error_model="numpy", **how)(plain)
    # What `cache=True` sets, but with another stamp.
    loop._cache = _Kept(plain)  # noqa: SLF001
    return cast("Function", loop)


def _sources() -> str:
    """Return a mark of all that machine code is made of."""
    here = files(__name__.rpartition(".")[0])
    loops = sorted((f for f in here.iterdir() if f.name.endswith(".py")), key=lambda f: f.name)
    made_of = [*loops, files(points.__name__.rpartition(".")[0]) / "points.py"]
    return blake2b(b"".join(file.read_bytes() for file in made_of), digest_size=16).hexdigest()


_SOURCES = _sources()


class _Kept(FunctionCache):
    """Machine code on disk, good until any source of the loops changes.

    Numba looks only at the file of a function itself, and would go on with what it kept when
    another function changed that is called from there.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)  # type: ignore[no-untyped-call]  # numba does not say
        self._cache_file = IndexDataCacheFile(  # type: ignore[no-untyped-call]  # idem
            cache_path=self._cache_path,
            filename_base=self._impl.filename_base,
            source_stamp=(self._impl.locator.get_source_stamp(), _SOURCES),
        )
