"""From all that a study knows to what may leave of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from jaxtyping import Bool

from kith.core.export.alike import Alike, make_alike
from kith.core.export.certified import Certificate, certified
from kith.core.export.counts import LEAST, Counts, counts
from kith.core.export.egos import egos
from kith.core.export.hierarchies import (
    NOT_SAID,
    Hierarchy,
    of_age,
    of_egos,
    of_end,
    of_length,
    of_place,
    of_word,
)
from kith.core.export.people_left import Leaving, leaving
from kith.core.export.rows import Terms, answers, decisions, prompts
from kith.core.export.scope import Consents, Scope, refuse_beyond, who_leaves
from kith.core.export.tables import Field, Table
from kith.core.export.times import refuse_fine, starts
from kith.core.records import NONE, StudyRecords
from kith.errors import InvalidInputError

# What may be said of people beside their records, and nothing else: all free text stays.
ABOUT = ("age_band", "place", "gender", "language")
NOT_DRAWN = "not drawn"
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

    Raises:
        BeyondConsentError: If periods are finer than a day.
        InvalidInputError: If k or `least` hide nobody.
    """

    k: int = LEAST
    days: int = 7
    least: int = LEAST
    asked: tuple[str, ...] = ()

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
        certificate: What pycanon finds in the table of people.
        account: How it came about, for whoever receives it: counts under `least` are not told.
    """

    tables: tuple[Table, ...]
    counts: Mapping[str, Counts]
    certificate: Certificate
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
        about: What else is known of people, by ABOUT; one word each, empty where it was not said.
        consents: What each agreed to.
        settings: How it is made.
        seed: Of new numbers and of the order of rows. Throw it away: who holds it and the records
            knows which number is whose.

    Raises:
        BeyondConsentError: If more was asked for than people agreed to.
        NotAlikeError: If fewer than k people are in an arm, so that nothing makes them alike.
        InvalidInputError: If `about` or `consents` are not of all people.
    """
    _refuse_unknown(about, records.people, consents)
    is_in = who_leaves(consents, records.follow_up)
    refuse_beyond(consents, is_in, settings.asked, least=settings.least)
    arm = _arms(records, consents)
    is_in = is_in & ~_few_not_drawn(arm, is_in, settings.k)
    left = leaving(is_in, seed)
    start = starts(records.follow_up, records.assignments, records.people)
    hierarchies = _hierarchies(records, about, consents, settings.days, left)
    alike = make_alike([arm[person] for person in left.person], hierarchies, k=settings.k)
    group = tuple(arm[person] for person in left.person)
    may = is_in & consents.to(Scope.ANSWERS)
    terms = Terms(may, may & consents.to(Scope.DRAW), left, start, settings.days, seed)
    people = _people(left, group, alike, hierarchies)
    told = answers(records, terms)
    rows = (told, prompts(records, terms), decisions(records, terms))
    sensitive = _last_values(records, may, left)
    certificate = certified({"arm": group, **alike.columns}, sensitive)
    tables = tuple(table for table in (people, *rows) if table.rows)
    return Release(
        tables,
        _counts(group, alike, records, may, left, settings.least),
        certificate,
        {
            **_account(settings, consents, is_in, alike, certificate),
            AT_RISK: _few(_told_apart(group, alike, told, left, settings.k), settings.least),
        },
    )


def _refuse_unknown(about: Mapping[str, Sequence[str]], people: int, consents: Consents) -> None:
    unknown = sorted(set(about) - set(ABOUT))
    if unknown:
        raise InvalidInputError(f"about must be of {ABOUT}, got {unknown}")
    lengths = {name: len(words) for name, words in about.items()} | {"consents": consents.people}
    if set(lengths.values()) - {people}:
        raise InvalidInputError(f"all must be of {people} people, got {lengths}")


def _arms(records: StudyRecords, consents: Consents) -> list[str]:
    """Return the arm into which each person was drawn first, of those who agreed to that."""
    drawn = records.assignments
    arm = [NOT_DRAWN] * records.people
    for row in np.argsort(-drawn.day, kind="stable"):
        if consents.draw[drawn.person[row]]:
            arm[drawn.person[row]] = drawn.arms[drawn.arm[row]]
    return arm


def _few_not_drawn(
    arm: Sequence[str], is_in: Bool[np.ndarray, "people"], k: int
) -> Bool[np.ndarray, "people"]:
    """Return who was not drawn, where they are fewer than k: they would be alike with nobody."""
    is_not = np.array([one == NOT_DRAWN for one in arm], np.bool_) & is_in
    return is_not if is_not.sum() < k else np.zeros_like(is_not)


def _hierarchies(
    records: StudyRecords,
    about: Mapping[str, Sequence[str]],
    consents: Consents,
    days: int,
    left: Leaving,
) -> tuple[Hierarchy, ...]:
    """Return all that somebody might be known by, what matters most to an analysis first."""
    why = np.full(records.people, NONE)
    length = np.full(records.people, NONE)
    seen = records.follow_up
    why[seen.person] = seen.why
    length[seen.person] = np.floor((seen.ends - seen.starts) / days).astype(np.int64)
    may = consents.to(Scope.TIES) & left.is_in
    own = egos(records.acts, may)
    chosen = left.person

    def of(name: str) -> list[str]:
        words = about.get(name, ())
        return [words[person] for person in chosen] if len(words) else [NOT_SAID] * len(chosen)

    return (
        of_end(why[chosen].tolist()),
        of_length(length[chosen].tolist()),
        of_age(of("age_band")),
        of_word("gender", "gender, as said", of("gender")),
        *of_egos(own.of(chosen), may[chosen]),
        of_word("language", "language", of("language")),
        of_place(of("place")),
    )


def _people(
    left: Leaving, group: Sequence[str], alike: Alike, hierarchies: Sequence[Hierarchy]
) -> Table:
    words = {"arm": group, **alike.columns}
    titles = {"arm": "arm into which they were drawn"} | {h.name: h.title for h in hierarchies}
    fields, columns = (
        [Field("id", "integer", "number in this export only", least=1)],
        {"id": left.id},
    )
    for name, said in words.items():
        known, code = np.unique(said, return_inverse=True)
        fields.append(Field(name, "string", titles[name], tuple(map(str, known))))
        columns[name] = code.astype(np.int64)
    return Table("people", "one person", tuple(fields), columns, key="id")


def _last_values(
    records: StudyRecords, may: Bool[np.ndarray, "people"], left: Leaving
) -> dict[str, list[str]]:
    """Return the last value of each person on each measure, in words; NOT_SAID without one."""
    seen = records.observations
    rows = np.flatnonzero(np.isfinite(seen.value) & may[seen.person])
    rows = rows[np.argsort(seen.day[rows], kind="stable")]
    found = {}
    for number, measure in enumerate(seen.measures):
        of_measure = rows[seen.measure[rows] == number]
        last = np.full(records.people, np.nan)
        last[seen.person[of_measure]] = seen.value[of_measure]
        known, code = np.unique(last[left.person], return_inverse=True)
        words = [f"{value:g}" if np.isfinite(value) else NOT_SAID for value in known]
        found[measure.name] = [words[c] for c in code]
    return found


def _counts(
    group: Sequence[str],
    alike: Alike,
    records: StudyRecords,
    may: Bool[np.ndarray, "people"],
    left: Leaving,
    least: int,
) -> dict[str, Counts]:
    seen = records.observations
    found = {
        f"arm by {name}": counts(group, said, least=least) for name, said in alike.columns.items()
    }
    is_told = np.isfinite(seen.value) & may[seen.person]
    for number, measure in enumerate(seen.measures):
        has = np.zeros(records.people, np.bool_)
        has[seen.person[is_told & (seen.measure == number)]] = True
        words = ["answered" if one else "never" for one in has[left.person]]
        found[f"arm by {measure.name}"] = counts(group, words, least=least)
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
    settings: Settings,
    consents: Consents,
    is_in: Bool[np.ndarray, "people"],
    alike: Alike,
    certificate: Certificate,
) -> dict[str, Any]:
    least = settings.least
    return {
        "people": _few(int(is_in.sum()), least),
        "people_left_out": _few(int((~is_in).sum()), least),
        "agreed_to": {s.value: _few(int((is_in & consents.to(s)).sum()), least) for s in Scope},
        "days_of_a_period": settings.days,
        "k_asked": settings.k,
        "k_found": certificate.k,
        "l_found": certificate.diversity,
        "levels": alike.levels,
        "people_of_whom_only_the_arm_is_said": _few(alike.n_left_out, least),
        "least_count": least,
    }
