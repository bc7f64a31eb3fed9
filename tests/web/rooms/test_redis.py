"""Rooms over two processes, through a real Redis that is killed and comes back."""

import shutil
import subprocess
import time

import pytest
from tests.web.rooms.making import room_of, seat_of
from tests.web.rooms.serving import Served, free_port
from tests.web.rooms.talking import come, keys_of, run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


class Redis:
    """A Redis on this machine."""

    def __init__(self, program: str) -> None:
        self.port, self._program = free_port(), program
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Redis":
        command = [self._program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        time.sleep(0.5)
        return self

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture(scope="module")
def redis():
    """A running Redis."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("These tests go over a real Redis: apt install redis-server")
    server = Redis(program).start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def two(django_db_setup, redis):
    """Two processes that serve the same instance."""
    url = f"redis://127.0.0.1:{redis.port}/0"
    servers = [Served(REDIS_URL=url).start() for _ in range(2)]
    yield servers
    for server in servers:
        server.kill()


def test_two_meet_who_came_to_different_processes(two, ruth, kofi):
    room = room_of(ruth, kofi)
    keys = keys_of(ruth, kofi)

    async def talk():
        one = await come(two[0], room, keys[0])
        await one.say("still")
        await one.hear("still")
        other = await come(two[1], room, keys[1])
        here, joined = await other.hear("here"), await one.hear("join")
        await other.say("chat", words="Across.")
        return here, joined, await one.hear("chat")

    here, joined, said = run(talk)

    assert (here["name"], joined["name"]) == ("Ruth", "Kofi")
    assert said == {"kind": "chat", "words": "Across.", "from": seat_of(kofi, room).mark}


def test_second_tab_takes_over_in_another_process(two, ruth):
    room = room_of(ruth)
    [key] = keys_of(ruth)

    async def talk():
        first = await come(two[0], room, key, tab="a")
        await first.hear("hello")
        second = await come(two[1], room, key, tab="b")
        await second.hear("hello")
        return await first.closed()

    assert run(talk) == 4409


def test_they_meet_again_after_redis_was_away(two, redis, ruth, kofi):
    room = room_of(ruth, kofi)
    keys = keys_of(ruth, kofi)

    async def talk():
        one = await come(two[0], room, keys[0])
        await one.hear("hello")
        redis.kill()
        other = await come(two[1], room, keys[1])
        alone = await other.hears_nothing_but("hello")
        redis.start()
        other.close()
        return alone, await _met(one)

    async def _met(one):
        for _try in range(20):
            other = await come(two[1], room, keys[1])
            if (said := await other.hears_soon("here")) is not None:
                return said
            other.close()
        return None

    alone, said = run(talk)

    assert alone
    assert said["name"] == "Ruth"
