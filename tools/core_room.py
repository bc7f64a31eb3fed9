"""A virtual environment without Django, in which the core has to pass its tests.

It holds what the core imports and what tests it, at the versions of the development lock. It
lies inside .venv, so it goes when .venv goes, and it is made again only when its contents change.
"""

import sys

from tools.programs import uv
from tools.steps import ROOT, Result, command

ROOM = ROOT / ".venv" / "core"
LOCK = ROOT / "requirements-dev.lock"

# What the core may import. To add to this list is a decision about the core, not about tests.
CORE_NEEDS = (
    "ftfy",
    "icalendar",
    "lifelines",
    "linearmodels",
    "llvmlite",
    "numba",
    "numpy",
    "opendp",
    "orjson",
    "pandas",
    "phonenumberslite",
    "polars",
    "pycanon",
    "python-dateutil",
    "rapidfuzz",
    "scipy",
    "statsmodels",
    "surpyval",
    "tzdata",
    "tzfpy",
)
TEST_NEEDS = (
    "beartype",
    "coverage",
    "fhir-resources",
    "hypothesis",
    "jaxtyping",
    "pytest",
    "recurring-ical-events",
)

_IS_PURE = "import importlib.util, sys; sys.exit(importlib.util.find_spec('django') is not None)"


def made() -> Result:
    """Make the room, unless it stands already, and return how that went."""
    stamp = ROOM / "kith-stamp"
    contents = "\n".join((*CORE_NEEDS, *TEST_NEEDS, LOCK.read_text()))
    if not stamp.exists() or stamp.read_text() != contents:
        python = ROOM / "bin" / "python"
        make = ["venv", "--quiet", "--clear", "--python", sys.executable, str(ROOM)]
        # uv checks what it gets against the hashes of a constraint, as ./kith does for .venv.
        fill = ["pip", "install", "--quiet", "--python", str(python), "--constraint", str(LOCK)]
        for arguments in (make, [*fill, *CORE_NEEDS, *TEST_NEEDS]):
            ended = command([uv(), *arguments])
            if not ended.is_ok:
                return ended
        stamp.write_text(contents)
    return command([ROOM / "bin/python", "-c", _IS_PURE])
