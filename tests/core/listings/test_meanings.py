"""What codes and words mean, from packaged tables that are checked here."""

import csv
from importlib.resources import files

import pytest

from kith.core.listings.meanings import Meanings, code_for, codes_written, gathered, meanings_of
from kith.core.places.names import fold

SYSTEMS = {"meeting_guide", "in_the_wild", "naws", "bmlt", "words"}
KINDS = {"language", "audience", "access", "topic", "openness", "mode"}


@pytest.fixture(scope="module")
def rows():
    text = (files("kith.core.listings") / "data" / "meanings.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_every_row_says_one_code_of_a_known_system_once(rows):
    keys = [(row["system"], row["code"].upper()) for row in rows]

    assert {system for system, _code in keys} == SYSTEMS
    assert len(keys) == len(set(keys))


def test_every_meaning_is_of_a_known_kind(rows):
    meanings = {meaning for row in rows for meaning in row["meanings"].split(";") if meaning}

    assert {m.partition(":")[0] for m in meanings} == KINDS | {"closed_for_now"}
    assert [m for m in meanings if m.endswith(":")] == []
    assert {m for m in meanings if m.startswith(("openness:", "mode:"))} == {
        "openness:open", "openness:closed", "mode:in_person", "mode:online", "mode:hybrid",
    }  # fmt: skip


def test_every_word_is_written_the_way_it_is_looked_up(rows):
    words = [row["code"] for row in rows if row["system"] == "words"]

    assert words == [fold(word) for word in words]


@pytest.mark.parametrize(
    ("code", "system", "meanings"),
    [
        ("O", "meeting_guide", ("openness:open",)),
        (" o ", "meeting_guide", ("openness:open",)),
        ("12x12", "meeting_guide", ("topic:literature", "topic:steps")),
        ("DB", "meeting_guide", ()),
        ("ONL", "meeting_guide", ("mode:online",)),  # in no specification
        ("TC", "meeting_guide", ("closed_for_now",)),
        ("ZZZ", "meeting_guide", None),
        ("", "meeting_guide", None),
        ("WCHR", "naws", ("access:step_free",)),
        ("LANG", "naws", ()),
        ("ONL", "naws", None),
        ("VM", "bmlt", ("mode:online",)),
        # The same letters are not the same thing everywhere.
        ("C", "meeting_guide", ("openness:closed",)),
        ("BT", "meeting_guide", None),
        ("SP", "meeting_guide", ("topic:speaker",)),
        ("S", "meeting_guide", ("language:es",)),
        ("S", "naws", ("topic:literature",)),
        ("SM", "bmlt", ("access:smoking_permitted",)),
        ("WOMEN'S  Meeting!", "words", ("audience:women",)),
        ("Español", "words", ("language:es",)),
        ("Quantum", "words", None),
        ("O", "no such system", None),
    ],
)
def test_codes_mean_what_their_system_says(code, system, meanings):
    assert meanings_of(code, system) == meanings


def test_meanings_are_gathered_by_kind_once_and_in_order():
    found = gathered(
        [
            "language:es", "audience:women", "topic:steps", "language:en", "language:es",
            "access:step_free", "openness:closed", "mode:online", "topic:literature",
        ],
        unknown=["ZZ", "QQ", "ZZ"],
    )  # fmt: skip

    assert found == Meanings(
        languages=("es", "en"),
        audience=("women",),
        access=("step_free",),
        topics=("steps", "literature"),
        openness="closed",
        modes=("online",),
        unknown=("ZZ", "QQ"),
    )


def test_nothing_gathered_says_nothing():
    assert gathered([]) == Meanings()


def test_open_and_closed_together_say_neither():
    assert gathered(["openness:open", "openness:closed"]).openness == ""
    assert gathered(["openness:open", "openness:open"]).openness == "open"


def test_closed_for_now_is_a_meaning_of_its_own():
    assert gathered(["closed_for_now"]) == Meanings(is_closed_for_now=True)


@pytest.mark.parametrize(
    ("meaning", "system", "code"),
    [
        ("openness:open", "meeting_guide", "O"),
        ("language:es", "meeting_guide", "S"),
        ("closed_for_now", "meeting_guide", "TC"),
        ("access:step_free", "bmlt", "WC"),
        ("topic:steps", "meeting_guide", "ST"),  # never 12x12, which means more
        ("mode:online", "meeting_guide", ""),  # ONL is not in the specification
        ("topic:no_such", "meeting_guide", ""),
    ],
)
def test_a_meaning_is_written_by_the_code_that_means_just_that(meaning, system, code):
    assert code_for(meaning, system) == code


@pytest.mark.parametrize("system", ["meeting_guide", "naws", "bmlt"])
def test_every_code_that_is_written_is_read_back(system):
    written = codes_written(system)

    assert list(written) == sorted(written)
    assert len(written) > 20
    assert {code: meanings_of(code, system) for code in written} == {
        code: (meaning,) for code, meaning in written.items()
    }
    assert {code_for(meaning, system) for meaning in written.values()} == set(written)


def test_no_code_is_written_for_a_system_there_is_not():
    assert codes_written("no such system") == {}
