"""Which fellowship a name or an address belongs to."""

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.listings.programs import program_named, program_of_address
from kith.core.places.names import fold
from kith.core.recipe import all_practices


@pytest.fixture(scope="module")
def rows():
    text = (files("kith.core.listings") / "data" / "programs.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def name_of(program):
    return program and program.name


def test_every_program_meets_for_a_practice_of_the_recipe(rows):
    assert {row["practice"] for row in rows} <= all_practices().keys()


def test_no_words_belong_to_two_programs(rows):
    words = [word for row in rows for word in row["words"].split("|")]

    assert len(words) == len(set(words))
    assert {row["kind"] for row in rows} == {"names", "tokens", "initials"}


def test_every_word_leads_to_its_program(rows):
    for row in rows:
        for word in row["words"].split("|"):
            found = program_named(word)

            assert found is not None
            assert (found.name, found.practice) == (row["program"], row["practice"])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Alcoholics Anonymous", "Alcoholics Anonymous"),
        ("the ALCOHOLICS  anonymous of Leeds", "Alcoholics Anonymous"),
        ("Alcohólicos Anónimos", "Alcoholics Anonymous"),
        ("AA", "Alcoholics Anonymous"),
        ("A.A.", "Alcoholics Anonymous"),
        ("n. a.", "Narcotics Anonymous"),
        ("CA", "Cocaine Anonymous"),
        ("CMA", "Crystal Meth Anonymous"),
        ("OA", "Overeaters Anonymous"),
        ("S.M.A.R.T.", "SMART Recovery"),
        ("SMART Recovery 4-Point", "SMART Recovery"),
        ("Al-Anon", "Al-Anon"),
        ("Y12SR", "Yoga of 12-Step Recovery"),
        ("Yoga of 12-Step Recovery", "Yoga of 12-Step Recovery"),
        ("Wharf Rats", "Wharf Rats"),
        # Initials stand alone or stand for nothing.
        ("AA group", None),
        ("aardvark", None),
        ("smart phones", None),
        ("The Phoenix", None),
        ("", None),
        ("★", None),
    ],
)
def test_programs_are_known_by_name_and_by_initials_alone(text, name):
    assert name_of(program_named(text)) == name


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.oc-aa.org/meetings/?id=1", "Alcoholics Anonymous"),
        ("aa.org", "Alcoholics Anonymous"),
        ("HTTP://NA.ORG", "Narcotics Anonymous"),
        ("https://ca.org.uk", "Cocaine Anonymous"),
        ("https://aa-intergroup.aa.org", "Alcoholics Anonymous"),
        ("https://meetings.smartrecovery.org/meetings/1", "SMART Recovery"),
        ("https://www.crystalmeth.org:443/x", "Crystal Meth Anonymous"),
        ("https://al-anon.org", "Al-Anon"),
        ("https://coda.org", "Co-Dependents Anonymous"),
        ("https://eatingdisordersanonymous.org", "Eating Disorders Anonymous"),
        # Not guessed at.
        ("https://aasanjose.org", None),
        ("https://nycaa.org", None),
        ("https://na-ca.org", None),
        ("https://ga.example.org", None),
        ("https://example.org/aa", None),
        ("https://example.aa", None),  # the last label is a country
        ("aa", None),
        ("", None),
        ("   ", None),
        ("https://", None),
        ("?", None),
    ],
)
def test_programs_are_known_by_their_host(url, name):
    assert name_of(program_of_address(url)) == name


@given(st.text())
def test_no_text_is_too_odd_for_a_program(text):
    assert program_named(text) == program_named(fold(text))
    assert program_of_address(text) == program_of_address(f" {text} ")
