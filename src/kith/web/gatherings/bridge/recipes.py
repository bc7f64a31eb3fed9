"""What a gathering is made of, and what studies say of that, for its page."""

from functools import lru_cache

from kith.core.recipe import (
    Doses,
    Portion,
    Statement,
    all_practices,
    letters,
    recipe,
    statements,
    summary,
)
from kith.core.recipe.recipes import Recipe
from kith.errors import InvalidInputError
from kith.web.gatherings.models import Gathering

__all__ = ["Doses", "Portion", "Statement", "letters_of", "portions_of", "said_of"]

NO_PETALS = ""


def letters_of(practice: str, doses: dict[str, int]) -> str:
    """Return five letters for petals ("A,B,B?,C,B"), or "" where nobody said what people do."""
    found = _recipe(practice, doses)
    if found is None:
        return NO_PETALS
    return ",".join(letter.symbol for letter in letters(found.doses))


def portions_of(gathering: Gathering) -> list[Portion]:
    """Return what it is made of, most first, without what it does not hold."""
    found = _recipe(gathering.practice, gathering.doses)
    return [p for p in summary(found) if p.amount != "none"] if found else []


def said_of(gathering: Gathering) -> tuple[Statement, ...]:
    """Return what studies say, petal by petal."""
    found = _recipe(gathering.practice, gathering.doses)
    return statements(found) if found else ()


def host_note(gathering: Gathering) -> str:
    """Return what a host of this practice should think of."""
    practice = all_practices().get(gathering.practice)
    return practice.note if practice else ""


def check_doses(doses: object) -> str:
    """Return what is wrong with doses that a host wrote, or ""."""
    if not isinstance(doses, dict):
        return 'Write doses as {"being_heard": 2}.'
    try:
        recipe(None, doses)
    except InvalidInputError as error:
        return str(error)
    return ""


def _recipe(practice: str, doses: dict[str, int]) -> Recipe | None:
    known = all_practices().get(practice)
    if known is None and not doses:
        return None
    return _cached(practice if known else "", tuple(sorted(doses.items())))


@lru_cache(maxsize=2048)
def _cached(practice: str, doses: tuple[tuple[str, int], ...]) -> Recipe:
    return recipe(all_practices().get(practice), dict(doses))
