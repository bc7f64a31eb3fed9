"""Somebody taps; how long until the first push is handed to a push service, under load.

python benchmarks/bench_reach.py [--members 10000] [--rate 200] [--seconds 60] [--smoke] [--kill]
The server has one core to itself. On the other run the taps, the process that rings, and a push
service that speaks TLS and takes everything in; each push is sealed for its browser and vouched
for (VAPID) as for any. Everybody who taps is another one. A share of those who are rung answer a
few seconds later, over HTTP. Afterwards plain code reads the rows: nobody rung twice at once,
none over their limit, every reach ends in a person, an open room or the lines. With --kill the
process that rings is killed (SIGKILL) after a third of the time and begun again five seconds later,
and the server of the pages after two thirds, and begun again at once. Whoever taps in vain taps
again. No tap and no ring may be lost.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median, quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import ground, reach_rows, town, town_that_rings

ONE_SECOND_MS = 1000
TOKEN = "a" * 32
# So long nothing rings when what rings was killed; so long somebody taps again where nobody answers.
_DEAD_S, _PATIENCE_S = 5, 60
CERTIFICATE = ground.KEPT / "push.pem"
READY = ground.KEPT / "rings.ready"


def main() -> None:
    """Measure and note."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--rate", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--answers", type=float, default=0.1, help="share of reaches answered")
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--again", action="store_true", help="the people of the last run")
    parser.add_argument("--kill", action="store_true", help="kill what rings, and the server")
    parser.add_argument("--ring", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--check", type=Path, help=argparse.SUPPRESS)
    choice = parser.parse_args()
    if choice.ring:
        _ring()
    elif choice.check:
        reach_rows.check(choice.check)
    else:
        _measure(choice)


def _measure(choice: argparse.Namespace) -> None:
    if choice.smoke:
        choice.members, choice.rate, choice.seconds = 300, 20, 3
    _make_certificate()
    push_port = ground.free_port()
    folder = instance(choice, push_port)
    known = json.loads((folder / "doors.json").read_text())
    doors: list[str] = known["askers"][: choice.rate * choice.seconds]
    push_port = known["port"]
    said = f"{choice.members} members, {choice.rate} a second for {choice.seconds} s"
    said += ", both killed once" * choice.kill
    with ground.server(folder) as server, _ringing(folder) as ringing:
        _wait_until_idle(server)
        os.sched_setaffinity(0, {(os.cpu_count() or 1) - 1})
        load = _Load(server, ringing, folder, choice, doors, push_port)
        cpu = server.cpu_s()
        asyncio.run(load.run())
        load.cpu_s = server.cpu_s() - cpu
        used = load.cpu_s / load.took_s
    found = folder / "found.json"
    found.write_text(json.dumps({"taps": load.taps, "pushes": load.pushes}))
    checked = subprocess.run(
        [sys.executable, __file__, "--check", str(found)],
        env=environment(folder), stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    _note(choice, said, load, json.loads(checked.stdout), used)


def _wait_until_idle(server: ground.Server, longest_s: float = 90) -> None:
    """Wait until the server has made all that it makes ahead."""
    until = time.monotonic() + longest_s
    while time.monotonic() < until:
        before = server.cpu_s()
        time.sleep(1)
        if server.cpu_s() - before < 0.05:
            return


def _note(
    choice: argparse.Namespace, said: str, load: "_Load", found: dict[str, Any], used: float
) -> None:
    def note(what: str, value: float, unit: str) -> None:
        ground.note("reach", f"{said}, {what}", value, unit, is_kept=not choice.smoke)

    for name, took in (
        ("tap to answer of the page", load.took),
        ("tap to first push", found["ms"]),
    ):
        if len(took) < 2:
            print(f"MISSED: {name}: there is none")
            continue
        note(f"{name}: p50", median(took), "ms")
        note(f"{name}: p99", quantiles(took, n=100)[98], "ms")
        note(f"{name}: most", max(took), "ms")
    if choice.kill:
        note("taps that found no server and came again", load.again, "taps")
    note("taps that rang somebody", len(found["ms"]), "reaches")
    note("answered by a person", found["answered"], "reaches")
    note("pushes handed over", len(load.pushes), "pushes")
    note("server's share of its core", 100 * used, "%")
    note(
        "server's CPU a tap, all that follows from it too", load.cpu_s * 1000 / len(load.took), "ms"
    )
    for fault in found["faults"]:
        print(f"MISSED: {fault}")
    if load.failed:
        print(f"MISSED: {len(load.failed)} answers were none, such as {load.failed[:3]}")
    if (
        not choice.kill
        and len(found["ms"]) > 1
        and quantiles(found["ms"], n=100)[98] > ONE_SECOND_MS
    ):
        print("MISSED: p99 from tap to first push within a second")


# ---- the instance -------------------------------------------------------------------------------
def environment(folder: Path) -> dict[str, str]:
    """Return the environment in which everything of this bench runs."""
    return {**ground.environment(folder), "KITH_PUSH_KEY": "of a bench " * 4}


def instance(choice: argparse.Namespace, push_port: int) -> Path:
    """Return the folder of a town whose people may all be rung, with doors of those who tap."""
    if choice.again:
        folder = ground.KEPT / f"reach-{choice.members}"
        _town(folder, "--clear")
        return folder
    gatherings = max(50, choice.members // 5)
    feed = ground.feed(f"town-{gatherings}.json", town.records(gatherings))
    folder = ground.instance(f"reach-{choice.members}", [feed], fresh=True)
    began = time.perf_counter()
    askers = choice.rate * choice.seconds
    doors = _town(folder, "--members", choice.members, "--askers", askers, "--push-port", push_port)
    (folder / "doors.json").write_text(doors)
    print(f"seeded in {time.perf_counter() - began:.0f} s")
    return folder


def _town(folder: Path, *how: object) -> str:
    command = [sys.executable, town_that_rings.__file__, *map(str, how)]
    done = subprocess.run(
        command, env=environment(folder), stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def _make_certificate() -> None:
    if CERTIFICATE.exists():
        return
    CERTIFICATE.parent.mkdir(parents=True, exist_ok=True)
    key = CERTIFICATE.with_suffix(".key")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-days", "3650", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", str(key), "-out", str(CERTIFICATE)],
        check=True, capture_output=True,
    )  # fmt: skip
    CERTIFICATE.write_text(key.read_text() + CERTIFICATE.read_text())


# ---- what rings ---------------------------------------------------------------------------------
def _ring() -> None:
    """Do what `manage ring_people` does, and believe our own push service."""
    import django

    django.setup()
    from kith.web.kit.fetch import Carrier, Limits
    from kith.web.kit.fetch.addresses import PRIVATE_NETWORKS
    from kith.web.notices.actions import Sending
    from kith.web.notices.actions.ringing import Bell
    from kith.web.reach import actions

    trusted = ssl.create_default_context(cafile=CERTIFICATE)
    limits = Limits(max_bytes=0, max_seconds=4, private_networks=PRIVATE_NETWORKS)
    bell = Bell(Sending(limits=limits, carrier=Carrier(certificates=lambda: trusted)))
    READY.touch()
    actions.keep_ringing(bell, goes_on=lambda: True)


class _Ringing:
    """The process that rings, which may be killed and begun again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.begin()

    def begin(self) -> None:
        core = str((os.cpu_count() or 1) - 1)
        self._process = subprocess.Popen(
            ["taskset", "-c", core, sys.executable, __file__, "--ring"],
            env=environment(self._folder),
        )

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()


@contextmanager
def _ringing(folder: Path) -> Iterator[_Ringing]:
    READY.unlink(missing_ok=True)
    running = _Ringing(folder)
    try:
        until = time.monotonic() + 60
        while not READY.exists() and time.monotonic() < until:
            time.sleep(0.1)
        yield running
    finally:
        running.kill()


# ---- the load -----------------------------------------------------------------------------------
class _Load:
    """Taps at a steady rate, a push service, and some who answer."""

    def __init__(
        self, server: ground.Server, ringing: _Ringing, folder: Path, choice: argparse.Namespace,
        doors: list[str], push_port: int,
    ) -> None:  # fmt: skip
        self._host, self._port, self._push_port = "127.0.0.1", server.port, push_port
        self._server, self._ringing = server, ringing
        self._choice, self._doors = choice, doors
        self._of_members: dict[str, str] = json.loads((folder / "doors.json").read_text())[
            "members"
        ]
        self._dice = random.Random(1)
        self._answering: set[asyncio.Task[None]] = set()
        self.taps: dict[str, float] = {}
        self.took: list[float] = []
        self.pushes: list[tuple[str, float]] = []
        self.failed: list[str] = []
        self.again = 0
        self.took_s = self.cpu_s = 0.0

    async def run(self) -> None:
        """Tap until the time is over; then wait until all is handed over."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        push = await asyncio.start_server(self._push, "127.0.0.1", self._push_port, ssl=context)
        began, taps = time.perf_counter(), []
        for number, door in enumerate(self._doors):
            wait = began + number / self._choice.rate - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            taps.append(asyncio.create_task(self._tap(door)))
            if self._choice.kill:
                self._kill(number, len(self._doors))
        await asyncio.gather(*taps)
        self.took_s = time.perf_counter() - began
        await asyncio.sleep(20 if self._choice.kill else 6)
        await asyncio.gather(*self._answering, return_exceptions=True)
        push.close()

    def _kill(self, number: int, of: int) -> None:
        if number == of // 3:
            self._ringing.kill()
            asyncio.get_running_loop().call_later(_DEAD_S, self._ringing.begin)
        elif number == of * 2 // 3:
            self._server.kill()
            self._server.begin()

    async def _tap(self, door: str) -> None:
        at, status = time.time(), 0
        until = at + (_PATIENCE_S if self._choice.kill else 0)
        while not status:
            try:
                status = await self._post("/now/ring/", door)
            except (OSError, IndexError) as error:
                if time.time() >= until:
                    self.failed.append(f"tap: {type(error).__name__}")
                    return
                self.again += 1
                await asyncio.sleep(0.5)
        self.took.append((time.time() - at) * 1000)
        self.taps[door] = at
        if status != 302:
            self.failed.append(f"tap {status}")

    async def _post(self, path: str, door: str) -> int:
        body = f"csrfmiddlewaretoken={TOKEN}&way=voice".encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\nConnection: close\r\n"
            f"Cookie: door={door}; csrftoken={TOKEN}\r\nContent-Length: {len(body)}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        )
        reader, writer = await asyncio.open_connection(self._host, self._port)
        writer.write(head.encode() + body)
        status = int((await reader.readline()).split()[1])
        writer.close()
        return status

    async def _push(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(
            asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError, ssl.SSLError
        ):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
                await reader.readexactly(length)
                who = head.split(b" ", 2)[1].decode().lstrip("/")
                self.pushes.append((who, time.time()))
                writer.write(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")
                if self._dice.random() < self._choice.answers / 3:
                    task = asyncio.create_task(self._answer(who))
                    self._answering.add(task)

    async def _answer(self, who: str) -> None:
        """Look at what rings, as an open page does, and answer it."""
        await asyncio.sleep(self._dice.uniform(1, 4))
        with suppress(OSError, IndexError):
            await self._look_and_answer(who)

    async def _look_and_answer(self, who: str) -> None:
        door = self._of_members[who]
        reader, writer = await asyncio.open_connection(self._host, self._port)
        writer.write(
            f"GET /rung/ HTTP/1.1\r\nHost: {self._host}\r\nConnection: close\r\n"
            f"Cookie: door={door}\r\n\r\n".encode()
        )
        said = (await reader.read()).partition(b"\r\n\r\n")[2]
        writer.close()
        page = json.loads(said).get("page") if said.startswith(b"{") else None
        if page and await self._post(f"{page}answer/", door) not in (302, 409):
            self.failed.append("answer")


if __name__ == "__main__":
    main()
