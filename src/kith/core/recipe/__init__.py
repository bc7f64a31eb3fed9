"""What a gathering is made of, and what studies say about it: letters, words and sources.

A recipe is a dose of each ingredient. Five letters follow from it, one for each petal, and a
statement says what stands behind each letter. Nothing here is ever a percentage or a score,
and nothing here is about a person.
"""

from kith.core.recipe.doses import Amount, Doses
from kith.core.recipe.findings import Direction, Finding, all_findings, findings_on
from kith.core.recipe.grades import Grade, Letter, Strength, strongest
from kith.core.recipe.guardrails import Guardrail, all_guardrails
from kith.core.recipe.ingredients import DOSED, FLOOR, Ingredient
from kith.core.recipe.practices import Mode, Practice, all_practices, practice
from kith.core.recipe.recipes import Portion, Recipe, ingredient_letter, letters, recipe, summary
from kith.core.recipe.references import Reference, Verified, all_references, reference
from kith.core.recipe.statements import Statement, statements
from kith.core.recipe.systems import CORE_SYSTEMS, System, SystemNote, all_systems
from kith.core.recipe.tables import MalformedTableError

__all__ = [
    "CORE_SYSTEMS",
    "DOSED",
    "FLOOR",
    "Amount",
    "Direction",
    "Doses",
    "Finding",
    "Grade",
    "Guardrail",
    "Ingredient",
    "Letter",
    "MalformedTableError",
    "Mode",
    "Portion",
    "Practice",
    "Recipe",
    "Reference",
    "Statement",
    "Strength",
    "System",
    "SystemNote",
    "Verified",
    "all_findings",
    "all_guardrails",
    "all_practices",
    "all_references",
    "all_systems",
    "findings_on",
    "ingredient_letter",
    "letters",
    "practice",
    "recipe",
    "reference",
    "statements",
    "strongest",
    "summary",
]
