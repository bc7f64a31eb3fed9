"""What one gathering is made of, and the letters that follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from kith.core.recipe.doses import Amount, Doses
from kith.core.recipe.findings import findings_on
from kith.core.recipe.grades import Letter, strongest
from kith.core.recipe.ingredients import DOSED, FLOOR, Ingredient
from kith.core.recipe.practices import Practice
from kith.core.recipe.systems import CORE_SYSTEMS, System

# An ingredient speaks for a gathering from this dose on: a little laughter is not an evening
# of it. Our choice; no study says where the line is.
SPEAKING_DOSE = 2

_UNCHANGED: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Recipe:
    """What one gathering is made of.

    Args:
        practice: The practice it follows; None if it is none of ours.
        doses: The practice's doses, or what the host says instead.
    """

    practice: Practice | None
    doses: Doses


@dataclass(frozen=True, slots=True)
class Portion:
    """One ingredient and the word code for how much of it there is."""

    ingredient: Ingredient
    amount: Amount


def recipe(
    practice: Practice | None,
    changed: Mapping[Ingredient, object] | Mapping[str, object] = _UNCHANGED,
) -> Recipe:
    """Return the recipe of `practice` with the doses a host has `changed`.

    Without a practice of ours, everything the host does not name is 0.

    Raises:
        InvalidInputError: If a code is not one of `DOSED`, or a dose not a whole number from
            0 to 3.
    """
    base = practice.doses if practice else Doses.named({})
    return Recipe(practice=practice, doses=base.changed(changed))


def summary(recipe: Recipe) -> tuple[Portion, ...]:
    """Return all seventeen ingredients, most first, those alike in the order of `DOSED`."""
    ordered = sorted(DOSED, key=recipe.doses.of, reverse=True)
    return tuple(Portion(code, recipe.doses.amount(code)) for code in ordered)


def speaking(doses: Doses) -> tuple[Ingredient, ...]:
    """Return the ingredients that give letters: those of `SPEAKING_DOSE` or more, and FLOOR."""
    return (*doses.at_least(SPEAKING_DOSE), FLOOR)


def letters(doses: Doses) -> tuple[Letter, ...]:
    """Return five letters, one for each of `CORE_SYSTEMS` in that order.

    Every finding on every speaking ingredient offers its letter, and the strongest stands:

        letter[system] = strongest(f.letter for i in speaking for f in findings_on(i, system))
    """
    return _letters(speaking(doses))


@cache
def ingredient_letter(ingredient: Ingredient, system: System) -> Letter:
    """Return the strongest letter that any finding on the two gives."""
    return strongest(finding.letter for finding in findings_on(ingredient, system))


# A list of gatherings asks for the same few mixtures again and again.
@lru_cache(maxsize=512)
def _letters(ingredients: tuple[Ingredient, ...]) -> tuple[Letter, ...]:
    """Return one letter for each of `CORE_SYSTEMS` from these ingredients."""
    return tuple(
        strongest(ingredient_letter(ingredient, system) for ingredient in ingredients)
        for system in CORE_SYSTEMS
    )
