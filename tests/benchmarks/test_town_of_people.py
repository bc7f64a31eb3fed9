"""The made-up town is written in bulk; told to the actions one by one it is the same."""

from datetime import UTC, datetime
from itertools import islice

import pytest
from django.db import transaction
from tests.web.gatherings.making import call, gatherings, meeting, take_in

from benchmarks import town_of_people
from kith.web.acts.actions import record
from kith.web.acts.models import Act, Tie
from kith.web.gatherings import actions
from kith.web.gatherings.models import Coming
from kith.web.notices.actions import tell
from kith.web.notices.models import Notice
from kith.web.people.models import Person

pytestmark = pytest.mark.django_db
MEMBERS, ACTS = 12, 150


def everything(people, *, since):
    """All rows of the town, with places in `people` for keys, and when each was made left out."""
    place = {person.pk: number for number, person in enumerate(people)} | {None: None}
    comings = Coming.objects.values_list("person", "gathering", "on", "answer", "was_there")
    acts = Act.objects.values_list(
        "kind", "actor", "other", "mode", "minutes", "help", "on", "setting", "number"
    )
    notices = Notice.objects.filter(made_at__gte=since, seen_at=None)
    ties = {}
    for tie in Tie.objects.all():
        low, high = place[tie.low_id], place[tie.high_id]
        ties[low, high] = tie.strength, tie.help_up, tie.help_down, tie.day
        ties[high, low] = tie.strength, tie.help_down, tie.help_up, tie.day
    return {
        "comings": sorted(((place[p], *rest) for p, *rest in comings), key=str),
        "acts": sorted(((k, place[a], place[o], *rest) for k, a, o, *rest in acts), key=str),
        "notices": sorted((place[n.person_id], n.about, n.words, n.path) for n in notices),
        "ties": ties,
    }


def tell_one_by_one(planned, people, places):
    for person, place, on, said in planned.comings:
        actions.answer(person=people[person], gathering=places[place], on=on, said=said)
    for person, place, on, _minutes in planned.beens:
        actions.say_was_there(person=people[person], gathering=places[place], on=on, was_there=True)
    # Those of `beens` come last, and were written by saying so.
    for act in islice(town_of_people.acts_of(planned, people, places), len(planned.acts)):
        record(act)
    for person, place in planned.notices:
        tell(**town_of_people.notice_of(people[person], places[place]))


def test_town_in_bulk_is_the_town_told_one_by_one():
    take_in(meeting(), call("Morning Call", day=3, time="08:00", end_time="09:00"))
    places, now = gatherings(), datetime.now(UTC)
    planned = town_of_people.plan_for(places, members=MEMBERS, acts=ACTS, now=now)
    found = []
    for write in (town_of_people.write, tell_one_by_one):
        with transaction.atomic():
            people = [Person.objects.create() for _ in range(MEMBERS)]

            write(planned, people, places)

            found.append(everything(people, since=now))
            transaction.set_rollback(True)

    in_bulk, one_by_one = found
    ties = {key: pytest.approx(held, abs=1e-9) for key, held in one_by_one["ties"].items()}
    assert in_bulk == {**one_by_one, "ties": ties}
    assert all(in_bulk.values())
    assert planned.beens
