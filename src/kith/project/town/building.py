"""A simulated town is made once, in a demo's own database and in no other."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from kith.errors import RefusalError
from kith.lab.living import Year
from kith.project.town import evenings, helping, places, reaching, sitting, studying
from kith.project.town.acts import write_ties
from kith.project.town.people import write_people
from kith.project.town.personas import Words, keep_words, words_kept
from kith.project.town.sizes import DAYS, GATHERINGS, SEED, Beside, one_after_the_other
from kith.web.circles.choices import ChairState
from kith.web.circles.models import Chair
from kith.web.notices.models import Notice
from kith.web.people.models import Person
from kith.web.study.models import Study

Say = Callable[[str], None]


class NotDemoError(RefusalError):
    """Simulated people come into a demo's own database, and into no other."""

    def __init__(self) -> None:
        super().__init__("Simulated people live in a demo only: this is another database.")


def town_of_demo(folder: Path, *, beside: Beside | None = None, say: Say = print) -> Words:
    """Return the words of the three whom somebody may be; the town is built the first time.

    Args:
        folder: Where the demo keeps its data.
        beside: What another process does meanwhile; it is done here if it is left out.
        say: Is told what is done next.

    Raises:
        NotDemoError: If this is no demo, or its database is not its own.
    """
    refuse_elsewhere(folder)
    words = words_kept(folder)
    if words is not None:
        return words
    say("a year of a simulated town")
    others = beside or one_after_the_other()
    year = others.year()
    with transaction.atomic():
        personas = build(year, now=timezone.now(), seed=SEED, beside=others, say=say)
        return keep_words(folder, personas)


def refuse_elsewhere(folder: Path) -> None:
    """Do nothing in a demo that has a database of its own in `folder`.

    Raises:
        NotDemoError: If it is not that.
    """
    name = str(connection.settings_dict["NAME"])
    is_ours = connection.vendor == "sqlite" and Path(name).parent == folder
    if not (settings.KITH_IS_DEMO and is_ours):
        raise NotDemoError


def build(
    year: Year, *, now: datetime, seed: int, beside: Beside, say: Say = print
) -> dict[str, Person]:
    """Write a town that lived `year` until yesterday; return who may be tried: see Words."""
    last = timezone.localdate(now) - timedelta(days=1)
    first = last - timedelta(days=DAYS - 1)
    since = now - timedelta(days=DAYS)
    people = write_people(year, first=first, seed=seed)
    hosts = _from_the_beginning(year, people)
    say("its gatherings")
    gatherings = places.open_gatherings(hosts, since=since)
    lived = evenings.evenings_of(year, first=first, last=last)
    evenings.write_evenings(lived, people, gatherings)
    reaching.write_calls(reaching.calls_of(year), people, first=first)
    write_ties()
    say("a study of it")
    study = _study(year, people, first=first, seed=seed)
    report = studying.begin_report(study, beside, seed=seed)
    say("its circles, pairs, asks and offers")
    _sit(people, now=now, seed=seed)
    helping.help_each_other(year, people, now=now, seed=seed)
    studying.publish(study, report)
    write_ties()
    # What they were told in the year they have read; the rest is of today.
    Notice.objects.filter(seen_at=None).update(seen_at=now)
    sitting.listen(people, now=now, seed=seed)
    evenings.answer_ahead(year, people, gatherings, seed=seed)
    three = _three(hosts)
    evenings.expect(three["member"], gatherings)
    return three


def _study(year: Year, people: Sequence[Person], *, first: date, seed: int) -> Study:
    """Let a study run through, and return it, closed."""
    locked = timezone.make_aware(datetime.combine(first + timedelta(days=studying.LOCKED), time(9)))
    study = studying.begin_study(seed=seed, at=locked)
    consents = studying.join_all(study, year, people, first=first, seed=seed)
    studying.write_answers(study, year, consents, seed=seed)
    return studying.end_study(study, first=first)


def _sit(people: Sequence[Person], *, now: datetime, seed: int) -> None:
    """Let circles form, and meet in each of their weeks."""
    last = timezone.localdate(now) - timedelta(days=1)
    circles = sitting.form(people, now=now, seed=seed)
    sitting.write_sat(list(sitting.sat(circles, last=last, seed=seed)))
    sitting.go_on(circles, last=last)


def _from_the_beginning(year: Year, people: Sequence[Person]) -> list[Person]:
    return [person for person, day in zip(people, year.joins, strict=True) if day == 0]


def _three(hosts: Sequence[Person]) -> dict[str, Person]:
    """Return who may be tried: a member who sits in a circle, a host, and one who keeps kith."""
    *others, keeper = hosts[2 * GATHERINGS :] or hosts[1:]
    sits = set(Chair.objects.filter(state=ChairState.SITS).values_list("person", flat=True))
    member = next((one for one in others if one.pk in sits), others[0])
    keeper.is_steward = True
    keeper.save(update_fields=["is_steward"])
    return {"member": member, "host": hosts[0], "researcher": keeper}
