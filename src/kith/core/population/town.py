"""A town as arrays: people who live somewhere, are free at times, and are tied to each other."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from jaxtyping import Bool, Float64, Int8, Int32, UInt32, UInt64

from kith.core.population.hours import weeks
from kith.core.population.network import Network
from kith.core.population.places import live
from kith.core.population.settings import TownSettings
from kith.core.population.tying import tied
from kith.core.records import freeze_rows, refuse_where
from kith.core.rng import stream
from kith.errors import InvalidInputError

# What people like to do, can give and would like to receive: so many kinds, so many each.
PRACTICES, GIFTS = 12, 8
_LIKES, _CAN = 3, 2
FIRST_DAYS, NEW_DAYS = 30, 90
_MOST_DAYS = 1_500


class Here(IntEnum):
    """Whether somebody is here."""

    HERE = 0
    LEFT = 1
    DIED = 2


@dataclass(frozen=True, slots=True)
class Town:
    """People as columns, their places, and who is what to whom. The columns are read-only here.

    Args:
        places: Kilometers east and north of a corner.
        home: The place of each person.
        household: With whom each lives.
        week: When each is free: bit h of 336 half-hours from Monday 0:00, 64 in a word.
        practices, gives, receives: One bit each: likes, can give, would like to receive.
        days: Since each began to recover.
        is_isolated: Who lives apart.
        is_using: Who is in a lapse at the start.
        here: A Here: who left or died keeps a row, and has no ties.
        network: Who is what to whom.

    Raises:
        InvalidInputError: If a column is of another length, or somebody lives nowhere.
    """

    places: Float64[np.ndarray, "places 2"]
    home: Int32[np.ndarray, "_"]
    household: Int32[np.ndarray, "_"]
    week: UInt64[np.ndarray, "_ 6"]
    practices: UInt32[np.ndarray, "_"]
    gives: UInt32[np.ndarray, "_"]
    receives: UInt32[np.ndarray, "_"]
    days: Int32[np.ndarray, "_"]
    is_isolated: Bool[np.ndarray, "_"]
    is_using: Bool[np.ndarray, "_"]
    here: Int8[np.ndarray, "_"]
    network: Network

    def __post_init__(self) -> None:
        freeze_rows(self, COLUMNS)
        freeze_rows(self, ("places",))
        if self.network.people != len(self.home):
            raise InvalidInputError(
                f"the network must be of the {len(self.home)} people, has {self.network.people}"
            )
        is_nowhere = (self.home < 0) | (self.home >= len(self.places))
        refuse_where(is_nowhere, f"0 to {len(self.places) - 1}", home=self.home)

    @property
    def people(self) -> int:
        """How many rows there are, of whoever is here or was."""
        return len(self.home)

    @property
    def is_here(self) -> Bool[np.ndarray, "people"]:
        """Who neither left nor died."""
        return np.asarray(self.here == Here.HERE)


COLUMNS = (
    "home", "household", "week", "practices", "gives", "receives", "days", "is_isolated",
    "is_using", "here",
)  # fmt: skip


def town(settings: TownSettings, *, seed: int) -> Town:
    """Return a town that `seed` decides: the same settings and seed, the same town."""
    living = live(settings, seed=seed)
    columns = people_of(settings, settings.people, seed=seed)
    return Town(
        living.places,
        living.home,
        living.household,
        **columns,
        network=tied(living, columns["is_using"], settings, seed=seed),
    )


def people_of(
    settings: TownSettings, many: int, *, seed: int, turn: int = 0
) -> dict[str, np.ndarray]:
    """Return the columns of `many` people, of whom it does not hang on where they live.

    Each `turn`, one for each of several such draws, has dice of its own.
    """

    def dice(purpose: str) -> np.random.Generator:
        return stream(seed, "town", purpose, turn)

    is_new = dice("new").random(many) < settings.new
    later = dice("days").integers(FIRST_DAYS, _MOST_DAYS, many)
    return {
        "week": weeks(many, dice("weeks")),
        "practices": _bits(many, PRACTICES, _LIKES, dice("practices")),
        "gives": _bits(many, GIFTS, _CAN, dice("gives")),
        "receives": _bits(many, GIFTS, _CAN, dice("receives")),
        "days": np.where(is_new, dice("first").integers(0, FIRST_DAYS, many), later).astype(np.int32),
        "is_isolated": dice("isolated").random(many) < settings.isolated,
        "is_using": dice("using").random(many) < settings.using,
        "here": np.zeros(many, np.int8),
    }  # fmt: skip


def _bits(many: int, kinds: int, each: int, dice: np.random.Generator) -> UInt32[np.ndarray, "_"]:
    """Return up to `each` of so many `kinds` for everybody, one bit each."""
    drawn = np.uint32(1) << dice.integers(0, kinds, (many, each)).astype(np.uint32)
    return np.asarray(np.bitwise_or.reduce(drawn, axis=1))
