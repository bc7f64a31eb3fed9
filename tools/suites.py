"""The test suite in each of the ways it has to pass, and what all of them together reach."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tools.steps import ROOT, Result, Say, Step, command

from tools import core_room, postgres, programs

# What pytest answers when no test matched.
NO_TESTS = "exit 5"
# "12 passed, 1 skipped in 3.45s"
_COUNTS = re.compile(r"^(\d+ (?:passed|failed|skipped|deselected|error).*)$", re.MULTILINE)
_TOTAL = re.compile(r"^TOTAL.*?(\d+%)", re.MULTILINE)
# Who may open what, and who asked for it, is decided before any database is asked, and takes
# minutes to walk. What odd input does to each database is tried on both (test_odd_input.py).
_SAME_ON_BOTH = [
    f"--ignore=tests/doors/test_{name}.py"
    for name in ("every_address", "forms", "headers", "no_numbers", "same_time", "the_walk")
]
# What numba compiles is run by its tests, mostly where no measure reaches.
_COMPILED = "src/kith/core/matching/*," + ",".join(
    f"src/kith/core/model/{name}.py"
    for name in ("ahead", "block", "kernel", "gpu", "choosing", "learning", "meeting", "noting")
)
_EVERY_LINE = "src/kith/core/*,src/kith/web/*/access.py,src/kith/web/*/access/*"
# What a study needs came last, and has still to come to where the rest is.
_OF_STUDIES = ",".join(
    f"src/kith/core/{name}/*"
    for name in ("analysis", "export", "measures", "randomize", "stats", "study")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suites:
    """The runs of pytest that make up one check."""

    python: Path
    # pytest's expression for the tests that this check is about, browsers apart.
    marks: str
    # pytest's expression for names, or nothing for all of them.
    only: str
    is_measured: bool
    is_thorough: bool
    folder: Path
    say: Say
    passed: list[str] = field(default_factory=list)

    def on_sqlite(self) -> Step:
        """Return the step that runs all but the core, the doors and the browser."""
        return Step("tests on SQLite", self._sqlite)

    def at_the_doors(self) -> Step:
        """Return the step that lets everybody try every address, on SQLite."""
        return Step("everybody at every door", self._doors)

    def on_postgres(self) -> Step:
        """Return the step that runs what touches the database, on a PostgreSQL of its own."""
        return Step("tests on PostgreSQL", self._postgres)

    def in_browser(self) -> Step:
        """Return the step that drives a real Chromium."""
        return Step("tests in a browser", self._browser)

    def of_the_core(self) -> Step:
        """Return the step that runs the tests of the core where Django is not installed."""
        return Step("the core without Django", self._core)

    def coverage(self, suites: int) -> Step:
        """Return the step that adds up what they reached, to be run when `suites` have passed."""
        return Step("coverage", lambda: self._coverage(suites))

    def _sqlite(self) -> Result:
        if "not slow" not in self.marks:
            # Where it cannot be had, those tests say so and are left out.
            with suppress(programs.MissingProgramError):
                programs.redis(self.say)
        return self._pytest(
            self.python,
            ["tests", "--ignore=tests/core", "--ignore=tests/doors", "-m", self.marks],
            {},
        )

    def _doors(self) -> Result:
        return self._pytest(self.python, ["tests/doors", "-m", self.marks], {})

    def _postgres(self) -> Result:
        try:
            programs.postgres_programs(self.say)
            with postgres.running() as url:
                return self._pytest(
                    self.python,
                    [
                        "tests",
                        "--ignore=tests/core",
                        *([] if self.is_thorough else _SAME_ON_BOTH),
                        "--only-database",
                        "-m",
                        self.marks,
                    ],
                    {"KITH_DATABASE_URL": url},
                    # It runs what SQLite has run already; measured again, it would take twice as long.
                    is_measured=False,
                )
        except (programs.MissingProgramError, postgres.NoPostgresError) as error:
            return Result(is_ok=False, output=str(error))

    def _browser(self) -> Result:
        try:
            chromium = programs.chromium(self.say)
            programs.coturn(self.say)
        except programs.MissingProgramError as error:
            return Result(is_ok=False, output=str(error))
        ended = self._pytest(
            self.python,
            ["tests", "--ignore=tests/core", "-m", "browser"],
            {"KITH_CHROMIUM": str(chromium)},
        )
        if ended.is_ok and "skipped" in ended.remark:
            return Result(is_ok=False, output=ended.output, remark="a browser test was skipped")
        return ended

    def _core(self) -> Result:
        try:
            room = core_room.made()
        except programs.MissingProgramError as error:
            return Result(is_ok=False, output=str(error))
        if not room.is_ok:
            return room
        return self._pytest(
            core_room.ROOM / "bin" / "python",
            ["tests/core", "-m", self.marks],
            {"PYTHONPATH": str(ROOT / "src")},
        )

    def _pytest(
        self,
        python: Path,
        arguments: Sequence[str],
        environment: dict[str, str],
        *,
        is_measured: bool = True,
    ) -> Result:
        run = ["-m", "pytest", "-q", "--color=no", "-p", "no:cacheprovider", *arguments]
        if self.only:
            run += ["-k", self.only]
        if self.is_thorough:
            run += ["--hypothesis-profile=thorough"]
        if self.is_measured and is_measured:
            run = ["-m", "coverage", "run", *run]
        ended = command([python, *run], environment={**self._coverage_file, **environment})
        if ended.remark == NO_TESTS and self.only:
            return Result(is_ok=True, remark="no test matches")
        if ended.is_ok:
            self.passed.append(" ".join(arguments))
        counts = _COUNTS.findall(ended.output)
        remark = counts[-1] if counts else ended.remark
        return Result(is_ok=ended.is_ok, output=ended.output, remark=remark)

    @property
    def _coverage_file(self) -> dict[str, str]:
        return {"COVERAGE_FILE": str(self.folder / ".coverage")}

    def _coverage(self, suites: int) -> Result:
        if len(self.passed) < suites:
            return Result(is_ok=False, output="Not measured, because tests failed.")
        said = ""
        for arguments in (
            ["combine", "--quiet", str(self.folder)],
            ["report"],
            [
                "report", "--fail-under=99", f"--include={_EVERY_LINE}",
                f"--omit={_COMPILED},{_OF_STUDIES}",
            ],
            ["report", "--fail-under=96", f"--include={_OF_STUDIES}"],
        ):  # fmt: skip
            ended = command(
                [self.python, "-m", "coverage", *arguments], environment=self._coverage_file
            )
            said += ended.output
            if not ended.is_ok:
                return Result(is_ok=False, output=said)
        total = _TOTAL.search(said)
        return Result(is_ok=True, output=said, remark=total.group(1) if total else "")
