"""Published data and numbers, as the tests of estimators read them."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import orjson

FOLDER = Path(__file__).parents[2] / "data" / "study"


@cache
def checks() -> dict[str, Any]:
    """Return the numbers to reproduce."""
    numbers: dict[str, Any] = orjson.loads((FOLDER / "checks.json").read_bytes())
    return numbers


@cache
def columns(path: str) -> dict[str, np.ndarray]:
    """Return a table of numbers, column by column; nan where there is none."""
    with (FOLDER / path).open(newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        name: np.array([float(row[name] or "nan") for row in rows])
        for name in rows[0]
        if _is_number(rows[0][name])
    }


def matrix(path: str) -> np.ndarray:
    """Return a table of whole numbers without a head."""
    return np.loadtxt(FOLDER / path, delimiter=",", dtype=np.int64)


def _is_number(text: str) -> bool:
    try:
        float(text or "nan")
    except ValueError:
        return False
    return True
