"""Cues: which moment comes.

    P(drug cue) = drug + company * 1[somebody close used in the last epoch]
                       + priming * 1[used oneself in the last epoch]
    P(lonely)   = lonely + need * [1 - h_oxytocin]+
    neutral otherwise; the last of these are a blow: P(blow) = blow

Influence runs both ways: who uses is a cue to those who use with them. A dose is itself a cue for
the next (priming: de Wit 1996), which is how one use becomes a day of it.
"""

from typing import Any

from kith.core.brain.shared import either, larger, shared
from kith.core.brain.words import ONE, ZERO


@shared
def drug_cue(was_near_use: Any, has_used: Any, base: Any, by: Any) -> Any:
    """Return the chance of a drug cue; by: what company and a dose add to it."""
    return base + either(was_near_use, by[0], ZERO) + either(has_used, by[1], ZERO)


@shared
def lonely(tone: Any, base: Any, need: Any) -> Any:
    """Return the chance of a lonely moment."""
    return base + need * larger(ONE - tone, ZERO)


@shared
def moment(dice: Any, p_drug: Any, p_lonely: Any, one: Any, none: Any) -> Any:
    """Return which moment comes, as a number; `one` and `none` say of what kind."""
    return either(dice < p_drug, none, one) + either(dice < p_drug + p_lonely, none, one)


@shared
def is_blow(dice: Any, p_blow: Any) -> Any:
    """Return whether what comes is a blow: bad news, a loss, a fight."""
    return dice >= ONE - p_blow
