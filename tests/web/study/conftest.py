"""A study that is open, and somebody in it."""

import pytest


@pytest.fixture
def study(db):
    """A study that people may join."""
    # Not at the top: pytest reads this file before Django is set up.
    from tests.web.study.making import locked  # noqa: PLC0415

    return locked()


@pytest.fixture
def ada(study):
    """Somebody who takes part with all of it."""
    from tests.web.study.making import joined  # noqa: PLC0415

    return joined(study)
