"""How news of a room reaches everybody in it: inside of one process, or of several by Redis."""

import asyncio
import contextlib
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, Final

import orjson
from typing_extensions import override

log = logging.getLogger(__name__)

News = dict[str, Any]
Heard = Callable[[News], None]
# After Redis was away, so long between tries.
_AGAIN_S: Final = 1.0


class AbstractBus(ABC):
    """Carries news to all who listen to a room."""

    def __init__(self) -> None:
        self.heard: dict[str, Heard] = {}

    @abstractmethod
    async def publish(self, room: str, news: News) -> None:
        """Let all who listen to `room` hear `news`, whoever published it too."""

    async def listen(self, room: str, heard: Heard) -> None:
        """Let `heard` be called with all news of `room` from now on."""
        self.heard[room] = heard

    async def stop(self, room: str) -> None:
        """Hear no more of `room`."""
        self.heard.pop(room, None)


class OwnBus(AbstractBus):
    """For one process."""

    @override
    async def publish(self, room: str, news: News) -> None:
        if room in self.heard:
            self.heard[room](news)


class RedisBus(AbstractBus):
    """For several processes: each publishes, and listens to the rooms in which it has somebody.

    While Redis is away nobody new is met; who talks goes on, since media needs nobody between.
    """

    def __init__(self, url: str) -> None:
        from redis import asyncio as redis  # noqa: PLC0415 - an extra: only where it is asked for

        super().__init__()
        self._redis: Any = redis.from_url(url)
        self._listening: Any = self._redis.pubsub()
        self._reading: asyncio.Task[None] | None = None

    @override
    async def publish(self, room: str, news: News) -> None:
        try:
            await self._redis.publish(_channel(room), orjson.dumps(news))
        except Exception:  # noqa: BLE001 - whatever it is: those in this process still hear it
            log.warning("Redis did not take news of a room.")
            if room in self.heard:
                self.heard[room](news)

    @override
    async def listen(self, room: str, heard: Heard) -> None:
        await super().listen(room, heard)
        with contextlib.suppress(Exception):  # whoever reads subscribes once more
            await self._listening.subscribe(_channel(room))
        if self._reading is None:
            self._reading = asyncio.create_task(self._read())

    @override
    async def stop(self, room: str) -> None:
        await super().stop(room)
        with contextlib.suppress(Exception):  # it is left unheard then
            await self._listening.unsubscribe(_channel(room))

    async def _read(self) -> None:
        while True:
            try:
                await self._hear(await self._listening.get_message(timeout=_AGAIN_S))
            except Exception:  # noqa: BLE001 - Redis is away: try until it is back
                await asyncio.sleep(_AGAIN_S)

    async def _hear(self, message: Any) -> None:
        if message is None:
            if not self._listening.subscribed:
                await asyncio.sleep(_AGAIN_S)
            return
        room = message["channel"].decode().removeprefix(_PREFIX)
        if message["type"] == "message" and room in self.heard:
            self.heard[room](orjson.loads(message["data"]))


_PREFIX: Final = "kith:room:"


def _channel(room: str) -> str:
    return f"{_PREFIX}{room}"
