"""What those in a room hear of each other, through the real server and real websockets."""

import asyncio
from contextlib import suppress

import httpx
import pytest
from django.db import connection
from django.utils import timezone
from tests.web.rooms.making import room_of, seat_of
from tests.web.rooms.serving import Served
from tests.web.rooms.talking import HTTPClientError, come, keys_of, knock, run
from tests.web.safety.meeting import paused
from tornado.websocket import WebSocketClosedError

from kith.web.people import access as people
from kith.web.rooms import actions
from kith.web.rooms.choices import LINGER, Kind, SeatState
from kith.web.rooms.models import Room
from kith.web.safety.choices import Kind as Far
from kith.web.safety.models import Distance

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
TOKEN = "a" * 32
SDP = "v=0\r\n" + "a=candidate\r\n" * 400


@pytest.fixture(scope="module")
def served(django_db_setup):
    """The real server, for all of these tests."""
    server = Served().start()
    yield server
    server.kill()


@pytest.fixture
def room(ruth, kofi, marisol):
    """A room of three that Ruth holds."""
    return room_of(ruth, kofi, marisol, host=ruth)


@pytest.fixture
def keys(ruth, kofi, marisol):
    """The keys of the three."""
    return keys_of(ruth, kofi, marisol)


@pytest.fixture
def marks(ruth, kofi, marisol, room):
    """What those in the room call the three by."""
    return [seat_of(person, room).mark for person in (ruth, kofi, marisol)]


# ---- coming, talking, going ---------------------------------------------------------------------
def test_two_hear_that_the_other_is_here(served, room, keys, marks):
    async def talk():
        ruth = await come(served, room, keys[0])
        hello = await ruth.hear("hello")
        kofi = await come(served, room, keys[1], tab="k")
        return hello, await ruth.hear("join"), await kofi.hear("here")

    hello, joined, here = run(talk)

    assert hello == {
        "kind": "hello", "id": marks[0], "name": "Ruth", "host": True, "waits": False,
        "ice": {"iceServers": []},
    }  # fmt: skip
    assert joined == {"kind": "join", "id": marks[1], "name": "Kofi", "tab": "k", "host": False}
    assert here == {"kind": "here", "id": marks[0], "name": "Ruth", "tab": "a", "host": True}


def test_offer_reaches_whom_it_is_for_and_nobody_else(served, room, keys, marks):
    async def talk():
        ruth, kofi = await come(served, room, keys[0]), await come(served, room, keys[1])
        await kofi.hear("here")
        marisol = await come(served, room, keys[2])
        await marisol.hear("here")
        await marisol.hear("here")
        await ruth.say("offer", to=marks[1], sdp=SDP)
        return await kofi.hear("offer"), await marisol.hears_nothing()

    offer, is_quiet = run(talk)

    assert offer == {"kind": "offer", "to": marks[1], "sdp": SDP, "from": marks[0]}
    assert is_quiet


def test_guide_reaches_all_others_unchanged(served, room, keys):
    async def talk():
        ruth, kofi = await come(served, room, keys[0]), await come(served, room, keys[1])
        await kofi.hear("here")
        await ruth.say("guide.begin", script="deep", at=7, nested={"a": [1]})
        return await kofi.hear("guide.begin")

    said = run(talk)

    assert said == {"kind": "guide.begin", "script": "deep", "at": 7, "nested": {"a": [1]}}


def test_words_reach_all_others(served, room, keys, marks):
    async def talk():
        ruth, kofi = await come(served, room, keys[0]), await come(served, room, keys[1])
        await kofi.hear("here")
        await ruth.say("chat", words="https://example.org")
        return await kofi.hear("chat")

    said = run(talk)

    assert said == {"kind": "chat", "words": "https://example.org", "from": marks[0]}


def test_leaving_is_told_and_frees_the_seat(served, room, keys, marks, kofi):
    async def talk():
        ruth, kofi = await come(served, room, keys[0]), await come(served, room, keys[1])
        await ruth.hear("join")
        await kofi.say("leave")
        return await ruth.hear("bye", "gone")

    said = run(talk)

    assert said == {"kind": "bye", "id": marks[1]}
    assert seat_of(kofi, room).state == SeatState.LEFT


def test_lost_connection_keeps_the_seat(served, room, keys, marks, kofi):
    async def talk():
        ruth, other = await come(served, room, keys[0]), await come(served, room, keys[1])
        await ruth.hear("join")
        other.close()
        gone = await ruth.hear("bye", "gone")
        await come(served, room, keys[1])
        return gone, await ruth.hear("join")

    gone, again = run(talk)

    assert gone == {"kind": "gone", "id": marks[1]}
    assert again["id"] == marks[1]
    assert seat_of(kofi, room).state == SeatState.SITS


def test_second_tab_takes_over_and_the_same_one_comes_back(served, room, keys):
    async def talk():
        first = await come(served, room, keys[0], tab="a")
        await first.hear("hello")
        again = await come(served, room, keys[0], tab="a")
        await again.hear("hello")
        other = await come(served, room, keys[0], tab="b")
        await other.hear("hello")
        return await first.closed(), await again.closed()

    codes = run(talk)

    assert codes == (4000, 4409)


def test_still_is_answered(served, room, keys):
    async def talk():
        ruth = await come(served, room, keys[0])
        await ruth.say("still")
        return await ruth.hear("still")

    assert run(talk) == {"kind": "still"}


# ---- the host -----------------------------------------------------------------------------------
def test_host_moves_somebody_to_the_lobby_and_lets_them_in(served, room, keys, marks):
    async def talk():
        ruth, kofi = await come(served, room, keys[0]), await come(served, room, keys[1])
        await ruth.hear("join")
        marisol = await come(served, room, keys[2])
        await marisol.hear("here")
        await ruth.say("lobby", to=marks[1])
        heard = [await kofi.hear("wait"), await ruth.hear("waits"), await marisol.hear("bye")]
        await ruth.say("chat", words="Between us.")
        is_quiet = await kofi.hears_nothing()
        await ruth.say("let-in", to=marks[1])
        return heard, is_quiet, await kofi.hear("let-in"), await marisol.hear("join")

    heard, is_quiet, _let_in, joined = run(talk)

    assert [said["kind"] for said in heard] == ["wait", "waits", "bye"]
    assert heard[2]["id"] == marks[1]
    assert is_quiet
    assert joined["id"] == marks[1]


def test_who_waits_is_shown_to_the_host_alone_when_they_come_back(served, room, keys, marks):
    async def talk():
        ruth, marisol = await come(served, room, keys[0]), await come(served, room, keys[2])
        await marisol.hear("here")
        kofi = await come(served, room, keys[1])
        hello = await kofi.hear("hello")
        return hello, await ruth.hear("waits"), await marisol.hears_nothing()

    seat = Room.objects.get(pk=room.pk).seats.get(mark=marks[1])
    actions.to_lobby(seat=seat, by=Room.objects.get(pk=room.pk).seats.get(mark=marks[0]))
    hello, waits, is_quiet = run(talk)

    assert hello["waits"]
    assert waits["id"] == marks[1]
    assert is_quiet


def test_host_ends_it_for_all(served, room, keys):
    async def talk():
        ruth, kofi = await come(served, room, keys[0]), await come(served, room, keys[1])
        await ruth.hear("join")
        await ruth.say("end")
        return await ruth.closed(), await kofi.closed()

    assert run(talk) == (4410, 4410)


def test_host_mutes_and_nobody_else_does(served, room, keys, marks):
    async def talk():
        ruth, kofi = await come(served, room, keys[0]), await come(served, room, keys[1])
        await kofi.hear("here")
        await kofi.say("mute", to=marks[0])
        await kofi.say("lobby", to=marks[0])
        await kofi.say("end")
        await ruth.hear("join")
        is_quiet = await ruth.hears_nothing(0.5)
        await ruth.say("mute", to=marks[1])
        return is_quiet, await kofi.hear("mute")

    is_quiet, muted = run(talk)

    assert is_quiet
    assert muted == {"kind": "mute", "to": marks[1], "from": marks[0]}


# ---- whom it does not open for ------------------------------------------------------------------
def refused(served, room, key, **headers):
    with pytest.raises(HTTPClientError) as error:
        run(lambda: knock(served, room, key, **headers))
    return error.value.code


def test_stranger_outsider_blocked_and_paused_hear_the_same_nothing(
    served, room, keys, wren, ruth, kofi
):
    actions.sit(seat=seat_of(ruth, room))
    Distance.objects.bulk_create([Distance(by=ruth, whom=kofi, kind=Far.BLOCK)])
    paused(Room.objects.get(pk=room.pk).seats.get(mark=seat_of(ruth, room).mark).person)
    never = Room(token="never-was")

    codes = {
        refused(served, room, "no-such-session"),
        refused(served, room, keys_of(wren)[0]),
        refused(served, room, keys[1]),
        refused(served, room, keys[0]),
        refused(served, never, keys[2]),
    }

    assert codes == {403}


def test_page_of_another_origin_opens_nothing(served, room, keys):
    assert refused(served, room, keys[0], Origin="https://elsewhere.example") == 403
    assert refused(served, room, keys[0], Origin="null") == 403
    assert refused(served, room, keys[0], Origin=served.url, Host="elsewhere.example") == 403


def code_for(served, room, key):
    async def talk():
        return await (await knock(served, room, key)).closed()

    return run(talk)


def test_over_room_and_full_room_say_why(served, room, keys, kofi):
    actions.leave(seat=seat_of(kofi, room))
    for name in "ABCD":
        from tests.web.circles.making import longtime  # noqa: PLC0415

        actions.seat(room=room, person=longtime(name))
    full = code_for(served, room, keys[1])
    actions.close(room=room)

    assert full == 4423
    assert code_for(served, room, keys[0]) == 4410


def test_seat_is_looked_at_again_while_somebody_sits(served, room, keys, ruth):
    async def begin():
        talker = await come(served, room, keys[0])
        await talker.hear("hello")
        await asyncio.to_thread(shut)
        await talker.say("still")
        return await talker.closed()

    def shut():
        over = timezone.now() - LINGER
        Room.objects.filter(pk=room.pk).update(ends_at=over)
        # The connection of this thread.
        connection.close()

    assert run(begin) == 4410


def keeps_away(served, key, by, whom):
    """Let `by` block `whom` by the page for it."""
    path = f"/person/{people.reference_to(whom, seen_by=by)}/keep/"
    answer = httpx.post(
        f"{served.url}{path}",
        data={"kind": Far.BLOCK.value, "csrfmiddlewaretoken": TOKEN},
        headers={"Cookie": f"door={key}; csrftoken={TOKEN}"},
        timeout=20,
    )
    connection.close()
    return answer.status_code


def test_call_ends_for_both_in_the_moment_in_which_one_blocks(served, ruth, kofi, keys):
    call = room_of(ruth, kofi, kind=Kind.CALL)

    async def talk():
        one = await come(served, call, keys[0])
        other = await come(served, call, keys[1], tab="k")
        status = await asyncio.to_thread(keeps_away, served, keys[0], ruth, kofi)
        return status, await one.closed(), await other.closed()

    assert run(talk) == (302, 4410, 4410)


def test_who_blocks_is_out_of_a_room_at_once_and_the_other_one_stays(
    served, ruth, kofi, room, keys
):
    async def talk():
        one = await come(served, room, keys[0])
        other = await come(served, room, keys[1], tab="k")
        await asyncio.to_thread(keeps_away, served, keys[0], ruth, kofi)
        code = await one.closed()
        gone = await other.hear("bye")
        await other.say("still")
        return code, gone["kind"], (await other.hear("still"))["kind"]

    assert run(talk) == (4404, "bye", "still")


# ---- what may not be said -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("no json", 4400),
        ("[]", 4400),
        ('{"kind": 7}', 4400),
        ('{"kind": "shout"}', 4400),
        ('{"kind": "offer", "to": "x"}', 4400),
        ('{"kind": "offer", "to": 7, "sdp": "v=0"}', 4400),
        ('{"kind": "chat", "words": "' + "a" * 501 + '"}', 4400),
        ('{"kind": "candidate", "to": "x", "candidate": {"a": "' + "a" * 1100 + '"}}', 4400),
        ('{"kind": "state", "mic": 1, "camera": true}', 4400),
        ('{"kind": "chat", "words": "a", "more": 1}', 4400),
        ('{"kind": "guide.x", "words": "' + "a" * 2048 + '"}', 4413),
        ('{"kind": "offer", "to": "x", "sdp": "' + "a" * 24 * 1024 + '"}', 4413),
        (b"bytes", 4400),
    ],
)
def test_what_is_malformed_or_too_long_closes_with_a_reason(served, room, keys, text, code):
    async def talk():
        talker = await come(served, room, keys[0])
        await talker.line.write_message(text, binary=isinstance(text, bytes))
        return await talker.closed()

    assert run(talk) == code


def test_too_much_at_once_closes_with_a_reason(served, room, keys):
    async def talk():
        talker = await come(served, room, keys[0])
        # It may be closed before all is said.
        with suppress(WebSocketClosedError):
            for _ in range(400):
                await talker.say("state", mic=True, camera=True)
        return await talker.closed()

    assert run(talk) == 4429


def test_first_word_is_hello(served, room, keys):
    async def talk():
        talker = await knock(served, room, keys[0])
        await talker.say("still")
        return await talker.closed()

    assert run(talk) == 4400
