import asyncio

import pytest
from django.db import connections
from tests.web.gatherings.making import meeting, take_in

from kith.project import asgi
from kith.project.asgi import application
from kith.web.gatherings.bridge import shelf


def talk(scope, *heard):
    """Run one connection to its end: what it hears, and what it said."""
    said = []
    waiting = list(heard)

    async def receive():
        return waiting.pop(0)

    async def send(message):
        said.append(message)

    asyncio.run(application(scope, receive, send))
    return said


@pytest.mark.django_db(transaction=True)
def test_start_makes_the_index_before_anybody_asks():
    take_in(meeting())

    said = talk({"type": "lifespan"}, {"type": "lifespan.startup"}, {"type": "lifespan.shutdown"})

    assert [message["type"] for message in said] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
    ]
    assert len(shelf._shelf.entries) == 1


def test_websocket_finds_no_door():
    scope = {"type": "websocket", "path": "/", "headers": []}

    said = talk(scope, {"type": "websocket.connect"})

    assert said == [{"type": "websocket.close", "code": 4404, "reason": "not_found"}]


@pytest.fixture
def page_thread():
    """Let the thread that makes pages put its connection down, which it would keep for the next."""
    yield
    asgi._pages.executor.submit(connections.close_all).result()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("page_thread")
def test_page_is_answered():
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "scheme": "http", "path": "/feeds/meeting-guide.json", "raw_path": b"/feeds/meeting-guide.json",
        "query_string": b"", "root_path": "", "headers": [(b"host", b"testserver")],
        "server": ("testserver", 80), "client": ("127.0.0.1", 1),
    }  # fmt: skip

    said = talk(
        scope,
        {"type": "http.request", "body": b"", "more_body": False},
        {"type": "http.disconnect"},
    )

    assert said[0]["status"] == 200
    assert b"".join(m.get("body", b"") for m in said[1:]) == b"[]\n"
