"""How many people a draw exposes as an effect asks for: own arm, and others of the circle too."""

from math import floor

from kith.core.study.plan import Outcome, StudyPlan
from kith.core.study.words import GROUPED

# As analysis.exposed parts the share of the others if nothing is said: none, some, all.
_ALL = 1.0
_ARMS = 2
_CUT = (int, float)


def exposed_shares(
    plan: StudyPlan, outcome: Outcome, shares: tuple[float, float]
) -> tuple[float, float]:
    """Return which share of people is in each of the two kinds of exposure of a total effect.

    Of a circle of m = `power.cluster_size` in which each is drawn alone with probability p, the number
    of the m - 1 others in the second arm is binomial; where a share s of a circle is drawn, exactly
    k = floor(s m + 1/2) of it are, and each share is as likely. The first kind has the second arm and
    others from the highest of `settings.cuts` on, the second has neither it nor others from the lowest.
    What the others have is all, some or none if there are no cuts.
    """
    arms = [arm.key for arm in plan.arms]
    if len(arms) != _ARMS or min(shares) <= 0:
        return shares
    others = max(round(plan.power.cluster_size) - 1, 1)
    cuts = _cuts(outcome) or [0.5 / others, _ALL]
    if plan.randomisation.mechanism == "saturation":
        found = _by_stages(plan.randomisation.saturation, others, cuts)
    elif plan.randomisation.unit in GROUPED:
        return shares
    else:
        # Only here: a plan is read without the libraries of statistics.
        from scipy.stats import binom  # noqa: PLC0415

        p = shares[outcome.contrast.index(arms[1])]
        at_most = [_least(cut, others) - 1 for cut in cuts]
        high, low = 1 - binom.cdf(at_most[-1], others, p), binom.cdf(at_most[0], others, p)
        found = float(p * high), float((1 - p) * low)
    return found if arms[1] == outcome.contrast[0] else found[::-1]


def _cuts(outcome: Outcome) -> list[float]:
    said = outcome.settings.get("cuts")
    return (
        sorted(float(one) for one in said if isinstance(one, _CUT))
        if isinstance(said, tuple)
        else []
    )


def _by_stages(
    saturation: tuple[float, ...], others: int, cuts: list[float]
) -> tuple[float, float]:
    size, first, second = others + 1, 0.0, 0.0
    for share in saturation:
        drawn = floor(share * size + 0.5)
        first += drawn / size * (drawn - 1 >= _least(cuts[-1], others))
        second += (size - drawn) / size * (drawn < _least(cuts[0], others))
    return first / len(saturation), second / len(saturation)


def _least(cut: float, others: int) -> int:
    """Return how many of the others reach a cut of their share."""
    return next(k for k in range(others + 2) if k / others >= cut - 1e-9 or k > others)
