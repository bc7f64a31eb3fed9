"""One tie, and one act on it, in plain Python: nothing here waits for a compiler."""

from collections.abc import Iterable
from functools import reduce
from math import inf
from typing import NamedTuple

from kith.core.records import Act, Help
from kith.core.ties.rule import RULE, Rule
from kith.errors import InvalidInputError


class Tie(NamedTuple):
    """What two people have between them, as it stood on a day.

    Of the two, low is the one with the lower number, high the other.

    Args:
        strength: From 0 to below 1, the same for both.
        help_up: Help that low gave high: each adds 1, and fades like the strength.
        help_down: Help that high gave low.
        day: Of the last act, or the day to which it was faded.
    """

    strength: float
    help_up: float
    help_down: float
    day: float


# Two people before their first act.
UNTIED = Tie(0.0, 0.0, 0.0, -inf)


def faded(tie: Tie, day: float, rule: Rule = RULE) -> Tie:
    """Return `tie` as it stands on `day` if nothing more happens.

    Raises:
        InvalidInputError: If `day` is before the tie's own.
    """
    if not day >= tie.day:
        raise InvalidInputError(f"day must not be before the tie's last, {tie.day}, got {day}")
    left = 2.0 ** (-(day - tie.day) / rule.half_life_days)
    return Tie(tie.strength * left, tie.help_up * left, tie.help_down * left, day)


def learned(tie: Tie, act: Act, rule: Rule = RULE) -> Tie:
    """Return `tie` after one more act of its two people.

    Raises:
        InvalidInputError: If the act is dated before the tie's last day. Learn all acts of the
            two anew then: see `relearned`.
    """
    strength, help_up, help_down, day = faded(tie, act.day, rule)
    strength += rule.rate * rule.worth(act.mode, act.minutes) * (1.0 - strength)
    given, received = act.help & Help.GIVEN, act.help >> 1
    if act.actor < act.other:
        return Tie(strength, help_up + given, help_down + received, day)
    return Tie(strength, help_up + received, help_down + given, day)


def relearned(acts: Iterable[Act], rule: Rule = RULE) -> Tie:
    """Return the tie that all `acts` of two people make, in any order.

    Raises:
        InvalidInputError: If the acts are of more than one pair.
    """
    by_day = sorted(acts, key=lambda act: act.day)
    pairs = {frozenset((act.actor, act.other)) for act in by_day}
    if len(pairs) > 1:
        raise InvalidInputError(f"acts must be of one pair, got {len(pairs)}")
    return reduce(lambda tie, act: learned(tie, act, rule), by_day, UNTIED)
