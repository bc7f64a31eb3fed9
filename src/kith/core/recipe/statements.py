"""What may be said about a recipe: a letter for each system, and everything behind it."""

from dataclasses import dataclass

from kith.core.recipe.findings import Direction, Finding, findings_on
from kith.core.recipe.grades import Letter, strongest, weakness
from kith.core.recipe.ingredients import Ingredient
from kith.core.recipe.recipes import Recipe, ingredient_letter, speaking
from kith.core.recipe.systems import CORE_SYSTEMS, System, SystemNote, all_systems

_DIRECTIONS = tuple(Direction)


@dataclass(frozen=True, slots=True)
class Statement:
    """What studies say about one system and one recipe.

    Args:
        about: The system, what it does, and the limit to be said beside its letter.
        letter: The letter of the system for this recipe; `letter.strength` is its word.
        undisputed_letter: What is left of it when mixed findings are set aside.
        rests_on: The ingredients whose findings give the letter.
        findings: Everything known of the system and the speaking ingredients, the most
            supporting first, the inconvenient among them.
        unstudied: The speaking ingredients for which no study of the system was found.
    """

    about: SystemNote
    letter: Letter
    undisputed_letter: Letter
    rests_on: tuple[Ingredient, ...]
    findings: tuple[Finding, ...]
    unstudied: tuple[Ingredient, ...]

    @property
    def system(self) -> System:
        """The system this is about."""
        return self.about.system

    @property
    def carrying(self) -> tuple[Finding, ...]:
        """The findings that give the letter."""
        return tuple(finding for finding in self.findings if finding.letter == self.letter)

    @property
    def citable(self) -> tuple[Finding, ...]:
        """The findings whose reference somebody has checked."""
        return tuple(f for f in self.findings if f.reference and f.reference.is_citable)

    @property
    def unchecked(self) -> tuple[Finding, ...]:
        """The findings whose reference nobody has checked: leave them out or say so."""
        return tuple(f for f in self.findings if f.reference and not f.reference.is_citable)


def statements(recipe: Recipe) -> tuple[Statement, ...]:
    """Return one statement for each of `CORE_SYSTEMS`, in that order."""
    ingredients = speaking(recipe.doses)
    return tuple(_statement(system, ingredients) for system in CORE_SYSTEMS)


def _statement(system: System, ingredients: tuple[Ingredient, ...]) -> Statement:
    """Return what studies say about `system` and these ingredients."""
    # `sorted` below keeps this order among equals: what these people do before FLOOR.
    rows = [finding for code in ingredients for finding in findings_on(code, system)]
    letter = strongest(finding.letter for finding in rows)
    studied = {finding.ingredient for finding in rows if finding.reference}
    return Statement(
        about=all_systems()[system],
        letter=letter,
        undisputed_letter=strongest(f.letter for f in rows if not f.letter.disputed),
        rests_on=tuple(c for c in ingredients if ingredient_letter(c, system) == letter),
        findings=tuple(sorted((f for f in rows if f.direction is not Direction.NONE), key=_place)),
        unstudied=tuple(code for code in ingredients if code not in studied),
    )


def _place(finding: Finding) -> tuple[int, int]:
    """Return where a finding stands in a list: by what it gives, then by how it points."""
    return (weakness(finding.letter), _DIRECTIONS.index(finding.direction))
