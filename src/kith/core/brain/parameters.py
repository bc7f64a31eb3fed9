"""The numbers of the brain: each with its range, its unit and its source."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from typing_extensions import override

from kith.errors import InvalidInputError

TABLE = "parameters.csv"
PRIOR = "prior"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a parameter is.

    Args:
        name: Its lasting name, as in "resolve.use".
        default: Its value where nothing else is said.
        lowest, highest: What it may be.
        unit: What it counts; "1" for a plain number.
        source: Where the default comes from; "prior" for a choice of ours, to be calibrated.
        meaning: What it does, in our words.
    """

    name: str
    default: float
    lowest: float
    highest: float
    unit: str
    source: str
    meaning: str

    def refuse(self, value: object) -> None:
        """Refuse what is no number, or out of range.

        Raises:
            BadParameterError: With name, value and range.
        """
        # Not a number is in no range, and neither is infinity.
        if (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and self.lowest <= value <= self.highest
        ):
            return
        raise BadParameterError(
            f"{self.name} must be a number from {self.lowest:g} to {self.highest:g} "
            f"({self.unit}), got {value!r}"
        )


class BadParameterError(InvalidInputError):
    """A parameter has a name that is none, or a value out of its range."""


class Parameters(Mapping[str, float]):
    """All numbers of the brain by name, each within its range; see `parameters`."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, float]) -> None:
        self._values = MappingProxyType(dict(values))

    @override
    def __getitem__(self, name: str) -> float:
        """Return the value of the parameter `name`."""
        return self._values[name]

    @override
    def __iter__(self) -> Iterator[str]:
        """Yield names in the order of the table."""
        return iter(self._values)

    @override
    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._values)

    @override
    def __reduce__(self) -> tuple[Any, ...]:
        """Return how another process makes the same: a view of a dict goes through no pipe."""
        return type(self), (dict(self._values),)

    def with_(self, changes: Mapping[str, float]) -> "Parameters":
        """Return these with `changes`.

        Raises:
            BadParameterError: If a change has no such name, or is out of its range.
        """
        return parameters({**self._values, **changes})

    @property
    def changed(self) -> dict[str, float]:
        """Those that are not their default."""
        return {
            name: self[name]
            for name, meaning in meanings().items()
            if self[name] != meaning.default
        }


@cache
def meanings() -> Mapping[str, Meaning]:
    """Return what each parameter is, by name, in the order of the table."""
    text = resources.files("kith.core.brain").joinpath("data", TABLE).read_text("utf-8")
    rows = (_meaning(row) for row in csv.DictReader(text.splitlines()))
    return MappingProxyType({meaning.name: meaning for meaning in rows})


def parameters(changes: Mapping[str, object] = MappingProxyType({})) -> Parameters:
    """Return the default numbers of the brain with `changes` by name.

    Raises:
        BadParameterError: If a change has no such name, or is out of its range.
    """
    known = meanings()
    for name, value in changes.items():
        if name not in known:
            raise BadParameterError(f"{name!r} is no parameter{_nearest(name)}, got {value!r}")
        known[name].refuse(value)
    changed = {name: changes.get(name, meaning.default) for name, meaning in known.items()}
    return Parameters({name: float(value) for name, value in changed.items()})


def _meaning(row: Mapping[str, str]) -> Meaning:
    numbers = (float(row[name]) for name in ("value", "lowest", "highest"))
    return Meaning(row["name"], *numbers, row["unit"], row["source"], row["meaning"])


def _nearest(name: str) -> str:
    """Return what else may have been meant, as a hint."""
    near = [known for known in meanings() if known.split(".")[0] == name.split(".", maxsplit=1)[0]]
    return f" (there are {', '.join(near)})" if near else ""
