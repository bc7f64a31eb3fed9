"""Time until something happens: events are what counts."""

from math import ceil, log, sqrt

from scipy.stats import norm

from kith.core.stats.power.search import refuse_alpha
from kith.errors import InvalidInputError


def events_for_hazards(
    hazard_ratio: float, *, target: float = 0.8, alpha: float = 0.05, share: float = 0.5
) -> int:
    """Return how many events the two-sided log-rank test needs.

        (z[1 - alpha/2] + z[target])^2 / (share (1 - share) log(hazard_ratio)^2), rounded up

    Args:
        hazard_ratio: Proportional, of arm 1 to arm 0.
        target: Power.
        alpha: Two-sided.
        share: Of people in arm 1.

    Source: Schoenfeld, Biometrics 39:499 (1983).

    Raises:
        InvalidInputError: If one of these is none.
    """
    _refuse(hazard_ratio, alpha, share)
    refuse_alpha(target)
    z = float(norm.ppf(1 - alpha / 2) + norm.ppf(target))
    return ceil(z**2 / (share * (1 - share) * log(hazard_ratio) ** 2))


def power_of_hazards(
    events: int, hazard_ratio: float, *, alpha: float = 0.05, share: float = 0.5
) -> float:
    """Return the power of the log-rank test with so many events; see `events_for_hazards`.

    Raises:
        InvalidInputError: If one of these is none.
    """
    _refuse(hazard_ratio, alpha, share)
    shift = abs(log(hazard_ratio)) * sqrt(events * share * (1 - share))
    return float(norm.cdf(shift - norm.ppf(1 - alpha / 2)))


def _refuse(hazard_ratio: float, alpha: float, share: float) -> None:
    refuse_alpha(alpha)
    if hazard_ratio <= 0 or hazard_ratio == 1 or not 0 < share < 1:
        raise InvalidInputError(f"no difference: hazard ratio {hazard_ratio}, share {share}")
