"""What the checks share: a fault at a path, and how a wrong word is answered."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import NamedTuple


class Found(NamedTuple):
    """Something that is wrong at a path of the plan, and how to mend it."""

    path: str
    what: str
    how: str


def one_of(path: str, value: str, known: Iterable[str], what: str) -> Iterator[Found]:
    """Find that `value` is none of the `known` words, or not there."""
    words = list(known)
    if value in words:
        return
    name = path.rpartition(".")[2]
    near = get_close_matches(value, words, 1)
    meant = f"Did you mean {near[0]}? " if near else ""
    said = f"{value!r} is not known as {what}." if value else f"There is no {name}: {what}."
    yield Found(path, said, f"{meant}Write one of: {', '.join(words)}.")


def different(path: str, keys: Sequence[str], what: str) -> Iterator[Found]:
    """Find keys that are no plain names, or there twice."""
    for number, key in enumerate(keys):
        at = f"{path}[{number}].key"
        if not key.isidentifier():
            said = f"{key!r} is no plain name." if key else f"This {what} has no key."
            yield Found(at, said, "Write letters, digits and underscores, as lonely_at_12.")
        elif key in keys[:number]:
            yield Found(at, f"There is another {what} called {key}.", "Give each its own key.")
