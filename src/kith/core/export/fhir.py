"""Measures as a FHIR R4 Questionnaire, and what people answered as its responses.

HL7 FHIR R4, Questionnaire and QuestionnaireResponse (https://hl7.org/fhir/R4/questionnaire.html).
A code of LOINC stands only where its question is, word for word, the one that LOINC names.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from kith.core.export.questions import Question
from kith.core.export.tables import Table

LOINC = "http://loinc.org"
_ENDS = "http://hl7.org/fhir/StructureDefinition/"
# Asked in each period, so that no response needs a date.
_PERIOD = "period"


def questionnaire(url: str, title: str, asked: Iterable[Question]) -> dict[str, Any]:
    """Return a Questionnaire with one item for each question, and one for the period.

    Args:
        url: Its lasting name, a URI.
        title: For people.
        asked: What was asked.
    """
    period = {"linkId": _PERIOD, "text": "Whole periods since this person's own start", "type": "integer", "required": True}  # fmt: skip
    return {
        "resourceType": "Questionnaire",
        "url": url,
        "title": title,
        "status": "active",
        "subjectType": ["Patient"],
        "item": [period, *(_item(question) for question in asked)],
    }


def _item(question: Question) -> dict[str, Any]:
    measure = question.measure
    said: dict[str, Any] = {"linkId": measure.name, "text": question.text, "repeats": True}
    if question.loinc:
        said["code"] = [{"system": LOINC, "code": question.loinc}]
    if question.choices:
        options = [{"valueCoding": _coding(n, word)} for n, word in question.choices]
        return {**said, "type": "choice", "answerOption": options}
    ends = (("minValue", measure.least), ("maxValue", measure.most))
    limits = [{"url": _ENDS + name, "valueDecimal": float(end)} for name, end in ends if np.isfinite(end)]  # fmt: skip
    return {**said, "type": "decimal", **({"extension": limits} if limits else {})}


def _coding(number: int, word: str) -> dict[str, str]:
    return {"code": str(number), "display": word}


def responses(url: str, answers: Table, asked: Sequence[Question]) -> Iterator[dict[str, Any]]:
    """Yield a QuestionnaireResponse for each person and period in a table of answers.

    Its subject is the number in the export; it has no date and no author. Values that are missing
    are not in it: FHIR has no word for why.

    Args:
        url: Of the questionnaire.
        answers: As `release` makes it: by person and period.
        asked: What its column `measure` counts through.
    """
    columns = answers.columns
    rows = np.flatnonzero(np.isfinite(columns["value"]))
    key = np.stack([columns["id"][rows], columns["period"][rows]])
    is_new = np.append(True, (key[:, 1:] != key[:, :-1]).any(0))[: len(rows)]
    for group in np.split(rows, np.flatnonzero(is_new)[1:]):
        if len(group):
            yield _response(url, columns, group, asked)


def _response(
    url: str, columns: Mapping[str, np.ndarray], rows: np.ndarray, asked: Sequence[Question]
) -> dict[str, Any]:
    period, number = int(columns["period"][rows[0]]), int(columns["id"][rows[0]])
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        at = int(columns["measure"][row])
        found.setdefault(at, []).append(_answer(asked[at], float(columns["value"][row])))
    said = [
        {"linkId": asked[at].measure.name, "answer": given} for at, given in sorted(found.items())
    ]
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": url,
        "status": "completed",
        "subject": {"identifier": {"value": str(number)}},
        "item": [{"linkId": _PERIOD, "answer": [{"valueInteger": period}]}, *said],
    }


def _answer(question: Question, value: float) -> dict[str, Any]:
    for number, word in question.choices:
        if number == value:
            return {"valueCoding": _coding(number, word)}
    return {"valueDecimal": value}
