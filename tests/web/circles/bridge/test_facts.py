"""How the guardrails of circles count the days that somebody is here."""

import pytest

from kith.web.circles.bridge.facts import days_here
from kith.web.people.choices import Steadiness


@pytest.mark.parametrize(
    ("joined", "steadiness", "is_vouched", "is_hard", "days"),
    [
        (400, Steadiness.UNSAID, False, False, 400),
        (5, Steadiness.UNSAID, False, False, 5),
        # New here, not in their first month of it: not tender, and still new.
        (5, Steadiness.MONTHS, False, False, 30),
        (5, Steadiness.YEARS, False, False, 30),
        # Tender, however long they are here.
        (400, Steadiness.FIRST_MONTH, False, False, 29),
        (400, Steadiness.YEARS, False, True, 29),
        (3, Steadiness.FIRST_MONTH, False, False, 3),
        # A steward knows them.
        (5, Steadiness.UNSAID, True, False, 90),
        (400, Steadiness.YEARS, True, False, 400),
        # That does not carry over a first month or a hard week.
        (5, Steadiness.FIRST_MONTH, True, False, 5),
        (400, Steadiness.YEARS, True, True, 29),
    ],
)
def test_days_as_guardrails_count_them(
    joined: int, steadiness: Steadiness, is_vouched: bool, is_hard: bool, days: int
) -> None:
    counted = days_here(
        joined=joined, steadiness=steadiness, is_vouched=is_vouched, is_hard=is_hard
    )

    assert counted == days
