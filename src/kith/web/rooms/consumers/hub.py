"""Who is in which room in this process, and what each of them hears."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Final

from kith.web.rooms.consumers.bus import AbstractBus, News
from kith.web.rooms.consumers.member import Member, Why


class Hub:
    """Lets those in a room hear of each other; keeps no list of who is there.

    Whoever comes says so, and each who is there answers: so it needs nothing but a bus, and finds
    itself again after any part of it was away.
    """

    def __init__(self, bus: AbstractBus) -> None:
        self._bus = bus
        self._rooms: dict[str, set[Member]] = {}

    async def join(self, room: str, member: Member) -> None:
        """Let `member` be in `room`, and all others hear it."""
        members = self._rooms.setdefault(room, set())
        members.add(member)
        if len(members) == 1:
            await self._bus.listen(room, partial(self._heard, room))
        await self.say(room, {"kind": "join", **member.shown})

    async def part(self, room: str, member: Member, kind: str) -> None:
        """Let `member` be no more in `room`: "bye" if they left, "gone" if they may be back."""
        members = self._rooms.get(room, set())
        if member not in members:
            return
        members.discard(member)
        if not members:
            del self._rooms[room]
            await self._bus.stop(room)
        await self.say(room, {"kind": kind, "id": member.mark, "conn": member.conn})

    async def say(self, room: str, news: News) -> None:
        """Let everybody in `room` hear `news`, in whatever process they are."""
        await self._bus.publish(room, news)

    def _heard(self, room: str, news: News) -> None:
        hears = _HEARS.get(news["kind"], _relayed)
        for member in tuple(self._rooms.get(room, ())):
            answer = hears(member, news)
            if answer is not None:
                task = asyncio.ensure_future(self.say(room, answer))
                _answering.add(task)
                task.add_done_callback(_answering.discard)


_answering: set["asyncio.Future[None]"] = set()


def _joined(member: Member, news: News) -> News | None:
    """Let `member` hear that somebody came; the answer says that they are here."""
    if news["conn"] == member.conn:
        return None
    if news["id"] == member.mark:
        is_same = news["tab"] == member.tab
        member.end(Why.REPLACED if is_same else Why.OTHER_TAB)
        return None
    _met(member, news)
    return {"kind": "am", "to": news["conn"], **member.shown}


def _is_here(member: Member, news: News) -> None:
    if news["to"] == member.conn:
        _met(member, {**news, "kind": "here"})


def _met(member: Member, news: News) -> None:
    """Tell `member` of somebody who is here; of one who waits in the lobby, only the host."""
    shown = {name: news[name] for name in ("id", "name", "tab", "host")}
    if news["waits"] and member.is_host:
        member.tell({"kind": "waits", **shown})
    elif not news["waits"] and not member.waits:
        member.tell({"kind": news["kind"], **shown})


def _went(member: Member, news: News) -> None:
    if news["id"] != member.mark and not member.waits:
        member.tell({"kind": news["kind"], "id": news["id"]})


def _sent_out(member: Member, news: News) -> None:
    """Let whoever is asked to wait do so, and the others see them go."""
    if news["id"] == member.mark:
        member.waits = True
        member.tell({"kind": "wait"})
    else:
        member.tell({"kind": "bye", "id": news["id"]})
        _met(member, {**news, "waits": True, "kind": "waits"})


def _let_in(member: Member, news: News) -> News | None:
    """Let whoever waited be in again, and say so to all."""
    if news["id"] != member.mark:
        return None
    member.waits = False
    member.tell({"kind": "let-in"})
    return {"kind": "join", **member.shown}


def _ended(member: Member, _news: News) -> None:
    member.end(Why.OVER)


def _up(member: Member, news: News) -> None:
    """Let whoever got up elsewhere hear that there is no seat for them, and the others see them go."""
    if news["id"] == member.mark:
        member.end(Why.NOT_FOUND)
    else:
        _went(member, {**news, "kind": "bye"})


def _relayed(member: Member, news: News) -> None:
    """Let `member` hear what another one said, to them or to all."""
    is_for = news.get("to") in {None, member.mark}
    if is_for and news["from"] != member.mark and not member.waits:
        member.tell(news["said"])


_HEARS: Final[dict[str, Callable[[Member, News], News | None]]] = {
    "join": _joined,
    "am": _is_here,
    "bye": _went,
    "gone": _went,
    "lobby": _sent_out,
    "let-in": _let_in,
    "end": _ended,
    "up": _up,
}
