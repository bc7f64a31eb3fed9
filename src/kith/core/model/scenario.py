"""A scenario out of the text of its file: a town, its people, and the designs that are tried in it."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, get_args, get_type_hints

from kith.core.brain.parameters import Parameters, meanings, parameters
from kith.core.model import counted, design, settling
from kith.core.model.calibration import PRIORS, TRAITS, kept_draw, moved
from kith.core.model.counted import Counted
from kith.core.model.design import Design
from kith.core.model.outcomes import OUTCOMES
from kith.core.model.settling import Traits
from kith.core.model.wording import HUGE, all_of, flat, is_within, shown
from kith.core.population import settings
from kith.core.population.settings import TownSettings
from kith.core.study.lines import lines_of
from kith.core.study.problem import Problem
from kith.errors import KithError

ONE, EACH = "one", "each"
EVERYBODY, NEW = "everybody", "new"
RANGES: Mapping[str, tuple[int | float, int | float]] = MappingProxyType(
    {"days": (1, 3_650), "seed": (0, 2**31 - 1), "replicates": (1, 1_000)}
)
DIRECTIONS = ("lower", "higher")
_MEANT = {str: "words in quotes", int: "a whole number", float: "a number", bool: "true or false"}


@dataclass(frozen=True, slots=True)
class About:
    """What a scenario is for."""

    title: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """How long and how often.

    Args:
        days: How long.
        seed: Of all chance in it.
        replicates: How often, each with other dice.
        towns: "each": every replicate has a town of its own, so that intervals hold for towns like
            this. "one": all live in the same, so that they hold for this town.
        fresh: Whether everybody who is not in a lapse begins on the day they come out of a
            detoxification, as in the studies that follow people from there. Designs still go by for
            how long each is said to have been without, so that circles can be formed.
        studied: Whom a study takes in: "everybody" who is not in a lapse, or of these those who are
            "new" to their town. Counts are of them, and where `fresh` is said only they are.
        posterior: Whether every replicate lives by another of the draws that calibration has kept,
            in place of the one set of numbers.
    """

    days: int = 180
    seed: int = 1
    replicates: int = 10
    towns: str = EACH
    fresh: bool = False
    studied: str = EVERYBODY
    posterior: bool = False


@dataclass(frozen=True, slots=True)
class Expected:
    """What was said to come out, before it was run: an outcome of an arm against another's.

    Args:
        found: What did come out when it was last run as it is shipped, in the words of
            `kith simulate`; nothing is made to hang on it.
    """

    arm: str = ""
    than: str = ""
    outcome: str = "relapsed"
    direction: str = "lower"
    found: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole scenario. The first arm is the one that others are held against.

    Args:
        changed: Numbers of the brain that are not their default, by name.
    """

    about: About = field(default_factory=About)
    town: TownSettings = field(default_factory=TownSettings)
    traits: Traits = field(default_factory=Traits)
    changed: Mapping[str, float] = field(default_factory=dict)
    run: Run = field(default_factory=Run)
    arms: tuple[Design, ...] = ()
    expected: tuple[Expected, ...] = ()
    counted: tuple[Counted, ...] = ()

    @property
    def brain(self) -> Parameters:
        """All numbers of the brain."""
        return parameters(self.changed)

    def only(self, keys: Iterable[str]) -> "Scenario":
        """Return the scenario with the arms of these keys, in this order.

        Raises:
            MalformedScenarioError: If it has no such arm.
        """
        by_key, wanted = {arm.key: arm for arm in self.arms}, tuple(keys)
        for key in wanted:
            how = f"There are: {', '.join(by_key)}."
            if key not in by_key:
                raise MalformedScenarioError((Problem("arms", f"There is no arm {key!r}.", how),))
            if wanted.count(key) > 1:
                twice = f"The arm {key!r} is asked for twice."
                raise MalformedScenarioError((Problem("arms", twice, "Ask for each once."),))
        expected = tuple(one for one in self.expected if {one.arm, one.than} <= set(wanted))
        return replace(
            self,
            arms=tuple(by_key[key] for key in wanted),
            expected=expected,
            counted=tuple(one for one in self.counted if one.arm in wanted),
        )

    def by_posterior(self) -> "Scenario":
        """Return the scenario with every replicate living by a draw that calibration has kept.

        Raises:
            MalformedScenarioError: If it says a number itself that calibration decides.
        """
        made = replace(self, run=replace(self.run, posterior=True))
        if problems := [Problem(name, *_DECIDED) for name in decided(made.traits, made.changed)]:
            raise MalformedScenarioError(tuple(problems))
        return made

    def drawn(self, replicate: int) -> "Scenario":
        """Return the scenario that a replicate lives: by its own draw, where that is asked for."""
        if not self.run.posterior:
            return self
        values = kept_draw(self.run.seed, replicate)
        traits, changed = moved(values, self.traits, self.changed)
        return replace(self, traits=traits, changed=changed)


# What is wrong with a number that is said where every draw of the calibration has its own.
_DECIDED = (
    "Calibration decides this number where posterior is true.",
    "Leave out one of the two.",
)


def decided(traits: Traits, changed: Mapping[str, float]) -> Iterator[str]:
    """Yield the numbers of PRIORS that are not their default here, as they stand in a file."""
    plain = Traits()
    for name in PRIORS:
        if name.startswith(TRAITS):
            trait = name.removeprefix(TRAITS)
            if getattr(traits, trait) != getattr(plain, trait):
                yield name
        elif name in changed:
            yield f"brain.{name}"


def overridden(scenario: Scenario, given: Mapping[str, int]) -> Scenario:
    """Return the scenario with other `people`, `days`, `seed` or `replicates`.

    Raises:
        MalformedScenarioError: If one is out of its range.
    """
    ranges = {**RANGES, "people": settings.RANGES["people"]}
    wrong = [
        _out_of_range(name, value, ranges[name])
        for name, value in given.items()
        if not ranges[name][0] <= value <= ranges[name][1]
    ]
    if wrong:
        raise MalformedScenarioError(tuple(wrong))
    people = given.get("people", scenario.town.people)
    changed = {name: value for name, value in given.items() if name != "people"}
    return replace(
        scenario,
        town=replace(scenario.town, people=people),
        run=replace(scenario.run, **changed),
    )


def _out_of_range(name: str, value: object, limits: tuple[int | float, int | float]) -> Problem:
    return Problem(
        name, f"{name} is {shown(value)}.", f"It must be {limits[0]:,} to {limits[1]:,}."
    )


class MalformedScenarioError(KithError):
    """A file is no scenario; `problems` says where and why: the name, the value, the range."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def _unreadable(what: str) -> MalformedScenarioError:
    return MalformedScenarioError((Problem("the file", what, "No scenario needs that."),))


def read(text: str) -> Scenario:
    """Return the scenario in the `text` of a file.

    Raises:
        MalformedScenarioError: If it is no TOML, has a name that no scenario has, or a value that
            is not allowed. It holds all of these, each with its line.
    """
    try:
        return _read(text)
    except RecursionError as error:
        raise _unreadable("Tables or lists stand too deep in each other.") from error


def _read(text: str) -> Scenario:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, _, place = str(error).partition(" (at ")
        how = "Look at that place and just before it."
        no_toml = Problem(place.rstrip(")") or "the file", f"This is no TOML: {what}.", how)
        raise MalformedScenarioError((no_toml,)) from error
    except ValueError as error:
        # Of thousands of digits Python makes no number.
        raise _unreadable("A number has too many digits.") from error
    reading = _Reading(lines_of(text))
    made = reading.scenario(document)
    if reading.found:
        raise MalformedScenarioError(tuple(reading.found))
    return made


class _Reading:
    """Turns tables into a scenario, and keeps what is wrong with them."""

    def __init__(self, lines: Mapping[str, int]) -> None:
        self.lines = lines
        self.found: list[Problem] = []
        # Of all arms, those that are wrong too: what is said of them need not be said twice.
        self.keys: list[str] = []

    def scenario(self, document: Mapping[str, Any]) -> Scenario:
        known = ("scenario", "town", "traits", "brain", "run", "arms", "expected", "counted")
        self.unknown("", document, known)
        made = Scenario(
            about=self.table("scenario", About, document.get("scenario", {}), {}),
            town=self.table("town", TownSettings, document.get("town", {}), settings.RANGES),
            traits=self.table("traits", Traits, document.get("traits", {}), settling.RANGES),
            changed=self.brain(document.get("brain", {})),
            run=self.table("run", Run, document.get("run", {}), RANGES),
            arms=tuple(self.arms(document.get("arms", []))),
            expected=tuple(self.tables("expected", Expected, document.get("expected", []), {})),
            counted=tuple(
                self.tables("counted", Counted, document.get("counted", []), counted.RANGES)
            ),
        )
        self.together(made)
        return made

    def together(self, made: Scenario) -> None:
        """Note what does not fit together."""
        keys = self.keys
        if not keys and not any("arms" in one.where for one in self.found):
            self.wrong("arms", "There is no arm.", "Write [[arms]] with a key and a feature.")
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            self.wrong("arms", f"There are two arms {key!r}.", "Give each a key of its own.")
        if made.run.towns not in {ONE, EACH}:
            self.refuse("run.towns", made.run.towns, f"{ONE} or {EACH}")
        if made.run.studied not in {EVERYBODY, NEW}:
            self.refuse("run.studied", made.run.studied, f"{EVERYBODY} or {NEW}")
        if made.run.posterior:
            for name in decided(made.traits, made.changed):
                self.wrong(name, *_DECIDED)
        for n, one in enumerate(made.counted):
            for fault in counted.faults_of(one, keys, made.run.days):
                self.refuse(f"counted[{n}].{fault.name}", fault.value, fault.allowed)
        self.said(made.expected)

    def said(self, expected: Iterable[Expected]) -> None:
        """Note what is wrong with what was said to come out."""
        keys = self.keys
        for n, one in enumerate(expected):
            path = f"expected[{n}]"
            for name in ("arm", "than"):
                if getattr(one, name) not in keys:
                    some = ", ".join(dict.fromkeys(keys))
                    self.refuse(f"{path}.{name}", getattr(one, name), f"one of {some}")
            if one.arm == one.than and one.arm in keys:
                self.refuse(f"{path}.than", one.than, "another arm")
            if one.outcome not in OUTCOMES:
                self.refuse(f"{path}.outcome", one.outcome, f"one of {', '.join(OUTCOMES)}")
            if one.direction not in DIRECTIONS:
                self.refuse(f"{path}.direction", one.direction, " or ".join(DIRECTIONS))

    def table(
        self,
        path: str,
        kind: type,
        table: object,
        ranges: Mapping[str, tuple[int | float, int | float]],
    ) -> Any:
        """Return a section, with what is usual in place of what is wrong."""
        values = self.values(path, kind, table)
        for name in [name for name in values if name in ranges]:
            lowest, highest = ranges[name]
            if not lowest <= values[name] <= highest:
                self.refuse(f"{path}.{name}", values.pop(name), f"{lowest:,} to {highest:,}")
        return kind(**values)

    def values(self, path: str, kind: type, table: object) -> dict[str, Any]:
        """Return the values of a section that are of the right kind."""
        if not isinstance(table, dict):
            self.wrong(path, f"{path} is no table.", f"Write [{path}] on a line of its own.")
            return {}
        types = get_type_hints(kind)
        self.unknown(path, table, [one.name for one in fields(kind)])
        made = {}
        for key in table:
            if key in types:
                value = self.plain(f"{path}.{key}", types[key], table[key])
                if value is not None:
                    made[key] = value
        return made

    def plain(self, path: str, kind: Any, value: object) -> Any:
        options = [one for one in get_args(kind) if one is not type(None)]
        if options and options[0] is str and Ellipsis in options:
            return self.row(path, value)
        plain = options[0] if options else kind
        if plain is float and type(value) is int:
            # Beyond all that a float holds it is out of every range too.
            return float(value) if abs(value) < HUGE else value
        # Whatever has a range refuses what is not a number: it is in none.
        if type(value) is plain:
            return value
        self.refuse(path, value, _MEANT[plain])
        return None

    def row(self, path: str, value: object) -> tuple[str, ...] | None:
        some = [value] if isinstance(value, str) else value
        if isinstance(some, list) and all(isinstance(one, str) for one in some):
            return tuple(some)
        self.refuse(path, value, "a list of words in quotes")
        return None

    def arms(self, rows: object) -> Iterator[Design]:
        for path, row in self.rows("arms", rows):
            values = self.values(path, Design, row)
            if not isinstance(row, dict):
                continue
            self.keys += [values["key"]] if values.get("key") else []
            if not values.get("key"):
                self.wrong(path, "An arm has no key.", 'Write a short name, as key = "circle".')
                continue
            faults = design.faults_of(values)
            for fault in faults:
                self.refuse(f"{path}.{fault.name}", fault.value, fault.allowed)
            if not faults:
                yield Design(**values)

    def tables(
        self,
        name: str,
        kind: type,
        rows: object,
        ranges: Mapping[str, tuple[int | float, int | float]],
    ) -> Iterator[Any]:
        for path, row in self.rows(name, rows):
            yield self.table(path, kind, row, ranges)

    def rows(self, name: str, rows: object) -> Iterator[tuple[str, object]]:
        if not isinstance(rows, list):
            self.wrong(name, f"[{name}] is one table.", f"Write [[{name}]] above each one.")
            return
        for n, row in enumerate(rows):
            yield f"{name}[{n}]", row

    def brain(self, table: object) -> dict[str, float]:
        """Return the numbers of the brain that are changed."""
        known, changes = meanings(), dict[str, float]()
        if not isinstance(table, dict):
            self.wrong("brain", "brain is no table.", "Write [brain] on a line of its own.")
            return {}
        for name, value in flat(table):
            if name not in known:
                self.unknown("brain", {name: value}, known)
            elif not is_within(known[name], value):
                lowest, highest, unit = known[name].lowest, known[name].highest, known[name].unit
                self.refuse(f"brain.{name}", value, f"{lowest:g} to {highest:g} ({unit})")
            else:
                changes[name] = float(value)
        return changes

    def unknown(self, path: str, table: Mapping[str, Any], known: Iterable[str]) -> None:
        names = list(known)
        for key in table:
            if key in names:
                continue
            near = get_close_matches(key, names, 3)
            meant = f"Did you mean {' or '.join(near)}?" if near else all_of(names)
            where = f"{path}.{key}" if path else key
            self.wrong(where, f"No scenario has a {key!r} here.", meant)

    def refuse(self, path: str, value: object, allowed: str) -> None:
        """Note a value that is not allowed: its name, what it is, what it may be."""
        name = path.removeprefix("brain.") if path.startswith("brain.") else path.rpartition(".")[2]
        self.wrong(path, f"{name} is {shown(value)}.", f"It must be {allowed}.")

    def wrong(self, path: str, what: str, how: str) -> None:
        self.found.append(Problem.at(path, self.lines, what, how))
