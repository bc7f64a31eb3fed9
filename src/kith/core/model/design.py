"""A design: which feature of the app, how much of it, and how well it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from jaxtyping import Float32
from typing_extensions import override

from kith.core.model.world import SYSTEMS
from kith.core.recipe import Grade, System, all_practices, ingredient_letter, practice, strongest
from kith.core.recipe.recipes import SPEAKING_DOSE
from kith.errors import InvalidInputError

ALL = "all"
# How the model's systems are called where recipes are.
_RECIPE_NAMES = {
    "dopamine": System.DOPAMINE,
    "opioid": System.MU_OPIOID,
    "oxytocin": System.OXYTOCIN,
    "serotonin": System.SEROTONIN,
    "endocannabinoid": System.ENDOCANNABINOID,
}
# What a recipe feeds, by the best evidence on any of its ingredients: in people, in animals,
# none. Letters say how sure anyone is, not how much: so they say how a contact is divided, and
# never make it larger.
_FED = {Grade.A: 1.0, Grade.B: 1.0, Grade.C: 0.5, Grade.D: 0.0, Grade.N: 0.0}


class Feature(StrEnum):
    """What brings people together."""

    NOTHING = "nothing"
    USUAL_CARE = "usual_care"
    LISTINGS = "listings"
    CIRCLES = "circles"
    PAIRS = "pairs"
    REACH = "reach"
    SERVICE = "service"


class Usual(NamedTuple):
    """What a feature is like where a design does not say otherwise; see Design."""

    contacts_a_week: float
    at_cue: float
    reliability: float
    depth: float
    gives: float
    partners: int


# All are design choices. Only their order is meant: that a circle goes deeper than a meeting,
# that a call comes at the cue, that in service one gives.
USUAL: Mapping[Feature, Usual] = MappingProxyType(
    {
        Feature.NOTHING: Usual(0.0, 0.0, 1.0, 0.0, 0.0, 0),
        Feature.USUAL_CARE: Usual(0.5, 0.0, 0.95, 0.4, 0.0, 0),
        Feature.LISTINGS: Usual(1.5, 0.0, 0.7, 0.3, 0.2, 12),
        Feature.CIRCLES: Usual(1.0, 0.1, 0.85, 0.7, 0.5, 5),
        Feature.PAIRS: Usual(1.0, 0.1, 0.85, 0.9, 0.5, 4),
        Feature.REACH: Usual(1.0, 1.0, 0.75, 0.6, 0.3, 3),
        Feature.SERVICE: Usual(1.0, 0.1, 0.85, 0.4, 0.8, 4),
    }
)
# Lowest and highest of what a design may say. Four epochs a day are 28 contacts a week at most.
RANGES: Mapping[str, tuple[int | float, int | float]] = MappingProxyType(
    {
        "contacts_a_week": (0.0, 28.0),
        "at_cue": (0.0, 1.0),
        "reliability": (0.0, 1.0),
        "depth": (0.0, 1.0),
        "gives": (0.0, 1.0),
        "reach_q": (0.0, 1.0),
        "isolated": (0.0, 1.0),
        "partners": (1, 12),
    }
)
_USUAL_REACH_Q = 0.3


@dataclass(frozen=True, slots=True)
class Design:
    """One arm of a scenario. What is None is what is usual for the feature.

    Args:
        key: A short name, as "at_cue".
        feature: A Feature.
        name: What it is called where people read it; the key if empty.
        contacts_a_week: The dose: contacts offered in a week, on average over everybody here.
        at_cue: The share of them that come at a cue.
        reliability: The chance that a partner keeps one. For reach what the hours of people and
            who may be rung come to, if not said.
        depth: From 0, small talk, to 1.
        gives: The share in which the person is the one who helps.
        reach_q: The chance that somebody whom a person reaches for by themselves answers.
        systems: What it feeds: "all", or names of SYSTEMS.
        practice: A practice whose recipe says instead what is fed.
        partners: How many different people each is brought together with, at most.
        lapses_together: Circles that put those in a lapse, then the newest, together: a bad design, to
            show what it does.
        isolated: The share of people who live apart, instead of the town's own.

    Raises:
        InvalidInputError: If a value is out of its range: the name, the value, the range.
    """

    key: str
    feature: str = Feature.NOTHING
    name: str = ""
    contacts_a_week: float | None = None
    at_cue: float | None = None
    reliability: float | None = None
    depth: float | None = None
    gives: float | None = None
    reach_q: float | None = None
    systems: tuple[str, ...] = (ALL,)
    practice: str = ""
    partners: int | None = None
    lapses_together: bool = False
    isolated: float | None = None

    def __post_init__(self) -> None:
        for fault in faults_of({field.name: getattr(self, field.name) for field in fields(self)}):
            raise InvalidInputError(str(fault))

    @property
    def usual(self) -> Usual:
        """What its feature is usually like."""
        return USUAL[Feature(self.feature)]

    def said(self, name: str) -> float:
        """Return what it says of `name`, or else what is usual."""
        value = getattr(self, name)
        if value is None:
            value = _USUAL_REACH_Q if name == "reach_q" else getattr(self.usual, name)
        return float(value)

    @property
    def fed(self) -> Float32[np.ndarray, "5"]:
        """How a contact is divided among SYSTEMS: what feeds few feeds each of them more.

        An hour is an hour: else a design that feeds all would simply be the larger dose.
        """
        if self.practice:
            return _divided(_fed_by(self.practice))
        return _divided([float(ALL in self.systems or name in self.systems) for name in SYSTEMS])


class Fault(NamedTuple):
    """A value that no design has. Args: allowed: in words, what may stand there."""

    name: str
    value: object
    allowed: str

    @override
    def __str__(self) -> str:
        return f"{self.name} is {self.value!r}: it must be {self.allowed}"


def faults_of(values: Mapping[str, object]) -> list[Fault]:
    """Return what is wrong with the values of a design, by name; what is not there is not wrong."""
    found = []
    key = str(values.get("key", ""))
    if not (key.isascii() and key.isidentifier()):
        found.append(Fault("key", key, "letters, digits and underscores, with a letter first"))
    for name, (lowest, highest) in RANGES.items():
        value = values.get(name)
        if value is not None and not (_is_number(value) and lowest <= value <= highest):  # type: ignore[operator]
            found.append(Fault(name, value, f"{lowest:g} to {highest:g}"))
    feature = values.get("feature", Feature.NOTHING)
    if feature not in tuple(Feature):
        found.append(Fault("feature", feature, f"one of {', '.join(Feature)}"))
    systems = values.get("systems", (ALL,))
    unknown = [name for name in systems if name not in (ALL, *SYSTEMS)]  # type: ignore[attr-defined]
    if not systems:
        found.append(Fault("systems", [], f"{ALL}, or some of {', '.join(SYSTEMS)}"))
    if unknown:
        found.append(Fault("systems", unknown[0], f"{ALL}, or some of {', '.join(SYSTEMS)}"))
    if values.get("lapses_together") and feature != Feature.CIRCLES:
        found.append(Fault("lapses_together", "true", "false, or the feature circles"))
    if not found and values.get("practice"):
        found += _no_practice(str(values["practice"]))
    return found


def _no_practice(code: str) -> list[Fault]:
    known = all_practices()
    return [] if code in known else [Fault("practice", code, f"one of {', '.join(known)}")]


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _divided(parts: Sequence[float]) -> Float32[np.ndarray, "5"]:
    """Return `parts` of one whole; nothing where there is no part."""
    some = np.array(parts, np.float64)
    return (some / (some.sum() or 1.0)).astype(np.float32)


def _fed_by(code: str) -> list[float]:
    """Return what the recipe of a practice feeds, by its ingredients of which there is some."""
    speaking = practice(code).doses.at_least(SPEAKING_DOSE)
    best = (
        strongest(ingredient_letter(one, _RECIPE_NAMES[name]) for one in speaking)
        for name in SYSTEMS
    )
    return [_FED[letter.grade] for letter in best]
