"""The smallest number that is enough."""

from collections.abc import Callable

from kith.errors import InvalidInputError, NoAnswerError

MOST = 10_000_000


class NeverEnoughError(NoAnswerError):
    """No number of people that could ever be asked is enough."""


def smallest(power: Callable[[int], float], target: float, least: int) -> int:
    """Return the smallest n, from `least`, with power(n) >= target; power must not fall with n.

    Raises:
        InvalidInputError: If the target is not between 0 and 1.
        NeverEnoughError: If `MOST` is not enough.
    """
    if not 0 < target < 1:
        raise InvalidInputError(f"target must be between 0 and 1, got {target}")
    high = least
    while power(high) < target:
        if high >= MOST:
            raise NeverEnoughError(f"{MOST} are not enough")
        high *= 2
    low = max(least, high // 2)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if power(middle) >= target else (middle + 1, high)
    return low


def refuse_alpha(alpha: float) -> None:
    """Refuse a level of significance that is none.

    Raises:
        InvalidInputError: If it is not between 0 and 1.
    """
    if not 0 < alpha < 1:
        raise InvalidInputError(f"alpha must be between 0 and 1, got {alpha}")
