"""A feed's drafts, all together: one outcome each, whatever happens."""

import pytest

from kith.core.listings.draft import Draft, Hints, Place, RecordRefused, Slot
from kith.core.listings.finish import attempt, finish
from kith.core.listings.listing import Outcome, Repair

HALL = Place(
    name="Hall", street="12 Oak St", city="Philadelphia", region="PA", postal_code="19106",
    country="US", latitude=39.95, longitude=-75.15,
)  # fmt: skip


def draft(record="a label", **fields):
    values = {"key": "walk", "name": "Walk", "place": HALL, "slots": [Slot((6,), start="18:00")]}
    return Draft(record=record, **values | fields)


def keys(outcomes):
    return [[listing.key for listing in outcome.listings] for outcome in outcomes]


def test_an_attempt_that_succeeds_gives_what_it_gives():
    assert attempt("a label", max, 1, 2) == 2
    assert attempt("a label", int, "11", base=2) == 3


def test_a_refusal_is_the_outcome_of_its_record():
    def refuse():
        raise RecordRefused("has no name")

    assert attempt("a label", refuse) == Outcome("a label", reason="has no name")


@pytest.mark.parametrize(
    ("action", "argument", "what"),
    [
        ({}.__getitem__, "when", "KeyError: 'when'"),
        (int, "x" * 500, "ValueError: invalid literal for int() with base 10: 'xxxx"),
        ([].index, "two\nlines", "ValueError: 'two\\nlines' is not in list"),
    ],
)
def test_whatever_else_is_raised_is_the_outcome_of_its_record_too(action, argument, what):
    outcome = attempt("a label", action, argument)

    assert outcome.record == "a label"
    assert outcome.reason.startswith(f"kith could not understand it ({what}")
    assert outcome.reason.endswith("); please report it")
    assert len(outcome.reason) < 240


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_what_ends_the_program_is_not_held_up(stop):
    def end():
        raise stop

    with pytest.raises(stop):
        attempt("a label", end)


def test_every_draft_and_every_refusal_has_its_outcome_in_order():
    refused = Outcome("b", reason="its day is 9")

    outcomes = finish([draft("a"), refused, draft("c", name="")], Hints())

    assert [(o.record, o.reason) for o in outcomes] == [
        ("a", ""),
        ("b", "its day is 9"),
        ("c", "has no name"),
    ]
    assert finish([], Hints()) == []


def test_what_was_repaired_is_told_of_accepted_and_refused_records():
    repairs = [Repair("types", "unknown")]

    outcomes = finish(
        [draft(repairs=list(repairs)), draft(name="", repairs=list(repairs))], Hints()
    )

    assert [o.repairs for o in outcomes] == [tuple(repairs)] * 2


# Each of these is a mistake of a reader's, which no feed should have to pay for.
@pytest.mark.parametrize(
    "broken",
    [
        {"key": None},
        {"name": 7},
        {"slots": None},
        {"slots": ["Monday"]},
        {"place": None},
        {"codes": [None]},
        {"more_places": [None]},
        {"about": b"bytes"},
        {"meanings": [7]},
    ],
)
def test_a_record_that_our_code_fails_on_costs_no_other(broken):
    mistaken = draft("b")
    for name, value in broken.items():
        setattr(mistaken, name, value)

    before, bad, after = finish([draft("a"), mistaken, draft("c")], Hints())

    assert [len(o.listings) for o in (before, after)] == [1, 1]
    assert (bad.record, bad.listings) == ("b", ())
    assert bad.reason.startswith("kith could not understand it (")
    assert "please report it" in bad.reason


class Fickle(str):
    """A text that can be asked a few times and then fails, as memory that runs out would."""

    __slots__ = ("left",)

    def strip(self, *args):
        self.left -= 1
        if self.left < 0:
            raise MemoryError
        return super().strip(*args)


def test_facts_that_fail_together_and_not_alone_are_done_without():
    latitude = Fickle("39.95")
    latitude.left = 2
    fickle = draft("a", place=Place(name="Hall", latitude=latitude, longitude="-75.15"))
    mistaken = draft("b")
    mistaken.place = None

    outcomes = finish([fickle, mistaken, draft("c")], Hints())

    assert [(o.record, len(o.listings)) for o in outcomes] == [("a", 0), ("b", 0), ("c", 1)]
    assert latitude.left < 0


def test_records_that_share_a_key_are_told_apart_by_their_time():
    morning = draft(slots=[Slot((0,), start="07:00 AM")])
    evening = draft(slots=[Slot((0, 2), start="19:00")])
    some_time = draft(slots=[])

    one_way = finish([morning, evening, some_time], Hints())
    other_way = finish(
        [
            draft(slots=[]),
            draft(slots=[Slot((0, 2), start="19:00")]),
            draft(slots=[Slot((0,), start="07:00 AM")]),
        ],
        Hints(),
    )

    assert keys(one_way) == [["walk~00700am"], ["walk~021900"], ["walk~"]]
    assert keys(other_way) == list(reversed(keys(one_way)))


def test_what_is_the_very_same_comes_numbered():
    assert keys(finish([draft(), draft(), draft(), draft(key="run")], Hints())) == [
        ["walk~61800"],
        ["walk~61800~~2"],
        ["walk~61800~~3"],
        ["run"],
    ]


def test_each_time_of_the_week_has_a_key_and_no_two_are_the_same():
    twice = [Slot((0,), start="07:00"), Slot((1,), start="08:00")]

    outcomes = finish(
        [draft(slots=twice), draft(key="walk~2"), draft(key="walk~2~~2"), draft(key="walk~2")],
        Hints(),
    )

    found = [key for of_one in keys(outcomes) for key in of_one]
    assert keys(outcomes)[0] == ["walk", "walk~2"]
    assert len(set(found)) == len(found) == 5


@pytest.mark.parametrize(
    ("key", "tidy"),
    [(" a\n b\x00 ", "a b"), ("x" * 400, "x" * 199 + "…"), ("\ud800", "\N{REPLACEMENT CHARACTER}")],
)
def test_a_key_is_text_that_can_be_kept(key, tidy):
    assert keys(finish([draft(key=key)], Hints())) == [[tidy]]
