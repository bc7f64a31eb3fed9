"""A square of the map, about as large as a small town: the most that kith ever knows of a home."""

import re
from dataclasses import dataclass
from math import floor
from typing import Final

# So many rows and columns to a degree: 0.05 degrees, 5.6 km from south to north.
PER_DEGREE: Final = 20
_ROWS: Final = 90 * PER_DEGREE
_COLUMNS: Final = 360 * PER_DEGREE
_CODE = re.compile(r"(-?[0-9]{1,4}),(-?[0-9]{1,4})")


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A square of a twentieth of a degree, by its row from the equator and its column from Greenwich."""

    row: int
    column: int

    @classmethod
    def at(cls, latitude: float, longitude: float) -> "Cell":
        """Return the square that holds a point in degrees."""
        row = min(floor(latitude * PER_DEGREE), _ROWS - 1)
        return cls(row, _round_the_world(floor(longitude * PER_DEGREE)))

    @classmethod
    def coded(cls, code: str) -> "Cell":
        """Return the square that a page calls `code`.

        Raises:
            ValueError: If there is none such on earth.
        """
        match = _CODE.fullmatch(code)
        row, column = (int(match[1]), int(match[2])) if match else (_ROWS, 0)
        if not (-_ROWS <= row < _ROWS and column == _round_the_world(column)):
            raise ValueError("no such square")
        return cls(row, column)

    @property
    def code(self) -> str:
        """What a page calls it by."""
        return f"{self.row},{self.column}"

    @property
    def middle(self) -> tuple[float, float]:
        """Its latitude and longitude, in degrees."""
        return (self.row + 0.5) / PER_DEGREE, (self.column + 0.5) / PER_DEGREE

    def beside(self, *, north: int, east: int) -> "Cell":
        """Return the square so many squares away; at a pole it is the last one before it."""
        row = max(-_ROWS, min(self.row + north, _ROWS - 1))
        return Cell(row, _round_the_world(self.column + east))


def _round_the_world(column: int) -> int:
    return (column + _COLUMNS // 2) % _COLUMNS - _COLUMNS // 2
