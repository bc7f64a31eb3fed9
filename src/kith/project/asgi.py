"""The ASGI shell: pages go to Django as WSGI; the websockets of rooms live here beside them."""

import asyncio
import logging
import threading
import time

from a2wsgi.asgi_typing import ASGIApp, Receive, Scope, Send
from django.db import DatabaseError, connection

from kith.project.pages import Pages
from kith.project.wsgi import application as django
from kith.web.gatherings.bridge import shelf
from kith.web.gatherings.views import cards
from kith.web.reach.bridge import shelf as people_to_ring
from kith.web.rooms.consumers import sockets

log = logging.getLogger(__name__)

# Django's own work is short and holds the interpreter lock; more threads only take turns.
PAGE_THREADS = 4
_REST_S = 0.01

_pages = Pages(django, PAGE_THREADS)


def _rest() -> None:
    """Let whoever asks go first."""
    time.sleep(_REST_S)
    while _pages.in_hand:
        time.sleep(_REST_S)


def _warm_rows() -> None:
    try:
        cards.warm(_rest)
    except DatabaseError:
        # They are made when they are asked for.
        log.warning("The rows could not be made ahead.", exc_info=True)
    finally:
        connection.close()


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            # So that the first person to come does not wait for the index.
            await asyncio.to_thread(shelf.warm)
            await asyncio.to_thread(people_to_ring.warm)
            threading.Thread(target=_warm_rows, name="kith-warm", daemon=True).start()
            await send({"type": "lifespan.startup.complete"})
        else:
            await send({"type": "lifespan.shutdown.complete"})
            return


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one connection: pages, start and stop, and the websockets of rooms."""
    if scope["type"] == "http":
        await _pages(scope, receive, send)
    elif scope["type"] == "lifespan":
        await _lifespan(receive, send)
    else:
        await sockets({**scope}, receive, send)


shell: ASGIApp = application
