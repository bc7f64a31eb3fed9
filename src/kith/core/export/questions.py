"""How what was observed was asked: words and answers of the instruments in a plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kith.core.measures import TOTAL, Instrument, all_instruments
from kith.core.records import Measure, StudyRecords
from kith.core.study import StudyPlan

# Items that LOINC has word for word, with their two weeks and their four answers (loinc.org).
_LOINC = {
    ("phq4", "nervous"): ("69725-0", "Feeling nervous, anxious or on edge"),
    ("phq4", "worrying"): ("68509-9", "Not being able to stop or control worrying"),
    ("phq4", "interest"): ("44250-9", "Little interest or pleasure in doing things"),
    ("phq4", "down"): ("44255-8", "Feeling down, depressed, or hopeless"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """Something that was observed, and how it was asked.

    Args:
        measure: What was observed.
        text: How it was asked; the measure's name where nobody knows.
        choices: The answers there were, value and words; none for a number.
        loinc: LOINC's code; empty where the question is not LOINC's.
    """

    measure: Measure
    text: str
    choices: tuple[tuple[int, str], ...] = ()
    loinc: str = ""

    @classmethod
    def of(cls, measure: Measure) -> "Question":
        """Return what can be said of a measure by itself."""
        return cls(measure, measure.name, tuple(enumerate(measure.words)))


def questions(measures: Sequence[Measure], plan: StudyPlan) -> tuple[Question, ...]:
    """Return how each of `measures` was asked, as far as `plan` names instruments of the battery."""
    known = {name: question for measure in plan.measures for name, question in _asked(measure.key, measure.instrument)}  # fmt: skip
    return tuple(_filled(measure, known.get(measure.name)) for measure in measures)


def within_plan(records: StudyRecords, plan: StudyPlan) -> tuple[StudyRecords, tuple[str, ...]]:
    """Return records without what the plan does not measure, and the names of what that was.

    People agreed to what the plan says. A measure is of the plan if it is called as the plan calls
    it, or that and an item or scale after it, as "mood" and "mood_nervous".
    """
    seen = records.observations
    keys = tuple(measure.key for measure in plan.measures if measure.key)
    is_of = [any(one.name == key or one.name.startswith(f"{key}_") for key in keys) for one in seen.measures]  # fmt: skip
    number = np.cumsum([0, *is_of])[:-1].astype(np.int16)
    rows = np.flatnonzero(np.array(is_of, np.bool_)[seen.measure])
    kept = replace(
        seen,
        measures=tuple(one for one, keep in zip(seen.measures, is_of, strict=True) if keep),
        person=seen.person[rows], measure=number[seen.measure[rows]], day=seen.day[rows],
        value=seen.value[rows], missing=seen.missing[rows], prompt=seen.prompt[rows],
        version=seen.version[rows],
    )  # fmt: skip
    beyond = (one.name for one, keep in zip(seen.measures, is_of, strict=True) if not keep)
    return (records if all(is_of) else replace(records, observations=kept)), tuple(beyond)


def _filled(measure: Measure, known: tuple[str, tuple[tuple[int, str], ...], str] | None) -> Question:  # fmt: skip
    if known is None:
        return Question.of(measure)
    text, choices, loinc = known
    return Question(measure, text, choices or tuple(enumerate(measure.words)), loinc)


def _asked(
    key: str, instrument: str
) -> Iterator[tuple[str, tuple[str, tuple[tuple[int, str], ...], str]]]:
    """Yield name, text, answers and LOINC's code of all that a study observes with an instrument."""
    chosen = all_instruments().get(instrument)
    if chosen is None:
        return
    for item in chosen.items:
        choices = tuple((answer.value, answer.words) for answer in item.answers)
        yield f"{key}_{item.key}", (_text(chosen, item.text), choices, _loinc(instrument, item.key, item.text))  # fmt: skip
    for scale in chosen.scales:
        yield (key if scale.key == TOTAL else f"{key}_{scale.key}"), (scale.name, (), "")


def _text(instrument: Instrument, text: str) -> str:
    return f"{instrument.intro} {text}".strip()


def _loinc(instrument: str, item: str, text: str) -> str:
    """Return LOINC's code of an item, if its words are still LOINC's."""
    code, words = _LOINC.get((instrument, item), ("", ""))
    return code if text == words else ""
