"""What every test of gatherings begins with: nothing remembered, and a clock that can be set.

Django may not be set up yet when pytest reads this, so that its parts are imported inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.web.gatherings.making import Clock


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    from tests.web.gatherings.making import forget_everything  # noqa: PLC0415

    forget_everything()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that stands at `TUESDAY` until it is told otherwise."""
    from tests.web.gatherings.making import TUESDAY, Clock  # noqa: PLC0415

    standing = Clock(monkeypatch)
    standing.stand_at(TUESDAY)
    return standing
