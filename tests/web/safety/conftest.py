"""People who know each other from a gathering."""

import pytest


@pytest.fixture
def ruth(db):
    from tests.web.safety.meeting import somebody  # noqa: PLC0415 - Django is set up by then

    return somebody("Ruth")


@pytest.fixture
def kofi(db):
    from tests.web.safety.meeting import somebody  # noqa: PLC0415 - Django is set up by then

    return somebody("Kofi")


@pytest.fixture
def ada(db):
    """A steward."""
    from tests.web.safety.meeting import somebody  # noqa: PLC0415 - Django is set up by then

    return somebody("Ada", handle="ada", is_steward=True)
