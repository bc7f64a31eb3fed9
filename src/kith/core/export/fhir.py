"""Measures as a FHIR R4 Questionnaire, and what people answered as its responses.

HL7 FHIR R4, Questionnaire and QuestionnaireResponse (https://hl7.org/fhir/R4/questionnaire.html).
A code of LOINC stands only where its question is, word for word, the one that LOINC names.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from kith.core.export.tables import Table
from kith.core.records import Measure

LOINC = "http://loinc.org"
_ENDS = "http://hl7.org/fhir/StructureDefinition/"
# Asked in each period, so that no response needs a date.
_PERIOD = "period"


def questionnaire(
    url: str,
    title: str,
    measures: Iterable[Measure],
    labels: Mapping[str, str],
    codes: Mapping[str, tuple[str, str]] | None = None,
) -> dict[str, Any]:
    """Return a Questionnaire with one item for each measure, and one for the period.

    Args:
        url: Its lasting name, a URI.
        title: For people.
        measures: What is asked.
        labels: How it is asked, by the measure's name; the name where there is none.
        codes: LOINC's code and name of those measures that are LOINC's.
    """
    known = codes or {}
    items = [_item(measure, labels.get(measure.name, measure.name), known) for measure in measures]
    period = {"linkId": _PERIOD, "text": "Whole periods since this person's own start", "type": "integer", "required": True}  # fmt: skip
    return {
        "resourceType": "Questionnaire",
        "url": url,
        "title": title,
        "status": "active",
        "subjectType": ["Patient"],
        "item": [period, *items],
    }


def _item(measure: Measure, label: str, codes: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    said: dict[str, Any] = {"linkId": measure.name, "text": label, "repeats": True}
    if measure.name in codes:
        code, display = codes[measure.name]
        said["code"] = [{"system": LOINC, "code": code, "display": display}]
    if measure.words:
        options = [_coding(n, word) for n, word in enumerate(measure.words)]
        return {**said, "type": "choice", "answerOption": [{"valueCoding": one} for one in options]}
    ends = (("minValue", measure.least), ("maxValue", measure.most))
    limits = [{"url": _ENDS + name, "valueDecimal": float(end)} for name, end in ends if np.isfinite(end)]  # fmt: skip
    return {**said, "type": "decimal", **({"extension": limits} if limits else {})}


def _coding(number: int, word: str) -> dict[str, str]:
    return {"code": str(number), "display": word}


def responses(url: str, answers: Table, measures: Sequence[Measure]) -> Iterator[dict[str, Any]]:
    """Yield a QuestionnaireResponse for each person and period in a table of answers.

    Its subject is the number in the export; it has no date and no author. Values that are missing
    are not in it: FHIR has no word for why.

    Args:
        url: Of the questionnaire.
        answers: As `release` makes it: by person and period.
        measures: What its column `measure` counts through.
    """
    columns = answers.columns
    rows = np.flatnonzero(np.isfinite(columns["value"]))
    key = np.stack([columns["id"][rows], columns["period"][rows]])
    is_new = np.append(True, (key[:, 1:] != key[:, :-1]).any(0))[: len(rows)]
    for group in np.split(rows, np.flatnonzero(is_new)[1:]):
        if len(group):
            yield _response(url, columns, group, measures)


def _response(
    url: str, columns: Mapping[str, np.ndarray], rows: np.ndarray, measures: Sequence[Measure]
) -> dict[str, Any]:
    period, number = int(columns["period"][rows[0]]), int(columns["id"][rows[0]])
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        at = int(columns["measure"][row])
        found.setdefault(at, []).append(_answer(measures[at], float(columns["value"][row])))
    said = [{"linkId": measures[at].name, "answer": given} for at, given in sorted(found.items())]
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": url,
        "status": "completed",
        "subject": {"identifier": {"value": str(number)}},
        "item": [{"linkId": _PERIOD, "answer": [{"valueInteger": period}]}, *said],
    }


def _answer(measure: Measure, value: float) -> dict[str, Any]:
    if measure.words:
        return {"valueCoding": _coding(int(value), measure.words[int(value)])}
    return {"valueDecimal": value}
