"""What a person might be known by, in steps from as said to not said at all."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Int64

from kith.core.export.egos import Egos
from kith.core.records import End
from kith.errors import InvalidInputError

# Left out, so that nobody stands out; and never said.
ANY, NOT_SAID = "any", "not said"


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """One column about people at several levels, each coarser than the one before.

    Args:
        name: Of the column.
        title: What it is, for a dictionary.
        levels: For each level what it says of each person; the last says ANY of everybody.

    Raises:
        InvalidInputError: If two people are alike at one level and not at the next.
    """

    name: str
    title: str
    levels: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if any(word != ANY for word in self.levels[-1]):
            raise InvalidInputError(f"{self.name} must end at {ANY!r} for everybody")
        for finer, coarser in zip(self.levels, self.levels[1:], strict=False):
            if len(set(zip(finer, coarser, strict=True))) != len(set(finer)):
                raise InvalidInputError(f"{self.name} must only get coarser")

    def codes(self, level: int) -> Int64[np.ndarray, "people"]:
        """Return a number for what `level` says of each person."""
        if not self.levels[level]:
            return np.zeros(0, np.int64)
        return np.unique(self.levels[level], return_inverse=True)[1].astype(np.int64)


def steps(
    name: str, title: str, values: Iterable[str], *coarser: Callable[[str], str]
) -> Hierarchy:
    """Return a column as said, then as each of `coarser` says it, then not at all."""
    said = tuple(value or NOT_SAID for value in values)
    levels = [said]
    for coarse in coarser:
        words = {word: coarse(word) for word in set(said)}
        levels.append(tuple(words[word] for word in said))
    return Hierarchy(name, title, (*levels, (ANY,) * len(said)))


def of_age(bands: Iterable[str]) -> Hierarchy:
    """Return bands of age as said, then as under 30, 30 to 49, 50 or over, then not at all.

    A band is a text with its least age in it, such as 25-34. It falls where that lies.
    """
    return steps("age_band", "band of age", bands, _thirds)


def of_place(places: Iterable[str]) -> Hierarchy:
    """Return places as said, such as US/OH/Franklin, then without their last parts, one by one."""
    said = tuple(places)
    depth = max((place.count("/") for place in said), default=0)
    coarser = [_shorter(parts) for parts in range(depth, 0, -1)]
    return steps("place", "place, from the largest part to the smallest", said, *coarser)


def of_word(name: str, title: str, words: Iterable[str]) -> Hierarchy:
    """Return words as said, then not at all."""
    return steps(name, title, words)


def of_end(why: Iterable[int]) -> Hierarchy:
    """Return why follow-up ended, then whether before the study did, then not at all."""
    said = (End(one).name.lower() if one >= 0 else "" for one in why)
    return steps("ended", "why follow-up ended", said, _early)


def of_length(periods: Iterable[int]) -> Hierarchy:
    """Return periods followed, then in fours, then in twelves, then not at all."""
    said = (str(n) if n >= 0 else "" for n in periods)
    return steps("followed", "periods followed", said, _in(4), _in(12))


def of_egos(own: Egos, may: Bool[np.ndarray, "people"]) -> tuple[Hierarchy, ...]:
    """Return bands of each person's own ties; not said of who did not agree to acts."""
    none, many = "none", "some"
    degree = _banded(
        own.degree, ((1.0, none), (3.0, "1-2"), (6.0, "3-5"), (np.inf, "6 or more")), may
    )
    share = np.divide(own.mutual, own.degree, out=np.zeros(len(may)), where=own.degree > 0)
    mutual = _banded(
        np.where(own.mutual > 0, share, -1.0),
        ((0.0, none), (0.5, "under half"), (np.inf, "half or more")),
        may,
    )
    # Breadth is a sum of rounded terms: one person is 1, give or take.
    breadth = _banded(
        own.breadth, ((0.5, none), (1.5, "one"), (3.5, "2-3"), (np.inf, "4 or more")), may
    )
    coarse = {none: none, NOT_SAID: NOT_SAID}
    return tuple(
        steps(name, title, said, lambda word: coarse.get(word, many))
        for name, title, said in (
            ("ties", "people with whom they did something", degree),
            ("mutual", "share of ties in which help went both ways", mutual),
            ("breadth", "people over whom their time was spread", breadth),
        )
    )


def _banded(
    values: np.ndarray, bands: Iterable[tuple[float, str]], may: Bool[np.ndarray, "people"]
) -> list[str]:
    edges, words = zip(*bands, strict=True)
    band = np.searchsorted(np.array(edges[:-1]), values, side="right")
    return [words[b] if is_said else NOT_SAID for b, is_said in zip(band, may, strict=True)]


def _thirds(band: str) -> str:
    found = re.search(r"\d+", band)
    if found is None:
        return NOT_SAID
    age = int(found.group())
    if age < 30 or "under" in band.lower() or "<" in band:
        return "under 30"
    return "30-49" if age < 50 else "50 or over"


def _shorter(parts: int) -> Callable[[str], str]:
    return lambda place: "/".join(place.split("/")[:parts])


def _early(why: str) -> str:
    if why == NOT_SAID:
        return NOT_SAID
    return "study_ended" if why == "study_ended" else "before"


def _in(width: int) -> Callable[[str], str]:
    def band(n: str) -> str:
        if n == NOT_SAID:
            return NOT_SAID
        least = int(n) // width * width
        return f"{least}-{least + width - 1}"

    return band
