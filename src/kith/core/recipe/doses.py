"""How much of each ingredient a gathering holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kith.core.recipe.ingredients import DOSED, Ingredient
from kith.errors import InvalidInputError

HIGHEST_DOSE = 3


class Amount(StrEnum):
    """The word of a dose, as a code for pages to say in their own language."""

    NONE = "none"
    A_LITTLE = "a_little"
    SOME = "some"
    MOST = "most"


_AMOUNTS = tuple(Amount)


@dataclass(frozen=True, slots=True)
class Doses:
    """A dose from 0 to 3 for each of the seventeen ingredients, in the order of `DOSED`.

    Raises:
        InvalidInputError: If there are not seventeen, or one is not a whole number from 0 to 3.
    """

    numbers: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.numbers) != len(DOSED):
            raise InvalidInputError(
                f"numbers must hold {len(DOSED)} doses, got {len(self.numbers)}"
            )
        for ingredient, number in zip(DOSED, self.numbers, strict=True):
            _check(ingredient, number)

    @classmethod
    def named(cls, given: Mapping[Ingredient, object] | Mapping[str, object]) -> "Doses":
        """Return doses from ingredient codes; what is not named is 0.

        Raises:
            InvalidInputError: If a code is not one of `DOSED`, or a dose not a whole number
                from 0 to 3.
        """
        return cls((0,) * len(DOSED)).changed(given)

    def changed(self, given: Mapping[Ingredient, object] | Mapping[str, object]) -> "Doses":
        """Return doses with `given` in place of these; what is not named stays.

        Raises:
            InvalidInputError: As for `named`.
        """
        chosen = {code: _check(code, number) for code, number in given.items()}
        pairs = zip(DOSED, self.numbers, strict=True)
        return Doses(tuple(chosen.get(code, number) for code, number in pairs))

    def of(self, ingredient: Ingredient) -> int:
        """Return the dose of one of `DOSED`."""
        return self.numbers[DOSED.index(ingredient)]

    def amount(self, ingredient: Ingredient) -> Amount:
        """Return the word code for the dose of one of `DOSED`."""
        return _AMOUNTS[self.of(ingredient)]

    def at_least(self, dose: int) -> tuple[Ingredient, ...]:
        """Return the ingredients with at least this dose, in the order of `DOSED`."""
        pairs = zip(DOSED, self.numbers, strict=True)
        return tuple(ingredient for ingredient, number in pairs if number >= dose)

    def by_code(self) -> dict[str, int]:
        """Return every dose by ingredient code, to store or to fill a form with."""
        return {str(code): number for code, number in zip(DOSED, self.numbers, strict=True)}


def _check(code: str, number: object) -> int:
    """Return `number` if it is a dose of an ingredient, or raise InvalidInputError."""
    if code not in DOSED:
        raise InvalidInputError(f"doses must name {', '.join(DOSED)}, got {code!r}")
    # `type`, not `isinstance`: True is an int to Python and never a dose to a host.
    if type(number) is not int or not 0 <= number <= HIGHEST_DOSE:
        raise InvalidInputError(
            f"doses[{str(code)!r}] must be a whole number from 0 to {HIGHEST_DOSE}, got {number!r}"
        )
    return number
