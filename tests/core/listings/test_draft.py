"""Values of feeds as texts, lists and answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.listings.draft import Draft, is_yes, text_of, texts_of
from kith.core.listings.listing import Repair

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Big Book", "Big Book"),
        (" ", " "),
        (7, "7"),
        (7.0, "7"),
        (7.5, "7.5"),
        (float("inf"), "inf"),
        (None, ""),
        (True, ""),
        (False, ""),
        (["O", 12, None, True, "", "D"], "O, 12, D"),
        ([], ""),
        (["a", ["b"]], "a"),
        ({"a": 1}, ""),
    ],
    ids=repr,
)
def test_values_are_read_as_text(value, text):
    assert text_of(value) == text


def test_lists_may_be_nested_deeper_than_programs_go():
    nested: list[object] = []
    for _depth in range(100_000):
        nested = [nested]

    assert text_of(nested) == ""
    assert texts_of(nested) == []


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        (["O", " D ", "", None, 12], ["O", "D", "12"]),
        ({"0": "O", "1": "D"}, ["O", "D"]),
        ("O, D;X", ["O", "D", "X"]),
        ("O", ["O"]),
        ("", []),
        ("  ", []),
        (None, []),
        (True, []),
        (7, []),
        ([["O", "D"], "X"], ["O, D", "X"]),
    ],
    ids=repr,
)
def test_values_are_read_as_lists_of_texts(value, texts):
    assert texts_of(value) == texts


@pytest.mark.parametrize(
    "value", ["yes", " Yes ", "Y", "TRUE", "t", "1", "on", "x", "Sí", True, 1, 1.0], ids=repr
)
def test_feeds_say_yes_in_many_ways(value):
    assert is_yes(value)


@pytest.mark.parametrize(
    "value", ["no", "", "0", "false", "yes please", None, False, 0, 2, [], ["yes"], {}], ids=repr
)
def test_all_else_is_no(value):
    assert not is_yes(value)


def test_repairs_are_noted_in_order():
    draft = Draft(record="1")

    draft.repair("time", "first")
    draft.repair("name", "then")

    assert draft.repairs == [Repair("time", "first"), Repair("name", "then")]


def test_drafts_share_nothing():
    one, other = Draft(record="1"), Draft(record="2")

    one.repair("time", "odd")
    one.place.city = "Leeds"
    one.codes.append("O")

    assert (other.repairs, other.place.city, other.codes) == ([], "", [])


@given(values)
def test_no_value_is_too_odd_for_a_text(value):
    assert isinstance(text_of(value), str)
    assert all(text == text.strip() != "" for text in texts_of(value))
    assert is_yes(value) in (True, False)
