"""Somebody who may be told, by a clock that stands still."""

from datetime import UTC, datetime

import pytest

# A Tuesday; in London it is as late as in UTC.
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands at noon until it is set."""
    from django.utils import timezone  # noqa: PLC0415 - Django is set up only now

    def stand_at(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    stand_at(NOON)
    return stand_at


@pytest.fixture
def ruth(db):
    from kith.web.people.models import Person  # noqa: PLC0415

    return Person.objects.create(called="Ruth")


@pytest.fixture
def kofi(db):
    from kith.web.people.models import Person  # noqa: PLC0415

    return Person.objects.create(called="Kofi")


@pytest.fixture
def service():
    """A push service on this machine."""
    from tests.web.notices.receiving import PushService  # noqa: PLC0415

    running = PushService().start()
    yield running
    running.stop()
