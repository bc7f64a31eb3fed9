"""A town that is built once for all tests of a module; each finds it as it was built."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.doors.town import Town

# Django may not be set up yet when pytest reads this, so that its parts are imported inside.


@pytest.fixture(scope="module")
def build() -> Callable[[], Town]:
    """What builds the town: a module may have another built."""
    from tests.doors.town import Town  # noqa: PLC0415

    return Town


@pytest.fixture(scope="module")
def standing_town(
    build: Callable[[], Town], django_db_setup: None, django_db_blocker: Any
) -> Iterator[Town]:
    """The town, in a transaction around those of all the tests; they stand inside and undo theirs."""
    from django.db import transaction  # noqa: PLC0415

    around = transaction.atomic()
    with django_db_blocker.unblock():
        around.__enter__()
        standing = build()
    yield standing
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def town(standing_town: Town, db: None) -> Town:
    """The town with nothing done in it yet, by people who came in a moment ago."""
    from tests.web.gatherings.making import forget_everything  # noqa: PLC0415

    forget_everything()
    as_built = deepcopy(standing_town)
    as_built.stay_fresh()
    return as_built
