"""The 27 practices."""

import pytest

from kith.core.recipe.ingredients import DOSED
from kith.core.recipe.practices import COLUMNS, Mode, all_practices, parse_practices, practice
from kith.core.recipe.tables import MalformedTableError
from kith.errors import InvalidInputError

ZEROS = ",0" * len(DOSED)


def parse(*lines):
    return parse_practices("\n".join([",".join(COLUMNS), *lines]) + "\n")


def test_all_practices_are_read():
    assert len(all_practices()) == 27
    assert next(iter(all_practices())) == "jam_band_table"


def test_a_practice_says_what_it_is_made_of():
    choir = practice("choir")

    assert choir.label == "Recovery choir"
    assert choir.mode is Mode.BOTH_WEAK
    assert choir.note == "online choir loses synchrony because of network delay"
    assert {code: dose for code, dose in choir.doses.by_code().items() if dose} == {
        "synchronous_movement": 2,
        "singing_music_making": 3,
        "live_music_awe": 1,
        "social_laughter": 1,
        "eye_contact_face": 1,
        "being_heard": 1,
        "helping_service": 1,
        "ritual_prayer_meditation": 1,
        "play": 1,
        "gratitude": 1,
    }


def test_an_unknown_practice_is_refused_with_the_known_ones():
    with pytest.raises(
        InvalidInputError, match=r"one of jam_band_table, .*art_making, got 'chess'"
    ):
        practice("chess")


def test_every_practice_offers_something_that_speaks():
    silent = [code for code, one in all_practices().items() if not one.doses.at_least(2)]

    assert silent == []


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (f",Chess,both{ZEROS},", "practice"),
        (f"chess,,both{ZEROS},", "label"),
        (f"chess,Chess,indoors{ZEROS},", "mode"),
        (f"chess,Chess,both,4{ZEROS[2:]},", "synchronous_movement"),
        (f"chess,Chess,both{ZEROS[:-2]},x,", "shared_warmth"),
        (f"walk,Chess,both{ZEROS},", "practice"),
        (f"chess,Chess,both{ZEROS}", "note"),
    ],
)
def test_a_malformed_row_is_named(line, column):
    with pytest.raises(MalformedTableError) as error:
        parse(f"walk,Walk,both{ZEROS},", line)

    assert (error.value.table, error.value.row, error.value.column) == (
        "practices.csv",
        3,
        column,
    )
