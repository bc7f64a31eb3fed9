"""Two people who are a pair, as few lines as a test needs."""

from datetime import datetime, timedelta
from typing import Any

from tests.web.circles.making import AT, wishing

from kith.web.circles import actions
from kith.web.circles.choices import Way
from kith.web.circles.models import Pair
from kith.web.people.models import Person

# Within the week for which a run at AT forms pairs: Wednesday, 7 pm in London.
STARTS = datetime.fromisoformat("2026-12-02T19:00:00+00:00")


def listener(called: str, **more: Any) -> Person:
    """Return somebody who wishes for a listening pair."""
    return wishing(called, **{"circle": False, "pair": True, **more})


def paired(one: Person, other: Person, **more: Any) -> Pair:
    """Return two people as a pair that neither has answered."""
    low, high = sorted((one, other), key=lambda person: person.pk.int)
    starts = more.pop("starts_at", STARTS)
    monday = (starts - timedelta(days=starts.weekday())).date()
    told = {
        "way": Way.ONLINE,
        "week_of": monday,
        "zone": "Europe/London",
        "reasons": {
            "low": [{"practice": "choir"}, {"receives": "listening"}, {"hour": True}],
            "high": [{"practice": "choir"}, {"gives": "listening"}, {"hour": True}],
        },
        "ends_at": starts + timedelta(days=1),
        **more,
    }
    return Pair.objects.create(low=low, high=high, starts_at=starts, **told)


def both_said_yes(pair: Pair, *, at: datetime = AT) -> Pair:
    """Return the pair after both of its two said yes."""
    for person in (pair.low, pair.high):
        pair = actions.answer_pair(pair=pair, person=person, is_yes=True, at=at)
    return pair
