import pytest

from kith.core.measures import instrument, roster_measures, summary
from kith.core.records import Missing
from kith.errors import InvalidInputError


def test_somebodys_people_are_counted():
    sister = {"close": 3, "contact": 2, "recovery": 2, "uses": 0, "help": 3}
    friend = {"close": 1, "contact": 3, "recovery": 0, "uses": 1, "help": 1}
    boss = {"close": 0, "contact": 3, "recovery": 3, "uses": Missing.PASSED}

    found = summary([sister, friend, boss])

    assert found.values("net") == {
        "net_people": 3,
        "net_close": 1,
        "net_weekly": 3,
        "net_for_recovery": 1,
        "net_using": 1,
        "net_mutual": 1,
    }


def test_nobody_is_an_answer():
    assert set(summary([]).values().values()) == {0}


def test_each_count_has_its_measure():
    measures = {measure.name: measure for measure in roster_measures()}

    assert set(measures) == set(summary([]).values())
    assert {measure.most for measure in measures.values()} == {12}


def test_more_people_than_are_asked_for_are_refused():
    with pytest.raises(InvalidInputError, match="at most 12 people, got 13"):
        summary([{}] * 13)


@pytest.mark.parametrize("answer", [4, -1, 0.5])
def test_an_answer_nobody_could_give_is_refused(answer):
    with pytest.raises(InvalidInputError, match=r"item close: [-0-9.]+ is no answer"):
        summary([{"close": answer}])


def test_the_items_themselves_are_no_measures_of_somebody():
    assert instrument("roster").measures() == ()
