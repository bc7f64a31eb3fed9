"""Check the whole house. This is what `./kith test` runs.

Style, types, import contracts, doors, templates, migrations and production settings; the core
where Django is not installed; everything else on SQLite and, where it touches the database, on
PostgreSQL; everybody at every door; a real browser; and how much of the code all that has reached. Nothing is skipped in
silence: what cannot be checked here fails, and says what is missing (only for the launcher's own
lint it is enough to say so).
"""

import argparse
import os
import secrets
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from tools.steps import ROOT, Result, Step, command, report, run
from tools.suites import Suites

from tools import programs

PYTHON = Path(sys.executable)
BIN = PYTHON.parent
# More than this and they fight over the same disk and browser.
MOST_SIDE_BY_SIDE = 4


def lint_steps() -> Iterator[Step]:
    """Yield what needs no test to run, the slowest first."""
    yield _step("types (mypy)", BIN / "mypy")
    yield _step("import contracts", BIN / "lint-imports")
    yield Step("migrations in step with models", _migrations)
    yield _step("doors", PYTHON, "-m", "tools.check_doors")
    yield _step("templates (djlint)", BIN / "djlint", "--lint", "--quiet", *_templates())
    yield _step("layout of templates (djade)", BIN / "djade", "--check", *_templates())
    yield _step("lint (ruff check)", BIN / "ruff", "check")
    yield _step("layout (ruff format)", BIN / "ruff", "format", "--check")
    yield Step("the launcher (shellcheck)", _shellcheck)


_READY = """
from kith.core.model.scenario import read
from kith.lab import forming, simulate, simulating

forming.make_ready(is_pairs=True)
forming.make_ready(is_pairs=False)
simulating.make_ready(read(simulate.text_of("contrasts")), "numba")
"""


def compile_step() -> Step:
    """Return the step that compiles the loops of matching and of the model, which are kept.

    Under coverage it takes several times as long, and each run of tests would do it for itself.
    """
    return _step("machine code of loops", PYTHON, "-c", _READY)


def benchmark_steps() -> Iterator[Step]:
    """Yield a short run of each benchmark, to see that it still works."""
    for bench in sorted((ROOT / "benchmarks").glob("bench_*.py")):
        yield _step(f"benchmark {bench.stem}", PYTHON, bench, "--smoke")


def _step(name: str, *arguments: str | Path) -> Step:
    return Step(name, partial(command, arguments))


def _templates() -> list[Path]:
    return sorted((ROOT / "src").rglob("templates/**/*.html"))


def _migrations() -> Result:
    return command(
        [PYTHON, "-m", "kith", "manage", "makemigrations", "--check", "--dry-run"],
        environment={"DJANGO_SETTINGS_MODULE": "kith.project.settings.test"},
    )


def _production(folder: Path) -> Result:
    return command(
        [PYTHON, "-m", "kith", "manage", "check", "--deploy", "--fail-level", "WARNING"],
        environment={
            "DJANGO_SETTINGS_MODULE": "kith.project.settings.production",
            "KITH_DATA_DIR": str(folder / "production"),
            "KITH_HOSTS": "kith.example",
            "KITH_SECRET_KEY": secrets.token_hex(32),
            "KITH_SEAL_KEYS": secrets.token_hex(32),
        },
    )


def _shellcheck() -> Result:
    try:
        return command([programs.shellcheck(_say), "kith", ".ci/run"])
    except programs.MissingProgramError as error:
        return Result(is_ok=True, remark=f"not checked: {error}")


def chosen(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="./kith test", description="Check the whole house.")
    size = parser.add_mutually_exclusive_group()
    size.add_argument(
        "--quick", action="store_true", help="only lint and the quick tests, on SQLite"
    )
    size.add_argument(
        "--all", action="store_true", help="long proofs and a short run of each benchmark too"
    )
    parser.add_argument("-k", metavar="EXPR", default="", help="only tests whose names match")
    return parser.parse_args(arguments)


def marks(choice: argparse.Namespace) -> str:
    """Return pytest's expression for the tests that `choice` is about, browsers apart."""
    if choice.all:
        return "not browser"
    if choice.quick:
        return "not browser and not calibration and not slow"
    return "not browser and not calibration"


def suites_of(suites: Suites, *, is_quick: bool) -> list[Step]:
    """Return the runs of the tests, the longest first: so none is left to run on by itself."""
    quick = [suites.on_sqlite(), suites.at_the_doors(), suites.of_the_core()]
    return quick if is_quick else [suites.in_browser(), suites.on_postgres(), *quick]


def main(arguments: Sequence[str]) -> int:
    """Run the steps that `arguments` ask for and return 0 if all is well, else 1."""
    choice = chosen(arguments)
    # So that a database or a browser we started ends with us when we are asked to stop.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kith-check-") as folder:
        suites = Suites(
            python=PYTHON,
            marks=marks(choice),
            only=choice.k,
            is_measured=not (choice.quick or choice.k),
            is_thorough=choice.all,
            folder=Path(folder),
            say=_say,
        )
        tests = suites_of(suites, is_quick=choice.quick)
        others = [] if choice.k else list(lint_steps())
        if not choice.quick:
            others += (
                []
                if choice.k
                else [Step("production settings", partial(_production, Path(folder)))]
            )
        if choice.all:
            others += benchmark_steps()
        side_by_side = min(len(os.sched_getaffinity(0)), MOST_SIDE_BY_SIDE)
        ended = run([compile_step(), *others], side_by_side=side_by_side, say=_say)
        ended += run(tests, side_by_side=side_by_side, say=_say)
        if suites.is_measured:
            ended += run([suites.coverage(len(tests))], side_by_side=1, say=_say)
    is_well = report(ended, seconds=time.monotonic() - began, say=_say)
    if is_well and not suites.passed:
        _say(f"But no test matches {choice.k!r}.")
    return 0 if is_well and suites.passed else 1


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
