import pytest

from kith.core.measures import all_instruments, instrument, parse_instrument
from kith.core.records import Measure
from kith.errors import InvalidInputError

PLAIN = """
name = "n"
about = "a"
source = "s"
licence = "l"
wording = "ours"
note = "n"
intro = "i"
least = 0
most = 4
[[items]]
key = "one"
text = "One?"
[[items]]
key = "two"
text = "Two?"
reversed = true
[[scales]]
key = "total"
name = "Total"
items = ["one", "two"]
how = "sum"
better = "lower"
"""


def test_the_battery_is_what_may_be_asked_freely():
    assert list(all_instruments()) == [
        "barc10", "craving", "global_change", "momentary", "ons4", "pacs", "phq4", "right_now",
        "roster", "srbai_reach", "srbai_use", "ucla3",
    ]  # fmt: skip


@pytest.mark.parametrize("key", all_instruments())
def test_each_says_where_it_is_from_and_why_it_may_stand_here(key):
    found = instrument(key)

    assert min(len(found.source), len(found.licence), len(found.note), len(found.intro)) > 5
    for item in found.items:
        assert item.answers or len(item.ends) == 2


def test_none_asks_about_suicide():
    assert [key for key, found in all_instruments().items() if found.asks_about_suicide] == []


def test_only_one_has_words_that_were_not_held_against_its_paper():
    unchecked = [key for key, found in all_instruments().items() if found.wording == "unchecked"]

    assert unchecked == ["pacs"]


@pytest.mark.parametrize(
    ("key", "scale", "ends"),
    [
        ("ucla3", "total", (3, 9)),
        ("barc10", "total", (10, 60)),
        ("phq4", "total", (0, 12)),
        ("phq4", "anxiety", (0, 6)),
        ("pacs", "total", (0, 30)),
        ("srbai_use", "total", (1, 7)),
        ("ons4", "anxious", (0, 10)),
        ("momentary", "used", (0, 1)),
        ("global_change", "total", (-3, 3)),
    ],
)
def test_a_scale_has_its_published_range(key, scale, ends):
    assert instrument(key).range_of(scale) == ends


def test_what_is_observed_has_the_studys_name_for_it():
    assert [measure.name for measure in instrument("ucla3").measures("lonely")] == [
        "lonely_companionship",
        "lonely_left_out",
        "lonely_isolated",
        "lonely",
    ]
    assert instrument("ucla3").measures()[-1] == Measure("ucla3", least=3.0, most=9.0)


def test_kinds_of_answers_are_words():
    did = {measure.name: measure for measure in instrument("momentary").measures()}

    assert did["momentary_did"].words == ("Something else", "I reached a person", "I used")
    assert did["momentary_craving"] == Measure("momentary_craving", least=0.0, most=4.0)
    assert did["momentary_used"] == Measure("momentary_used", least=0.0, most=1.0)


def test_well_being_has_no_total():
    with pytest.raises(InvalidInputError, match="satisfied, worthwhile, happy, anxious"):
        instrument("ons4").scale()


def test_an_unknown_instrument_says_which_there_are():
    with pytest.raises(InvalidInputError, match="no instrument 'ucla'; there are: barc10"):
        instrument("ucla")


def test_a_whole_file_is_read():
    found = parse_instrument(PLAIN, "plain")

    assert [item.is_reversed for item in found.items] == [False, True]
    assert found.scale().needs == 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "n"\n', "", "must say name"),
        ("least = 0\n", "", "must say answers, or least and most"),
        ("most = 4", "most = 0", "must have a range"),
        ('wording = "ours"', 'wording = "guess"', "wording must be one of"),
        ('key = "two"', 'key = "one"', "different keys"),
        ('"one", "two"', '"one", "six"', r"no items \['six'\]"),
        ('"one", "two"', '"one", "one"', "different items"),
        ('how = "sum"', 'how = "most"', "how must be one of"),
        ('how = "sum"', 'how = "equals"', "a value to equal"),
        ('better = "lower"', 'better = "lower"\nneeds = 3', "must need 1 to 2 items"),
        ('text = "One?"', 'text = "One?"\nkind = "words"', "adds up words"),
        ('text = "One?"', 'text = " "', "a plain key and a text"),
        ('text = "One?"', 'text = "One?"\nanswers = [{value = 1, words = "a"}, {value = 0, words = "b"}]', "must have a range"),
        ('text = "One?"', 'text = "One?"\nanswers = [{value = 1, words = "a"}, {value = 1, words = "b"}, {value = 2, words = "c"}]', "must rise"),
        ('name = "n"', "name = ", "is no TOML"),
    ],
)  # fmt: skip
def test_a_file_that_breaks_the_rules_is_refused(old, new, said):
    with pytest.raises(InvalidInputError, match=said):
        parse_instrument(PLAIN.replace(old, new, 1), "plain")
