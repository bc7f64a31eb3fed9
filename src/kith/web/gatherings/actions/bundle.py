"""The real lists that kith comes with, for a demo and for tests."""

from importlib.resources import files
from pathlib import Path
from typing import Any

FOLDER = Path(str(files("kith.web.gatherings"))) / "data/feeds"
FORMATS = FOLDER / "bmlt-formats-en.json.gz"

_LISTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("uk-ireland-cities.csv.gz", {"name": "AA, NA and CA in London and Dublin"}),
    (
        "mg-orange-county-ca.json.gz",
        {"name": "AA in Orange County", "country": "US", "program": "Alcoholics Anonymous"},
    ),
    (
        "bmlt-greater-newyork-GetSearchResults.json.gz",
        {"name": "NA in Greater New York", "country": "US", "program": "Narcotics Anonymous"},
    ),
    ("smart-recovery-us.json.gz", {"name": "SMART Recovery", "country": "US"}),
    ("y12sr-recovery-yoga.json.gz", {"name": "Yoga of 12-Step Recovery"}),
    ("mg-eating-disorders-anon.json.gz", {"name": "Eating Disorders Anonymous"}),
)


def bundled() -> list[tuple[Path, dict[str, Any]]]:
    """Return (file, what to say of it) for every bundled list."""
    return [(FOLDER / name, {"credit": "a bundled copy", **given}) for name, given in _LISTS]
