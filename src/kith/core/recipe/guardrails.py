"""The harms kith is designed against, with evidence and default policy."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kith.core.recipe.references import Reference, all_references, cited
from kith.core.recipe.tables import Row, packaged, read

TABLE = "guardrails.csv"
COLUMNS = ("area", "harm", "evidence", "ref_keys", "default_policy")


@dataclass(frozen=True, slots=True)
class Guardrail:
    """One harm and what kith does against it by default. For makers and stewards.

    Args:
        area: The field it belongs to, as in "contagion".
        harm: What can go wrong.
        evidence: What is known of it, in our words.
        references: The sources; none for plain safety practice.
        policy: What kith does unless a steward decides otherwise.
    """

    area: str
    harm: str
    evidence: str
    references: tuple[Reference, ...]
    policy: str


def parse_guardrails(text: str, known: Mapping[str, Reference]) -> tuple[Guardrail, ...]:
    """Return the guardrails in a CSV `text`, in its order.

    Raises:
        MalformedTableError: At the first cell that breaks the table's rules.
    """
    rows = read(text, table=TABLE, columns=COLUMNS)
    return tuple(_guardrail(row, known) for row in rows)


@cache
def all_guardrails() -> tuple[Guardrail, ...]:
    """Return every packaged guardrail."""
    return parse_guardrails(packaged(TABLE), all_references())


def _guardrail(row: Row, known: Mapping[str, Reference]) -> Guardrail:
    """Return the guardrail in one row."""
    return Guardrail(
        area=row.required("area"),
        harm=row.required("harm"),
        evidence=row.required("evidence"),
        references=cited(row, "ref_keys", known),
        policy=row.required("default_policy"),
    )
