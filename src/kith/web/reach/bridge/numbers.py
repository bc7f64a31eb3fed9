"""The numbers of a reach, by the names under which evidence and the steward know them."""

from datetime import timedelta

from kith.core.reach import Rule
from kith.core.service import shares_read
from kith.web.kit import parameters


def rule() -> Rule:
    """Return the rule of the choice."""
    return Rule(
        parallel=parameters.whole("reachout.parallel_contacts"),
        p_chance=parameters.number("matching.exploration_share"),
    )


def mostly() -> tuple[float, float]:
    """Return the share of giving below which somebody mostly receives, and that above which they give."""
    return shares_read(str(parameters.value("reciprocity.balance_nudge")))


def rings_for() -> timedelta:
    """Return for how long people are rung before the open room, and then the lines."""
    return timedelta(seconds=parameters.number("reachout.fallback_seconds"))
