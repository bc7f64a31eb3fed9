"""Those of a plan are rung first, no oftener than they said, and the plan hears when it helped."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.plans.making import circle_mates, line, said_yes
from tests.web.reach.people.making import asked, ring_of, rung, willing

from kith.web.plans.choices import Often, Practised
from kith.web.plans.models import Practice
from kith.web.reach import actions
from kith.web.reach.choices import Said

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def test_who_is_in_the_plan_is_rung_though_open_to_nobody_else():
    ada, ruth = circle_mates("Ada", "Ruth")
    line(ada, said_yes(ada, ruth))

    assert rung(asked(ada)) == ["Ruth"]


def test_a_ring_counts_for_the_limit_that_was_agreed():
    ada, ruth = circle_mates("Ada", "Ruth")
    line(ada, said_yes(ada, ruth, often=Often.DAY))
    now = timezone.now()

    first = asked(ada, at=now)
    actions.stop(reach=first)
    again = asked(ada, at=now + timedelta(hours=2))

    assert rung(again) == []
    actions.stop(reach=again)
    assert rung(asked(ada, at=now + DAY + timedelta(minutes=1))) == ["Ruth"]


def test_ring_of_somebody_else_counts_for_nobody_in_the_plan():
    ada, ruth = circle_mates("Ada", "Ruth")
    asking = said_yes(ada, ruth, often=Often.DAY)
    line(ada, asking)
    willing("Teo")

    asked(ada)

    assert len(asking.answer.__class__.objects.get(asking=asking).called) == 1


@pytest.mark.parametrize(("said", "leaves"), [(Said.REACHED, 1), (Said.OTHER, 0), (Said.UNSAID, 0)])
def test_drawing_grows_by_a_moment_that_reached_a_person(said, leaves):
    ada, ruth = circle_mates("Ada", "Ruth")
    line(ada, said_yes(ada, ruth))
    reach = asked(ada)
    actions.answer(ring=ring_of(reach, ruth), at=timezone.now())
    reach.refresh_from_db()

    actions.say_after(reach=reach, said=said, at=timezone.now())

    grown = Practice.objects.filter(planner=ada, kind=Practised.REACHED)
    assert grown.count() == leaves
