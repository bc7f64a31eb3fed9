"""One websocket in the process of the test: from its door to its end."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from typing import Any

import pytest
from django.db import connections
from django.test import override_settings
from tests.web.rooms.making import key_of, room_of, seat_of

from kith.web.rooms import actions
from kith.web.rooms.choices import SeatState
from kith.web.rooms.consumers import Sockets, socket
from kith.web.rooms.consumers.member import Member, Why
from kith.web.rooms.consumers.said import Bucket, NotSaidError
from kith.web.rooms.queries import relays

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sockets():
    """The websockets of one process; its threads put their connections down at the end."""
    made = Sockets()
    yield made
    # More often than there are threads, and none so quick that another one is not asked too.
    for closing in [made.executor.submit(_close) for _thread in range(8)]:
        closing.result()
    made.executor.shutdown()


def _close():
    connections.close_all()
    time.sleep(0.05)


def scope_of(room, key, origin="http://testserver", path=""):
    return {
        "type": "websocket",
        "path": path or f"{room.get_absolute_url()}ws",
        "headers": [
            (b"host", b"testserver"), (b"origin", origin.encode()), (b"cookie", f"door={key}".encode()),
        ],
    }  # fmt: skip


def talk(sockets, scope, *says, hang_up=True):
    """Let a browser say these things; return what it hears, and how it ends."""
    heard = []

    async def go():
        waiting: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        waiting.put_nowait({"type": "websocket.connect"})
        for said in says:
            text = said if isinstance(said, str) else json.dumps(said)
            waiting.put_nowait({"type": "websocket.receive", "text": text})

        async def send(message):
            heard.append(message)
            is_close = '"close"' in (message.get("text") or "")
            if is_close or (hang_up and waiting.empty() and message["type"] == "websocket.send"):
                waiting.put_nowait({"type": "websocket.disconnect", "code": 1000})

        await sockets(scope, waiting.get, send)

    asyncio.run(go())
    texts = [json.loads(one["text"]) for one in heard if one["type"] == "websocket.send"]
    return texts, [one for one in heard if one["type"] == "websocket.close"]


HELLO = {"kind": "hello", "tab": "a"}


def test_hello_seats_whoever_comes(sockets, ruth, kofi):
    room = room_of(ruth, kofi)

    heard, _closed = talk(sockets, scope_of(room, key_of(ruth)), HELLO)

    assert [said["kind"] for said in heard[:1]] == ["hello"]
    assert seat_of(ruth, room).state == SeatState.SITS


def test_leaving_gets_up(sockets, ruth, kofi):
    room = room_of(ruth, kofi)

    heard, _closed = talk(sockets, scope_of(room, key_of(ruth)), HELLO, {"kind": "leave"}, hang_up=False)  # fmt: skip

    assert heard[-1] == {"kind": "close", "code": 4000}
    assert seat_of(ruth, room).state == SeatState.LEFT


def test_stranger_wrong_origin_and_no_room_are_turned_away(sockets, ruth, wren):
    room, key = room_of(ruth), key_of(ruth)

    answers = [
        talk(sockets, scope_of(room, "nobody")),
        talk(sockets, scope_of(room, key_of(wren))),
        talk(sockets, scope_of(room, key, origin="https://elsewhere.example")),
        talk(sockets, scope_of(room, key, path="/room/")),
    ]

    assert [texts for texts, _closed in answers] == [[], [], [], []]
    assert [closed[0]["code"] for _texts, closed in answers] == [4404, 4404, 4403, 4404]


@override_settings(SESSION_COOKIE_SECURE=True)
def test_page_without_https_is_turned_away_where_cookies_need_it(sockets, ruth):
    room = room_of(ruth)

    _texts, closed = talk(sockets, scope_of(room, key_of(ruth)))

    assert closed[0]["code"] == 4403


def test_over_is_said_in_words_and_by_code(sockets, ruth):
    room = room_of(ruth)
    actions.close(room=room)

    heard, closed = talk(sockets, scope_of(room, key_of(ruth)))

    assert heard == [{"kind": "close", "code": 4410}]
    assert closed == [{"type": "websocket.close", "code": 4410, "reason": "over"}]


def test_who_was_moved_to_the_lobby_waits(sockets, ruth, kofi):
    room = room_of(ruth, kofi, host=ruth)
    actions.to_lobby(seat=seat_of(kofi, room), by=seat_of(ruth, room))

    heard, _closed = talk(sockets, scope_of(room, key_of(kofi)), HELLO)

    assert heard[0]["waits"] is True
    assert seat_of(kofi, room).state == SeatState.WAITS


def test_host_ends_and_who_is_no_host_does_not(sockets, ruth, kofi):
    room = room_of(ruth, kofi, host=ruth)

    talk(sockets, scope_of(room, key_of(kofi)), HELLO, {"kind": "end"}, {"kind": "still"})
    room.refresh_from_db()
    is_open = room.closed_at is None
    heard, _closed = talk(sockets, scope_of(room, key_of(ruth)), HELLO, {"kind": "end"}, hang_up=False)  # fmt: skip

    assert is_open
    assert heard[-1] == {"kind": "close", "code": 4410}


def test_silence_ends_it(sockets, ruth, monkeypatch):
    monkeypatch.setattr(socket, "SILENT_S", 0.05)
    room = room_of(ruth)

    heard, _closed = talk(sockets, scope_of(room, key_of(ruth)), HELLO, hang_up=False)

    assert heard[-1] == {"kind": "close", "code": 4408}
    assert seat_of(ruth, room).state == SeatState.SITS


def test_who_reads_too_slowly_is_let_go():
    member = Member(mark="m", name="Ruth", tab="a", conn="c")

    for _ in range(600):
        member.tell({"kind": "state"})

    # What was on its way is dropped, and they begin anew.
    assert member.outbox.get_nowait() == Why.TOO_FAST


def test_bucket_fills_up_again(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    bucket = Bucket(burst=2, per_s=1)
    bucket.take()
    bucket.take()

    with pytest.raises(NotSaidError):
        bucket.take()
    now[0] += 1
    bucket.take()


# ---- relays ---------------------------------------------------------------------------------------
def test_without_a_relay_no_server_is_named():
    assert relays.for_now() == {"iceServers": []}


@override_settings(
    KITH_TURN_URL=["turn:turn.example.org:3478?transport=udp", "turns:turn.example.org:5349"],
    KITH_TURN_SECRET="secret",
    KITH_TURN_ONLY=True,
)
def test_password_of_a_relay_is_over_in_some_hours_and_names_nobody():
    told = relays.for_now()

    stun, turn = told["iceServers"]
    until, name = turn["username"].split(":")
    signed = hmac.new(b"secret", turn["username"].encode(), hashlib.sha1).digest()
    assert told["iceTransportPolicy"] == "relay"
    assert stun == {"urls": "stun:turn.example.org:3478"}
    assert turn["credential"] == base64.b64encode(signed).decode()
    assert 0 < int(until) - time.time() <= relays.LASTS_S
    assert len(name) == 12
    assert relays.for_now()["iceServers"][1]["username"] != turn["username"]
