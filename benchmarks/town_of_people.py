"""Made-up people of a town, in an instance that already holds gatherings: the same for one seed.

    KITH_DATA_DIR=... python benchmarks/town_of_people.py [--members 10000] [--acts 100000]

They come to a few gatherings each, talk there with the same people again and again, say
afterwards that they were there, and some have a notice that they have not seen. Half of them sit
in a circle. All is written in bulk; a test tells a small town act by act to the actions and finds
the same rows.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

NAMES = "Ruth Kofi Wren Ana Luis Mei Omar Edith Jonas Priya Noor Sam Tomás Ines Ada".split()
PER_GATHERING = 30
CIRCLE = 5
YEAR_DAYS = 365
# How often somebody answers a gathering for good, for one date, or with maybe.
EVERY_SHARE, MAYBE_SHARE = 0.5, 0.15
# Of all acts.
TALK_SHARE, THANK_SHARE = 0.45, 0.05
NOTICE_SHARE = 0.3
DOORS = 500


@dataclass(frozen=True, slots=True)
class Plan:
    """What the people of a town say and do, by the places of people and gatherings in lists.

    Args:
        comings: (person, gathering, date or None for every one, answer).
        beens: (person, gathering, date of late, minutes) of who said that they were there.
        acts: (kind, person, other or None, gathering, date, minutes, help), in any order of date.
        notices: (person, gathering).
    """

    comings: list[tuple[int, int, date | None, str]]
    beens: list[tuple[int, int, date, int]]
    acts: list[tuple[str, int, int | None, int, date, int, str]]
    notices: list[tuple[int, int]]


def plan(
    *,
    members: int,
    acts: int,
    ahead: Sequence[Sequence[date]],
    held: Sequence[Sequence[tuple[date, int]]],
    today: date,
    seed: int = 1,
) -> Plan:
    """Return what `members` people do, given each gathering's next dates and those of late."""
    dice = random.Random(seed)
    going = [
        dice.sample(range(len(ahead)), min(len(ahead), 1 + int(4 * dice.random() ** 2)))
        for _ in range(members)
    ]
    crowds: list[list[int]] = [[] for _ in ahead]
    for person, gatherings in enumerate(going):
        for gathering in gatherings:
            crowds[gathering].append(person)
    beens = [
        (person, gathering, *dice.choice(held[gathering]))
        for person, gatherings in enumerate(going)
        for gathering in gatherings[:1]
        if held[gathering] and dice.random() < 0.2
    ]
    return Plan(
        comings=list(_comings(dice, going, ahead)),
        beens=beens,
        acts=list(_acts(dice, crowds, acts - len(beens), today)),
        notices=[
            (p, gatherings[0]) for p, gatherings in enumerate(going) if dice.random() < NOTICE_SHARE
        ],
    )


def _comings(
    dice: random.Random, going: list[list[int]], ahead: Sequence[Sequence[date]]
) -> Iterator[tuple[int, int, date | None, str]]:
    for person, gatherings in enumerate(going):
        for gathering in gatherings:
            answer = "maybe" if dice.random() < MAYBE_SHARE else "come"
            if dice.random() < EVERY_SHARE:
                yield person, gathering, None, answer
            elif ahead[gathering]:
                yield person, gathering, dice.choice(ahead[gathering][:2]), answer


def _acts(
    dice: random.Random, crowds: list[list[int]], count: int, today: date
) -> Iterator[tuple[str, int, int | None, int, date, int, str]]:
    places = [place for place, crowd in enumerate(crowds) if len(crowd) > 1]
    for _ in range(count):
        place = dice.choice(places)
        crowd = crowds[place]
        one = dice.randrange(len(crowd))
        # The square of an even draw: people mostly talk with the same few.
        other = (one + 1 + int((len(crowd) - 1) * dice.random() ** 2)) % len(crowd)
        on = today - timedelta(days=dice.randrange(1, YEAR_DAYS))
        draw = dice.random()
        if draw < TALK_SHARE:
            yield (
                "talked",
                crowd[one],
                crowd[other],
                place,
                on,
                20,
                dice.choice(("none", "none", "given", "received", "both")),
            )
        elif draw < TALK_SHARE + THANK_SHARE:
            yield "thanked", crowd[one], crowd[other], place, on, 1, "received"
        else:
            yield "there", crowd[one], None, place, on, 60, "none"


def seed(*, members: int, acts: int) -> list[tuple[str, str]]:
    """Fill the instance with people; return the keys of some open doors, and where each comes to."""
    from kith.web.gatherings import queries
    from kith.web.people.models import Person

    now = datetime.now(UTC)
    gatherings = list(queries.everything()[: max(2, members // PER_GATHERING)])
    planned = plan_for(gatherings, members=members, acts=acts, now=now)
    people = [Person(called=NAMES[number % len(NAMES)]) for number in range(members)]
    Person.objects.bulk_create(people)
    Person.objects.update(joined_on=now.date() - timedelta(days=2 * YEAR_DAYS))
    write(planned, people, gatherings)
    seat(people, now=now)
    comes_to = {person: gatherings[place].slug for person, place, *_ in planned.comings}
    return [(open_door(people[person]), comes_to[person]) for person in list(comes_to)[:DOORS]]


def plan_for(gatherings: Sequence[Any], *, members: int, acts: int, now: datetime) -> Plan:
    """Return what `members` people do at `gatherings`."""
    from kith.web.gatherings import queries
    from kith.web.gatherings.bridge import meetings

    occasions = queries.occasions_by_gathering(gatherings)
    ahead, held = [], []
    for one in gatherings:
        dates = occasions.get(one.pk, ())
        coming = meetings.meetings_of(one, dates, zone=one.timezone, now=now, most=3)
        ahead.append([meeting.on for meeting in coming if not meeting.called_off])
        held.append(meetings.held_lately(one, dates, now=now, within=timedelta(days=6, hours=12)))
    return plan(members=members, acts=acts, ahead=ahead, held=held, today=now.date())


def acts_of(planned: Plan, people: Sequence[Any], gatherings: Sequence[Any]) -> Iterator[Any]:
    """Yield the acts of a plan as rows that are not written yet, those of `beens` last."""
    from kith.web.acts.models import Act

    beens = (
        ("there", person, None, place, on, minutes, "none")
        for person, place, on, minutes in planned.beens
    )
    for kind, person, other, place, on, minutes, helped in (*planned.acts, *beens):
        yield Act(
            kind=kind,
            actor=people[person],
            other=None if other is None else people[other],
            mode=_mode(kind, gatherings[place]),
            minutes=minutes,
            help=helped,
            on=on,
            setting="gathering",
            number=gatherings[place].pk,
        )


def _mode(kind: str, gathering: Any) -> str:
    if kind == "thanked":
        return "text"
    return "video" if gathering.mode == "online" else "in_person"


def notice_of(person: Any, gathering: Any) -> dict[str, Any]:
    """Return what somebody is told of a gathering."""
    words = f"“{gathering.name}” is somewhere else this week."
    return {
        "person": person,
        "about": "moved",
        "words": words,
        "path": gathering.get_absolute_url(),
    }


def write(planned: Plan, people: Sequence[Any], gatherings: Sequence[Any]) -> None:
    """Write a plan in bulk."""
    from django.db import transaction
    from django.utils import timezone

    from kith.web.acts.bridge import whole
    from kith.web.acts.models import Act, Tie
    from kith.web.gatherings.models import Coming
    from kith.web.notices.models import Notice

    answers: list[tuple[int, int, date | None, str, bool | None]]
    answers = [(*coming, None) for coming in planned.comings]
    answers += [(person, place, on, "come", True) for person, place, on, _minutes in planned.beens]
    with transaction.atomic():
        Coming.objects.bulk_create(
            Coming(
                person=people[person],
                gathering=gatherings[place],
                on=on,
                answer=answer,
                was_there=was_there,
            )
            for person, place, on, answer, was_there in answers
        )
        Act.objects.bulk_create(acts_of(planned, people, gatherings), batch_size=5_000)
        Tie.objects.bulk_create(whole.recomputed(), batch_size=5_000)
        Notice.objects.bulk_create(
            Notice(**notice_of(people[person], gatherings[place]), made_at=timezone.now())
            for person, place in planned.notices
        )


def seat(people: Sequence[Any], *, now: datetime) -> None:
    """Seat every second five of `people` in a circle; in every third of these somebody asks."""
    from kith.web.circles.choices import ChairState, CircleState, Kind, Way
    from kith.web.circles.models import Chair, Circle, Favor

    tables = [people[begin : begin + CIRCLE] for begin in range(0, len(people), 2 * CIRCLE)]
    circles = Circle.objects.bulk_create(
        Circle(
            state=CircleState.MEETS,
            name="Wednesday walkers",
            way=Way.IN_PERSON,
            place="The library",
            weekday=number % 7,
            starts=time(19),
            zone="Europe/London",
            asked_at=now - timedelta(weeks=9),
            begun_on=now.date() - timedelta(weeks=8),
            arc_from=now.date() - timedelta(weeks=2),
        )
        for number in range(len(tables))
    )
    Chair.objects.bulk_create(
        Chair(circle=circle, person=person, state=ChairState.SITS, asked_at=circle.asked_at)
        for circle, table in zip(circles, tables, strict=True)
        for person in table
    )
    Favor.objects.bulk_create(
        Favor(circle=circle, by=table[0], kind=Kind.ASK, words="A lift on Sunday", made_at=now)
        for circle, table in list(zip(circles, tables, strict=True))[::3]
    )


def open_door(person: Any) -> str:
    """Let `person` in by a browser of theirs, and return what its cookie holds."""
    from django.test import Client

    browser = Client()
    browser.force_login(person)
    return browser.cookies["door"].value


def main() -> None:
    """Fill the instance of KITH_DATA_DIR and print the open doors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--acts", type=int, default=100_000)
    choice = parser.parse_args()
    django.setup()
    print(json.dumps(seed(members=choice.members, acts=choice.acts)))


if __name__ == "__main__":
    main()
