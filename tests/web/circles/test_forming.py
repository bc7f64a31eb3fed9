"""The weekly run asks people to sit with people, and only fills what stands."""

from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from tests.web.circles.making import AT, vouched, wishing

from kith.web.circles import actions
from kith.web.circles.choices import Answer, ChairState, CircleState
from kith.web.circles.models import Chair, Circle, Formation, Wish
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance

pytestmark = pytest.mark.django_db


def answer_all(answer: Answer = Answer.YES) -> None:
    for chair in Chair.objects.filter(state=ChairState.ASKED):
        actions.answer(chair=chair, answer=answer, at=AT)


def seated(circle: Circle) -> set[str]:
    sits = circle.chairs.filter(state=ChairState.SITS)
    return {chair.person.called for chair in sits}


def test_six_who_wish_are_asked_for_one_circle() -> None:
    people = [wishing(name) for name in ("Ada", "Ben", "Cem", "Dev", "Eva", "Fay")]

    formation = actions.form_circles(at=AT, seed=7)

    assert formation.people == 6
    circle = Circle.objects.get()
    assert circle.state == CircleState.PROPOSED
    assert {chair.person for chair in circle.chairs.all()} == set(people)
    assert {chair.state for chair in circle.chairs.all()} == {ChairState.ASKED}


def test_circle_begins_when_four_say_yes() -> None:
    for name in ("Ada", "Ben", "Cem", "Dev", "Eva", "Fay"):
        wishing(name)
    actions.form_circles(at=AT, seed=7)
    asked = list(Chair.objects.order_by("pk"))

    for chair in asked[:3]:
        actions.answer(chair=chair, answer=Answer.YES, at=AT)
    before = Circle.objects.get().state
    actions.answer(chair=asked[3], answer=Answer.YES, at=AT)

    assert before == CircleState.PROPOSED
    circle = Circle.objects.get()
    assert circle.state == CircleState.MEETS
    assert circle.begun_on is not None
    assert circle.begun_on > AT.date()
    assert circle.begun_on.weekday() == circle.weekday
    assert len(seated(circle)) == 4
    # The fifth may still say yes, and sits at once.
    actions.answer(chair=asked[4], answer=Answer.YES, at=AT)
    assert len(seated(circle)) == 5


def test_repair_fills_chairs_and_moves_nobody() -> None:
    for name in ("Ada", "Ben", "Cem", "Dev", "Eva", "Fay"):
        wishing(name)
    actions.form_circles(at=AT, seed=7)
    asked = list(Chair.objects.order_by("pk"))
    for chair in asked[:4]:
        actions.answer(chair=chair, answer=Answer.YES, at=AT)
    for chair in asked[4:]:
        actions.answer(chair=chair, answer=Answer.NOT_NOW, at=AT)
    circle = Circle.objects.get()
    sat = seated(circle)
    hour = circle.weekday, circle.starts
    for name in ("Gus", "Hal"):
        wishing(name)

    actions.form_circles(at=AT + timedelta(days=7), seed=8)
    answer_all()

    circle.refresh_from_db()
    assert seated(circle) == sat | {"Gus", "Hal"}
    assert (circle.weekday, circle.starts) == hour
    assert Circle.objects.count() == 1


def test_two_who_keep_apart_are_never_asked_for_the_same_circle() -> None:
    people = [wishing(f"P{number}") for number in range(10)]
    Distance.objects.create(by=people[0], whom=people[1], kind=Kind.AVOID)

    for seed in range(5):
        actions.form_circles(at=AT, seed=seed)
        circles = [set(c.chairs.values_list("person", flat=True)) for c in Circle.objects.all()]
        assert circles
        assert not any({people[0].pk, people[1].pk} <= circle for circle in circles)
        Circle.objects.all().delete()


def test_one_who_did_not_answer_in_time_is_no_longer_asked() -> None:
    people = [wishing(name) for name in ("Ada", "Ben", "Cem", "Dev")]
    actions.form_circles(at=AT, seed=7)

    actions.form_circles(at=AT + timedelta(days=7), seed=8)

    assert [circle.state for circle in Circle.objects.all()] == [CircleState.CLOSED]
    rests = {wish.rests_until for wish in Wish.objects.filter(person__in=people)}
    assert rests == {(AT + timedelta(days=35)).date()}


def test_people_new_here_alone_are_no_circle_and_one_a_steward_vouches_for_makes_it_one() -> None:
    people = [wishing(name, days=40) for name in ("Ada", "Ben", "Cem", "Dev")]
    actions.form_circles(at=AT, seed=7)
    before = Circle.objects.count()
    vouched(people[0])

    actions.form_circles(at=AT, seed=7)

    assert before == 0
    assert Circle.objects.count() == 1


def test_formation_keeps_seed_and_law_of_chance() -> None:
    wishing("Ada")

    actions.form_circles(at=AT, seed=7)

    kept = Formation.objects.get()
    assert kept.seed == 7
    assert kept.law == {"share": 0.2, "points": 40, "probability_of_each": 1 / 41}


def test_formation_keeps_how_often_two_would_sit_together_by_other_dice(settings: Any) -> None:
    settings.KITH_CIRCLES_DRAWS = 3
    for number in range(5):
        wishing(f"P{number}")

    formation = actions.form_circles(at=AT, seed=7)

    formation.refresh_from_db()
    assert formation.thrown_again == 3
    chairs = set(Chair.objects.values_list("pk", flat=True))
    assert len(chairs) == 5
    # There is but one circle that five people can be, whatever the dice say.
    assert sorted(formation.together) == [
        [one, other, 3] for one, other in combinations(sorted(chairs), 2)
    ]


def test_who_is_erased_is_in_no_formation(settings: Any) -> None:
    settings.KITH_CIRCLES_DRAWS = 1
    people = [wishing(f"P{number}") for number in range(5)]
    formation = actions.form_circles(at=AT, seed=7)
    key = people[0].pk.hex

    people[0].delete()

    formation.refresh_from_db()
    left = set(Chair.objects.values_list("pk", flat=True))
    assert len([one for one in formation.together if set(one[:2]) <= left]) == 6
    assert key not in str(formation.together)
