"""A few simulated people and some days of theirs: a small town, quickly lived."""

import pytest

from kith.lab.living import Year, year_of

SEED, DAYS = 3, 6


@pytest.fixture(scope="session")
def few_days() -> Year:
    """A town of thirty who lived for six days; the study's arms are lived for eight weeks."""
    from kith.project.town.places import KINDS  # noqa: PLC0415 - Django is set up only now

    return year_of(people=30, days=DAYS, gatherings=len(KINDS), weeks=8, seed=SEED)
