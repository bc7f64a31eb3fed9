"""Ruth and Kofi, who share a circle, and May, who shares nothing with anybody."""

import pytest


def _joined(called):
    from tests.web.messages.making import joined  # noqa: PLC0415 - Django is set up only now

    return joined(called)


@pytest.fixture
def ruth(db):
    return _joined("Ruth")


@pytest.fixture
def kofi(db):
    return _joined("Kofi")


@pytest.fixture
def may(db):
    return _joined("May")


@pytest.fixture
def circle(ruth, kofi):
    """What lets Ruth and Kofi write to each other."""
    from tests.web.messages.making import ground  # noqa: PLC0415

    return ground(ruth, kofi)
