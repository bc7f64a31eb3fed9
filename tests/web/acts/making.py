"""Acts among a few people, as tests want them."""

import random
from datetime import date, timedelta
from uuid import UUID

from kith.web.acts import actions
from kith.web.acts.choices import Help, Kind, Mode, Setting
from kith.web.acts.models import Act, Tie
from kith.web.people.models import Person

TUESDAY = date(2026, 11, 24)


def people(count):
    """People whose keys are not in the order in which they joined."""
    return [Person.objects.create(pk=UUID(int=(7 * number + 3) % 101)) for number in range(count)]


def act(actor, other=None, *, on=TUESDAY, **more):
    """An act that is not written."""
    given = {
        "kind": Kind.TALKED, "mode": Mode.IN_PERSON, "minutes": 30.0,
        "setting": Setting.GATHERING, **more,
    }  # fmt: skip
    return Act(actor=actor, other=other, on=on, **given)


def year_of(folk, count):
    """Write `count` acts of a year, in no order of days, some of them by one person alone."""
    dice = random.Random(5)
    for _ in range(count):
        one, other = dice.sample(folk, 2)
        actions.record(
            act(
                one,
                other if dice.random() < 0.9 else None,
                on=TUESDAY - timedelta(days=dice.randrange(365)),
                mode=dice.choice(Mode.values),
                minutes=dice.choice([0.0, 5.0, 12.5, 90.0]),
                help=dice.choice(Help.values),
            )
        )


def ties():
    """All stored ties by the keys of their people, and their numbers."""
    return {
        (tie.low_id, tie.high_id): (tie.strength, tie.help_up, tie.help_down, tie.day)
        for tie in Tie.objects.all()
    }
