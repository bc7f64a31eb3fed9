"""A few simulated people and some days of theirs: a small town, quickly lived."""

import pytest

from kith.lab.living import Year, year_of
from kith.project.town.sizes import GATHERINGS, STUDY_WEEKS

SEED, DAYS = 3, 6


@pytest.fixture(scope="session")
def few_days() -> Year:
    """A town of thirty who lived for six days; the study's arms are lived for twelve weeks."""
    return year_of(people=30, days=DAYS, gatherings=GATHERINGS, weeks=STUDY_WEEKS, seed=SEED)
