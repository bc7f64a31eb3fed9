"""One number for each question: one arm against another."""

import numpy as np
from scipy.stats import norm
from scipy.stats import t as student

from kith.core.analysis.deriving import Survival
from kith.core.analysis.results import Effect, Share
from kith.core.stats.cox import cox, hazard_ratio
from kith.errors import NoAnswerError


def by_cox(key: str, arms: tuple[str, str], found: Survival, is_first: np.ndarray) -> Effect:
    """Return the hazard ratio of the first arm against the second (Cox 1972, ties by Efron)."""
    fit = cox(
        found.time.astype(np.float64), found.event.astype(np.bool_),
        is_first.astype(np.float64)[:, None], ("arm",),
    )  # fmt: skip
    ratio = hazard_ratio(fit.estimates[0])
    return Effect(
        key, "hazard ratio", arms, ratio.value, ratio.lower, ratio.upper, 1.0, ratio.p, ratio.p,
        len(found.time),
    )  # fmt: skip


def by_risk(key: str, arms: tuple[str, str], is_yes: np.ndarray, is_first: np.ndarray) -> Effect:
    """Return the difference of two shares, its interval by Newcombe's method 10 (1998).

    The interval is made of Wilson's two, so that it stays within what shares can be; p is of the
    test of two proportions with their common variance.

    Raises:
        NoAnswerError: If an arm has nobody.
    """
    shares = [(int(is_yes[of].sum()), int(of.sum())) for of in (is_first, ~is_first)]
    if min(n for _, n in shares) == 0:
        raise NoAnswerError(f"{key}: an arm has nobody with an answer")
    (a, n), (b, m) = shares
    (low_a, high_a), (low_b, high_b) = _wilson(a, n), _wilson(b, m)
    value = a / n - b / m
    lower = value - np.hypot(a / n - low_a, high_b - b / m)
    upper = value + np.hypot(high_a - a / n, b / m - low_b)
    common = (a + b) / (n + m)
    se = np.sqrt(common * (1 - common) * (1 / n + 1 / m))
    p = float(2 * norm.sf(abs(value) / se)) if se > 0 else 1.0
    return Effect(key, "risk difference", arms, value, float(lower), float(upper), 0.0, p, p, n + m)


def _wilson(yes: int, n: int) -> tuple[float, float]:
    z = norm.ppf(0.975)
    middle = (yes + z**2 / 2) / (n + z**2)
    half = z / (n + z**2) * np.sqrt(yes * (n - yes) / n + z**2 / 4)
    return float(middle - half), float(middle + half)


def by_difference(
    key: str, arms: tuple[str, str], value: np.ndarray, is_first: np.ndarray, before: np.ndarray
) -> Effect:
    """Return the difference of means, adjusted for where each began if that is known of all.

    Least squares on arm and the value before the draw; the variance is HC2, which allows arms to
    spread differently (MacKinnon & White 1985), on n - k degrees of freedom.

    Raises:
        NoAnswerError: If there are too few people for that.
    """
    design = [np.ones(len(value)), is_first.astype(np.float64)]
    if np.isfinite(before).all() and np.ptp(before) > 0:
        design.append(before - before.mean())
    x = np.stack(design, axis=1)
    n, k = x.shape
    if n <= k or not 0 < is_first.sum() < n:
        raise NoAnswerError(f"{key}: too few people have an answer")
    bread = np.linalg.inv(x.T @ x)
    beta = bread @ x.T @ value
    leverage = np.einsum("ij,jk,ik->i", x, bread, x)
    weight = (value - x @ beta) ** 2 / np.maximum(1 - leverage, 1e-12)
    se = float(np.sqrt((bread @ (x.T * weight) @ x @ bread)[1, 1]))
    wide = float(student.ppf(0.975, n - k)) * se
    p = float(2 * student.sf(abs(beta[1]) / se, n - k)) if se > 0 else 1.0
    b = float(beta[1])
    return Effect(key, "difference", arms, b, b - wide, b + wide, 0.0, p, p, n)


def shares_of(arms: tuple[str, str], is_yes: np.ndarray, is_first: np.ndarray) -> tuple[Share, ...]:
    """Return how many of each of two arms had it."""
    return tuple(
        Share(arm, int(is_yes[of].sum()), int(of.sum()))
        for arm, of in zip(arms, (is_first, ~is_first), strict=True)
    )


def holm(p: list[float]) -> list[float]:
    """Return p values adjusted for how many there are (Holm 1979): none is below a smaller one's."""
    order = np.argsort(p, kind="stable")
    steps = np.array(p)[order] * (len(p) - np.arange(len(p)))
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return [float(one) for one in adjusted]
