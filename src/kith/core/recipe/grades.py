"""Letters: how sure anyone is, in the one order they have."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kith.errors import InvalidInputError


class Grade(StrEnum):
    """What kind of study stands behind a finding, strongest first."""

    A = "A"  # people: PET or SPECT, drug blockade or challenge
    B = "B"  # people: fMRI, hormone, pain threshold, gene association, behavior
    C = "C"  # animals
    D = "D"  # theory
    N = "N"  # no study found


class Strength(StrEnum):
    """The word of a letter, as a code for pages to say in their own language."""

    STRONG = "strong"
    FAIR = "fair"
    ANIMALS = "animals"
    HINTS = "hints"
    NOBODY_LOOKED = "nobody_looked"


_STRENGTHS = dict(zip(Grade, Strength, strict=True))


@dataclass(frozen=True, slots=True)
class Letter:
    """A grade, and whether the studies of that grade are disputed ("?").

    Letters have no order of their own (`A < B` is an error): use `strongest`.
    """

    grade: Grade
    disputed: bool = False

    def __post_init__(self) -> None:
        if self.disputed and self.grade is Grade.N:
            raise InvalidInputError("disputed must be False for grade N, got True")

    @property
    def symbol(self) -> str:
        """The letter as it is written: "A", "A?", "B" ... "N"."""
        return f"{self.grade}?" if self.disputed else str(self.grade)

    @property
    def strength(self) -> Strength:
        """The word code of the grade; `disputed` is said beside it."""
        return _STRENGTHS[self.grade]


NO_LETTER = Letter(Grade.N)

# Grade first, then plain before disputed: A, A?, B, B?, C, C?, D, D?, N.
LETTERS = (
    *(
        Letter(grade, disputed)
        for grade in Grade
        if grade is not Grade.N
        for disputed in (False, True)
    ),
    NO_LETTER,
)
_PLACES = {letter: place for place, letter in enumerate(LETTERS)}


def weakness(letter: Letter) -> int:
    """Return the place of `letter` in `LETTERS`: a key to sort by, never to show."""
    return _PLACES[letter]


def strongest(letters: Iterable[Letter]) -> Letter:
    """Return the first of `letters` in the order of `LETTERS`; `NO_LETTER` if there are none.

    So a disputed A beats a plain B, and a plain B beats a disputed B: the grade says what was
    done, the mark whether it agreed, and no doubt is lost by adding weaker studies.
    """
    return min(letters, key=weakness, default=NO_LETTER)
