"""Made-up people for a demo: somebody in a circle, asked for another, with a pair and a plan.

They are in no real instance. Whoever tries kith comes in as one of them, by six words drawn once;
and, in another browser, as somebody whom the first one may ring.
"""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kith.project.town.marking import MARK, marked
from kith.project.town.people import MIDDLE
from kith.web.circles.choices import ChairState, CircleState, Kind, Way
from kith.web.circles.models import Chair, Circle, Favor, Meeting, Pair, Presence
from kith.web.notices.actions import saw_page
from kith.web.notices.models import Pace
from kith.web.people import actions as people
from kith.web.people.actions import written
from kith.web.people.choices import Topic, Written
from kith.web.people.models import Person
from kith.web.plans import actions as plans
from kith.web.plans.choices import Cue, Days, Deed, Often, Part, Place
from kith.web.plans.choices import Way as By
from kith.web.reach import actions as reach
from kith.web.reach.choices import OpenTo

WORDS_FILE: Final = "demo-words"
ME: Final = "Dev"
SIT_WITH_ME: Final = {
    "Ruth": "brings biscuits",
    "Kofi": "at the piano",
    "Marisol": "works nights",
    "Teo": "fixes bikes",
}
ASKED_WITH_ME: Final = ("Wren", "Amina", "Joe")
LISTENS_TO_ME: Final = "Ines"
_EVENING: Final = time(19)
_LONG_AGO: Final = timedelta(days=200)


class Words(NamedTuple):
    """Six words of somebody in a circle, and six of somebody whom they may ring."""

    mine: str
    rung: str


def words_of_somebody_in_a_circle(folder: Path) -> Words:
    """Return the words by which whoever tries kith comes in as one of two who know each other.

    The people are made once, and the pair anew whenever its hour has come.
    """
    path = folder / WORDS_FILE
    me = written_for(path)
    if me is None:
        words = Words(written.new_words("en"), written.new_words("en"))
        with transaction.atomic():
            me = _town(words)
        path.write_text("\n".join(words), encoding="utf-8")
        path.chmod(0o600)
    _let_have_a_pair(me, now=timezone.now())
    return Words(*path.read_text(encoding="utf-8").splitlines())


def written_for(path: Path) -> Person | None:
    """Return whose words lie there first, if all of them are still somebody's."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    keys = [written.written_key(line) for line in lines]
    if len(keys) != len(Words._fields) or None in keys:
        return None
    return keys[0].person if keys[0] else None


def _town(words: Words) -> Person:
    now = timezone.now()
    me = _somebody(ME)
    written.keep(me, [words.mine], Written.WORDS)
    others = [_somebody(called) for called in SIT_WITH_ME]
    written.keep(others[0], [words.rung], Written.WORDS)
    mine = _circle(now, name="Lantern circle (made up)", on=now.date())
    mine.way, mine.place = Way.IN_PERSON, "Library, back room"
    mine.save()
    for person in (me, *others):
        _sit(person, mine, ChairState.SITS, now=now)
    for chair in mine.chairs.select_related("person"):
        chair.brings = SIT_WITH_ME.get(str(chair.person).removesuffix(f" {MARK}"), "")
        chair.save()
    _let_have_met(mine, [me, *others])
    Favor.objects.create(
        circle=mine,
        by=others[1],
        kind=Kind.ASK,
        words="I have a clinic visit on Friday at ten. Could someone sit with me?",
        made_at=now,
    )
    asked = _circle(now, name="", on=now.date() + timedelta(days=2), state=CircleState.PROPOSED)
    for called in ASKED_WITH_ME:
        _sit(_somebody(called), asked, ChairState.YES, now=now)
    _sit(me, asked, ChairState.ASKED, now=now)
    _let_ring(me, others[0], now=now)
    return me


def _let_ring(me: Person, other: Person, *, now: datetime) -> None:
    """Let `other` be in the plan of `me`, and be rung at any hour: whoever tries it, tries it now."""
    asking = plans.ask(planner=me, person=other, at=now)
    always: dict[str, object] = {
        "ways": list(By),
        "parts": list(Part),
        "days": Days.ALL,
        "often": Often.ANY,
    }
    saw_page(person=other, paths=[plans.path_of(asking)])
    zone = timezone.get_current_timezone_name()
    plans.answer(asking=asking, is_yes=True, limits=always, zone=zone, at=now)
    line = plans.Chosen(
        cue=Cue.NIGHT,
        words="",
        deed=Deed.RING,
        first=asking,
        first_place="",
        second=None,
        second_place=Place.LINES,
    )
    plans.keep(planner=me, line=line, on=timezone.localdate())
    Pace.objects.create(person=other, quiet_from=time(0), quiet_until=time(0))
    reach.let(
        person=other, open_to=OpenTo.ANYBODY, only_in_hours=False, most_a_day=20, most_a_week=99
    )


def _somebody(called: str) -> Person:
    person = Person.objects.create(called=marked(called))
    person.joined_on = timezone.localdate() - _LONG_AGO
    person.save(update_fields=["joined_on"])
    people.say(person=person, topic=Topic.HOME, value=[MIDDLE.row, MIDDLE.column])
    people.say(person=person, topic=Topic.STEADINESS, value="year")
    people.say(person=person, topic=Topic.PRACTICES, value=["choir", "hike"])
    return person


def _circle(
    now: datetime, *, name: str, on: date, state: CircleState = CircleState.MEETS
) -> Circle:
    begun = on - timedelta(weeks=4) if state == CircleState.MEETS else None
    return Circle.objects.create(
        name=name,
        way=Way.ONLINE,
        weekday=on.weekday(),
        starts=_EVENING,
        zone=timezone.get_current_timezone_name(),
        state=state,
        asked_at=now,
        begun_on=begun,
        arc_from=begun,
    )


def _let_have_met(circle: Circle, people: list[Person]) -> None:
    """Let the circle have met in each of its weeks but the second."""
    tonight = circle.next_on(at=timezone.now())
    for weeks_ago in (4, 2, 1):
        on = tonight - timedelta(weeks=weeks_ago)
        evening = Meeting.objects.create(circle=circle, on=on)
        for person in people:
            Presence.objects.create(meeting=evening, person=person, was_there=True)


def _sit(person: Person, circle: Circle, state: ChairState, *, now: datetime) -> None:
    Chair.objects.create(
        circle=circle,
        person=person,
        state=state,
        asked_at=now,
        since=now.date() if state == ChairState.SITS else None,
        reasons={"things": [{"practice": "choir"}, {"language": "en"}, {"hour": True}]},
    )


def _let_have_a_pair(me: Person, *, now: datetime) -> None:
    """Let `me` be asked to listen to somebody tomorrow, who has said yes, if nobody is asked yet."""
    last = Pair.objects.filter(Q(low=me) | Q(high=me)).first()
    if last is not None and last.starts_at > now:
        return
    other = _somebody(LISTENS_TO_ME) if last is None else last.other(me)
    low, high = sorted((me, other), key=lambda person: person.pk.int)
    Pair.objects.filter(low=low, high=high).delete()
    day = timezone.localtime(now).date() + timedelta(days=1)
    starts = timezone.make_aware(datetime.combine(day, _EVENING))
    told = [{"practice": "choir"}, {"language": "en"}, {"hour": True}]
    Pair.objects.create(
        low=low,
        high=high,
        low_says=None if low == me else True,
        high_says=None if high == me else True,
        week_of=day - timedelta(days=day.weekday()),
        way=Way.ONLINE,
        zone=timezone.get_current_timezone_name(),
        starts_at=starts,
        ends_at=starts + timedelta(days=1),
        reasons={"low": told, "high": told},
    )
