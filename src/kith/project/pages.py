"""Django's pages in the ASGI shell: a request goes to a thread, and its answer comes back whole.

a2wsgi reads requests for us; its own responder waits for the loop at each part of an answer,
which costs more than a small page does. Nearly all answers here are one part. So are nearly all
forms that are sent: they are read before a thread is asked for, so that none waits for a slow line.
"""

import asyncio
import contextvars
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any, cast

from a2wsgi.asgi_typing import HTTPScope, Receive, ReceiveEvent, Send, SendEvent
from a2wsgi.wsgi import Body, build_environ
from a2wsgi.wsgi_typing import Environ, ExceptionInfo

# What is longer goes out in parts, each when the one before is on its way.
PART_BYTES = 256 * 1024
# What is sent to a page and is no longer is read ahead: all forms are, pictures are not.
AHEAD_BYTES = 64 * 1024
# A length of more digits than this is no length.
_DIGITS = 12


class Pages:
    """A WSGI application as an ASGI one.

    Args:
        application: The pages.
        threads: How many pages may be made at a time.

    Attributes:
        in_hand: How many are being answered now.
    """

    def __init__(self, application: Callable[..., Iterable[bytes]], threads: int) -> None:
        self._application = application
        self.in_hand = 0
        self.executor = ThreadPoolExecutor(threads, thread_name_prefix="kith-pages")

    async def __call__(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        # granian's own `receive` gives a future, and a2wsgi can only wait for a coroutine.
        async def received() -> ReceiveEvent:
            return await receive()

        loop = asyncio.get_running_loop()
        environ = build_environ(scope, Body(loop, received))
        if 0 < _length(environ) <= AHEAD_BYTES:
            environ["wsgi.input"] = BytesIO(await _all_of(receive))
        answer = _Answer(loop, send)
        # Each request has a context of its own: a language set for one is not the next one's.
        context = contextvars.copy_context()
        work = loop.run_in_executor(
            self.executor, context.run, answer.make, self._application, environ
        )
        self.in_hand += 1
        try:
            for message in await work:
                await send(message)
        finally:
            self.in_hand -= 1


def _length(environ: Environ) -> int:
    """Return how long what is sent is said to be; 0 where that is not said."""
    said = environ.get("CONTENT_LENGTH", "")
    return int(said) if said.isdecimal() and len(said) < _DIGITS else 0


async def _all_of(receive: Receive) -> bytes:
    """Return all that is sent, or what had come when the line broke."""
    parts: list[bytes] = []
    is_more = True
    while is_more:
        # A line that broke says neither.
        message = cast("dict[str, Any]", await receive())
        parts.append(message.get("body", b""))
        is_more = message.get("more_body", False)
    return b"".join(parts)


class _Answer:
    """One answer while it is made, in a thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop, send: Send) -> None:
        self._loop = loop
        self._send = send
        self._start: SendEvent | None = None
        self._parts: list[bytes] = []
        self._size = 0

    def make(
        self, application: Callable[..., Iterable[bytes]], environ: Environ
    ) -> list[SendEvent]:
        """Return the messages that are left to send once the answer is made."""
        parts = application(environ, self._begin)
        try:
            for part in parts:
                self._write(part)
        finally:
            if close := getattr(parts, "close", None):
                close()
        return self._messages(is_last=True)

    def _begin(
        self, status: str, headers: list[tuple[str, str]], exc_info: ExceptionInfo | None = None
    ) -> Callable[[bytes], None]:
        del exc_info  # Django answers its own errors.
        self._start = {
            "type": "http.response.start",
            "status": int(status[:3]),
            "headers": [(k.lower().encode("latin1"), v.encode("latin1")) for k, v in headers],
        }
        return self._write

    def _write(self, part: bytes) -> None:
        self._parts.append(part)
        self._size += len(part)
        if self._size >= PART_BYTES:
            sent = asyncio.run_coroutine_threadsafe(
                self._send_all(self._messages(is_last=False)), self._loop
            )
            sent.result()

    async def _send_all(self, messages: list[SendEvent]) -> None:
        for message in messages:
            await self._send(message)

    def _messages(self, *, is_last: bool) -> list[SendEvent]:
        """Return what has been written and not yet sent."""
        body = cast(
            "SendEvent",
            {"type": "http.response.body", "body": b"".join(self._parts), "more_body": not is_last},
        )
        start, self._start = self._start, None
        self._parts, self._size = [], 0
        return [start, body] if start else [body]
