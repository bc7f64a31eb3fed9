"""Steps of a check: run them side by side, say one line for each, show in full what failed."""

import contextlib
import os
import signal
import subprocess
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# A step that takes longer hangs. Nothing here may wait for somebody to notice.
LONGEST_S = 2_700

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Result:
    """How one step ended, and all that it said."""

    is_ok: bool
    output: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to check, by a name that says what is true when it passes."""

    name: str
    work: Callable[[], Result]


@dataclass(frozen=True, slots=True)
class Ended:
    """A step with its result and how long it took."""

    step: Step
    result: Result
    seconds: float


def own_environment() -> dict[str, str]:
    """Return our environment without what would aim the check at somebody's real instance."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("KITH_", "DJANGO_", "PYTEST_", "COVERAGE_"))
    }


_children: set["subprocess.Popen[str]"] = set()
_children_lock = threading.Lock()


def command(
    arguments: Sequence[str | Path],
    *,
    environment: Mapping[str, str] | None = None,
    longest_s: float = LONGEST_S,
) -> Result:
    """Run a program in the root of the project and return how it ended."""
    child = subprocess.Popen(
        [str(argument) for argument in arguments],
        cwd=ROOT,
        env={**own_environment(), **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        # A group of its own, so that a browser which the program started ends with it.
        start_new_session=True,
    )
    with _children_lock:
        _children.add(child)
    try:
        said, _ = child.communicate(timeout=longest_s)
    except subprocess.TimeoutExpired:
        _end(child)
        said, _ = child.communicate()
        return Result(is_ok=False, output=f"{said}\nstopped after {longest_s:g} seconds")
    finally:
        with _children_lock:
            _children.discard(child)
    return Result(is_ok=child.returncode == 0, output=said, remark=_exit_remark(child.returncode))


def _exit_remark(returncode: int) -> str:
    return f"exit {returncode}" if returncode else ""


def _end(child: "subprocess.Popen[str]") -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(10)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def end_all() -> None:
    """End every program that is still running."""
    with _children_lock:
        left = list(_children)
    for child in left:
        _end(child)


def run(steps: Iterable[Step], *, side_by_side: int, say: Say) -> list[Ended]:
    """Run `steps`, beginning them in order, and return how each ended in the order they did."""
    pool = ThreadPoolExecutor(max_workers=side_by_side)
    try:
        running = [pool.submit(_timed, step) for step in steps]
        ended = []
        for future in as_completed(running):
            one = future.result()
            say(line(one))
            ended.append(one)
        return ended
    finally:
        # Reached early when somebody presses Ctrl-C.
        pool.shutdown(wait=False, cancel_futures=True)
        end_all()


def _timed(step: Step) -> Ended:
    began = time.monotonic()
    try:
        result = step.work()
    except Exception:  # noqa: BLE001 - what breaks one step must not hide how the others ended
        result = Result(is_ok=False, output=traceback.format_exc(), remark="the check itself broke")
    return Ended(step, result, time.monotonic() - began)


def line(ended: Ended) -> str:
    """Return the one line that says how a step ended."""
    mark = "ok    " if ended.result.is_ok else "FAILED"
    remark = f"  ({ended.result.remark})" if ended.result.remark else ""
    return f"{mark} {ended.seconds:7.1f} s  {ended.step.name}{remark}"


def report(ended: Sequence[Ended], *, seconds: float, say: Say) -> bool:
    """Show in full what failed, sum up, and return whether all is well."""
    failed = [one for one in ended if not one.result.is_ok]
    for one in failed:
        say(f"\n==== {one.step.name} ====\n{one.result.output.strip()}")
    spent = f"{seconds / 60:.0f} min {seconds % 60:.0f} s" if seconds >= 60 else f"{seconds:.0f} s"
    if failed:
        names = "; ".join(one.step.name for one in failed)
        say(f"\n{len(failed)} of {len(ended)} steps failed in {spent}: {names}")
    else:
        say(f"\nAll {len(ended)} steps passed in {spent}.")
    return not failed
