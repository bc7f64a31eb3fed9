"""What counts now, from memory: a process looks at the rows at most once a second.

There are fewer rows than parameters, so all of them are read in one question.
"""

import asyncio
import math
import threading
import time
from collections.abc import Mapping
from functools import cache
from typing import Final

from django.db import connection

from kith.errors import InvalidInputError
from kith.web.kit import bridge
from kith.web.kit.bridge import Value
from kith.web.kit.models import OwnValue

# How long a process may go on with what a steward just changed.
LOOK_EVERY_S: Final = 1.0

_own: Mapping[str, Value] | None = None
_looked = -math.inf


def value(key: str) -> Value:
    """Return what counts for the parameter called `key`.

    Raises:
        InvalidInputError: If there is none of that name.
    """
    own = current().get(key)
    if own is not None:
        return own
    try:
        return _defaults()[key]
    except KeyError as error:
        raise InvalidInputError(f"key must name a parameter, got {key!r}") from error


def number(key: str) -> float:
    """Return `value` of a parameter that is a number.

    Raises:
        InvalidInputError: If it is none.
    """
    found = value(key)
    if isinstance(found, (bool, str)):
        raise InvalidInputError(f"{key} must be a number here, is {found!r}")
    return float(found)


def whole(key: str) -> int:
    """Return `value` of a parameter that counts things.

    Raises:
        InvalidInputError: If it counts none.
    """
    found = value(key)
    if isinstance(found, bool) or not isinstance(found, int):
        raise InvalidInputError(f"{key} must be a whole number here, is {found!r}")
    return found


def is_on(key: str) -> bool:
    """Return `value` of a parameter that is a switch.

    Raises:
        InvalidInputError: If it is none.
    """
    found = value(key)
    if not isinstance(found, bool):
        raise InvalidInputError(f"{key} must be a switch here, is {found!r}")
    return found


def current() -> Mapping[str, Value]:
    """Return what stewards put in place of defaults, no more than a moment behind the rows."""
    global _looked  # noqa: PLW0603 - one for the process
    known, now = _own, time.monotonic()
    if known is not None and now - _looked < LOOK_EVERY_S:
        return known
    if _is_in_an_event_loop():
        # Nothing may wait for a database there: it goes on with what is known, and looks aside.
        _looked = now
        threading.Thread(target=_look_aside, name="parameters", daemon=True).start()
        return known or {}
    return _look()


def forget() -> None:
    """Look at the rows again when the next one asks."""
    global _own  # noqa: PLW0603
    _own = None


def begin_with_defaults() -> None:
    """Go by the defaults until somebody changes one in this process. For tests that count questions."""
    global _own, _looked
    _own, _looked = {}, math.inf


@cache
def _defaults() -> Mapping[str, Value]:
    return {key: bridge.default(one) for key, one in bridge.all_parameters().items()}


def _look() -> Mapping[str, Value]:
    global _own, _looked
    looked = time.monotonic()
    found = _read(dict(OwnValue.objects.values_list("key", "value")))
    _own, _looked = found, looked
    return found


def _look_aside() -> None:
    try:
        _look()
    finally:
        connection.close()


def _read(texts: Mapping[str, str]) -> dict[str, Value]:
    """Return what still does; a range may have become narrower since it was put."""
    known = bridge.all_parameters()
    return {
        key: bridge.read(known[key], text)
        for key, text in texts.items()
        if text and key in known and bridge.problem_with(known[key], text) is None
    }


def _is_in_an_event_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
