"""Choice: habit against goal, relief against its cost, resolve against the drug.

    logit[a] = goal * [(1 + rho) G[a] - (1 - rho) N[a]] + habit * H[c, a] + relief * (r^[a])
               - 1[a is the drug] * max(0, R - craving * D)

r^ is the relief that the act would bring now, less its cost (equation 9). One act is then drawn by
the softmax of all five.
"""

from typing import Any

from kith.core.brain.shared import either, shared


@shared
def logit(goal: Any, habit: Any, relief: Any, theta: Any) -> Any:
    """Return the logit of an act, before what is special about it; theta: one weight for each."""
    return theta[0] * goal + theta[1] * habit + theta[2] * relief


@shared
def past(dice: Any, reached: Any, one: Any, none: Any) -> Any:
    """Return `one` where the dice lie beyond the weights of the acts so far, else `none`."""
    return either(dice >= reached, one, none)
