"""Resolve: what stands between a cue and a use.

    R <- R - use * 1[use] + abstain * 1[none] - drain * D + support * 1[heard] + giving * 1[helped]

in 0 to `most`. A use weakens it, so a lapse may become a relapse; drive wears it down; being heard
and having helped restore it (equation 10). It stands in a choice as R - craving * D, never below
0: at its end nothing is left that holds, and craving has no more to take.
"""

from typing import Any

from kith.core.brain.shared import either, larger, shared, within
from kith.core.brain.words import ZERO


@shared
def held(resolve: Any, drive: Any, craving: Any) -> Any:
    """Return what is left of resolve under a drive: max(0, R - chi * D)."""
    return larger(resolve - craving * drive, ZERO)


@shared
def worn(resolve: Any, has_used: Any, use: Any, abstain: Any) -> Any:
    """Return R after an epoch with or without a use."""
    return resolve + either(has_used, -use, abstain)


@shared
def drained(resolve: Any, drive: Any, drain: Any) -> Any:
    """Return R after what drive has taken."""
    return resolve - drain * drive


@shared
def bounded(resolve: Any, most: Any) -> Any:
    """Return R within 0 to `most`."""
    return within(resolve, ZERO, most)
