"""An instrument: questions with their answers, and the scales that come out of them."""

from dataclasses import dataclass

import numpy as np

from kith.core.records import Measure
from kith.errors import InvalidInputError

# How words came here: as published; as far as is known, to be held against the paper; our own.
WORDINGS = ("published", "unchecked", "ours")
HOWS = ("sum", "mean", "equals")
DIRECTIONS = ("higher", "lower")
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the answers that may be chosen."""

    value: int
    words: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    Args:
        key: What columns call it, after the key of the instrument.
        answers: The answers to choose from; none for a line from `least` to `most`.
        ends: What stands at both ends of a line.
        is_reversed: Whether it counts the other way round in a scale: least + most - value.
        is_words: Whether its values are kinds rather than amounts, so that they are never added.
        asks_about_suicide: Whether a human must be on call where it is asked.
    """

    key: str
    text: str
    least: float
    most: float
    answers: tuple[Answer, ...] = ()
    ends: tuple[str, ...] = ()
    is_reversed: bool = False
    is_words: bool = False
    asks_about_suicide: bool = False

    def __post_init__(self) -> None:
        if not self.key.isidentifier() or not self.text.strip():
            raise InvalidInputError(f"an item needs a plain key and a text, got {self.key!r}")
        if not self.least < self.most:
            raise InvalidInputError(
                f"item {self.key} must have a range, got {self.least} to {self.most}"
            )
        values = [answer.value for answer in self.answers]
        if values != sorted(set(values)):
            raise InvalidInputError(f"answers of {self.key} must rise, got {values}")

    def measure(self, name: str) -> Measure:
        """Return what is observed when it is answered, called `name`."""
        values = [answer.value for answer in self.answers]
        if self.is_words and values == list(range(len(values))):
            return Measure(name, words=tuple(answer.words for answer in self.answers))
        return Measure(name, least=self.least, most=self.most)


@dataclass(frozen=True, slots=True)
class Scale:
    """A number that comes out of items.

    Args:
        key: "total", or what it is of.
        how: The "sum" of its items, their "mean", or whether the one item "equals" a value.
        needs: How many of the items must be answered. The others count as the mean of these.
        better: Which way is better: "higher" or "lower".
        cut: From where on its paper says that something is so; None if it says nothing.
        equals: The value, where `how` is "equals".
    """

    key: str
    name: str
    items: tuple[str, ...]
    how: str
    better: str
    needs: int
    cut: float | None = None
    equals: float | None = None

    def __post_init__(self) -> None:
        if not self.key.isidentifier() or not self.items or len(set(self.items)) < len(self.items):
            raise InvalidInputError(
                f"a scale needs a plain key and different items, got {self.key!r} of {self.items}"
            )
        if self.how not in HOWS or self.better not in DIRECTIONS:
            raise InvalidInputError(
                f"scale {self.key}: how must be one of {HOWS} and better of {DIRECTIONS}, "
                f"got {self.how!r} and {self.better!r}"
            )
        if not 1 <= self.needs <= len(self.items):
            raise InvalidInputError(
                f"scale {self.key} must need 1 to {len(self.items)} items, got {self.needs}"
            )
        if (self.how == "equals") != (self.equals is not None and len(self.items) == 1):
            raise InvalidInputError(
                f"scale {self.key}: one item and a value to equal go with how = 'equals'"
            )


@dataclass(frozen=True, slots=True)
class Instrument:
    """Questions that belong together.

    Args:
        key: What studies call it.
        source: The paper or office it is from.
        licence: Why it may stand here.
        wording: One of WORDINGS.
        note: What whoever uses it must know: doubts about its words, whose the missing rule is.
        intro: What stands above the questions.
        repeats: How many times the items are asked, for so many of somebody's people; 1: once.
    """

    key: str
    name: str
    about: str
    source: str
    licence: str
    wording: str
    note: str
    intro: str
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]
    repeats: int = 1

    def __post_init__(self) -> None:
        if self.wording not in WORDINGS:
            raise InvalidInputError(
                f"{self.key}: wording must be one of {WORDINGS}, got {self.wording!r}"
            )
        keys = [item.key for item in self.items]
        scales = [scale.key for scale in self.scales]
        if not keys or len(set(keys)) < len(keys) or len(set(scales)) < len(scales):
            raise InvalidInputError(f"{self.key} must have items and scales of different keys")
        for scale in self.scales:
            unknown = sorted(set(scale.items) - set(keys))
            if unknown:
                raise InvalidInputError(f"{self.key}: scale {scale.key} has no items {unknown}")
            kinds = [self.item(key).is_words for key in scale.items]
            if any(kinds) and scale.how != "equals":
                raise InvalidInputError(f"{self.key}: scale {scale.key} adds up words")

    def item(self, key: str) -> Item:
        """Return the item called `key`.

        Raises:
            InvalidInputError: If there is none.
        """
        for item in self.items:
            if item.key == key:
                return item
        raise InvalidInputError(f"{self.key} has no item {key!r}")

    def scale(self, key: str = TOTAL) -> Scale:
        """Return the scale called `key`.

        Raises:
            InvalidInputError: If there is none.
        """
        for scale in self.scales:
            if scale.key == key:
                return scale
        known = ", ".join(scale.key for scale in self.scales) or "none"
        raise InvalidInputError(f"{self.key} has no scale {key!r}; it has: {known}")

    @property
    def asks_about_suicide(self) -> bool:
        """Whether a human must be on call where it is asked."""
        return any(item.asks_about_suicide for item in self.items)

    def range_of(self, scale: str = TOTAL) -> tuple[float, float]:
        """Return the least and the most that a scale may be."""
        chosen = self.scale(scale)
        if chosen.how == "equals":
            return 0.0, 1.0
        ends = np.array([[self.item(key).least, self.item(key).most] for key in chosen.items])
        total = ends.sum(axis=0) if chosen.how == "sum" else ends.mean(axis=0)
        return float(total[0]), float(total[1])

    def measures(self, key: str = "") -> tuple[Measure, ...]:
        """Return what is observed with it, as a study knows it that calls it `key`.

        The total is called as the study calls the instrument; an item or another scale adds its own
        key, as "ucla3_isolated". Where items are asked of several people there is nothing of that
        here: see roster.
        """
        called = key or self.key
        if self.repeats > 1:
            return ()
        found = {
            f"{called}_{item.key}": item.measure(f"{called}_{item.key}") for item in self.items
        }
        for scale in self.scales:
            name = called if scale.key == TOTAL else f"{called}_{scale.key}"
            least, most = self.range_of(scale.key)
            found.setdefault(name, Measure(name, least=least, most=most))
        return tuple(found.values())
