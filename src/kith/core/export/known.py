"""All by which somebody in an export might be known, and the table that says it."""

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Bool

from kith.core.export.alike import Alike
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
from kith.core.export.people_left import Leaving
from kith.core.export.scope import Consents, Scope
from kith.core.export.tables import Field, Table
from kith.core.records import NONE, StudyRecords

# What has a hierarchy of its own.
_OWN = frozenset({"age_band", "gender", "language", "place"})
NOT_DRAWN = "not drawn"


def arms(records: StudyRecords, consents: Consents) -> list[str]:
    """Return the arm into which each person was drawn first, of those who agreed to that."""
    drawn = records.assignments
    arm = [NOT_DRAWN] * records.people
    for row in np.argsort(-drawn.day, kind="stable"):
        if consents.draw[drawn.person[row]]:
            arm[drawn.person[row]] = drawn.arms[drawn.arm[row]]
    return arm


def few_not_drawn(
    arm: Sequence[str], is_in: Bool[np.ndarray, "people"], k: int
) -> Bool[np.ndarray, "people"]:
    """Return who was not drawn, where they are fewer than k: they would be alike with nobody."""
    is_not = np.array([one == NOT_DRAWN for one in arm], np.bool_) & is_in
    return is_not if is_not.sum() < k else np.zeros_like(is_not)


def hierarchies(
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
        *(
            of_word(name, f"{name}, as the plan knows it", of(name))
            for name in about
            if name not in _OWN
        ),
        *of_egos(own.of(chosen), may[chosen]),
        of_word("language", "language", of("language")),
        of_place(of("place")),
    )


def people_table(
    left: Leaving, group: Sequence[str], alike: Alike, profile: Sequence[Hierarchy]
) -> Table:
    """Return a row for each person: their number, and all by which they might be known."""
    words = {"arm": group, **alike.columns}
    titles = {"arm": "arm into which they were drawn"} | {h.name: h.title for h in profile}
    fields, columns = (
        [Field("id", "integer", "number in this export only", least=1)],
        {"id": left.id},
    )
    for name, said in words.items():
        known, code = np.unique(said, return_inverse=True)
        fields.append(Field(name, "string", titles[name], tuple(map(str, known))))
        columns[name] = code.astype(np.int64)
    return Table("people", "one person", tuple(fields), columns, key="id")


def last_values(
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
