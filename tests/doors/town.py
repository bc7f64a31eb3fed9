"""A small town at its doors: who comes, and what belongs to whom."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from tests.web.gatherings.making import forget_everything, gatherings, meeting, take_in

from kith.web.gatherings.choices import Answer
from kith.web.gatherings.models import Coming, Gathering, Host
from kith.web.people import access as people
from kith.web.people import actions
from kith.web.people.models import Passkey, Person
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance, Pause

Arguments = dict[str, Any]


@dataclass
class Comer:
    """Somebody at a door: what they are, who they are (if anybody), and their browser."""

    kind: str
    client: Client
    person: Person | None = None
    is_in: bool = False
    is_fresh: bool = False
    is_paused: bool = False
    is_steward: bool = False


@dataclass(frozen=True)
class Things:
    """What can stand in an address, for one who comes: theirs, others', and what never was."""

    mine: list[Arguments] = field(default_factory=list)
    closed: list[Arguments] = field(default_factory=list)
    never: list[Arguments] = field(default_factory=list)


Make = Callable[["Town", Comer], Things]


class Town:
    """Noor, who owns what others would like to see; those who come; and one gathering.

    Noor blocked Bea. Fay erased herself, Stan was stopped; both still hold the cookie they had.
    """

    def __init__(self) -> None:
        forget_everything()
        take_in(meeting(), meeting("Garden", slug="garden", day=4))
        self.gathering, self.held = gatherings()
        self.noor = Person.objects.create(called="Noor")
        self.noor_client = came_in(self.noor)
        self.fay = Person.objects.create(called="Fay")
        Passkey.objects.create(person=self.noor, credential_id=b"noor", public_key=b"k")
        Coming.objects.create(person=self.noor, gathering=self.gathering, answer=Answer.COME)
        self.comers = {comer.kind: comer for comer in self._comers()}
        self.host = self.comers["host"].person
        until = timezone.localdate() + timedelta(days=300)
        for person in (self.noor, self.host):
            Host.objects.create(gathering=self.held, person=person, until=until)

    def _comers(self) -> list[Comer]:
        stranger = Comer("stranger", Client())
        curious = self._member("curious")
        host = self._member("host")
        stale = self._member("stale")
        stale.is_fresh = False
        session = stale.client.session
        session["entered_at"] -= 16 * 60
        session.save()
        blocked = self._member("blocked")
        Distance.objects.create(by=self.noor, whom=blocked.person, kind=Kind.BLOCK)
        paused = self._member("paused")
        paused.is_paused = True
        Pause.objects.create(person=paused.person, until=timezone.now() + timedelta(days=3))
        former = Comer("former", came_in(self.fay))
        self.fay_seen_by = {
            comer.kind: people.reference_to(self.fay, seen_by=comer.person)
            for comer in (curious, host, stale, blocked, paused)
        }
        actions.erase(person=self.fay)
        stopped = self._member("stopped")
        Person.objects.filter(pk=stopped.person.pk).update(is_active=False)
        stopped.is_in = stopped.is_fresh = False
        steward = self._member("steward", is_steward=True)
        steward.is_steward = True
        return [stranger, curious, host, stale, blocked, paused, former, stopped, steward]

    def _member(self, kind: str, **more: Any) -> Comer:
        person = Person.objects.create(called=kind.title(), **more)
        Passkey.objects.create(person=person, credential_id=kind.encode(), public_key=b"k")
        return Comer(kind, came_in(person), person, is_in=True, is_fresh=True)


def came_in(person: Person) -> Client:
    """Return a browser in which `person` came in a moment ago."""
    client = Client()
    client.force_login(person)
    session = client.session
    session["entered_at"] = int(timezone.now().timestamp())
    session.save()
    return client


# ---- what stands in an address, by what it is called there --------------------------------------
def nothing(_town: Town, _who: Comer) -> Things:
    """An address without arguments."""
    return Things(mine=[{}])


def slugs(town: Town, _who: Comer) -> Things:
    """Any gathering: all may see it."""
    return Things(mine=[{"slug": town.gathering.slug}], never=_no_slugs())


def held_slugs(town: Town, who: Comer) -> Things:
    """A gathering, for its hosts."""
    held, other = {"slug": town.held.slug}, {"slug": town.gathering.slug}
    if who.kind == "host":
        return Things(mine=[held], closed=[other], never=_no_slugs())
    return Things(closed=[held, other], never=_no_slugs())


def _no_slugs() -> list[Arguments]:
    return [{"slug": slug} for slug in ("never-was", "x" * 300, "a\x00b", "..%2fdesk", "🌙")]


def places(town: Town, _who: Comer) -> Things:
    """Where a gathering is that all may see."""
    return Things(
        mine=[{"number": town.gathering.place_id}], never=[{"number": 10**6}, {"number": 2**70}]
    )


def passkeys(town: Town, who: Comer) -> Things:
    """Somebody's own passkey."""
    own = who.person.passkeys.first() if who.person and who.is_in else None
    return Things(
        mine=[{"number": own.pk}] if own else [],
        closed=[{"number": town.noor.passkeys.first().pk}],
        never=[{"number": 0}, {"number": 10**6}, {"number": 2**70}],
    )


def sessions(town: Town, who: Comer) -> Things:
    """Where somebody's own door stands open, elsewhere."""
    own = []
    if who.person and who.is_in:
        came_in(who.person)
        own = [{"name": one.shown_as} for one in people.open_sessions(who.person)][-1:]
    return Things(
        mine=own,
        closed=[{"name": one.shown_as} for one in people.open_sessions(town.noor)],
        never=[{"name": "0" * 20}, {"name": "x" * 300}, {"name": "\x00"}, {"name": "others "}],
    )


def references(town: Town, who: Comer) -> Things:
    """Somebody else, as a page names them: opens for whom it was shown to, while both may."""
    forged = [{"reference": text} for text in ("AAAA", "x" * 300, "\x00", "é", "0" * 36, "-_-")]
    forged.append({"reference": str(town.noor.pk)})
    if who.person is None:
        return Things(never=forged)
    of_noor = people.reference_to(town.noor, seen_by=who.person)
    of_blocked = people.reference_to(town.comers["blocked"].person, seen_by=town.noor)
    closed = [
        {"reference": people.reference_to(who.person, seen_by=who.person)},
        {"reference": people.reference_to(town.comers["paused"].person, seen_by=who.person)},
        {"reference": people.reference_to(town.comers["stopped"].person, seen_by=who.person)},
        {"reference": of_blocked},
        {"reference": of_noor[:-2] + ("AA" if of_noor[-2:] != "AA" else "BB")},
    ]
    if who.kind in town.fay_seen_by:
        closed.append({"reference": town.fay_seen_by[who.kind]})
    mine = [{"reference": of_noor}]
    if who.kind == "blocked":
        return Things(closed=[*closed, *mine], never=forged)
    return Things(mine=mine, closed=closed, never=forged)


def rows_of(model: str) -> Make:
    """Rows of a model at the desk."""

    def make(town: Town, who: Comer) -> Things:
        from django.apps import apps  # noqa: PLC0415

        found = apps.get_model(model)._default_manager.first()
        mine = [{"object_id": str(found.pk)}] if found else []
        if who.is_steward:
            return Things(mine=mine)
        return Things(closed=mine, never=[{"object_id": "never"}])

    return make


def these(*arguments: Arguments, never: tuple[Arguments, ...] = ()) -> Make:
    """Arguments that are nobody's, and some that mean nothing."""
    return lambda _town, _who: Things(mine=list(arguments), never=list(never))


__all__ = ["Comer", "Gathering", "Things", "Town"]
