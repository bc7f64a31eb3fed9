"""The systems of the brain that take part when people are together."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from kith.core.recipe.references import Reference, all_references, cited
from kith.core.recipe.tables import MalformedTableError, Row, packaged, read, refuse_repeats

TABLE = "systems.csv"
COLUMNS = ("system", "tier", "named_in_talk", "role", "honest_limit", "reference_keys")


class System(StrEnum):
    """A transmitter system. Only the five of `CORE_SYSTEMS` get a letter."""

    MU_OPIOID = "mu_opioid"
    DOPAMINE = "dopamine"
    OXYTOCIN = "oxytocin"
    SEROTONIN = "serotonin"
    ENDOCANNABINOID = "endocannabinoid"
    VASOPRESSIN = "vasopressin"
    DYNORPHIN_KAPPA = "dynorphin_kappa"
    NORADRENALINE = "noradrenaline"


# The petals, clockwise from the top. The talk says "all the systems" and never lists them:
# that it is these five is our reading.
CORE_SYSTEMS = (
    System.MU_OPIOID,
    System.DOPAMINE,
    System.OXYTOCIN,
    System.SEROTONIN,
    System.ENDOCANNABINOID,
)


class Tier(StrEnum):
    """Whether a system gets a letter, and if not, why not."""

    CORE = "core"
    SECONDARY = "secondary"
    NOT_SCORED = "not scored"


@dataclass(frozen=True, slots=True)
class SystemNote:
    """What a system does among people, and the limit of what is known.

    Args:
        system: Which system.
        tier: Whether it gets a letter.
        named_in_talk: "yes", or "no" with our doubt.
        role: What it does, in our words.
        honest_limit: What must be said beside any letter of it.
        references: Where this comes from.
    """

    system: System
    tier: Tier
    named_in_talk: str
    role: str
    honest_limit: str
    references: tuple[Reference, ...]


def parse_systems(text: str, known: Mapping[str, Reference]) -> Mapping[System, SystemNote]:
    """Return the notes in a CSV `text` by system, in its order.

    Raises:
        MalformedTableError: At the first cell that breaks the table's rules, or if a system
            is missing.
    """
    rows = read(text, table=TABLE, columns=COLUMNS)
    refuse_repeats(rows, "system")
    notes = [_note(row, known) for row in rows]
    by_system = {note.system: note for note in notes}
    for system in System:
        if system not in by_system:
            raise MalformedTableError(
                table=TABLE, row=len(rows) + 2, column="system", problem=f"{system} is missing"
            )
    return MappingProxyType(by_system)


@cache
def all_systems() -> Mapping[System, SystemNote]:
    """Return every packaged note by system, the core ones first."""
    return parse_systems(packaged(TABLE), all_references())


def _note(row: Row, known: Mapping[str, Reference]) -> SystemNote:
    """Return the note in one row."""
    return SystemNote(
        system=row.one_of("system", System),
        tier=_tier(row),
        named_in_talk=row.required("named_in_talk"),
        role=row.required("role"),
        honest_limit=row.required("honest_limit"),
        references=cited(row, "reference_keys", known),
    )


def _tier(row: Row) -> Tier:
    """Return the tier in one row, which must agree with `CORE_SYSTEMS`."""
    tier = row.one_of("tier", Tier)
    if (tier is Tier.CORE) != (row.one_of("system", System) in CORE_SYSTEMS):
        raise row.wrong("tier", "must be core for the five petals and for nothing else")
    return tier
