"""What simulated people leave behind: the records of a study, as real people leave them.

Whoever is well and here is drawn into an arm, by the mechanism that a real study would use. Each
lives in the world of their own arm: nobody feels what others were given, as in a study of places
far from each other. Days begin with the draw.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Bool, Float64, Int64

from kith.core.brain.parameters import Parameters
from kith.core.brain.words import GONE, OXYTOCIN
from kith.core.model import reference
from kith.core.model.beginning import begin
from kith.core.model.running import fading
from kith.core.model.state import ACT_BITS, HELPED, NEVER, NO_END, TIE_MET, TONE, State
from kith.core.model.tied import OTHER_END
from kith.core.model.world import EPOCHS_A_DAY, Arm, World
from kith.core.randomize import Simple
from kith.core.records import (
    NONE,
    ActLog,
    Assignments,
    Decisions,
    End,
    FollowUp,
    Help,
    Measure,
    Missing,
    Mode,
    Observations,
    Prompts,
    StudyRecords,
)
from kith.core.rng import key

RELAPSE, USE_DAYS, LONELY, CONTACTS = range(4)
MEASURES = (
    Measure("relapse", words=("no", "yes")),
    Measure("use_days", "days in 28", least=0.0, most=28.0),
    Measure("lonely", "hundredths of the wish for company", least=0.0, most=100.0),
    Measure("contacts", "in 28 days", least=0.0),
)
# A look every four weeks, and how many days it looks back.
LOOK = 28
# Two acts of one person stand a little apart from the beginning of their moment.
_WITHIN = 0.5 / EPOCHS_A_DAY


@dataclass(slots=True)
class _Book:
    """What is written down of those of one arm while they live."""

    rows: Int64[np.ndarray, "some"]
    acts: list[tuple[np.ndarray, ...]] = field(default_factory=list)
    seen: list[tuple[np.ndarray, ...]] = field(default_factory=list)
    died: dict[int, float] = field(default_factory=dict)


def study_records(
    worlds: Sequence[World],
    arms: Sequence[Arm],
    takes_part: Bool[np.ndarray, "people"],
    given: Parameters,
    *,
    days: int,
    seed: int,
) -> StudyRecords:
    """Return what a study of these arms leaves, of whoever takes part; all others only live along.

    Args:
        worlds, arms: Of the same people, one of each for every arm.
        takes_part: Who is drawn.
        given: Numbers of the brain.
        days: How long.
        seed: Of the draw and of all lives.
    """
    who = np.flatnonzero(takes_part)
    drawn = Simple(len(who), (1,) * len(arms)).draw(key(seed, "draw") >> 1)
    n = len(takes_part)
    books = []
    for at, (world, arm) in enumerate(zip(worlds, arms, strict=True)):
        state = begin(world, arm, given, seed=seed)
        books.append(_lived(state, _Book(who[drawn.arm == at]), days, given))
    zero = np.zeros(len(who))
    none = np.full(len(who), NONE, np.int32)
    return StudyRecords(
        people=n,
        acts=_acts(books, n),
        assignments=Assignments(
            n, tuple(arm.name for arm in arms), who.astype(np.int32), drawn.arm.copy(), zero,
            drawn.probability.copy(), none, none,
        ),
        decisions=Decisions.none(n),
        prompts=Prompts.none(n),
        observations=_observations(books, n),
        follow_up=_followed(books, n, days),
    )  # fmt: skip


def _lived(state: State, book: _Book, days: int, given: Parameters) -> _Book:
    """Return the book of an arm after so many days."""
    minutes = given["reach.minutes"], given["contact.minutes"]
    scale, inverse = fading(0, days * EPOCHS_A_DAY)
    before = np.zeros(len(book.rows)), np.zeros(len(book.rows))
    _look(state, book, 0.0, before)
    for epoch in range(days * EPOCHS_A_DAY):
        reference.live(state, scale[epoch : epoch + 1], inverse[epoch : epoch + 1])
        _note_acts(state, book, epoch / EPOCHS_A_DAY + _WITHIN, minutes)
        _note_deaths(state, book, (epoch + 1) / EPOCHS_A_DAY)
        day, rest = divmod(epoch + 1, EPOCHS_A_DAY)
        if not rest and not day % LOOK:
            _look(state, book, float(day), before)
            before = _so_far(state, book)
    relapse = state.relapse[book.rows].astype(np.float64)
    had = relapse != NEVER
    book.seen.append(_column(book.rows[had], RELAPSE, relapse[had] + 1, np.ones(int(had.sum()))))
    return book


def _note_acts(state: State, book: _Book, day: float, minutes: tuple[float, float]) -> None:
    """Write down who of the book met whom in this epoch, and who helped whom."""
    end = state.answered[book.rows]
    actor, end = book.rows[end != NO_END], end[end != NO_END]
    met = state.met[actor] & 3
    voice = met == TIE_MET
    book.acts.append(
        (
            np.full(len(actor), day),
            actor.astype(np.int32),
            state.tied.ends[end, OTHER_END].astype(np.int32),
            np.where(voice, Mode.VOICE, Mode.IN_PERSON).astype(np.uint8),
            np.where(voice, minutes[0], minutes[1]).astype(np.float32),
            np.where(met == HELPED, Help.GIVEN, Help.RECEIVED).astype(np.int8),
        )
    )


def _note_deaths(state: State, book: _Book, day: float) -> None:
    for row in book.rows[(state.act[book.rows] & ACT_BITS) == GONE].tolist():
        book.died.setdefault(row, day)


def _so_far(
    state: State, book: _Book
) -> tuple[Float64[np.ndarray, "some"], Float64[np.ndarray, "some"]]:
    """Return days of use and contacts up to now."""
    return (
        state.use_days[book.rows].astype(np.float64),
        state.contacts[book.rows].astype(np.float64),
    )


def _look(
    state: State,
    book: _Book,
    day: float,
    before: tuple[Float64[np.ndarray, "some"], Float64[np.ndarray, "some"]],
) -> None:
    """Write down what the living of the book are like on one day."""
    rows = book.rows
    alive = (state.act[rows] & ACT_BITS) != GONE
    used, met = (now - then for now, then in zip(_so_far(state, book), before, strict=True))
    lonely = 100.0 * np.clip(1.0 - state.brain[TONE + OXYTOCIN, rows].astype(np.float64), 0, 1)
    for measure, value in ((USE_DAYS, used), (LONELY, lonely), (CONTACTS, met)):
        book.seen.append(
            _column(rows[alive], measure, np.full(int(alive.sum()), day), value[alive])
        )


def _column(
    rows: Int64[np.ndarray, "some"],
    measure: int,
    day: Float64[np.ndarray, "some"],
    value: Float64[np.ndarray, "some"],
) -> tuple[np.ndarray, ...]:
    return rows.astype(np.int32), np.full(len(rows), measure, np.int16), day, value


def _acts(books: Sequence[_Book], people: int) -> ActLog:
    return ActLog(people, *_joined([act for book in books for act in book.acts]))


def _observations(books: Sequence[_Book], people: int) -> Observations:
    person, measure, day, value = _joined([one for book in books for one in book.seen])
    many = len(person)
    return Observations(
        people, MEASURES, person, measure, day, value,
        np.full(many, Missing.THERE_IS_ONE, np.int8),
        np.full(many, NONE, np.int32),
        np.zeros(many, np.int16),
    )  # fmt: skip


def _followed(books: Sequence[_Book], people: int, days: int) -> FollowUp:
    rows = np.sort(np.concatenate([book.rows for book in books]))
    died: Mapping[int, float] = {row: day for book in books for row, day in book.died.items()}
    ends = np.array([died.get(row, float(days)) for row in rows.tolist()], np.float64)
    why = np.array([End.DIED if row in died else End.STUDY_ENDED for row in rows.tolist()], np.int8)
    return FollowUp(people, rows.astype(np.int32), np.zeros(len(rows)), ends, why)


def _joined(parts: Sequence[tuple[np.ndarray, ...]]) -> list[np.ndarray]:
    return [np.concatenate(column) for column in zip(*parts, strict=True)]
