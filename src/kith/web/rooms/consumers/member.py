"""Somebody who is in a room by one connection, and what they are told."""

import asyncio
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final

# Whoever is so far behind reads no more: they come back and begin anew.
_MOST_WAITING: Final = 512


class Why(IntEnum):
    """Why a connection is closed: the browser has a sentence for each."""

    REPLACED = 4000
    MALFORMED = 4400
    STRANGER = 4401
    ELSEWHERE = 4403
    NOT_FOUND = 4404
    SILENT = 4408
    OTHER_TAB = 4409
    OVER = 4410
    TOO_LARGE = 4413
    FULL = 4423
    TOO_FAST = 4429


@dataclass(slots=True, eq=False)
class Member:
    """One who is in a room.

    Args:
        mark: What those in the room call their seat by.
        name: What people call them.
        tab: Which page of their browser it is: the same one, when it comes back.
        conn: Which connection.
        is_host: Whether they hold the room.
        waits: Whether the host asked them to wait in the lobby.
    """

    mark: str
    name: str
    tab: str
    conn: str
    is_host: bool = False
    waits: bool = False
    outbox: "asyncio.Queue[dict[str, Any] | Why]" = field(
        default_factory=lambda: asyncio.Queue(_MOST_WAITING)
    )

    @property
    def shown(self) -> dict[str, Any]:
        """What the others learn of them."""
        return {
            "id": self.mark, "name": self.name, "tab": self.tab, "host": self.is_host,
            "conn": self.conn, "waits": self.waits,
        }  # fmt: skip

    def tell(self, said: dict[str, Any]) -> None:
        """Let their browser hear `said`."""
        self._put(said)

    def end(self, why: Why) -> None:
        """Close their connection, after what was said before."""
        self._put(why)

    def _put(self, what: dict[str, Any] | Why) -> None:
        try:
            self.outbox.put_nowait(what)
        except asyncio.QueueFull:
            while not self.outbox.empty():
                self.outbox.get_nowait()
            self.outbox.put_nowait(Why.TOO_FAST)
