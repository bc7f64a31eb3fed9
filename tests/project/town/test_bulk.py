"""What the demo writes in bulk is what the actions of the app write, one by one."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from tests.project.town.conftest import DAYS, SEED

from kith.project.town import evenings, places, reaching, sitting, studying
from kith.project.town.acts import write_ties
from kith.project.town.people import joined_on, people_of, said_by, write_people
from kith.web.acts.models import Act, Tie
from kith.web.circles import actions as circles_actions
from kith.web.circles.choices import ChairState, CircleState, Way
from kith.web.circles.models import Chair, Circle, Presence
from kith.web.gatherings import actions as gatherings_actions
from kith.web.gatherings.choices import Thanks
from kith.web.gatherings.models import Coming, Gathering
from kith.web.people import actions as people_actions
from kith.web.people.choices import ShownTo, Topic
from kith.web.people.models import Person, Said
from kith.web.reach import actions as reach_actions
from kith.web.reach.choices import Said as After
from kith.web.reach.choices import State
from kith.web.reach.models import Reach
from kith.web.study import actions as study_actions
from kith.web.study.models import Prompt

pytestmark = pytest.mark.django_db
LATE = time(23, 59)


def acts():
    """All acts, whose gathering is told by its address."""
    slug_of = dict(Gathering.objects.values_list("pk", "slug"))
    rows = Act.objects.values_list("kind", "actor", "other", "mode", "minutes", "help", "on", "setting", "number")  # fmt: skip
    return sorted(((*row[:-1], slug_of.get(row[-1])) for row in rows), key=str)


def ties():
    """All ties, each number as close as rounding leaves it."""
    rows = Tie.objects.values_list("low", "high", "strength", "help_up", "help_down", "day")
    return {row[:2]: pytest.approx(row[2:], abs=1e-9) for row in rows}


def plain_ties():
    return {key: tuple(held.expected) for key, held in ties().items()}


def comings():
    rows = Coming.objects.filter(on__lt=timezone.localdate())
    return sorted(rows.values_list("person", "gathering__slug", "on", "answer", "was_there"), key=str)  # fmt: skip


def told_both_ways(in_bulk, one_by_one, look):
    """Return what `look` sees after the one and after the other, each in a town of its own."""
    found = []
    for write in (in_bulk, one_by_one):
        with transaction.atomic():
            write()
            found.append(look())
            transaction.set_rollback(True)
    return found


def opened(year):
    now = timezone.now()
    people = write_people(year, first=now.date() - timedelta(days=365), seed=SEED)
    hosts = people[: 2 * len(places.KINDS)]
    Person.objects.update(joined_on=now.date() - timedelta(days=400))
    hosts = list(Person.objects.filter(pk__in=[one.pk for one in hosts]))
    return people, places.open_gatherings(hosts, since=now - timedelta(days=365))


def test_evenings_in_bulk_are_the_evenings_that_people_say_one_by_one(few_days):
    last = timezone.localdate() - timedelta(days=1)
    lived = evenings.evenings_of(few_days, first=last - timedelta(days=DAYS - 1), last=last)
    # Which days these are hangs on today: on some, nobody of thirty is thanked by themselves.
    thanked = lived.talked[0]._replace(is_thanked=True)
    lived = replace(lived, talked=(thanked, *lived.talked[1:]))

    def in_bulk():
        people, gatherings = opened(few_days)
        evenings.write_evenings(lived, people, gatherings)
        write_ties()

    def one_by_one():
        people, gatherings = opened(few_days)
        for person, where, on in lived.there:
            gatherings_actions.say_was_there(person=people[person], gathering=gatherings[where], on=on, was_there=True)  # fmt: skip
        for one in lived.talked:
            person, other, where = people[one.person], people[one.other], gatherings[one.gathering]
            gatherings_actions.say_talked(person=person, others=[other], gathering=where, on=one.on)
            if one.is_thanked:
                gatherings_actions.thank(person=person, other=other, gathering=where, on=one.on, said=Thanks(Thanks.values[0]))  # fmt: skip

    bulk, told = told_both_ways(in_bulk, one_by_one, lambda: (comings(), acts(), plain_ties()))

    assert bulk[:2] == told[:2]
    assert bulk[2] == {key: pytest.approx(held, abs=1e-9) for key, held in told[2].items()}
    assert all(bulk)
    assert {act[0] for act in bulk[1]} == {"there", "talked", "thanked"}


def test_calls_in_bulk_are_what_is_left_of_calls_that_were_answered(few_days):
    first = timezone.localdate() - timedelta(days=90)
    year_calls = [(0, 0, 1, 9), (2, 5, 4, 30), (2, 1, 0, 4), *reaching.calls_of(few_days)]

    def in_bulk():
        people = write_people(few_days, first=first, seed=SEED)
        reaching.write_calls(year_calls, people, first=first)
        write_ties()

    def one_by_one():
        people = write_people(few_days, first=first, seed=SEED)
        for day, one, other, minutes in year_calls:
            ended = datetime.combine(first + timedelta(days=day), LATE, UTC)
            begun = ended - timedelta(minutes=minutes)
            reach = Reach.objects.create(
                person=people[one], answered_by=people[other], state=State.ANSWERED,
                started_at=begun, rings_until=begun, answered_at=begun,
            )  # fmt: skip
            reach_actions.say_after(reach=reach, said=After.REACHED, at=ended)
        reach_actions.forget_old(at=timezone.now())

    look = lambda: (acts(), Reach.objects.count(), plain_ties())  # noqa: E731
    bulk, told = told_both_ways(in_bulk, one_by_one, look)

    assert bulk[:2] == told[:2]
    assert bulk[2] == {key: pytest.approx(held, abs=1e-9) for key, held in told[2].items()}
    assert bulk[0]


def test_people_in_bulk_are_people_who_said_it_themselves(few_days):
    first = timezone.localdate() - timedelta(days=90)

    def in_bulk():
        write_people(few_days, first=first, seed=SEED)

    def one_by_one():
        for number, person in enumerate(people_of(few_days, seed=SEED)):
            person.save(force_insert=True)
            Person.objects.filter(pk=person.pk).update(joined_on=joined_on(few_days, number, first=first))  # fmt: skip
            for topic, value in said_by(few_days, number, seed=SEED).items():
                shown = {Topic.LANGUAGES: ShownTo.CIRCLE, Topic.PRACTICES: ShownTo.HERE, Topic.GIVES: ShownTo.CIRCLE}  # fmt: skip
                people_actions.say(person=person, topic=topic, value=value, shown_to=shown.get(topic, ShownTo.ME))  # fmt: skip

    def look():
        people = Person.objects.values_list("pk", "called", "joined_on", "is_steward", "handle")
        said = Said.objects.values_list("person", "topic", "value", "shown_to")
        return sorted(people), sorted(said, key=str)

    bulk, told = told_both_ways(in_bulk, one_by_one, look)

    assert bulk == told
    assert all(bulk)


def circle_of(people, *, first):
    circle = Circle.objects.create(
        way=Way.ONLINE, weekday=first.weekday(), starts=time(19), zone="Europe/London",
        state=CircleState.MEETS, asked_at=timezone.now(), begun_on=first, arc_from=first,
    )  # fmt: skip
    Chair.objects.bulk_create(
        Chair(
            circle=circle, person=one, state=ChairState.SITS, asked_at=timezone.now(), since=first
        )
        for one in people
    )
    return circle


def test_evenings_of_circles_in_bulk_are_those_that_people_say_one_by_one(few_days):
    last = timezone.localdate() - timedelta(days=1)
    first = last - timedelta(weeks=9)

    def sat():
        people = write_people(few_days, first=first, seed=SEED)
        circles = [circle_of(people[at : at + 5], first=first) for at in (0, 5)]
        return list(sitting.sat(circles, last=last, seed=SEED))

    def in_bulk():
        sitting.write_sat(sat())
        write_ties()

    def one_by_one():
        for one in sat():
            for person in one.there:
                chair = Chair.objects.get(circle=one.circle, person=person)
                at = one.circle.starts_on(one.on) + timedelta(minutes=70)
                circles_actions.say_was_there(chair=chair, on=one.on, at=at)

    def look():
        places_of = {pk: number for number, pk in enumerate(Circle.objects.order_by("pk").values_list("pk", flat=True))}  # fmt: skip
        there = Presence.objects.values_list(
            "meeting__circle", "meeting__on", "person", "was_there"
        )
        held = sorted(((places_of[circle], *rest) for circle, *rest in there), key=str)
        acts = Act.objects.values_list("number", "kind", "actor", "other", "mode", "minutes", "help", "on", "setting")  # fmt: skip
        return held, sorted(((places_of[act[0]], *act[1:]) for act in acts), key=str), plain_ties()

    bulk, told = told_both_ways(in_bulk, one_by_one, look)

    assert bulk[:2] == told[:2]
    assert bulk[2] == {key: pytest.approx(held, abs=1e-9) for key, held in told[2].items()}
    assert all(bulk)


def test_answers_to_a_study_in_bulk_are_those_that_people_give_one_by_one(few_days):
    first = timezone.localdate() - timedelta(days=300)
    locked = datetime.combine(first, time(9), UTC)

    def joined():
        people = write_people(few_days, first=first, seed=SEED)
        study = studying.begin_study(seed=SEED, at=locked)
        consents = studying.join_all(study, few_days, people[:12], first=first, seed=SEED)
        # All of them at once, so that what comes for one comes for all.
        moment = min(one.said_at for one in consents.values())
        for one in consents.values():
            one.said_at = moment
            one.save()
        return study, consents

    def in_bulk():
        study, consents = joined()
        studying.write_answers(study, few_days, consents, seed=SEED)

    def one_by_one():
        study, consents = joined()
        planned = list(studying.prompts_of(study, few_days, consents, seed=SEED))
        for one in sorted(planned, key=lambda one: one.intended_at):
            study_actions.plan_day(at=one.delivered_at)
            study_actions.deliver(at=one.delivered_at)
            asked = Prompt.objects.get(person=one.person_id, intended_at=one.intended_at)
            if one.answered_at is not None:
                study_actions.see(prompt=asked, at=one.answered_at)
                study_actions.answer(
                    prompt=asked, answers=one.answers, at=one.answered_at, now=one.answered_at
                )

    def look():
        rows = Prompt.objects.values_list(
            "person", "survey__key", "survey__version", "intended_at", "delivered_at", "shown_at",
            "answered_at", "came_at", "expires_at", "decide_at", "decision", "answers", "device_key",
        )  # fmt: skip
        return sorted(rows, key=str)

    bulk, told = told_both_ways(in_bulk, one_by_one, look)

    assert bulk == told
    assert {row[6] is None for row in bulk} == {True, False}
