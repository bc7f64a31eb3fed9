"""Resolve: what stands between a cue and a use.

    R <- R - drain * D + restore * (R0 - R) - use * 1[first use of a day]
           - breach * 1[first use after a day without]
           + support * 1[heard by somebody steady] + giving * 1[helped] - norm * U * 1[met a lapse]
           - blow * 1[a blow came]

in 0 to `most`. R0 is each person's own, and R comes home to it; drive wears it down; a day of use
takes a piece of it, so that abstinence restores it and a lapse may become a relapse; being heard and having helped
restore it, and company in a lapse takes from it (equation 10). It stands in a choice as
R - craving * D, never below 0: at its end nothing is left that holds, and craving has no more to
take.
"""

from typing import Any

from kith.core.brain.shared import either, larger, shared, within
from kith.core.brain.words import ZERO


@shared
def held(resolve: Any, drive: Any, craving: Any) -> Any:
    """Return what is left of resolve under a drive: max(0, R - chi * D)."""
    return larger(resolve - craving * drive, ZERO)


@shared
def drained(resolve: Any, drive: Any, drain: Any) -> Any:
    """Return R after what drive has taken."""
    return resolve - drain * drive


@shared
def restored(resolve: Any, own: Any, restore: Any) -> Any:
    """Return R after an epoch has brought it nearer to R0."""
    return resolve + restore * (own - resolve)


@shared
def worn(resolve: Any, is_first_use: Any, is_breach: Any, by: Any) -> Any:
    """Return R after an epoch; by: what the first use of a day takes, and a breach besides."""
    return resolve - either(is_first_use, by[0], ZERO) - either(is_breach, by[1], ZERO)


@shared
def moved(resolve: Any, was_heard: Any, has_helped: Any, met_a_lapse: Any, by: Any) -> Any:
    """Return R after the company of an epoch; by: what support, giving and a lapse move it by."""
    lifted = resolve + either(was_heard, by[0], ZERO) + either(has_helped, by[1], ZERO)
    return lifted - either(met_a_lapse, by[2], ZERO)


@shared
def struck(resolve: Any, is_blow: Any, blow: Any) -> Any:
    """Return R after a moment that may have been a blow, before anything is chosen in it."""
    return larger(resolve - either(is_blow, blow, ZERO), ZERO)


@shared
def bounded(resolve: Any, most: Any) -> Any:
    """Return R within 0 to `most`."""
    return within(resolve, ZERO, most)
