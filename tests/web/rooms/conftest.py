"""Four who may sit in a room."""

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
def marisol(db):
    """Somebody who came later."""
    return _longtime("Marisol")


@pytest.fixture
def wren(db):
    """Somebody who has a seat nowhere."""
    return _longtime("Wren")
