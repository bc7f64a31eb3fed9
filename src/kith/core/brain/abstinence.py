"""Abstinence: what so many days without use have made of somebody, by the other equations alone.

    x(d)       = x(0) (1 - return)^(4 d)                      what the drug has moved comes home
    T(d)       = T(0) (1 - loss)^(4 d)                        tolerance is lost
    G(d)       = 1 + (G(0) - 1) (1 - drift)^(4 d)             and N: both come back to 1
    R(d)       = R0 + (R(0) - R0) (1 - restore)^d             resolve comes home to R0
    H[c, a](d) = m[a] + (H[c, a](0) - m[a]) (1 - rate)^(n d)  n overt acts a day at a cue overlay it

m[a] is the share of such acts that are a: none the drug. Each is what its own equation comes to
where nobody uses and nothing wears on R. n and m are priors: n is near what the model's own people
do after years; habit begets habit, so m is whatever it was set to. Whoever relapsed on the way is
not among them, and R0 is not drawn anew for that.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float32, Int32

from kith.core.brain.parameters import Parameters
from kith.core.brain.words import EPOCHS_PER_DAY, N_OVERT, OTHER, REACH


class Left(NamedTuple):
    """What is left, of 1, of what each was on the last day of use; one column a person."""

    load: Float32[np.ndarray, "people"]
    tolerance: Float32[np.ndarray, "people"]
    actor: Float32[np.ndarray, "people"]
    resolve: Float32[np.ndarray, "people"]
    habit: Float32[np.ndarray, "people"]


def left(
    p: Parameters, days: Int32[np.ndarray, "people"], rate: Float32[np.ndarray, "people"]
) -> Left:
    """Return what is left after so many `days`; 1 of all on the first.

    Args:
        days: Without use.
        rate: How fast each person's habits form, alpha_H.
    """
    day = days.astype(np.float64)
    epochs = EPOCHS_PER_DAY * day
    # An overlay in logarithms: a rate of nearly 1 over years is nothing, and no warning.
    habit = np.exp(p["abstinence.acts"] * day * np.log1p(-rate.astype(np.float64)))
    kept = (
        (1.0 - p["set_point.return"]) ** epochs,
        (1.0 - p["tolerance.loss"]) ** epochs,
        (1.0 - p["actor.return"]) ** epochs,
        (1.0 - p["resolve.restore"]) ** day,
        habit,
    )
    return Left(*(one.astype(np.float32) for one in kept))


def acts_instead(p: Parameters) -> Float32[np.ndarray, "4"]:
    """Return m: of overt acts at a cue, the share that is each, of who does not use.

    Almost none of the model's people go to a gathering at a cue by themselves; a design takes them.
    """
    shares = np.zeros(N_OVERT, np.float32)
    shares[REACH], shares[OTHER] = p["abstinence.social"], 1.0 - p["abstinence.social"]
    return shares
