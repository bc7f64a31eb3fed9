"""Eight weeks of people who come, answer as they like, leave, and keep apart."""

from datetime import timedelta
from itertools import combinations
from random import Random

import pytest
from tests.web.circles.making import AT, wishing

from kith.web.circles import actions
from kith.web.circles.access import HELD, OPEN
from kith.web.circles.choices import Answer, ChairState, CircleState
from kith.web.circles.models import Chair, Circle, Wish
from kith.web.kit.practices import PRACTICES
from kith.web.people.choices.week import packed, part_of_day
from kith.web.people.models import Person
from kith.web.safety import access as safety
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance

pytestmark = pytest.mark.django_db
WEEKS = 8


def newcomer(dice: Random, number: int) -> Person:
    """Return somebody with two or three free evenings, now and then a first month here."""
    evenings = [part_of_day(day, "evening") for day in dice.sample(range(7), dice.choice((2, 3)))]
    return wishing(
        f"P{number}",
        days=dice.choice((5, 45, 200, 400, 900)),
        only_among=["women"] if dice.random() < 0.15 else [],
        said={
            "hours": {"week": packed(frozenset().union(*evenings)), "zone": "Europe/London"},
            "practices": dice.sample(list(PRACTICES), 3),
            "spaces": ["women"] if dice.random() < 0.5 else [],
        },
    )


def seats() -> dict[int, set[str]]:
    """Return who sits in each circle that meets."""
    found: dict[int, set[str]] = {}
    sits = Chair.objects.filter(state=ChairState.SITS, circle__state=CircleState.MEETS)
    for chair in sits.select_related("person"):
        found.setdefault(chair.circle_id, set()).add(chair.person.called)
    return found


def check_that_all_holds() -> None:
    for circle in Circle.objects.filter(state__in=OPEN):
        chairs = list(circle.chairs.filter(state__in=HELD).select_related("person"))
        keys = {chair.person_id for chair in chairs}
        assert len(chairs) <= 6
        assert not safety.not_together(keys)
        among = set(circle.only_among)
        for chair in chairs:
            spaces = {
                row for said in chair.person.said.filter(topic="spaces") for row in said.value
            }
            wished = set(Wish.objects.get(person=chair.person).only_among)
            assert among <= spaces | wished
    held = Chair.objects.filter(state__in=HELD, circle__state__in=OPEN)
    people = list(held.values_list("person", flat=True))
    assert len(people) == len(set(people))


@pytest.mark.parametrize("seed", [1])
def test_a_season_moves_nobody_and_breaks_no_rule(seed: int) -> None:
    dice = Random(seed)
    people = [newcomer(dice, number) for number in range(30)]
    sat_once = set()
    for week in range(WEEKS):
        at = AT + timedelta(weeks=week)
        people += [newcomer(dice, len(people)) for _ in range(2)]
        before = seats()

        actions.form_circles(at=at, seed=seed * 100 + week)

        assert seats() == before
        check_that_all_holds()
        for chair in Chair.objects.filter(state=ChairState.ASKED):
            choice = dice.choices((*Answer, None), (6, 1, 1, 1))[0]
            if choice is not None:
                actions.answer(chair=chair, answer=Answer(choice), at=at)
        after = seats()
        # People sat down; nobody was made to get up.
        assert all(before[circle] <= after[circle] for circle in before)
        check_that_all_holds()
        sat_once |= set().union(*after.values(), set())
        _live(dice, week)
    assert len(sat_once) > 12


def _live(dice: Random, week: int) -> None:
    """Let one who sits leave, and two who sit apart wish never to meet."""
    sits = list(Chair.objects.filter(state=ChairState.SITS).order_by("pk"))
    if week % 2 and sits:
        gone = dice.choice(sits)
        gone.state = ChairState.LEFT
        gone.save()
    strangers = [
        (one, other)
        for one, other in combinations(Person.objects.order_by("called"), 2)
        if not Circle.objects.filter(chairs__person=one).filter(chairs__person=other).exists()
    ]
    one, other = dice.choice(strangers)
    Distance.objects.get_or_create(by=one, whom=other, kind=Kind.AVOID)
