"""Letters and the one order they have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.recipe.grades import LETTERS, NO_LETTER, Grade, Letter, Strength, strongest
from kith.errors import InvalidInputError

some_letters = st.lists(st.sampled_from(LETTERS))


def symbols(letters):
    return [letter.symbol for letter in letters]


def test_letters_are_ordered_by_grade_and_then_plain_before_disputed():
    assert symbols(LETTERS) == ["A", "A?", "B", "B?", "C", "C?", "D", "D?", "N"]


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("A", "A?", "A"),  # one plain study settles a dispute of its own grade
        ("A?", "B", "A?"),  # weaker studies do not: what disagreed stays in sight
        ("B", "B", "B"),  # two fair ones are not a strong one
        ("B?", "B?", "B?"),
        ("B?", "C", "B?"),
        ("C", "D", "C"),
        ("D", "N", "D"),
        ("N", "N", "N"),
    ],
)
def test_two_letters_combine_to_the_strongest(one, other, together):
    by_symbol = {letter.symbol: letter for letter in LETTERS}

    assert strongest([by_symbol[one], by_symbol[other]]).symbol == together
    assert strongest([by_symbol[other], by_symbol[one]]).symbol == together


def test_strongest_of_nothing_is_no_letter():
    assert strongest([]) == NO_LETTER


@given(some_letters, some_letters)
def test_strongest_may_be_taken_in_parts(first, second):
    assert strongest([strongest(first), strongest(second)]) == strongest(first + second)


def test_each_grade_has_its_word():
    assert [Letter(grade).strength for grade in Grade] == [
        Strength.STRONG,
        Strength.FAIR,
        Strength.ANIMALS,
        Strength.HINTS,
        Strength.NOBODY_LOOKED,
    ]
    assert [word.value for word in Strength] == [
        "strong",
        "fair",
        "animals",
        "hints",
        "nobody_looked",
    ]


def test_a_disputed_letter_keeps_the_word_of_its_grade():
    assert Letter(Grade.A, disputed=True).strength is Strength.STRONG


def test_nothing_found_cannot_be_disputed():
    with pytest.raises(InvalidInputError):
        Letter(Grade.N, disputed=True)


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_is_never_a_number(letter):
    for convert in (int, float, complex):
        with pytest.raises(TypeError):
            convert(letter)
    with pytest.raises(TypeError):
        sorted([letter, NO_LETTER])
    assert not any(sign.isdigit() or sign == "%" for sign in letter.symbol + letter.strength)
