"""A small town at its doors: who comes, and what belongs to whom."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.test import Client
from django.utils import timezone
from tests.web.circles.making import circle_of as circle_with
from tests.web.gatherings.making import forget_everything, gatherings, meeting, take_in
from tests.web.rooms.making import room_of
from tests.web.simulator.making import over as simulated
from tests.web.study.making import asked, draft, locked, suggested

from kith.web.circles.choices import ChairState, CircleState, Way
from kith.web.circles.models import Chair, Circle, Formation, Pair, Vouch
from kith.web.gatherings import actions as gatherings_actions
from kith.web.gatherings.choices import Answer, FoundBy, Joining, Status
from kith.web.gatherings.models import Coming, Gathering, Host, HostLink, HostTraining
from kith.web.messages.choices import Reason
from kith.web.messages.models import Ground, Message
from kith.web.notices.access import Token, token_for
from kith.web.notices.models import EmailAddress, Subscription
from kith.web.people import access as people
from kith.web.people import actions
from kith.web.people.models import Passkey, Person
from kith.web.plans.models import Answer as PlanAnswer
from kith.web.plans.models import Asking, Plan
from kith.web.reach.models import Company, Reach, Ring, Turn
from kith.web.rooms.models import Seat
from kith.web.safety.choices import Category, Kind
from kith.web.safety.models import Distance, Pause, Report
from kith.web.service.models import Errand
from kith.web.study import actions as study_actions
from kith.web.study.models import Study

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
Send = Callable[["Town", Comer], dict[str, str]]


class Town:
    """Noor, who owns what others would like to see; those who come; and one gathering.

    Noor blocked Bea. Fay erased herself, Stan was stopped; both still hold the cookie they had.
    Noor and each of them may write to each other, as far as the rest allows; Una and they may not.
    One gathering waits for its second host, and one is kept for some: neither is anybody's here.
    """

    def __init__(self) -> None:
        forget_everything()
        self.built_at = timezone.now()
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
        HostTraining.objects.create(person=self.host, checked="said of the host")
        self.una = Person.objects.create(called="Una")
        Coming.objects.create(person=self.una, gathering=self.held, answer=Answer.COME)
        self._hide(slug="waits", status=Status.WAITING)
        self._hide(slug="is-kept", found_by=FoundBy.THEIRS, audience=["women"])
        self.link = self._link()
        Vouch.objects.create(person=self.host, by=self.comers["steward"].person)
        Formation.objects.create(at=timezone.now(), seed=7, people=0, formed=0)
        self.study = locked()
        self._write()
        self._tell()
        self.pairs = {person: self._pair(person) for person in (*self._people(), self.una)}
        # The first request of a day writes down that they were here.
        for comer in self.comers.values():
            if comer.is_in:
                comer.client.get("/you/")

    def _people(self) -> list[Person]:
        # Whoever is erased has no key any more.
        return [comer.person for comer in self.comers.values() if comer.person]

    def _pair(self, person: Person) -> Pair:
        """Return the listening pair of Noor and somebody, who both said yes."""
        low, high = sorted((self.noor, person), key=lambda one: one.pk.int)
        now = timezone.now()
        return Pair.objects.create(
            low=low, high=high, low_says=True, high_says=True, begun_at=now, starts_at=now,
            ends_at=now + timedelta(days=1), week_of=now.date(), way=Way.ONLINE, zone="UTC",
            reasons={"low": [{"hour": True}], "high": [{"hour": True}]},
        )  # fmt: skip

    def _hide(self, **changes: Any) -> None:
        now, place = timezone.now(), self.held.place
        told = {"name": "Of the few", "timezone": "Europe/London", "added_at": now}
        Gathering.objects.create(place=place, changed_at=now, **told, **changes)

    def _link(self) -> HostLink:
        joining = Joining.INSTEAD
        return gatherings_actions.invite(person=self.noor, gathering=self.held, joining=joining)

    def link_for(self, who: Comer) -> HostLink:
        """Return a link that works: whoever came before may have used the last one."""
        if who.is_in and not HostLink.objects.filter(pk=self.link.pk).exists():
            self.link = self._link()
        return self.link

    def _write(self) -> None:
        now = timezone.now()
        people_ = [comer.person for comer in self.comers.values() if comer.person]
        for number, person in enumerate(people_):
            low, high = sorted((self.noor, person), key=lambda one: one.pk.int)
            Ground.objects.create(low=low, high=high, reason=Reason.CIRCLE, number=number)
            Message.objects.create(by=self.noor, to=person, words="By the gate?", at=now)
            session = person.sessions.first()
            if session is not None:
                Subscription.objects.create(
                    person=person, session=session, endpoint="https://push.example/", key="k",
                    auth="a", endpoint_digest=b"%d" % number,
                )  # fmt: skip
        low, high = sorted((self.noor, self.una), key=lambda one: one.pk.int)
        self.others_ground = Ground.objects.create(low=low, high=high, reason=Reason.CIRCLE)
        self.address = EmailAddress.objects.create(
            person=self.noor, address="noor@letters.example", given_at=now
        )

    def asked_for(self, person: Person, state: str = "asked") -> str:
        """Return what a circle is called by in which `person` has a chair that stands so."""
        told = {"way": 2, "weekday": 3, "starts": "19:00", "zone": "Europe/London"}
        circle = Circle.objects.create(asked_at=timezone.now(), **told)
        Chair.objects.create(circle=circle, person=person, state=state, asked_at=timezone.now())
        return circle.token

    def _tell(self) -> None:
        def report(**given: Any) -> Report:
            told = {"category": Category.PLACE, "words": "It was dark.", "told_at": timezone.now()}
            return Report.objects.create(about=self.una, by=self.noor, **told, **given)

        self.report, self.own_report = report(), report()
        self.own_report.involved.add(self.comers["steward"].person)

    def stay_fresh(self) -> None:
        """Let those who came in a moment ago have come in now, if the town was built before."""
        if timezone.now() - self.built_at < timedelta(minutes=5):
            return
        for who in self.comers.values():
            if who.is_fresh:
                enter_again(who.client)

    @property
    def next_on(self) -> str:
        """The date on which the gathering that is held meets next."""
        return gatherings_actions.meetings_ahead(self.held)[0].on.isoformat()

    @property
    def gone_on(self) -> str:
        """The date on which the gathering for all met last: on a Tuesday."""
        today = timezone.localdate()
        return (today - timedelta(days=(today.weekday() - 2) % 7 + 1)).isoformat()

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
    enter_again(client)
    return client


def enter_again(client: Client) -> None:
    """Let whoever is in have come in this moment."""
    session = client.session
    session["entered_at"] = int(timezone.now().timestamp())
    session.save()


# ---- what stands in an address, by what it is called there --------------------------------------
def nothing(_town: Town, _who: Comer) -> Things:
    """An address without arguments."""
    return Things(mine=[{}])


def slugs(town: Town, _who: Comer) -> Things:
    """Any gathering: all may see it, but for what waits or is kept for some."""
    return Things(
        mine=[{"slug": town.gathering.slug}],
        closed=[{"slug": "waits"}, {"slug": "is-kept"}],
        never=_no_slugs(),
    )


def gone_evenings(town: Town, who: Comer) -> Things:
    """An evening of late, of any gathering that all may see."""
    return _on(slugs(town, who), town.gone_on)


def held_evenings(town: Town, who: Comer) -> Things:
    """An evening of a gathering, for its hosts."""
    return _on(held_slugs(town, who), town.next_on)


def _on(things: Things, on: str) -> Things:
    """Return `things` on that date; on what is no date, there is none of them."""

    def all_on(arguments: list[Arguments], when: str = on) -> list[Arguments]:
        return [{**one, "on": when} for one in arguments]

    odd = [one for when in ("never", "2026-02-30", "\x00") for one in all_on(things.mine, when)]
    closed, never = all_on(things.closed), all_on(things.never)
    return Things(mine=all_on(things.mine), closed=closed, never=[*odd, *never])


def held_slugs(town: Town, who: Comer) -> Things:
    """A gathering, for its hosts."""
    held, other = {"slug": town.held.slug}, {"slug": town.gathering.slug}
    hidden = [{"slug": "waits"}, {"slug": "is-kept"}]
    if who.kind == "host":
        return Things(mine=[held], closed=[other, *hidden], never=_no_slugs())
    return Things(closed=[held, other, *hidden], never=_no_slugs())


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


# ---- circles --------------------------------------------------------------------------------
def circles(town: Town, who: Comer) -> Things:
    """A circle in which somebody sits; not one they left, are asked to join, or that has closed."""
    never = _no_tokens()
    closed = [{"token": circle_with(town.noor, town.una).token}]
    if who.person is None or who.person.pk is None:
        return Things(closed=closed, never=never)
    left, asked, over = (circle_with(who.person, town.una) for _ in range(3))
    left.chairs.filter(person=who.person).update(state=ChairState.LEFT)
    asked.chairs.filter(person=who.person).update(state=ChairState.ASKED)
    over.state = CircleState.CLOSED
    over.save()
    closed += [{"token": one.token} for one in (left, asked, over)]
    mine = [{"token": own_circle(town, who).token}] if who.is_in else []
    return Things(mine=mine, closed=closed, never=never)


def seats(town: Town, who: Comer) -> Things:
    """One who sits in a circle beside somebody."""
    found = circles(town, who)
    forged = [{**one, "reference": "AAAA"} for one in [*found.never, *found.mine]]
    if who.person is None or who.person.pk is None:
        return Things(closed=[{**one, "reference": "AAAA"} for one in found.closed], never=forged)
    una, host, itself = (
        {"reference": people.reference_to(one, seen_by=who.person)}
        for one in (town.una, town.comers["paused"].person, who.person)
    )
    closed = [{**one, **una} for one in found.closed]
    closed += [{**one, **other} for one in found.mine for other in (host, itself)]
    return Things(mine=[{**one, **una} for one in found.mine], closed=closed, never=forged)


def favors(town: Town, who: Comer) -> Things:
    """What one who sits in a circle beside somebody asks there."""
    found = circles(town, who)
    theirs = _asked(circle_with(town.noor, town.una), town.una)
    closed = [{**one, **theirs} for one in [*found.closed, *found.mine]]
    never = [{**one, "number": n} for one in found.mine for n in (0, 10**6, 2**70)]
    never += [{**one, "number": 1} for one in found.never]
    mine = [{**one, **_asked(own_circle(town, who), town.una)} for one in found.mine]
    return Things(mine=mine, closed=closed, never=never)


def own_circle(town: Town, who: Comer) -> Circle:
    """Return a circle in which whoever comes sits beside Una, and beside Noor if the two may meet."""
    sits = Circle.objects.filter(chairs__person=who.person, chairs__state=ChairState.SITS)
    found = sits.filter(state=CircleState.MEETS, chairs__person=town.una).first()
    if found is not None:
        return found
    others = [town.una] if who.kind == "blocked" else [town.una, town.noor]
    return circle_with(who.person, *others)


def _asked(circle: Circle, by: Person) -> Arguments:
    made = {"kind": "ask", "words": "A lift?", "made_at": timezone.now()}
    return {"number": circle.favors.create(by=by, **made).pk}


def conversations(town: Town, who: Comer) -> Things:
    """What somebody and Noor wrote; with Una they have nothing to do."""
    things = references(town, who)
    if who.person is None:
        return things
    una = {"reference": people.reference_to(town.una, seen_by=who.person)}
    return Things(mine=things.mine, closed=[una, *things.closed], never=things.never)


def grounds(town: Town, who: Comer) -> Things:
    """Why somebody and Noor may write to each other."""
    own = who.person and Ground.objects.filter(_has(who.person) & _has(town.noor)).first()
    mine = [{"number": own.pk}] if own else []
    closed = [{"number": town.others_ground.pk}]
    never = [{"number": 0}, {"number": 10**6}, {"number": 2**70}]
    if who.kind == "blocked":
        return Things(closed=[*closed, *mine], never=never)
    return Things(mine=mine, closed=closed, never=never)


def _has(person: Person) -> Q:
    return Q(low=person) | Q(high=person)


def pairs(town: Town, who: Comer) -> Things:
    """The listening pair of Noor and somebody; and hers with Una, which is nobody else's."""
    mine = [{"token": town.pairs[who.person].token}] if who.person in town.pairs else []
    closed = [{"token": town.pairs[town.una].token}]
    never = _no_tokens()
    if who.kind == "blocked":
        return Things(closed=[*closed, *mine], never=never)
    return Things(mine=mine, closed=closed, never=never)


def rooms(town: Town, who: Comer) -> Things:
    """A room in which somebody has a seat; not one of others, or with somebody who is apart."""
    never = _no_tokens()
    closed = [{"token": room_of(town.noor, town.una).token}]
    if who.person is None or who.person.pk is None:
        return Things(closed=closed, never=never)
    if who.kind == "blocked":
        beside_noor = room_of(who.person)
        Seat.objects.create(room=beside_noor, person=town.noor, asked_at=timezone.now())
        closed.append({"token": beside_noor.token})
    mine = [{"token": room_of(who.person, town.una).token}] if who.is_in else []
    return Things(mine=mine, closed=closed, never=never)


def asks(town: Town, who: Comer) -> Things:
    """A circle that somebody is asked to sit in; there is another one that Noor is asked for."""
    closed = [{"token": town.asked_for(town.noor)}, {"token": town.asked_for(town.una, "left")}]
    never = _no_tokens()
    if not who.is_in:
        return Things(closed=closed, never=never)
    return Things(mine=[{"token": town.asked_for(who.person)}], closed=closed, never=never)


def errands(town: Town, who: Comer) -> Things:
    """What somebody asks, and what Noor asks of those in her circles; another asks others."""
    own, never = own_errands(town, who), _no_tokens()
    noors = [{"token": _errand(town.noor).token}]
    if who.kind == "blocked":
        return Things(mine=own.mine, closed=[*own.closed, *noors], never=never)
    return Things(mine=[*own.mine, *noors], closed=own.closed[1:], never=never)


def own_errands(town: Town, who: Comer) -> Things:
    """What somebody asks; the first of the others is Noor's."""
    ines = Person.objects.create(called="Ines")
    hidden = _errand(town.noor, hidden_at=timezone.now())
    closed = [{"token": one.token} for one in (_errand(town.noor), _errand(ines), hidden)]
    mine = [{"token": _errand(who.person).token}] if who.person and who.is_in else []
    return Things(mine=mine, closed=closed, never=_no_tokens())


def told_errands(town: Town, who: Comer) -> Things:
    """What a steward was told of, who has no part in it."""
    told, own, untold = (_errand(town.noor) for _ in range(3))
    for errand in (told, own):
        report = Report.objects.create(
            category=Category.WRITTEN, where=errand.get_absolute_url(), told_at=timezone.now()
        )
        if errand is own:
            report.involved.add(town.comers["steward"].person)
    closed = [{"token": own.token}, {"token": untold.token}]
    mine = [{"token": told.token}]
    if who.is_steward:
        return Things(mine=mine, closed=closed, never=_no_tokens())
    return Things(closed=[*closed, *mine], never=_no_tokens())


def _errand(by: Person, **more: Any) -> Errand:
    now = timezone.now()
    return Errand.objects.create(
        by=by, side="ask", what="ride", words="A lift?", zone="UTC", place="near",
        seen_by="circles", made_at=now, ends_at=now + timedelta(days=3), **more,
    )  # fmt: skip


def _no_tokens() -> list[Arguments]:
    return [{"token": token} for token in ("never-was", "x" * 300, "\x00", "🌙")]


# ---- a voice ------------------------------------------------------------------------------------
def _reach_of(person: Person, *, rings: Person | None = None) -> tuple[str, str]:
    """Return what a reach of `person` is called by, and the ring of `rings` for it."""
    now = timezone.now()
    made = Reach.objects.create(person=person, state="lines", started_at=now, rings_until=now)
    if rings is None:
        return made.token, ""
    ring = Ring.objects.create(
        reach=made, person=rings, rung_at=now, until=now, p=1, state="missed", pushed_at=now
    )
    return made.token, ring.token


def reaches(town: Town, who: Comer) -> Things:
    """A reach, for whoever asked; not for who is rung for it."""
    closed = [{"token": _reach_of(town.noor, rings=town.una)[0]}]
    never = _no_tokens()
    if who.person is None or who.person.pk is None:
        return Things(closed=closed, never=never)
    closed.append({"token": _reach_of(town.noor, rings=who.person)[0]})
    mine = [{"token": _reach_of(who.person)[0]}] if who.is_in else []
    return Things(mine=mine, closed=closed, never=never)


def rings(town: Town, who: Comer) -> Things:
    """A ring, for whoever is rung, while the two see each other."""
    closed = [{"token": _reach_of(town.noor, rings=town.una)[1]}]
    never = _no_tokens()
    if who.person is None or who.person.pk is None:
        return Things(closed=closed, never=never)
    closed.append({"token": _reach_of(who.person, rings=town.una)[1]})
    mine = [{"token": _reach_of(town.noor, rings=who.person)[1]}]
    if who.kind == "blocked":
        return Things(closed=[*closed, *mine], never=never)
    return Things(mine=mine if who.is_in else [], closed=closed, never=never)


def _company(person: Person, other: Person) -> Arguments:
    now = timezone.now()
    Company.objects.filter(person=person).delete()
    made = Company.objects.create(
        person=person, other=other, asked_at=now, until=now + timedelta(hours=1), calls_help=True
    )
    return {"token": made.token}


def companies(town: Town, who: Comer) -> Things:
    """Company that somebody asked Una for; and what Noor asked of Una is of the two alone."""
    closed = [_company(town.noor, town.una)]
    never = _no_tokens()
    if who.person is None or who.person.pk is None:
        return Things(closed=closed, never=never)
    mine = [_company(who.person, town.una)] if who.is_in else []
    return Things(mine=mine, closed=closed, never=never)


def a_turn(_town: Town, who: Comer) -> Things:
    """The open room, which whoever comes keeps at this hour."""
    if who.person is not None and who.person.pk is not None:
        here = timezone.localtime()
        hour = here.hour - here.hour % 2
        Turn.objects.get_or_create(person=who.person, weekday=here.weekday(), hour=hour)
    return Things(mine=[{}])


def subscriptions(_town: Town, who: Comer) -> Things:
    """A browser of somebody's own that is told."""
    own = Subscription.objects.filter(person=who.person).first() if who.is_in else None
    others = Subscription.objects.exclude(person=who.person)
    return Things(
        mine=[{"number": own.pk}] if own else [],
        closed=[{"number": others.first().pk}],
        never=[{"number": 0}, {"number": 10**6}, {"number": 2**70}],
    )


def links(town: Town, who: Comer) -> Things:
    """A link that a host handed on: it opens for whoever has it, but not beside who is apart."""
    link = [{"code": town.link_for(who).code}]
    never = [{"code": code} for code in ("never-was", "x" * 300, "\x00", "🌙")]
    if who.kind == "blocked":
        return Things(closed=link, never=never)
    return Things(mine=link, never=never)


def reports(town: Town, who: Comer) -> Things:
    """A report, for a steward who has no part in it."""
    one, other = {"number": town.report.pk}, {"number": town.own_report.pk}
    never = [{"number": 0}, {"number": 10**6}, {"number": 2**70}]
    if who.is_steward:
        return Things(mine=[one], closed=[other], never=never)
    return Things(closed=[one, other], never=never)


def letters(purpose: Token) -> Make:
    """What a link in an e-mail carries: it opens for whoever reads it, and does one thing only."""

    def make(town: Town, _who: Comer) -> Things:
        tokens = {one: token_for(town.address, one) for one in Token}
        no_letters = [tokens.pop(one) for one in Token if one != purpose]
        no_letters += ["never-was", "x" * 300, "\x00", tokens[purpose][:-2]]
        return Things(
            mine=[{"token": tokens[purpose]}], never=[{"token": token} for token in no_letters]
        )

    return make


def letters_or_none(purpose: Token) -> Make:
    """The same, where whoever has a link that is over is told what they wanted to hear."""

    def make(town: Town, who: Comer) -> Things:
        things = letters(purpose)(town, who)
        return Things(mine=[*things.never, *things.mine])

    return make


def no_form(_town: Town, _who: Comer) -> dict[str, str]:
    """Nothing, which any form may send."""
    return {}


def sends(**form: str) -> Send:
    """What a form sends, whoever does."""
    return lambda _town, _who: form


def a_guest(town: Town, who: Comer) -> dict[str, str]:
    """What a host sends of whoever comes."""
    # Whoever is erased has no key any more.
    if who.person is None or getattr(who.person, "pk", None) is None:
        return {}
    return {"person": people.reference_to(town.una, seen_by=who.person)}


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


def plan_lines(town: Town, who: Comer) -> Things:
    """A line of a plan: one's own, and Noor's."""
    mine = [_line_of(who.person)] if who.is_in and who.person else []
    return Things(
        mine=[{"token": one} for one in mine],
        closed=[{"token": _line_of(town.noor)}],
        never=[{"token": "never"}],
    )


def plan_questions(town: Town, who: Comer) -> Things:
    """What somebody is asked, who is in another's plan: by Una, and what Una asks Noor."""
    asked = [_in_plan(town.una, who.person).token] if who.is_in and who.person else []
    return Things(
        mine=[{"token": one} for one in asked],
        closed=[{"token": _in_plan(town.una, town.noor).token}],
        never=[{"token": "never"}],
    )


def plan_people(town: Town, who: Comer) -> Things:
    """Who is in somebody's plan: Una in one's own, and in Noor's."""
    mine = [_in_plan(who.person, town.una).token] if who.is_in and who.person else []
    return Things(
        mine=[{"token": one} for one in mine],
        closed=[{"token": _in_plan(town.noor, town.una).token}],
        never=[{"token": "never"}],
    )


def _line_of(person: Person) -> str:
    told = {"cue": "paid", "first_place": "room", "second_place": "lines"}
    today = timezone.localdate()
    return Plan.objects.create(planner=person, looked_at=today, **told).token


def _in_plan(planner: Person, person: Person) -> Asking:
    """Return that `person` is in the plan of `planner`, as if they had just said yes."""
    now = timezone.now()
    said = {"asked_at": now, "yes_at": now, "back_at": None}
    asking = Asking.objects.update_or_create(planner=planner, person=person, defaults=said)[0]
    yes = {"person": person, "is_yes": True, "at": now, "zone": "UTC"}
    PlanAnswer.objects.update_or_create(asking=asking, defaults=yes)
    return asking


def studies(town: Town, who: Comer) -> Things:
    """A study that is open to all, and one that is being written."""
    is_draft = draft()
    return Things(
        mine=[{"token": locked().token}],
        closed=[{"token": is_draft.token}],
        never=[{"token": "never"}],
    )


def told_studies(town: Town, who: Comer) -> Things:
    """What a study found, and a study that is over and says nothing."""
    over = [study_actions.close(study=locked(), at=timezone.now()) for _ in "12"]
    study_actions.publish(study=over[0], body="<p>So it is.</p>", at=timezone.now())
    return Things(
        mine=[{"token": over[0].token}] if who.is_in else [],
        closed=[{"token": over[1].token}] + ([] if who.is_in else [{"token": over[0].token}]),
        never=[{"token": "never"}],
    )


def own_studies(town: Town, who: Comer) -> Things:
    """A study that somebody takes part in, and one in which Noor does."""
    mine = [_joined(who.person).token] if who.is_in and who.person else []
    return Things(
        mine=[{"token": one} for one in mine],
        closed=[{"token": _joined(town.noor).token}],
        never=[{"token": "never"}],
    )


def own_runs(town: Town, who: Comer) -> Things:
    """What somebody asked of the simulator, and what Noor did."""
    mine = [simulated(who.person).token] if who.is_in and who.person else []
    return Things(
        mine=[{"token": one} for one in mine],
        closed=[{"token": simulated(town.noor).token}],
        never=[{"token": "never"}],
    )


def check_ins(town: Town, who: Comer) -> Things:
    """What a study asks somebody, and what it asks Noor."""
    mine = [who.person] if who.is_in and who.person else []
    return Things(
        mine=[{"token": asked(_joined(one), one).token} for one in mine],
        closed=[{"token": asked(_joined(town.noor), town.noor).token}],
        never=[{"token": "never"}],
    )


def suggestions(town: Town, who: Comer) -> Things:
    """What a study suggested to somebody, and what to Noor; one that is to come is not there yet."""
    mine = [suggested(_joined(who.person), who.person)] if who.is_in and who.person else []
    closed = [suggested(_joined(town.noor), town.noor)]
    if mine:
        closed.append(suggested(mine[0].study, mine[0].person, told_at=None))
    return Things(
        mine=[{"token": one.token} for one in mine],
        closed=[{"token": one.token} for one in closed],
        never=[{"token": "never"}],
    )


def _joined(person: Person) -> Study:
    study = locked()
    study_actions.join(
        person=person, study=study, said=study_actions.Said(answers=True), at=timezone.now()
    )
    return study


def these(*arguments: Arguments, never: tuple[Arguments, ...] = ()) -> Make:
    """Arguments that are nobody's, and some that mean nothing."""
    return lambda _town, _who: Things(mine=list(arguments), never=list(never))


__all__ = ["Comer", "Gathering", "Things", "Town"]
