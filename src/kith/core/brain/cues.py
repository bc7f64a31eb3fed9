"""Cues: which moment comes.

    P(drug cue) = drug + company * 1[somebody close used in the last epoch]
    P(lonely)   = lonely + need * [1 - h_oxytocin]+
    neutral otherwise

Influence runs both ways: who uses is a cue to those who use with them.
"""

from typing import Any

from kith.core.brain.shared import either, larger, shared
from kith.core.brain.words import ONE, ZERO


@shared
def drug_cue(was_near_use: Any, base: Any, company: Any) -> Any:
    """Return the chance of a drug cue."""
    return base + either(was_near_use, company, ZERO)


@shared
def lonely(tone: Any, base: Any, need: Any) -> Any:
    """Return the chance of a lonely moment."""
    return base + need * larger(ONE - tone, ZERO)


@shared
def moment(dice: Any, p_drug: Any, p_lonely: Any, one: Any, none: Any) -> Any:
    """Return which moment comes, as a number; `one` and `none` say of what kind."""
    return either(dice < p_drug, none, one) + either(dice < p_drug + p_lonely, none, one)
