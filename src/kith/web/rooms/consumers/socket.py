"""One websocket of a room, from its door to its end."""

import asyncio
import contextlib
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import orjson
from django.conf import settings

from kith.web.rooms.consumers import door
from kith.web.rooms.consumers.bus import AbstractBus, News, OwnBus, RedisBus
from kith.web.rooms.consumers.door import ClosedError, Opened
from kith.web.rooms.consumers.hub import Hub
from kith.web.rooms.consumers.member import Member, Why
from kith.web.rooms.consumers.said import Bucket, NotSaidError, read
from kith.web.rooms.queries import relays

Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
# A browser says every twenty seconds that it is still there.
SILENT_S: Final = 60.0
_PATH: Final = re.compile(r"/room/([A-Za-z0-9_-]{1,24})/ws")
_THREADS: Final = 2
_CONN_BYTES: Final = 9
_GOODBYE_S: Final = 2.0


@dataclass(slots=True)
class _Line:
    """One connection: what came with it, and how to speak to it."""

    token: str
    headers: Mapping[str, str]
    receive: Receive
    send: Send


class Sockets:
    """All websockets of this process."""

    def __init__(self) -> None:
        self._hub: Hub | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self.executor = ThreadPoolExecutor(_THREADS, thread_name_prefix="kith-rooms")

    @property
    def hub(self) -> Hub:
        """Who is in which room; made when the loop is there."""
        if self._hub is None:
            url = settings.REDIS_URL
            bus: AbstractBus = RedisBus(url) if url else OwnBus()
            self._hub = Hub(bus)
            self._loop = asyncio.get_running_loop()
        return self._hub

    def say(self, room: str, news: News) -> None:
        """Let everybody in `room` hear `news`, from any thread. Before anybody came, nobody does."""
        if self._hub is not None and self._loop is not None:
            asyncio.run_coroutine_threadsafe(self._hub.say(room, news), self._loop)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one websocket."""
        await receive()
        path = _PATH.fullmatch(scope["path"])
        headers = _headers(scope)
        if path is None or not door.is_from_here(headers):
            return await _turn_away(send, Why.NOT_FOUND if path is None else Why.ELSEWHERE)
        line = _Line(path[1], headers, receive, send)
        try:
            opened = await self._ask(door.open_door, headers, path[1])
        except ClosedError as error:
            # To whom no seat was given nothing is said, as at an address that never was.
            if error.why in {Why.STRANGER, Why.NOT_FOUND}:
                return await _turn_away(send, Why.NOT_FOUND)
            await send({"type": "websocket.accept"})
            return await _shut(send, error.why)
        await send({"type": "websocket.accept"})
        await self._serve(line, opened)
        return None

    async def _ask(self, question: Callable[..., Any], *args: Any) -> Any:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.executor, partial(question, *args))

    async def _serve(self, line: _Line, opened: Opened) -> None:
        try:
            member = await _greeted(line, opened)
        except NotSaidError as error:
            return await _shut(line.send, error.why)
        if member is None:
            return None
        writing = asyncio.create_task(_write(line, member))
        # Whoever is answered has been heard of by the others.
        await self.hub.join(line.token, member)
        reading = asyncio.create_task(self._read(line, member))
        try:
            await asyncio.wait((writing, reading), return_when=asyncio.FIRST_COMPLETED)
        finally:
            how = reading.result() if reading.done() and not reading.cancelled() else "gone"
            await self.hub.part(line.token, member, how)
            # What was still to be said, and the browser's own goodbye, have a moment.
            await asyncio.wait((writing, reading), timeout=_GOODBYE_S)
            for task in (reading, writing):
                task.cancel()
        return None

    async def _read(self, line: _Line, member: Member) -> str:
        """Do what a browser says until it goes; return how it went."""
        bucket = Bucket()
        while True:
            try:
                text = await _next(line)
                if text is None:
                    member.end(Why.REPLACED)
                    return "gone"
                bucket.take()
                said = read(text)
                if said["kind"] == "leave":
                    await self._ask(door.leave, line.headers, line.token)
                    member.end(Why.REPLACED)
                    return "bye"
                await self._do(line, member, said)
            except (NotSaidError, ClosedError) as error:
                member.end(error.why)
                return "bye" if error.why in {Why.OVER, Why.NOT_FOUND} else "gone"

    async def _do(self, line: _Line, member: Member, said: dict[str, Any]) -> None:
        kind = said["kind"]
        if kind == "still":
            await self._ask(door.still_open, line.headers, line.token)
            member.tell({"kind": "still"})
        elif kind in {"lobby", "let-in", "end"}:
            await self._host_does(line, said)
        elif kind == "mute":
            if member.is_host:
                await self._relay(line, member, said, to=said["to"])
        elif not member.waits and kind != "hello":
            await self._relay(line, member, said, to=said.get("to"))

    async def _relay(
        self, line: _Line, member: Member, said: dict[str, Any], *, to: str | None
    ) -> None:
        is_guide = said["kind"].startswith("guide.")
        passed = said if is_guide else {**said, "from": member.mark}
        news = {"kind": "say", "from": member.mark, "to": None if is_guide else to, "said": passed}
        await self.hub.say(line.token, news)

    async def _host_does(self, line: _Line, said: dict[str, Any]) -> None:
        kind, mark = said["kind"], said.get("to", "")
        is_done = await self._ask(door.host_does, kind, line.headers, line.token, mark)
        if is_done:
            shown = {"id": mark, "name": "", "tab": "", "host": False}
            await self.hub.say(line.token, {"kind": kind, **shown})


async def _greeted(line: _Line, opened: Opened) -> Member | None:
    """Return who came, after their browser said which page it is; none if it went at once."""
    text = await _next(line)
    if text is None:
        return None
    said = read(text)
    if said["kind"] != "hello":
        raise NotSaidError(Why.MALFORMED)
    member = Member(
        mark=opened.mark, name=opened.name, is_host=opened.is_host, waits=opened.waits,
        tab=said["tab"], conn=secrets.token_urlsafe(_CONN_BYTES),
    )  # fmt: skip
    member.tell({"kind": "hello", "id": member.mark, "name": member.name,
                 "host": member.is_host, "waits": member.waits, "ice": relays.for_now()})  # fmt: skip
    return member


async def _next(line: _Line) -> str | None:
    """Return what a browser says next; none if it went.

    Raises:
        NotSaidError: If it is silent for too long.
    """
    try:
        message = await asyncio.wait_for(_received(line), SILENT_S)
    except TimeoutError as error:
        raise NotSaidError(Why.SILENT) from error
    if message["type"] == "websocket.disconnect":
        return None
    text = message.get("text")
    if text is None:
        raise NotSaidError(Why.MALFORMED)
    return str(text)


# granian's own `receive` gives a future, and a task can only be made of a coroutine.
async def _received(line: _Line) -> Any:
    return await line.receive()


async def _write(line: _Line, member: Member) -> None:
    """Say what `member` is told, until the connection is to be closed or is no more."""
    with contextlib.suppress(Exception):  # a browser that went away: reading says so too
        while True:
            said = await member.outbox.get()
            if isinstance(said, Why):
                await _shut(line.send, said)
                return
            await line.send({"type": "websocket.send", "text": orjson.dumps(said).decode()})


async def _shut(send: Send, why: Why) -> None:
    """Close a connection that is open, and say why.

    The browser is told in words too, and closes it itself: while the server waits for what a
    browser says, its own close does not get through.
    """
    with contextlib.suppress(Exception):  # it is gone already
        told = orjson.dumps({"kind": "close", "code": int(why)}).decode()
        await send({"type": "websocket.send", "text": told})
    await _turn_away(send, why)


async def _turn_away(send: Send, why: Why) -> None:
    """Close a connection, which may never have been opened."""
    with contextlib.suppress(Exception):  # it is closed already
        await send({"type": "websocket.close", "code": int(why), "reason": why.name.lower()})


def _headers(scope: MutableMapping[str, Any]) -> dict[str, str]:
    return {
        name.decode("latin1").lower(): value.decode("latin1") for name, value in scope["headers"]
    }
