"""What a scenario's file says, and how what is wrong with it is put."""

from collections.abc import Iterator, Mapping

from kith.core.brain.parameters import Meaning

# Beyond every range, and what a float still holds; how much of a value is shown.
HUGE, _LONG = 10**300, 80


def flat(table: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    """Yield names with dots and their values: `resolve.use` in TOML is a table in a table."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def is_within(meaning: Meaning, value: object) -> bool:
    """Return whether a parameter of the brain may have this value."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and meaning.lowest <= value <= meaning.highest  # type: ignore[operator]


def shown(value: object) -> str:
    """Return a value as it is written, cut where it is long."""
    is_long = isinstance(value, int) and abs(value) >= HUGE
    said = "a number of hundreds of digits" if is_long else repr(value)
    return said if len(said) <= _LONG else f"{said[: _LONG - 4]} ..."


def all_of(names: list[str]) -> str:
    """Return what may stand somewhere, the first twenty of it."""
    some = ", ".join(names[:20])
    return f"What may stand here: {some}{' ...' if len(names) > 20 else ''}."
