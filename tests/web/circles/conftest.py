"""Four who sit in a circle."""

import pytest


def _longtime(called, **more):
    # Not at the top: pytest reads this file before Django is set up.
    from tests.web.circles.making import longtime  # noqa: PLC0415

    return longtime(called, **more)


@pytest.fixture
def ruth(db):
    """Somebody who has been here for long."""
    return _longtime("Ruth")


@pytest.fixture
def kofi(db):
    """Somebody else who has been here for long."""
    return _longtime("Kofi")


@pytest.fixture
def dev(db):
    """Somebody who came a few months ago."""
    return _longtime("Dev", days=60)


@pytest.fixture
def wren(db):
    """Somebody who sits in no circle."""
    return _longtime("Wren")


@pytest.fixture
def circle(ruth, kofi, dev):
    """Ruth, Kofi and Dev, who began eight weeks ago and meet in two hours."""
    from tests.web.circles.making import circle_of  # noqa: PLC0415

    return circle_of(ruth, kofi, dev)
