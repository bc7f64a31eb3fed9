"""Columns that are frozen, of one length and of the kind they say, and a word for the first wrong row."""

from collections.abc import Iterable, Mapping

import numpy as np
from jaxtyping import Bool, Int32, Shaped

from kith.errors import InvalidInputError

# Numbers of people are int32.
PEOPLE_MOST = 2**31 - 1


def freeze(record: object, kinds: Mapping[str, type[np.generic]]) -> None:
    """Make the columns of a frozen record read-only, which are to be of these `kinds`.

    Raises:
        InvalidInputError: If one is of another kind, or they differ in length.
    """
    columns = {name: getattr(record, name) for name in kinds}
    for name, column in columns.items():
        if column.dtype != kinds[name] or column.ndim != 1:
            kind = np.dtype(kinds[name])
            raise InvalidInputError(
                f"{name} must be one row of {kind}, got {column.dtype} in {column.ndim} dimensions"
            )
    freeze_rows(record, kinds)


def freeze_rows(record: object, columns: Iterable[str]) -> None:
    """Make `columns` of a frozen record read-only, of whatever shape their rows are.

    Raises:
        InvalidInputError: If they differ in length.
    """
    found = {name: getattr(record, name) for name in columns}
    lengths = {name: len(column) for name, column in found.items()}
    if len(set(lengths.values())) > 1:
        raise InvalidInputError(f"columns must be of one length, got {lengths}")
    for name, column in found.items():
        frozen = column.view()
        frozen.flags.writeable = False
        object.__setattr__(record, name, frozen)


def refuse_where(
    is_wrong: Bool[np.ndarray, "rows"], must_be: str, **columns: Shaped[np.ndarray, "rows"]
) -> None:
    """Refuse a record with a wrong row, saying what its `columns` hold there and must be.

    Raises:
        InvalidInputError: If there is one.
    """
    if not is_wrong.any():
        return
    row = int(np.argmax(is_wrong))
    held = " and ".join(f"{name} {column[row]}" for name, column in columns.items())
    raise InvalidInputError(
        f"row {row} has {held}: must be {must_be} ({is_wrong.sum()} of {len(is_wrong)} rows are not)"
    )


def refuse_nobody(people: int, **columns: Int32[np.ndarray, "rows"]) -> None:
    """Refuse a record in which one of `columns` names somebody who is not one of `people`.

    Raises:
        InvalidInputError: If there is such a row, or `people` is no number of people.
    """
    if not 0 <= people <= PEOPLE_MOST:
        raise InvalidInputError(f"people must be 0 to {PEOPLE_MOST}, got {people}")
    for name, person in columns.items():
        refuse_where((person < 0) | (person >= people), f"0 to {people - 1}", **{name: person})
