"""The publications behind every finding, default and guardrail."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from kith.core.recipe.tables import Row, packaged, read, refuse_repeats
from kith.errors import InvalidInputError

TABLE = "references.csv"
COLUMNS = ("key", "citation", "doi_or_pmid", "verified")


class Verified(StrEnum):
    """How far somebody has checked that a reference exists and says what we say it says."""

    YES = "yes"  # title and identifier seen together
    ABSTRACT = "abstract"  # abstract seen
    NO = "no"  # from memory


@dataclass(frozen=True, slots=True)
class Reference:
    """One publication."""

    key: str
    citation: str
    identifier: str
    verified: Verified

    @property
    def is_citable(self) -> bool:
        """Whether somebody has checked it, so that a page may show it without a flag."""
        return self.verified is not Verified.NO

    @property
    def link(self) -> str:
        """The lasting address of a DOI, PMID or PMC number; "" if it has none of these."""
        if self.identifier.startswith("10."):
            return f"https://doi.org/{self.identifier}"
        if self.identifier.startswith("PMID:"):
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.identifier.removeprefix('PMID:')}/"
        if self.identifier.startswith("PMC"):
            return f"https://pmc.ncbi.nlm.nih.gov/articles/{self.identifier}/"
        return ""


def parse_references(text: str) -> Mapping[str, Reference]:
    """Return the references in a CSV `text` by key, in its order.

    Raises:
        MalformedTableError: At the first cell that breaks the table's rules.
    """
    rows = read(text, table=TABLE, columns=COLUMNS)
    refuse_repeats(rows, "key")
    return MappingProxyType({row.required("key"): _reference(row) for row in rows})


@cache
def all_references() -> Mapping[str, Reference]:
    """Return every packaged reference by key."""
    return parse_references(packaged(TABLE))


def reference(key: str) -> Reference:
    """Return the reference called `key`.

    Raises:
        InvalidInputError: If there is none.
    """
    try:
        return all_references()[key]
    except KeyError as error:
        raise InvalidInputError(f"key must name a reference, got {key!r}") from error


def cited(row: Row, column: str, known: Mapping[str, Reference]) -> tuple[Reference, ...]:
    """Return the references whose keys stand in `column`, or raise MalformedTableError."""
    keys = row.several(column)
    for key in keys:
        if key not in known:
            raise row.wrong(column, f"{key!r} is not a key of {TABLE}")
    return tuple(known[key] for key in keys)


def _reference(row: Row) -> Reference:
    """Return the reference in one row."""
    return Reference(
        key=row.required("key"),
        citation=row.required("citation"),
        identifier=row.required("doi_or_pmid"),
        verified=row.one_of("verified", Verified),
    )
