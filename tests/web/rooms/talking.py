"""A browser's side of the websocket of a room, without a browser."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from django.conf import settings
from tests.web.rooms.making import key_of
from tests.web.rooms.serving import Served
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from kith.web.people.models import Person
from kith.web.rooms.models import Room

WAIT_S = 5
Answer = TypeVar("Answer")
_open: "list[Talker]" = []


class Talker:
    """Somebody in a room, by one connection."""

    def __init__(self, line: WebSocketClientConnection) -> None:
        self.line = line

    async def say(self, kind: str, **more: Any) -> None:
        """Say something."""
        await self.line.write_message(json.dumps({"kind": kind, **more}))

    async def hear(self, *kinds: str) -> dict[str, Any]:
        """Return the next thing that is heard of one of these kinds; others go by."""
        while True:
            text = await asyncio.wait_for(self.line.read_message(), WAIT_S)
            assert text is not None, f"closed with {self.line.close_code} instead of {kinds}"
            said: dict[str, Any] = json.loads(text)
            if said["kind"] in kinds:
                return said

    async def hears_nothing(self, for_s: float = 0.3) -> bool:
        """Return whether nothing is heard for so long."""
        try:
            await asyncio.wait_for(self.line.read_message(), for_s)
        except TimeoutError:
            return True
        return False

    async def hears_nothing_but(self, kind: str, for_s: float = 1) -> bool:
        """Return whether only `kind` is heard for so long."""
        try:
            while True:
                text = await asyncio.wait_for(self.line.read_message(), for_s)
                if text is None or json.loads(text)["kind"] != kind:
                    return False
        except TimeoutError:
            return True

    async def hears_soon(self, kind: str, within_s: float = 1) -> dict[str, Any] | None:
        """Return what is heard of that kind, if it is within so long."""
        try:
            return await asyncio.wait_for(self.hear(kind), within_s)
        except TimeoutError:
            return None

    async def closed(self) -> int:
        """Return the code with which the connection is closed; what is said before goes by."""
        while text := await asyncio.wait_for(self.line.read_message(), WAIT_S):
            said = json.loads(text)
            if said["kind"] == "close":
                self.close()
                return int(said["code"])
        return int(self.line.close_code or 0)

    def close(self) -> None:
        """Go without a word."""
        self.line.close()


async def knock(server: Served, room: Room, key: str, **headers: str) -> Talker:
    """Return a connection that has said nothing yet.

    Raises:
        HTTPClientError: If the door does not open.
    """
    url = f"ws://127.0.0.1:{server.port}{room.get_absolute_url()}ws"
    given = {"Origin": server.url, "Cookie": f"{settings.SESSION_COOKIE_NAME}={key}", **headers}
    talker = Talker(await websocket_connect(HTTPRequest(url, headers=given)))
    _open.append(talker)
    return talker


async def come(server: Served, room: Room, key: str, tab: str = "a") -> Talker:
    """Return the connection of somebody who came in."""
    talker = await knock(server, room, key)
    await talker.say("hello", tab=tab)
    return talker


def run(talk: Callable[[], Coroutine[Any, Any, Answer]]) -> Answer:
    """Return what `talk` does; all connections are closed after it."""

    async def and_close() -> Answer:
        try:
            return await talk()
        finally:
            while _open:
                talker = _open.pop()
                talker.close()
                with suppress(TimeoutError):
                    while await asyncio.wait_for(talker.line.read_message(), WAIT_S):
                        pass

    return asyncio.run(and_close())


def keys_of(*people: Person) -> list[str]:
    """Return the keys of the browsers in which `people` are in."""
    return [key_of(person) for person in people]


__all__ = ["HTTPClientError", "Talker", "come", "keys_of", "knock", "run"]
