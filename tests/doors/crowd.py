"""A town in which everything that can be counted about somebody comes to a number of its own.

`NUMBERS` holds them. A page that shows one of them to anybody shows a number about a person.
"""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from tests.doors.town import Town

from kith.web.acts.choices import Help, Kind, Mode, Setting
from kith.web.acts.models import Act, Tie
from kith.web.gatherings.choices import Answer
from kith.web.gatherings.models import Coming
from kith.web.notices.choices import About
from kith.web.notices.models import Notice
from kith.web.people.choices import Written
from kith.web.people.models import Passkey, Person, Session, WrittenKey
from kith.web.safety.choices import Kind as Far
from kith.web.safety.models import Distance

CALLED = "Noor-of-the-orchard"
ACTS, TALKS, THANKS, COMINGS, NOTICES = 1373, 1117, 1259, 1187, 1213
DAYS, APART, SESSIONS, KEYS, CODES = 1511, 1049, 1061, 1031, 1033
STRENGTH, HELP_UP, HELP_DOWN, DAY = 0.813749, 271.828182, 161.803398, 20417.25
MINUTES = 1709.0
NUMBERS = {
    "acts": ACTS, "talks of two": TALKS, "thanks": THANKS, "comings": COMINGS,
    "notices": NOTICES, "days since joining": DAYS, "people kept away from": APART,
    "open doors": SESSIONS, "passkeys": KEYS, "codes": CODES, "minutes together": MINUTES,
    "strength": STRENGTH, "help one way": HELP_UP, "help the other way": HELP_DOWN,
    "day of the tie": DAY, "strength in a hundred": "81%", "strength, short": "0.81",
}  # fmt: skip

# Of each model that points at people: what plants its number, or why none can be made of it.
SEEDS: dict[str, Callable[[Town], None]] = {}
NOT_COUNTED = {
    "admin.logentry": "what a steward did at the desk, for stewards",
    "safety.pause": "one at most for each person",
    "gatherings.host": "two of the town already; a year long, shown to nobody by day",
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
        Coming(person=town.noor, gathering=town.gathering, on=today - timedelta(days=n), answer=Answer.COME)
        for n in range(COMINGS - 1)
    )  # fmt: skip


@seeds("notices.notice")
def _notices(town: Town) -> None:
    now = timezone.now()
    Notice.objects.bulk_create(
        Notice(person=who, about=About.MOVED, words="It is moved.", path=f"/n{n}/", made_at=now)
        for who in (town.noor, town.comers["curious"].person)
        for n in range(NOTICES)
    )


@seeds("safety.distance")
def _distances(town: Town) -> None:
    others = Person.objects.bulk_create(Person(password="!") for _ in range(APART))
    Distance.objects.bulk_create(
        Distance(by=town.noor, whom=other, kind=Far.AVOID, since=timezone.localdate())
        for other in others
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


__all__ = ["CALLED", "NOT_COUNTED", "NUMBERS", "SEEDS", "crowded"]
