"""Answers, prompts and decisions as they leave: by new numbers and whole periods, in no order."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float64, Int32, Int64

from kith.core.export.people_left import Leaving
from kith.core.export.tables import Field, Table
from kith.core.export.times import periods
from kith.core.records import NOBODY, Missing, StudyRecords
from kith.core.rng import stream

_ID = Field("id", "integer", "number in people", least=1)
_PERIOD = Field("period", "integer", "whole periods since their own start; -1 is before it", least=-1)  # fmt: skip
FATES = ("never came", "came", "seen", "answered")
# Fewer digits tell less about which draw it was.
_DIGITS = 4


class Terms(NamedTuple):
    """On what terms rows leave.

    Args:
        may: Of whom.
        drawn: Whose decisions.
        left: Under which numbers.
        start: From which day on each person's time is counted.
        days: How long a period is.
        seed: Of the order.
    """

    may: Bool[np.ndarray, "people"]
    drawn: Bool[np.ndarray, "people"]
    left: Leaving
    start: Float64[np.ndarray, "people"]
    days: int
    seed: int


def answers(records: StudyRecords, terms: Terms) -> Table:
    """Return a row for each value, or reason why there is none, of people who `may`."""
    seen = records.observations
    rows, period = _mixed("answers", seen.person, seen.day, terms)
    to = _numbers("prompts", records.prompts.person, records.prompts.intended, terms)
    prompt = seen.prompt[rows]
    fields = (
        _ID,
        Field("measure", "string", "what was observed", tuple(m.name for m in seen.measures)),
        _PERIOD,
        Field("value", "number", "the value", may_be_empty=True),
        Field("missing", "string", "why there is none", tuple(m.name.lower() for m in Missing)),
        Field("version", "integer", "of the questions"),
        Field("prompt", "integer", "number in prompts", may_be_empty=True),
    )
    columns = {
        "id": terms.left.id[terms.left.place[seen.person[rows]]],
        "measure": seen.measure[rows],
        "period": period,
        "value": seen.value[rows],
        "missing": seen.missing[rows],
        "version": seen.version[rows],
        "prompt": np.where(prompt >= 0, to[prompt], -1) if len(to) else prompt.astype(np.int64),
    }
    belongs = (("id", "people"), *((("prompt", "prompts"),) if len(to) and (to >= 0).any() else ()))
    return Table("answers", "one value of one person", fields, columns, belongs_to=belongs)


def prompts(records: StudyRecords, terms: Terms) -> Table:
    """Return a row for each prompt to people who `may`: in which period, and how far it got."""
    put = records.prompts
    rows, period = _mixed("prompts", put.person, put.intended, terms)
    to = _numbers("decisions", records.decisions.person, records.decisions.day, terms)
    decision = put.decision[rows]
    fate = sum(np.isfinite(moment[rows]).astype(np.int64) for moment in (put.delivered, put.shown, put.answered))  # fmt: skip
    fields = (
        Field("prompt", "integer", "number in this export only", least=0),
        _ID,
        _PERIOD,
        Field("fate", "string", "how far it got", FATES),
        Field("decision", "integer", "number in decisions", may_be_empty=True),
    )
    columns = {
        "prompt": np.arange(len(rows)),
        "id": terms.left.id[terms.left.place[put.person[rows]]],
        "period": period,
        "fate": np.asarray(fate, np.int64),
        "decision": np.where(decision >= 0, to[decision], -1) if len(to) else decision.astype(np.int64),
    }  # fmt: skip
    belongs = (("id", "people"), *((("decision", "decisions"),) if len(to) and (to >= 0).any() else ()))  # fmt: skip
    return Table("prompts", "one question put to one person", fields, columns, key="prompt", belongs_to=belongs)  # fmt: skip


def decisions(records: StudyRecords, terms: Terms) -> Table:
    """Return a row for each decision about people who `may`; whom it would have brought in stays."""
    made = records.decisions
    rows, period = _mixed("decisions", made.person, made.day, terms)
    fields = (
        Field("decision", "integer", "number in this export only", least=0),
        _ID,
        _PERIOD,
        Field("is_available", "boolean", "whether they could be prompted"),
        Field("has_helper", "boolean", "whether it would have brought somebody in"),
        Field("is_helper_available", "boolean", "whether that person could be brought in"),
        Field("treated", "integer", "what was done; 0 for nothing", least=0),
        Field("probability", "number", "that it would be that", least=0, most=1),
        Field("helper_probability", "number", "that it would be this helper", least=0, most=1),
    )
    columns = {
        "decision": np.arange(len(rows)),
        "id": terms.left.id[terms.left.place[made.person[rows]]],
        "period": period,
        "is_available": made.is_available[rows],
        "has_helper": made.helper[rows] != NOBODY,
        "is_helper_available": made.is_helper_available[rows],
        "treated": made.treated[rows].astype(np.int64),
        "probability": np.round(made.probability[rows], _DIGITS),
        "helper_probability": np.round(made.helper_probability[rows], _DIGITS),
    }
    return Table("decisions", "one moment at which kith might have prompted", fields, columns, key="decision", belongs_to=(("id", "people"),))  # fmt: skip


def _mixed(
    name: str,
    person: Int32[np.ndarray, "rows"],
    day: Float64[np.ndarray, "rows"],
    terms: Terms,
) -> tuple[Int64[np.ndarray, "some"], Int32[np.ndarray, "some"]]:
    """Return which rows leave, by number and period and otherwise in no order, and their periods."""
    rows = stream(terms.seed, "export", name).permutation(
        np.flatnonzero((terms.drawn if name == "decisions" else terms.may)[person])
    )
    period = periods(day[rows], person[rows], terms.start, terms.days)
    order = np.argsort(terms.left.place[person[rows]] * 2**31 + period, kind="stable")
    return rows[order], period[order]


def _numbers(
    name: str,
    person: Int32[np.ndarray, "rows"],
    day: Float64[np.ndarray, "rows"],
    terms: Terms,
) -> Int64[np.ndarray, "rows"]:
    """Return the number under which each row leaves in the table of that name; -1 if it stays."""
    rows, _ = _mixed(name, person, day, terms)
    to = np.full(len(person), -1, np.int64)
    to[rows] = np.arange(len(rows))
    return to
