"""Two neighbours who have been here for long, and somebody who came lately."""

import pytest


@pytest.fixture
def ruth(db):
    """Somebody who lives in town."""
    # Not at the top: pytest reads this file before Django is set up.
    from tests.web.service.making import neighbour  # noqa: PLC0415

    return neighbour("Ruth")


@pytest.fixture
def dev(db):
    """Somebody else who does."""
    from tests.web.service.making import neighbour  # noqa: PLC0415

    return neighbour("Dev")


@pytest.fixture
def wren(db):
    """A third one."""
    from tests.web.service.making import neighbour  # noqa: PLC0415

    return neighbour("Wren")


@pytest.fixture
def newcomer(db):
    """Somebody who lives there too, and came ten days ago."""
    from tests.web.service.making import neighbour  # noqa: PLC0415

    return neighbour("Ines", days=10)
