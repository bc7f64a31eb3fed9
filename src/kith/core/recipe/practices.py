"""What people already do together: 27 practices and what each is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from kith.core.recipe.doses import HIGHEST_DOSE, Doses
from kith.core.recipe.ingredients import DOSED
from kith.core.recipe.tables import Row, packaged, read, refuse_repeats
from kith.errors import InvalidInputError

TABLE = "practices.csv"
COLUMNS = ("practice", "label", "mode", *DOSED, "note")


class Mode(StrEnum):
    """Where a practice can be done."""

    IN_PERSON = "in_person"
    BOTH = "both"
    BOTH_WEAK = "both_weak"  # online too, and something is lost


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice.

    Args:
        code: Its lasting name.
        label: An English label; pages translate by `code`.
        mode: Where it can be done.
        doses: What it is made of: design judgement, until people who came say otherwise.
        note: What a host should think of (English, not for translation).
    """

    code: str
    label: str
    mode: Mode
    doses: Doses
    note: str


def parse_practices(text: str) -> Mapping[str, Practice]:
    """Return the practices in a CSV `text` by code, in its order.

    Raises:
        MalformedTableError: At the first cell that breaks the table's rules.
    """
    rows = read(text, table=TABLE, columns=COLUMNS)
    refuse_repeats(rows, "practice")
    return MappingProxyType({row.required("practice"): _practice(row) for row in rows})


@cache
def all_practices() -> Mapping[str, Practice]:
    """Return every packaged practice by code."""
    return parse_practices(packaged(TABLE))


def practice(code: str) -> Practice:
    """Return the practice called `code`.

    Raises:
        InvalidInputError: If there is none.
    """
    try:
        return all_practices()[code]
    except KeyError as error:
        known = ", ".join(all_practices())
        raise InvalidInputError(f"code must be one of {known}, got {code!r}") from error


def _practice(row: Row) -> Practice:
    """Return the practice in one row."""
    numbers = tuple(row.whole_number(code, highest=HIGHEST_DOSE) for code in DOSED)
    return Practice(
        code=row.required("practice"),
        label=row.required("label"),
        mode=row.one_of("mode", Mode),
        doses=Doses(numbers),
        note=row.text("note"),
    )
