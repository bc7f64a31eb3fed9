"""The choice: those of the plan in their order, then the nearest, with a share for chance."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float64, Int64

from kith.core.reach.crowd import ANYBODY, KNOWN, Asker, Crowd
from kith.core.reach.rule import RULE, Rule

# Ties nearer to each other than this count as equal, and chance decides between them.
_STEP = 0.05


class Choice(NamedTuple):
    """Who is rung, in the order of choice, and how likely each was when their turn came.

    Args:
        person: Rows of the crowd.
        p: 1 for those of the plan. For others the probability given all who were chosen before.
    """

    person: Int64[np.ndarray, "_"]
    p: Float64[np.ndarray, "_"]


def choose(crowd: Crowd, asker: Asker, dice: np.random.Generator, rule: Rule = RULE) -> Choice:
    """Return up to `rule.parallel` people to ring at once; nobody if nobody may be rung.

    Those of the plan come first. Each other place goes, with probability p_chance, to any who may
    be rung, all alike; else to whoever is worth most, and by lot among those who are worth alike:

        p = p_chance / m + (1 - p_chance) * [is among the k worth most] / k
    """
    may = may_be_rung(crowd, asker, rule)
    plan = list(dict.fromkeys(one for one in asker.plan.tolist() if may[one]))[: rule.parallel]
    may[plan] = False
    left = np.flatnonzero(may)
    value = worth(crowd, asker, rule)[left]
    chosen, p = list(plan), [1.0] * len(plan)
    while len(chosen) < rule.parallel and len(left):
        best = np.flatnonzero(value == value.max())
        among = np.arange(len(left)) if dice.random() < rule.p_chance else best
        place = int(among[int(dice.random() * len(among))])
        chosen.append(int(left[place]))
        is_best = bool(value[place] == value[best[0]])
        p.append(rule.p_chance / len(left) + (1 - rule.p_chance) * is_best / len(best))
        left, value = np.delete(left, place), np.delete(value, place)
    return Choice(np.array(chosen, np.int64), np.array(p, np.float64))


def may_be_rung(crowd: Crowd, asker: Asker, rule: Rule = RULE) -> Bool[np.ndarray, "people"]:
    """Return who may be rung by `asker` now.

    Somebody of their plan, whose hours the plan knows; somebody of their circle who is open to
    those; or somebody who is open to anybody, is not new and was not rung lately. Always one
    who speaks a language of theirs, is not being rung, and was rung less often than they let.
    """
    may: Bool[np.ndarray, people] = (crowd.open_to == ANYBODY) & ~crowd.is_new
    may &= crowd.last_rung_s <= asker.now_s - rule.rest_s
    may[asker.circle] |= crowd.open_to[asker.circle] >= KNOWN
    may &= crowd.is_in_hours
    may[asker.plan] = True
    may &= (crowd.languages & np.uint64(asker.languages)) != 0
    may &= crowd.busy_until_s <= asker.now_s
    may &= crowd.rung_today < crowd.most_a_day
    may &= crowd.rung_this_week < crowd.most_a_week
    may[asker.apart] = False
    return may


def worth(crowd: Crowd, asker: Asker, rule: Rule = RULE) -> Float64[np.ndarray, "people"]:
    """Return what speaks for each of the crowd; only the order counts.

    tie * strength + circle * [sits with them] + awake * [has time now] - load * share rung

    The strength is in steps of 0.05, and the share is of how often they let themselves be rung
    in a week.
    """
    value: Float64[np.ndarray, people] = rule.awake * crowd.is_awake.astype(np.float64)
    value -= rule.load * crowd.rung_this_week / np.maximum(crowd.most_a_week, 1)
    value[asker.circle] += rule.circle
    value[asker.tied] += rule.tie * _STEP * np.floor(asker.strength / _STEP)
    return value
