"""Plain code that looks at a choice once more, and shares nothing with what made it."""

from enum import Enum

from kith.core.reach.choosing import Choice
from kith.core.reach.crowd import Asker, Crowd
from kith.core.reach.rule import RULE, Rule


class Wrong(Enum):
    """How somebody must not have been chosen."""

    TOO_MANY = "more than are rung at once"
    TWICE = "somebody twice"
    APART = "somebody they must not meet, or they themselves"
    BUSY = "somebody who is being rung"
    LIMIT = "somebody who was rung as often as they let"
    LANGUAGE = "somebody who speaks no language of theirs"
    UNWILLING = "somebody who did not say yes to them"
    NEW = "somebody new, who is neither in the plan nor in the circle"
    HOURS = "somebody outside of their hours"
    TIRED = "somebody they do not know, who was rung a short while ago"
    ODDS = "a probability that is none"


def faults_of(choice: Choice, crowd: Crowd, asker: Asker, rule: Rule = RULE) -> list[Wrong]:
    """Return what is wrong with `choice`: nothing, if all rules were kept."""
    people = [int(person) for person in choice.person]
    found = []
    if len(people) > rule.parallel:
        found.append(Wrong.TOO_MANY)
    if len(set(people)) < len(people):
        found.append(Wrong.TWICE)
    if not all(0 < float(p) <= 1 for p in choice.p) or len(choice.p) != len(people):
        found.append(Wrong.ODDS)
    for person in people:
        found += _faults_of_one(person, crowd, asker, rule)
    return found


def _faults_of_one(one: int, crowd: Crowd, asker: Asker, rule: Rule) -> list[Wrong]:
    in_plan, in_circle = one in asker.plan.tolist(), one in asker.circle.tolist()
    open_to = int(crowd.open_to[one])
    is_open = in_plan or (in_circle and open_to >= 1) or open_to == 2
    is_stranger = not in_plan and not (in_circle and open_to >= 1)
    is_limited = (
        crowd.rung_today[one] >= crowd.most_a_day[one]
        or crowd.rung_this_week[one] >= crowd.most_a_week[one]
    )
    said = {
        Wrong.APART: one in asker.apart.tolist(),
        Wrong.BUSY: crowd.busy_until_s[one] > asker.now_s,
        Wrong.LIMIT: is_limited,
        Wrong.LANGUAGE: int(crowd.languages[one]) & asker.languages == 0,
        Wrong.UNWILLING: not is_open,
        Wrong.NEW: is_stranger and crowd.is_new[one],
        Wrong.HOURS: not in_plan and not crowd.is_in_hours[one],
        Wrong.TIRED: is_stranger and asker.now_s - crowd.last_rung_s[one] < rule.rest_s,
    }
    return [wrong for wrong, is_so in said.items() if is_so]
