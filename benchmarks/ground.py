"""What every measurement stands on: an instance with its data, a server on one core, its CPU time."""

import csv
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var/bench"
RESULTS = ROOT / "benchmarks/results.csv"
TICKS_PER_S = os.sysconf("SC_CLK_TCK")
KITH = (sys.executable, "-m", "kith")


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of an instance that keeps its things in `folder`."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("KITH_", "DJANGO_"))}
    return {
        **clean,
        "KITH_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "kith.project.settings.demo",
    }


def instance(name: str, feeds: Sequence[Path], *options: str, fresh: bool = False) -> Path:
    """Return the folder of an instance that holds `feeds`, made if it is not there yet."""
    folder = KEPT / name
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    if not (folder / "made").exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([*KITH, "import", *options, *map(str, feeds)], env=environment(folder), check=True, stdout=subprocess.DEVNULL)  # fmt: skip
        subprocess.run([*KITH, "manage", "collectstatic", "--noinput", "-v0"], env=environment(folder), check=True)  # fmt: skip
        (folder / "made").touch()
    return folder


@contextmanager
def server(folder: Path, core: int | None = 0) -> Iterator["Server"]:
    """Serve the instance in `folder` on one core, and stop when done."""
    running = Server(folder, core)
    running.begin()
    try:
        running.wait()
        yield running
    finally:
        running.end()


class Server:
    """A server, which may be killed and begun again where it was."""

    def __init__(self, folder: Path, core: int | None) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        self._pinned = ["taskset", "-c", str(core)] if core is not None else []
        self._spent_s = 0.0

    def begin(self) -> None:
        """Begin to serve; see `wait`."""
        command = [*self._pinned, *KITH, "serve", "--port", str(self.port), "--no-tasks"]
        with (self._folder / "server.log").open("a") as log:
            self._process = subprocess.Popen(command, env=environment(self._folder), stdout=log, stderr=log, start_new_session=True)  # fmt: skip

    def kill(self) -> None:
        """End it at once, as a machine does that loses its power."""
        self._spent_s = self.cpu_s()
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def end(self) -> None:
        """Ask it to end."""
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait(20)

    def wait(self, longest_s: float = 120) -> None:
        """Wait until it answers."""
        until = time.monotonic() + longest_s
        while time.monotonic() < until:
            try:
                self.get("/healthz")
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise SystemExit("the server did not answer; see server.log")

    def get(self, path: str) -> bytes:
        """Return what is at `path`."""
        with urllib.request.urlopen(self.url + path, timeout=60) as answer:  # noqa: S310 - ours
            body: bytes = answer.read()
            return body

    def cpu_s(self) -> float:
        """Return the CPU time that the server and its children have spent, killed ones too."""
        pids = (self._process.pid, *_children(self._process.pid))
        return self._spent_s + sum(map(_ticks, pids)) / TICKS_PER_S


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _children(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield int(child)
            yield from _children(int(child))


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def feed(name: str, records: Iterator[dict[str, object]]) -> Path:
    """Return a file that holds `records`, written if it is not there yet."""
    path = KEPT / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with part.open("w", encoding="utf-8") as file:
            file.write("[")
            for number, record in enumerate(records):
                file.write(("," if number else "") + json.dumps(record) + "\n")
            file.write("]")
        part.rename(path)
    return path


def note(bench: str, what: str, value: float, unit: str, *, is_kept: bool = True) -> None:
    """Print one result and, if it is to be kept, append it to the file of results."""
    print(f"{bench:16} {what:52} {value:12.4g} {unit}")
    if not is_kept:
        return
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()  # fmt: skip
    is_new = not RESULTS.exists()
    with RESULTS.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        if is_new:
            writer.writerow(["at", "commit", "bench", "what", "value", "unit"])
        writer.writerow(
            [f"{datetime.now(UTC):%Y-%m-%d}", commit, bench, what, f"{value:.4g}", unit]
        )
