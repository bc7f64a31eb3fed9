"""People at the door, each with a device in hand."""

import pytest


@pytest.fixture
def visitor(db):
    """Somebody who has not joined."""
    # Not at the top: pytest reads this file before Django is set up.
    from tests.web.people.visiting import Visitor  # noqa: PLC0415

    return Visitor()


@pytest.fixture
def member(visitor):
    """Somebody who joined with a passkey a moment ago."""
    return visitor.join()


@pytest.fixture
def other(db):
    """Somebody else who joined with a passkey."""
    from tests.web.people.visiting import Visitor  # noqa: PLC0415

    return Visitor().join()


@pytest.fixture
def with_words(db):
    """Somebody who joined with WORDS."""
    from tests.web.people.visiting import WORDS  # noqa: PLC0415

    from kith.web.people import actions  # noqa: PLC0415

    return actions.join_with_words(words=WORDS)
