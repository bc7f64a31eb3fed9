"""Those who want people: one row each, checked at the border."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int32, Int64, UInt8, UInt32, UInt64

from kith.core.records import freeze_rows
from kith.errors import InvalidInputError

# How somebody would meet: bits of `mode`.
IN_PERSON, ONLINE = 1, 2
HALF_HOURS = 336
WORDS = 6
# Bits of the last word of a week that stand for half-hours; the others must be unset.
LAST_WORD = 2 ** (HALF_HOURS - 64 * (WORDS - 1)) - 1
NEW_DAYS, FIRST_DAYS = 90, 30
MOST_PEOPLE = 2**27
_NOT_COLUMNS = ("ties", "exclusions")


@dataclass(frozen=True, slots=True)
class People:
    """People as columns; what each means is in docs/science/matching.md.

    The columns are read-only here. Whoever made them must leave them alone from now on.

    Args:
        id: Whole numbers from 0, each once: what lasts from week to week.
        mode: IN_PERSON, ONLINE, or both added.
        latitude, longitude: Degrees; not a number for those who meet only online.
        reach_km: How far from somebody they would meet in person.
        languages: One bit for each language they can talk in.
        week: When they are free: bit h of 336 half-hours from Monday 0:00 UTC, 64 in a word.
        practices, gives, receives: One bit each: likes, can give, would like to receive.
        days: Since they joined.
        steadiness: 0, 1 or 2; who has 1 or more is steady.
        weeks_waiting: For a circle.
        requires, offers: Spaces: whoever requires one meets only those who offer it.
        roles: What they are glad to do for a circle, one bit each.
        cluster: The knot of people they already belong to; 0 where it is not known.
        ties, exclusions: Pairs of row numbers: who knows, and who never meets, whom.

    Raises:
        InvalidInputError: If a value is not that: the row, the column, the value, what is allowed.
    """

    id: Int64[np.ndarray, "_"]
    mode: UInt8[np.ndarray, "_"]
    latitude: Float64[np.ndarray, "_"]
    longitude: Float64[np.ndarray, "_"]
    reach_km: Float32[np.ndarray, "_"]
    languages: UInt64[np.ndarray, "_"]
    week: UInt64[np.ndarray, "_ 6"]
    practices: UInt32[np.ndarray, "_"]
    gives: UInt32[np.ndarray, "_"]
    receives: UInt32[np.ndarray, "_"]
    days: Int32[np.ndarray, "_"]
    steadiness: UInt8[np.ndarray, "_"]
    weeks_waiting: Int32[np.ndarray, "_"]
    requires: UInt8[np.ndarray, "_"]
    offers: UInt8[np.ndarray, "_"]
    roles: UInt8[np.ndarray, "_"]
    cluster: Int32[np.ndarray, "_"]
    ties: Int32[np.ndarray, "_ 2"]
    exclusions: Int32[np.ndarray, "_ 2"]

    def __post_init__(self) -> None:
        freeze_rows(self, COLUMNS)
        if len(self.id) > MOST_PEOPLE:
            raise InvalidInputError(f"at most {MOST_PEOPLE} people in one run, got {len(self.id)}")
        for name, wrong, allowed in self._faults():
            _refuse(name, getattr(self, name), wrong, allowed)
        for name in _NOT_COLUMNS:
            _check_pairs(name, getattr(self, name), len(self.id))
            pairs = getattr(self, name).view()
            pairs.flags.writeable = False
            object.__setattr__(self, name, pairs)

    def __len__(self) -> int:
        return len(self.id)

    def _faults(self) -> Iterator[tuple[str, Bool[np.ndarray, "_"], str]]:
        """Yield column, which rows are wrong in it, and what is allowed."""
        met = (self.mode & IN_PERSON) != 0
        yield "id", self.id < 0, "a whole number from 0"
        yield "id", _again(self.id), "each id once"
        yield "mode", (self.mode < 1) | (self.mode > 3), "1 in person, 2 online, 3 both"
        for name, most in (("latitude", 90.0), ("longitude", 180.0)):
            value = getattr(self, name)
            yield name, met & ~(np.abs(value) <= most), f"-{most:g} to {most:g} degrees"
        reach = self.reach_km
        yield "reach_km", met & ~((reach >= 0) & (reach <= 1_000)), "0 to 1000 km"
        yield "languages", self.languages == 0, "at least one language"
        yield "week", self.week[:, -1] > LAST_WORD, f"{HALF_HOURS} half-hours, no bit beyond"
        for name, most in (("days", 200_000), ("weeks_waiting", 1_000)):
            value = getattr(self, name)
            yield name, (value < 0) | (value > most), f"0 to {most}"
        yield "steadiness", self.steadiness > 2, "0, 1 or 2"
        yield "cluster", self.cluster < 0, "a whole number from 0"

    @classmethod
    def of(cls, columns: Mapping[str, Any]) -> "People":
        """Return people of `columns` of any number type; those left out get their default.

        Raises:
            InvalidInputError: If one is missing, unknown, or holds what its type cannot.
        """
        unknown = sorted(set(columns) - {*COLUMNS, *_NOT_COLUMNS})
        missing = sorted(set(REQUIRED) - set(columns))
        if unknown or missing:
            raise InvalidInputError(f"unknown columns {unknown}, missing columns {missing}")
        n = len(columns["id"])
        made = {name: _cast(name, columns, n) for name in COLUMNS}
        pairs = {
            name: np.ascontiguousarray(columns.get(name, np.empty((0, 2))), np.int32).reshape(-1, 2)
            for name in _NOT_COLUMNS
        }
        return cls(**made, **pairs)

    def only(self, rows: Int64[np.ndarray, "some"]) -> "People":
        """Return the people of these rows, in this order, and what is between them."""
        place = np.full(len(self), -1, np.int32)
        place[rows] = np.arange(len(rows), dtype=np.int32)
        pairs = {}
        for name in _NOT_COLUMNS:
            moved = place[getattr(self, name)]
            pairs[name] = moved[(moved >= 0).all(axis=1)]
        return People(**{name: getattr(self, name)[rows] for name in COLUMNS}, **pairs)


COLUMNS = tuple(field.name for field in fields(People) if field.name not in _NOT_COLUMNS)
DTYPES: Mapping[str, type[np.generic]] = {
    "id": np.int64, "mode": np.uint8, "latitude": np.float64, "longitude": np.float64,
    "reach_km": np.float32, "languages": np.uint64, "week": np.uint64, "practices": np.uint32,
    "gives": np.uint32, "receives": np.uint32, "days": np.int32, "steadiness": np.uint8,
    "weeks_waiting": np.int32, "requires": np.uint8, "offers": np.uint8, "roles": np.uint8,
    "cluster": np.int32,
}  # fmt: skip
DEFAULTS: Mapping[str, float] = {
    "mode": ONLINE, "latitude": np.nan, "longitude": np.nan, "reach_km": 20.0, "practices": 0,
    "gives": 0, "receives": 0, "days": 365, "steadiness": 1, "weeks_waiting": 0, "requires": 0,
    "offers": 0, "roles": 0, "cluster": 0,
}  # fmt: skip
REQUIRED = tuple(name for name in COLUMNS if name not in DEFAULTS)


def _cast(name: str, columns: Mapping[str, Any], n: int) -> np.ndarray:
    """Return a column as its own type, refusing a value that would change."""
    if name not in columns:
        return np.full(n, DEFAULTS[name], DTYPES[name])
    given = np.asarray(columns[name])
    if given.dtype == DTYPES[name]:
        return np.ascontiguousarray(given)
    if given.dtype.kind not in "iufb":
        raise InvalidInputError(f"column {name} must hold numbers, got {given.dtype}")
    with np.errstate(invalid="ignore", over="ignore"):
        cast = given.astype(DTYPES[name])
    if np.dtype(DTYPES[name]).kind != "f":
        changed = cast != given
        if given.dtype.kind in "if":
            changed |= (given < 0) != (cast < 0)
        wrong = changed.reshape(n, -1).any(axis=1) if n else changed
        _refuse(name, given, wrong, f"whole numbers that fit {np.dtype(DTYPES[name])}")
    return cast


def _refuse(name: str, values: np.ndarray, wrong: Bool[np.ndarray, "_"], allowed: str) -> None:
    """Refuse a column of which a row is `wrong`, naming the first."""
    if wrong.any():
        row = int(wrong.argmax())
        more = f" ({int(wrong.sum())} rows are not so)" if wrong.sum() > 1 else ""
        raise InvalidInputError(
            f"row {row}, column {name}: {values[row].tolist()} is not allowed; {allowed}{more}"
        )


def _again(values: Int64[np.ndarray, "_"]) -> Bool[np.ndarray, "_"]:
    """Return where a value stands that stood before."""
    order = np.argsort(values, kind="stable")
    again = np.zeros(len(values), np.bool_)
    again[order[1:]] = values[order[1:]] == values[order[:-1]]
    return again


def _check_pairs(name: str, pairs: Int32[np.ndarray, "_ 2"], people: int) -> None:
    outside = ((pairs < 0) | (pairs >= people)).any(axis=1)
    _refuse(name, pairs, outside, f"two rows, 0 to {people - 1}")
    _refuse(name, pairs, pairs[:, 0] == pairs[:, 1], "two different people")
