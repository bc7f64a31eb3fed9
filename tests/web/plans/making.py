"""People with plans, as few lines as a test needs."""

from datetime import timedelta

from django.utils import timezone
from tests.web.circles.making import circle_of, longtime

from kith.web.gatherings.choices import Answer as Comes
from kith.web.gatherings.models import Coming
from kith.web.plans import actions
from kith.web.plans.actions import Line
from kith.web.plans.choices import Cue, Days, Deed, Often, Part, Place, Way
from kith.web.plans.models import Asking, Plan

ALWAYS = {"ways": list(Way), "parts": list(Part), "days": Days.ALL, "often": Often.ANY}


def circle_mates(*names, **more):
    """Return people of these names, who sit in a circle together."""
    people = [longtime(name) for name in names]
    circle_of(*people, **more)
    return people


def asked(planner, person, *, at=None):
    """Return that `planner` asked `person`."""
    return actions.ask(planner=planner, person=person, at=at or timezone.now())


def said_yes(planner, person, *, at=None, zone="UTC", **limits):
    """Return that `planner` asked `person`, who said yes."""
    asking = asked(planner, person, at=at)
    limits = {**ALWAYS, **limits}
    actions.answer(
        asking=asking, is_yes=True, limits=limits, zone=zone, at=at or timezone.now()
    )
    return Asking.objects.get(pk=asking.pk)


def line(planner, first=None, second=None, *, cue=Cue.PAID, words="", deed=Deed.RING, on=None):
    """Return a line of the plan of `planner`: to somebody, or the open room; and if not, the lines."""
    chosen = Line(
        cue=cue,
        words=words,
        deed=deed if first else "",
        first=first,
        first_place="" if first else Place.ROOM,
        second=second,
        second_place="" if second else Place.LINES,
    )
    return actions.keep(planner=planner, line=chosen, on=on or timezone.localdate())


def seen_at(gathering, *people, days_ago=7):
    """Note that these people were seen at a date of `gathering`."""
    on = timezone.localdate() - timedelta(days=days_ago)
    for person in people:
        Coming.objects.create(
            person=person, gathering=gathering, on=on, answer=Comes.COME, is_here=True
        )


def only_plan_of(person):
    """Return the one line of the plan of `person`."""
    return Plan.objects.get(planner=person)
