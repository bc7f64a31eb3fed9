"""From all that a study knows to what may leave of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Bool

from kith.core.export.alike import Alike, make_alike
from kith.core.export.certified import certified
from kith.core.export.counts import LEAST, Counts, counts
from kith.core.export.hierarchies import Hierarchy
from kith.core.export.known import arms, few_not_drawn, hierarchies, last_values, people_table
from kith.core.export.people_left import Leaving, leaving
from kith.core.export.rows import Terms, answers, decisions, prompts
from kith.core.export.scope import Consents, Scope, refuse_beyond, who_leaves
from kith.core.export.tables import Table
from kith.core.export.times import refuse_fine, starts
from kith.core.records import StudyRecords
from kith.errors import InvalidInputError

# What may be said of people beside their records, and nothing else: all free text stays.
ABOUT = ("age_band", "place", "gender", "language")
# What a table of people says by itself.
RESERVED = frozenset({"id", "arm", "ended", "followed", "ties", "mutual", "breadth"})
# What only few said.
RARE = "rare"
# k is about how people look. This is about one thing more that a friend may know.
AT_RISK = "people_told_apart_by_their_last_answer"
# Fewer than this is no crowd to hide in.
K_LEAST = 2


@dataclass(frozen=True, slots=True)
class Settings:
    """How an export is made.

    Args:
        k: How many people look alike at least.
        days: How long a period is: 1 is a day, 7 a week.
        least: The smallest count that leaves in a table of counts.
        asked: Scopes asked for by name: refused if somebody in the export did not agree to them.
        facts: What the plan knows of people besides ABOUT, as a site: it may be said likewise.

    Raises:
        BeyondConsentError: If periods are finer than a day.
        InvalidInputError: If k or `least` hide nobody.
    """

    k: int = LEAST
    days: int = 7
    least: int = LEAST
    asked: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        refuse_fine(self.days)
        if min(self.k, self.least) < K_LEAST:
            raise InvalidInputError(f"k and least must be {K_LEAST} or more, got {self.k}, {self.least}")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Release:
    """What leaves.

    Args:
        tables: Rows about people, with new numbers.
        counts: How many people of each arm are what.
        account: How it came about, for whoever receives it: counts under `least` are not told.
    """

    tables: tuple[Table, ...]
    counts: Mapping[str, Counts]
    account: Mapping[str, Any] = field(default_factory=dict)


def release(
    records: StudyRecords,
    about: Mapping[str, Sequence[str]],
    consents: Consents,
    settings: Settings,
    *,
    seed: int,
) -> Release:
    """Return what may leave of a study: what people agreed to, de-identified.

    Args:
        records: All of the study.
        about: What else is known of people, by ABOUT and facts; one word each, empty where it was not said.
        consents: What each agreed to.
        settings: How it is made.
        seed: Of new numbers and of the order of rows. Throw it away: who holds it and the records
            knows which number is whose.

    Raises:
        BeyondConsentError: If more was asked for than people agreed to.
        NotAlikeError: If fewer than k people are in an arm, so that nothing makes them alike.
        InvalidInputError: If `about` or `consents` are not of all people.
    """
    who = _who(records, about, consents, settings, seed)
    made = make_alike(who.group, who.columns, k=settings.k)
    start = starts(records.follow_up, records.assignments, records.people)
    drawn = who.may & consents.to(Scope.DRAW)
    terms = Terms(who.may, drawn, who.left, start, settings.days, seed)
    told = answers(records, terms)
    people = people_table(who.left, who.group, made, who.columns)
    rows = (people, told, prompts(records, terms), decisions(records, terms))
    sensitive = last_values(records, who.may, who.left)
    found = certified({"arm": who.group, **made.columns}, sensitive)
    least = settings.least
    return Release(
        tuple(table for table in rows if table.rows),
        _counts(made.columns, records, who, least),
        {
            **_account(settings, consents, who.left.is_in),
            "k_asked": settings.k,
            "k_found": found.k,
            "l_found": found.diversity,
            "levels": made.levels,
            "people_of_whom_only_the_arm_is_said": _few(made.n_left_out, least),
            AT_RISK: _few(_told_apart(who.group, made, told, who.left, settings.k), least),
        },
    )


def totals(
    records: StudyRecords,
    about: Mapping[str, Sequence[str]],
    consents: Consents,
    settings: Settings,
) -> Release:
    """Return only counts of people, of everything as it was said: no row about anybody.

    What fewer than `least` said is counted together as RARE: a word may tell who said it.

    Raises:
        BeyondConsentError: If more was asked for than people agreed to.
        InvalidInputError: If `about` or `consents` are not of all people.
    """
    who = _who(records, about, consents, settings, seed=0)
    least = settings.least
    as_said = {column.name: _common(column.levels[0], least) for column in who.columns}
    counted = _counts(as_said, records, who, settings.least)
    return Release((), counted, _account(settings, consents, who.left.is_in))


def _common(said: Sequence[str], least: int) -> list[str]:
    many = Counter(said)
    return [word if many[word] >= least else RARE for word in said]


class _Who(NamedTuple):
    """Who leaves, in their new order: which arm each was in, and by what else they are known."""

    left: Leaving
    group: tuple[str, ...]
    columns: tuple[Hierarchy, ...]
    may: Bool[np.ndarray, "everybody"]


def _who(
    records: StudyRecords,
    about: Mapping[str, Sequence[str]],
    consents: Consents,
    settings: Settings,
    seed: int,
) -> _Who:
    _refuse_unknown(about, settings.facts)
    _refuse_lengths(about, records.people, consents)
    is_in = who_leaves(consents, records.follow_up)
    refuse_beyond(consents, is_in, settings.asked, least=settings.least)
    arm = arms(records, consents)
    left = leaving(is_in & ~few_not_drawn(arm, is_in, settings.k), seed)
    columns = hierarchies(records, about, consents, settings.days, left)
    group = tuple(arm[person] for person in left.person)
    return _Who(left, group, columns, left.is_in & consents.to(Scope.ANSWERS))


def _refuse_unknown(about: Mapping[str, Sequence[str]], facts: Sequence[str]) -> None:
    unknown = sorted((set(about) - {*ABOUT, *facts}) | (set(facts) & RESERVED))
    if unknown:
        raise InvalidInputError(f"about must be of {(*ABOUT, *facts)}, got {unknown}")


def _refuse_lengths(about: Mapping[str, Sequence[str]], people: int, consents: Consents) -> None:
    lengths = {name: len(words) for name, words in about.items()} | {"consents": consents.people}
    if set(lengths.values()) - {people}:
        raise InvalidInputError(f"all must be of {people} people, got {lengths}")


def _counts(
    columns: Mapping[str, Sequence[str]], records: StudyRecords, who: _Who, least: int
) -> dict[str, Counts]:
    seen = records.observations
    found = {f"arm by {name}": counts(who.group, said, least=least) for name, said in columns.items()}  # fmt: skip
    is_told = np.isfinite(seen.value) & who.may[seen.person]
    for number, measure in enumerate(seen.measures):
        has = np.zeros(records.people, np.bool_)
        has[seen.person[is_told & (seen.measure == number)]] = True
        words = ["answered" if one else "never" for one in has[who.left.person]]
        found[f"arm by {measure.name}"] = counts(who.group, words, least=least)
    return found


def _few(n: int, least: int) -> int | str:
    return n if n >= least or n == 0 else f"fewer than {least}"


def _told_apart(group: Sequence[str], alike: Alike, told: Table, left: Leaving, k: int) -> int:
    """Return how many have fewer than k alike once somebody knows when they last answered."""
    last = np.full(len(left.id), -2, np.int64)
    is_there = np.isfinite(told.columns["value"])
    of = np.searchsorted(left.id, told.columns["id"][is_there])
    np.maximum.at(last, of, told.columns["period"][is_there])
    looks = list(zip(group, *alike.columns.values(), last.tolist(), strict=True))
    many = Counter(looks)
    return sum(many[look] < k for look in looks)


def _account(
    settings: Settings, consents: Consents, is_in: Bool[np.ndarray, "people"]
) -> dict[str, Any]:
    least = settings.least
    return {
        "people": _few(int(is_in.sum()), least),
        "people_left_out": _few(int((~is_in).sum()), least),
        "agreed_to": {s.value: _few(int((is_in & consents.to(s)).sum()), least) for s in Scope},
        "days_of_a_period": settings.days,
        "least_count": least,
    }
