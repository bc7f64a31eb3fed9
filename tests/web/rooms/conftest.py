"""Four who may sit in a room."""

import pytest


@pytest.fixture
def ruth(db):
    """Somebody who has been here for long."""
    # Not at the top: pytest reads this file before Django is set up.
    from tests.web.circles.making import longtime  # noqa: PLC0415

    return longtime("Ruth")


@pytest.fixture
def kofi(db):
    """Somebody else who has been here for long."""
    from tests.web.circles.making import longtime  # noqa: PLC0415

    return longtime("Kofi")


@pytest.fixture
def marisol(db):
    """Somebody who came later."""
    from tests.web.circles.making import longtime  # noqa: PLC0415

    return longtime("Marisol")


@pytest.fixture
def wren(db):
    """Somebody who has a seat nowhere."""
    from tests.web.circles.making import longtime  # noqa: PLC0415

    return longtime("Wren")
