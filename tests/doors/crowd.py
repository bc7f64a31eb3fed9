"""A town in which everything that can be counted about somebody comes to a number of its own.

`NUMBERS` holds them. A page that shows one of them to anybody shows a number about a person.
"""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from tests.doors.town import Town
from tests.web.circles.making import circle_of
from tests.web.study.making import locked

from kith.web.acts.choices import Help, Kind, Mode, Setting
from kith.web.acts.models import Act, Tie
from kith.web.circles.choices import ChairState, CircleState, Way
from kith.web.circles.models import (
    Chair,
    Circle,
    Favor,
    Formation,
    HardWeek,
    Meeting,
    Pair,
    Presence,
    Wish,
)
from kith.web.gatherings.choices import Answer as Comes
from kith.web.gatherings.models import Coming
from kith.web.messages.choices import Reason
from kith.web.messages.models import Ground, Message
from kith.web.notices.choices import About
from kith.web.notices.models import Notice, Nudge, Subscription
from kith.web.people.choices import Written
from kith.web.people.models import Passkey, Person, Session, WrittenKey
from kith.web.plans.models import Answer, Asking, Plan, Practice
from kith.web.reach.models import Reach, Ring
from kith.web.rooms.choices import Kind as Held
from kith.web.rooms.models import Room, Seat
from kith.web.safety.choices import Category, Did
from kith.web.safety.choices import Kind as Far
from kith.web.safety.models import Distance, Look, Pause, Report
from kith.web.service.models import Errand, Take
from kith.web.study.models import Assignment, Consent, Decision, Prompt, Study, Suggestion

CALLED = "Noor-of-the-orchard"
ACTS, TALKS, THANKS, COMINGS, NOTICES = 1373, 1117, 1259, 1187, 1213
DAYS, APART, SESSIONS, KEYS, CODES = 1511, 1049, 1061, 1031, 1033
GROUNDS, MESSAGES, NUDGES, BROWSERS = 1123, 1151, 1091, 1103
PAUSES, REPORTS, LOOKS = 1297, 1301, 1303
EVENINGS, FAVORS, HARD = 1013, 1019, 1021
PAIRS = 1307
PLANS, ASKINGS, PRACTICES = 1481, 1361, 1367
ERRANDS, TAKES = 1433, 1439
SEATS = 1321
REACHES, RINGS = 1453, 1367
STUDIES, PROMPTS, DECISIONS, SUGGESTIONS = 1489, 1531, 1493, 1543
# So that no row is called by a number that we look for.
FIRST_KEY = 5_000_000
STRENGTH, HELP_UP, HELP_DOWN, DAY = 0.813749, 271.828182, 161.803398, 20417.25
MINUTES = 1709.0
CHAIRS, FORMED, LOOKED_AT = 1319, 1409, 1427
NUMBERS = {
    "acts": ACTS, "talks of two": TALKS, "thanks": THANKS, "comings": COMINGS,
    "notices": NOTICES, "days since joining": DAYS, "people kept away from": APART,
    "open doors": SESSIONS, "passkeys": KEYS, "codes": CODES, "minutes together": MINUTES,
    "people to write to": GROUNDS, "messages": MESSAGES, "nudges": NUDGES,
    "chairs": CHAIRS, "circles formed": FORMED, "people looked at": LOOKED_AT,
    "browsers that are told": BROWSERS, "pauses": PAUSES, "reports": REPORTS, "looks": LOOKS,
    "evenings": EVENINGS, "asks and offers": FAVORS, "hard weeks": HARD,
    "listening pairs": PAIRS,
    "lines of a plan": PLANS, "people asked into a plan": ASKINGS, "times of practice": PRACTICES,
    "asks and offers to all": ERRANDS, "what is taken up": TAKES,
    "studies joined": STUDIES, "times a study asked": PROMPTS, "moments dice decided": DECISIONS,
    "times a study suggested": SUGGESTIONS,
    "seats in rooms": SEATS, "times asked": REACHES, "times rung": RINGS,
    "strength": STRENGTH, "help one way": HELP_UP, "help the other way": HELP_DOWN,
    "day of the tie": DAY, "strength in a hundred": "81%", "strength, short": "0.81",
}  # fmt: skip

# Of each model that points at people: what plants its number, or why none can be made of it.
SEEDS: dict[str, Callable[[Town], None]] = {}
NOT_COUNTED = {
    "admin.logentry": "what a steward did at the desk, for stewards",
    "gatherings.host": "two of the town already; a year long, shown to nobody by day",
    "gatherings.hostlink": "two at most for each gathering that somebody hosts",
    "gatherings.hosttraining": "one at most for each person",
    "circles.wish": "one at most for each person",
    "circles.vouch": "one at most for each person, and only stewards see it",
    "service.invitation": "one at most for each person",
    "notices.pace": "one at most for each person",
    "notices.emailaddress": "one at most for each person",
    "kit.ownvalue": "what a steward did at the desk, for stewards",
    "plans.whomayask": "one at most for each person",
    "reach.willing": "one at most for each person",
    "reach.company": "one at most for each who asks, and gone within three hours",
    "reach.turn": "shown to whose they are only, as days of the week",
    "simulator.run": "of simulated people; one's own for a week, and nobody else's",
    "people.said": "one at most of each kind for each person, and they choose who sees it",
}


def seeds(*models: str) -> Callable[[Callable[[Town], None]], Callable[[Town], None]]:
    """Say that a function plants the numbers of `models`."""

    def keep(function: Callable[[Town], None]) -> Callable[[Town], None]:
        SEEDS.update(dict.fromkeys(models, function))
        return function

    return keep


def crowded() -> Town:
    """Return a town in which Noor, and those who come, have all of these numbers."""
    town = Town()
    town.noor.joined_on = timezone.localdate() - timedelta(days=DAYS)
    town.noor.called = CALLED
    town.noor.save()
    for plant in dict.fromkeys(SEEDS.values()):
        plant(town)
    return town


@seeds("acts.act", "acts.tie")
def _acts(town: Town) -> None:
    noor, curious = town.noor, town.comers["curious"].person
    today = timezone.localdate()

    def acts(kind: Kind, many: int, other: Person | None) -> list[Act]:
        return [
            Act(kind=kind, actor=noor, other=other, mode=Mode.IN_PERSON, minutes=MINUTES,
                help=Help.BOTH, on=today - timedelta(days=n % 90), setting=Setting.GATHERING)
            for n in range(many)
        ]  # fmt: skip

    Act.objects.bulk_create(acts(Kind.WAS_THERE, ACTS, None))
    Act.objects.bulk_create(acts(Kind.TALKED, TALKS, curious))
    Act.objects.bulk_create(acts(Kind.THANKED, THANKS, curious))
    low, high = sorted((noor, curious), key=lambda person: person.pk.int)
    Tie.objects.create(low=low, high=high, strength=STRENGTH, help_up=HELP_UP,
                       help_down=HELP_DOWN, day=DAY)  # fmt: skip


@seeds("gatherings.coming")
def _comings(town: Town) -> None:
    today = timezone.localdate()
    Coming.objects.bulk_create(
        Coming(person=town.noor, gathering=town.gathering, on=today - timedelta(days=n), answer=Comes.COME)
        for n in range(COMINGS - 1)
    )  # fmt: skip


@seeds("notices.notice")
def _notices(town: Town) -> None:
    now = timezone.now()
    Notice.objects.bulk_create(
        Notice(pk=FIRST_KEY + 2 * n + at, person=who, about=About.MOVED, words="It is moved.",
               path=f"/n{n}/", made_at=now)
        for at, who in enumerate((town.noor, town.comers["curious"].person))
        for n in range(NOTICES)
    )  # fmt: skip


@seeds("notices.nudge", "notices.subscription")
def _nudges(town: Town) -> None:
    now, session = timezone.now(), town.noor.sessions.first()
    Nudge.objects.bulk_create(
        Nudge(person=town.noor, made_at=now, intended_at=now) for _ in range(NUDGES)
    )
    Subscription.objects.bulk_create(
        Subscription(pk=FIRST_KEY + n, person=town.noor, session=session, endpoint="e", key="k",
                     auth="a", endpoint_digest=b"browser %d" % n)
        for n in range(BROWSERS)
    )  # fmt: skip


@seeds("kith_messages.ground", "kith_messages.message")
def _messages(town: Town) -> None:
    noor, curious, now = town.noor, town.comers["curious"].person, timezone.now()
    others = Person.objects.bulk_create(Person(password="!") for _ in range(GROUNDS))
    Ground.objects.bulk_create(
        Ground(low=min(noor, other, key=_key), high=max(noor, other, key=_key), reason=Reason.ASK)
        for other in others
    )
    Message.objects.bulk_create(
        Message(by=noor, to=curious, words="By the gate?", at=now) for _ in range(MESSAGES)
    )


def _key(person: Person) -> int:
    return person.pk.int


@seeds("circles.chair")
def _chairs(town: Town) -> None:
    now, noor, curious = timezone.now(), town.noor, town.comers["curious"].person
    told = {"way": 2, "weekday": 3, "starts": "19:00", "zone": "Europe/London", "asked_at": now}
    formation = Formation.objects.create(
        pk=FIRST_KEY, at=now, seed=7, people=LOOKED_AT, formed=FORMED
    )
    circles = Circle.objects.bulk_create(
        Circle(pk=FIRST_KEY + n, state=CircleState.CLOSED, formation=formation, **told)
        # Besides the one they are asked for, and the one they sit in.
        for n in range(CHAIRS - 2)
    )
    Chair.objects.bulk_create(
        Chair(pk=FIRST_KEY + n, circle=circle, person=noor, state=ChairState.LEFT, asked_at=now)
        for n, circle in enumerate(circles)
    )
    # One that both are asked for.
    circle = Circle.objects.create(pk=FIRST_KEY + CHAIRS, formation=formation, **told)
    for person in (noor, curious):
        Chair.objects.create(circle=circle, person=person, asked_at=now)
        Wish.objects.create(person=person, circle=True, since=now.date())


@seeds("safety.pause", "safety.report", "safety.look")
def _reports(town: Town) -> None:
    noor, curious, steward = town.noor, town.comers["curious"].person, town.comers["steward"].person
    long_ago = timezone.now() - timedelta(days=99)
    Pause.objects.bulk_create(
        Pause(person=noor, since=long_ago, until=long_ago, why="Shouting.", by=steward)
        for _ in range(PAUSES)
    )
    reports = Report.objects.bulk_create(
        Report(pk=FIRST_KEY + n, about=noor, by=curious, category=Category.CONTACT,
               words="They rang me.", told_at=long_ago)
        for n in range(REPORTS)
    )  # fmt: skip
    Look.objects.bulk_create(
        Look(report=reports[0], steward=steward, did=Did.LOOK, at=long_ago) for _ in range(LOOKS)
    )


@seeds("circles.presence", "circles.favor", "circles.hardweek")
def _circles(town: Town) -> None:
    noor, curious = town.noor, town.comers["curious"].person
    now, today = timezone.now(), timezone.localdate()
    circle = circle_of(curious, town.una, noor)
    evenings = Meeting.objects.bulk_create(
        Meeting(circle=circle, on=today - timedelta(weeks=n)) for n in range(EVENINGS)
    )
    Presence.objects.bulk_create(
        Presence(meeting=evening, person=noor, was_there=True) for evening in evenings
    )
    Favor.objects.bulk_create(
        Favor(pk=FIRST_KEY + n, circle=circle, by=noor, kind="ask", words="A lift?", made_at=now)
        for n in range(FAVORS)
    )
    HardWeek.objects.bulk_create(
        HardWeek(circle=circle, person=noor, near=curious, since=today, until=today)
        for _ in range(HARD)
    )


@seeds("reach.reach", "reach.ring")
def _reaches(town: Town) -> None:
    noor, curious = town.noor, town.comers["curious"].person
    long_ago = timezone.now() - timedelta(days=6)
    reaches = Reach.objects.bulk_create(
        Reach(
            pk=FIRST_KEY + n, person=noor, state="lines", started_at=long_ago, rings_until=long_ago
        )
        for n in range(REACHES)
    )
    Ring.objects.bulk_create(
        Ring(pk=FIRST_KEY + n, reach=one, person=curious, state="missed", rung_at=long_ago,
             until=long_ago, p=1, pushed_at=long_ago)
        for n, one in enumerate(reaches[:RINGS])
    )  # fmt: skip


@seeds("safety.distance")
def _distances(town: Town) -> None:
    others = Person.objects.bulk_create(Person(password="!") for _ in range(APART))
    Distance.objects.bulk_create(
        Distance(by=town.noor, whom=other, kind=Far.AVOID, since=timezone.localdate())
        for other in others
    )


@seeds("circles.pair")
def _pairs(town: Town) -> None:
    noor, curious = town.noor, town.comers["curious"].person
    low, high = sorted((noor, curious), key=_key)
    long_ago = timezone.now() - timedelta(days=99)
    Pair.objects.bulk_create(
        Pair(pk=FIRST_KEY + n, low=low, high=high, week_of=long_ago.date() - timedelta(weeks=n),
             way=Way.ONLINE, zone="UTC", starts_at=long_ago, ends_at=long_ago, begun_at=long_ago)
        for n in range(PAIRS - Pair.objects.filter(Q(low=noor) | Q(high=noor)).count())
    )  # fmt: skip


@seeds("plans.plan", "plans.asking", "plans.answer", "plans.practice")
def _plans(town: Town) -> None:
    noor, curious, now = town.noor, town.comers["curious"].person, timezone.now()
    told = {"cue": "paid", "first_place": "room", "second_place": "lines"}
    Plan.objects.bulk_create(
        Plan(pk=FIRST_KEY + n, planner=noor, looked_at=now.date(), **told) for n in range(PLANS)
    )
    Practice.objects.bulk_create(
        Practice(planner=noor, kind="pictured", on=now.date() - timedelta(days=n % 400))
        for n in range(PRACTICES)
    )
    others = [
        curious,
        *Person.objects.bulk_create(Person(password="!") for _ in range(ASKINGS - 1)),
    ]
    askings = Asking.objects.bulk_create(
        Asking(pk=FIRST_KEY + n, planner=noor, person=other, asked_at=now, yes_at=now)
        for n, other in enumerate(others)
    )
    Answer.objects.bulk_create(
        Answer(pk=FIRST_KEY + n, asking=asking, person=asking.person, is_yes=True, at=now,
               ways="voice", parts="evening", days="all", often="any", zone="UTC")
        for n, asking in enumerate(askings)
    )  # fmt: skip


@seeds("service.errand", "service.take")
def _errands(town: Town) -> None:
    noor, curious, now = town.noor, town.comers["curious"].person, timezone.now()
    told = {"side": "ask", "what": "ride", "words": "A lift?", "zone": "UTC", "place": "near",
            "seen_by": "others", "made_at": now, "ends_at": now + timedelta(days=3)}  # fmt: skip

    def errands(by: Person, first: int, many: int) -> list[Errand]:
        rows = (Errand(pk=FIRST_KEY + first + n, by=by, **told) for n in range(many))
        return Errand.objects.bulk_create(rows)

    errands(noor, 0, ERRANDS)
    Take.objects.bulk_create(
        Take(pk=FIRST_KEY + n, errand=errand, person=noor, meets="public", at=now)
        for n, errand in enumerate(errands(curious, ERRANDS, TAKES))
    )


@seeds("people.session", "people.passkey", "people.writtenkey")
def _keys(town: Town) -> None:
    end, noor = timezone.now() + timedelta(days=9), town.noor
    Session.objects.bulk_create(
        Session(session_key=f"s{n}", session_data="", expire_date=end, person=noor)
        for n in range(SESSIONS - len(noor.sessions.all()))
    )
    Passkey.objects.bulk_create(
        Passkey(person=noor, credential_id=b"k%d" % n, public_key=b"k") for n in range(KEYS - 1)
    )
    WrittenKey.objects.bulk_create(
        WrittenKey(person=noor, kind=Written.RECOVERY, digest=b"d%d" % n, key_name=b"k")
        for n in range(CODES)
    )


@seeds("rooms.room", "rooms.seat")
def _rooms(town: Town) -> None:
    now = timezone.now()
    made = {"kind": Held.PAIR, "host": town.noor, "opened_at": now, "ends_at": now}
    rooms = Room.objects.bulk_create(Room(pk=FIRST_KEY + n, **made) for n in range(SEATS))
    Seat.objects.bulk_create(
        Seat(pk=FIRST_KEY + 2 * n + at, room=room, person=who, asked_at=now)
        for n, room in enumerate(rooms)
        for at, who in enumerate((town.noor, town.comers["curious"].person))
    )


__all__ = ["CALLED", "NOT_COUNTED", "NUMBERS", "SEEDS", "crowded"]


@seeds("study.consent", "study.assignment", "study.prompt", "study.decision", "study.suggestion")
def _studies(town: Town) -> None:
    noor, now = town.noor, timezone.now()
    long_ago = now - timedelta(days=99)
    open_one = locked()
    survey = open_one.surveys.get(key="moment_now")
    found = Study.objects.bulk_create(
        Study(pk=FIRST_KEY + n, token=f"closed-{n}", state="closed", text=open_one.text,
              locked_at=long_ago, closed_at=long_ago)
        for n in range(STUDIES - 1)
    )  # fmt: skip
    told = {"said_at": long_ago, "changed_at": long_ago, "understood_at": long_ago, "answers": True}
    Consent.objects.bulk_create(
        Consent(person=noor, study=one, **told) for one in [open_one, *found]
    )
    Assignment.objects.bulk_create(
        Assignment(person=noor, study=one, arm="circle", probability=0.5, number=0, drawn_at=now)
        for one in [open_one, *found]
    )
    Prompt.objects.bulk_create(
        Prompt(pk=FIRST_KEY + n, token=f"asked-{n}", study=open_one, person=noor, survey=survey,
               intended_at=long_ago + timedelta(hours=n), expires_at=long_ago + timedelta(hours=n + 1))
        for n in range(PROMPTS)
    )  # fmt: skip
    Decision.objects.bulk_create(
        Decision(pk=FIRST_KEY + n, study=open_one, person=noor, at=long_ago + timedelta(hours=n),
                 until=now, is_available=True, treated=1, probability=0.5, number=n)
        for n in range(DECISIONS)
    )  # fmt: skip
    Suggestion.objects.bulk_create(
        Suggestion(pk=FIRST_KEY + n, token=f"suggested-{n}", study=open_one, person=noor, style="help",
                   at=long_ago + timedelta(hours=n), told_at=now, until=now + timedelta(hours=n))
        for n in range(SUGGESTIONS)
    )  # fmt: skip
