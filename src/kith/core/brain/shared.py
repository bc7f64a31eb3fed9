"""One text for two engines: numpy reads it for all people at once, numba compiles it for one."""

from collections.abc import Callable
from inspect import unwrap
from typing import Any, Final, TypeVar

import numpy as np
from numba.core import types
from numba.extending import intrinsic, overload

Function = TypeVar("Function", bound=Callable[..., Any])
# All that is shared, for whoever compiles it for something else than a processor.
SHARED: Final[list[Any]] = []
_INLINED = {"forceinline": True, "error_model": "numpy"}


def shared(function: Function) -> Function:
    """Return `function`, which compiled code may call from now on.

    Where a caller is compiled it becomes a part of it. Only +, -, *, / of float32 numbers and the
    words of this module may stand in it: then no engine can round otherwise than another.
    """
    # Tests wrap every function of the core in a check of its types, which numba cannot read.
    plain: Any = unwrap(function)
    overload(plain, jit_options=_INLINED, strict=False)(lambda *_: plain)
    SHARED.append(plain)
    return plain


def either(when: Any, yes: Any, no: Any) -> Any:
    """Return `yes` where `when` is true, otherwise `no`."""
    return np.where(when, yes, no)


def power_of_two(whole: Any) -> Any:
    """Return 2 to the power of whole numbers -126 to 127, held as float32, by their bits alone."""
    bits = (np.asarray(whole).astype(np.int32) + np.int32(127)) << np.int32(23)
    return bits.view(np.float32)


either = unwrap(either)
power_of_two = unwrap(power_of_two)


@intrinsic
def _as_float(_: Any, bits: Any) -> Any:
    def made(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.bitcast(args[0], context.get_value_type(types.float32))

    return types.float32(bits), made


# Lambdas in lambdas: tests would wrap a function, and numba could not read it.
overload(either, jit_options=_INLINED)(
    lambda when, yes, no: lambda when, yes, no: yes if when else no  # noqa: ARG005
)
overload(power_of_two, jit_options=_INLINED)(
    lambda whole: (  # noqa: ARG005
        lambda whole: _as_float(np.int32((np.int32(whole) + np.int32(127)) << np.int32(23)))
    )
)


@shared
def larger(one: Any, another: Any) -> Any:
    """Return the larger of two numbers; the second where they are equal."""
    return either(one > another, one, another)


@shared
def smaller(one: Any, another: Any) -> Any:
    """Return the smaller of two numbers; the second where they are equal."""
    return either(one < another, one, another)


@shared
def within(number: Any, lowest: Any, highest: Any) -> Any:
    """Return `number`, or the end of the range that it has left."""
    return smaller(larger(number, lowest), highest)
