"""What studies found: an ingredient, a system, a grade, and which way it points."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kith.core.recipe.grades import NO_LETTER, Grade, Letter
from kith.core.recipe.ingredients import Ingredient
from kith.core.recipe.references import Reference, all_references, cited
from kith.core.recipe.systems import System
from kith.core.recipe.tables import Row, packaged, read

TABLE = "ingredients.csv"
COLUMNS = (
    "ingredient", "system", "grade", "citation", "doi_or_pmid", "note", "direction", "method",
    "mode_studied", "verified", "ref_key",
)  # fmt: skip


class Direction(StrEnum):
    """Which way a finding points, the most supporting first."""

    SUPPORTS = "+"
    MIXED = "mixed"
    REVERSE = "reverse"  # the drug changes the behavior; release by the behavior is not shown
    NO_EFFECT = "0"
    OPPOSITE = "-"
    NONE = "none"  # nobody has looked


@dataclass(frozen=True, slots=True)
class Finding:
    """One row: what one study, or a theory, says about an ingredient and a system.

    Args:
        ingredient: What people did.
        system: The system it is about.
        grade: What kind of study it is.
        direction: Which way it points.
        note: What was found, in our words (English, not for translation).
        method: How it was measured.
        mode_studied: In person, alone, by video, in animals ..., as the table says it.
        reference: The publication; None for a theory of ours and where nobody has looked.
    """

    ingredient: Ingredient
    system: System
    grade: Grade
    direction: Direction
    note: str
    method: str
    mode_studied: str
    reference: Reference | None

    @property
    def letter(self) -> Letter:
        """The letter this finding can give: its grade if it supports, disputed if it is mixed.

        Everything else gives none, however good the study: a null result is not weak support.
        """
        if self.direction is Direction.SUPPORTS:
            return Letter(self.grade)
        if self.direction is Direction.MIXED:
            return Letter(self.grade, disputed=True)
        return NO_LETTER

    @property
    def is_inconvenient(self) -> bool:
        """Whether it speaks against a plain yes; a page must show it with the others."""
        return self.direction in {Direction.MIXED, Direction.NO_EFFECT, Direction.OPPOSITE}


def parse_findings(text: str, known: Mapping[str, Reference]) -> tuple[Finding, ...]:
    """Return the findings in a CSV `text`, in its order.

    Raises:
        MalformedTableError: At the first cell that breaks the table's rules.
    """
    rows = read(text, table=TABLE, columns=COLUMNS)
    return tuple(_finding(row, known) for row in rows)


@cache
def all_findings() -> tuple[Finding, ...]:
    """Return every packaged finding."""
    return parse_findings(packaged(TABLE), all_references())


@cache
def findings_on(ingredient: Ingredient, system: System) -> tuple[Finding, ...]:
    """Return what is known, or known not to be known, about one ingredient and one system."""
    return tuple(
        finding
        for finding in all_findings()
        if finding.ingredient is ingredient and finding.system is system
    )


def _finding(row: Row, known: Mapping[str, Reference]) -> Finding:
    """Return the finding in one row."""
    grade, direction = row.one_of("grade", Grade), row.one_of("direction", Direction)
    if (grade is Grade.N) != (direction is Direction.NONE):
        raise row.wrong("direction", "must be none for grade N and for nothing else")
    return Finding(
        ingredient=row.one_of("ingredient", Ingredient),
        system=row.one_of("system", System),
        grade=grade,
        direction=direction,
        note=row.required("note"),
        method=row.text("method"),
        mode_studied=row.text("mode_studied"),
        reference=_source(row, grade, known),
    )


def _source(row: Row, grade: Grade, known: Mapping[str, Reference]) -> Reference | None:
    """Return the reference of one row, which must agree with what the row repeats of it."""
    references = cited(row, "ref_key", known)
    if not references:
        if grade not in {Grade.D, Grade.N}:
            raise row.wrong("ref_key", f"is empty, and grade {grade} needs a study")
        return None
    if len(references) > 1:
        raise row.wrong("ref_key", "must name one study: give each its own row")
    reference = references[0]
    for column, expected in (
        ("citation", reference.citation),
        ("doi_or_pmid", reference.identifier),
        ("verified", str(reference.verified)),
    ):
        if row.text(column) != expected:
            raise row.wrong(column, f"must repeat {reference.key}: {expected!r}")
    return reference
