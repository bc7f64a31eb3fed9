"""What a default is, and what may stand in its place."""

import pytest

from kith.core.parameters import (
    Bounds,
    Problem,
    all_parameters,
    bounds,
    default,
    may_change,
    options,
    parameter,
    problem_with,
    read,
)
from kith.errors import InvalidInputError


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("reachout.parallel_contacts", 3),
        ("circle.core_share_min", 0.5),
        ("mode.weight.in_person", 1.0),
        ("plan.repair_person", True),
        ("fastfriends.match_on_attitudes", False),
        ("reachout.channel_default", "voice"),
        ("naltrexone.model_effect", -0.2),
    ],
)
def test_default_is_what_it_is(key, value):
    found = default(parameter(key))

    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("key", "between"),
    [
        ("pair.listen_turn_minutes", Bounds(3.0, 7.0)),
        ("plan.effect_expectation", Bounds(-0.14, 0.31)),
        ("naltrexone.model_effect", Bounds(-0.32, -0.07)),
        ("friend.hours.close", Bounds(200.0, None)),
        ("fastfriends.sets", Bounds(3.0, 3.0)),
        ("circle.expect_completion", None),
        ("circle.join_policy", None),
        ("plan.refresh_days", Bounds(14.0, 42.0)),
    ],
)
def test_bounds_are_read_from_the_range(key, between):
    assert bounds(parameter(key)) == between


def test_words_are_offered_where_there_are_some():
    assert options(parameter("reachout.channel_default")) == ("voice", "video")
    assert options(parameter("circle.join_policy")) == ("open", "closed")
    assert options(parameter("reachout.recipient_expectation_text")) == ("on", "off")
    assert options(parameter("plan.repair_person")) == ()
    assert options(parameter("circle.size_max")) == ()


@pytest.mark.parametrize(
    ("key", "text", "problem"),
    [
        ("plan.refresh_days", "14", None),
        ("plan.refresh_days", "42", None),
        ("plan.refresh_days", "13", Problem.TOO_LOW),
        ("plan.refresh_days", "43", Problem.TOO_HIGH),
        ("plan.refresh_days", "20.5", Problem.NOT_WHOLE),
        ("plan.refresh_days", "soon", Problem.NO_NUMBER),
        ("plan.refresh_days", "", Problem.NO_NUMBER),
        ("plan.refresh_days", "nan", Problem.NO_NUMBER),
        ("plan.refresh_days", "1e1", Problem.NO_NUMBER),
        ("plan.refresh_days", "٢٠", Problem.NO_NUMBER),
        ("circle.core_share_min", "0.7", None),
        ("circle.core_share_min", "1", Problem.TOO_HIGH),
        ("friend.hours.close", "900000", None),
        ("friend.hours.close", "199", Problem.TOO_LOW),
        ("reachout.channel_default", "video", None),
        ("reachout.channel_default", "text", Problem.NO_OPTION),
        ("day.negative_exchange_flag", "off", None),
        ("plan.repair_person", "off", Problem.STAYS),
        ("fastfriends.sets", "4", Problem.STAYS),
        ("status.visible_scores", "all", Problem.STAYS),
        ("circle.expect_completion", "0.5", Problem.STAYS),
    ],
)
def test_what_will_not_do_says_why(key, text, problem):
    assert problem_with(parameter(key), text) is problem


def test_own_value_is_read_as_what_the_default_is():
    assert read(parameter("plan.refresh_days"), "21") == 21
    assert read(parameter("circle.core_share_min"), "0.6") == 0.6
    assert read(parameter("day.negative_exchange_flag"), "off") is False
    with pytest.raises(InvalidInputError, match=r"plan\.refresh_days cannot be '90': too_high"):
        read(parameter("plan.refresh_days"), "90")


def test_every_default_lies_in_its_own_range():
    settable = [one for one in all_parameters().values() if may_change(one)]

    assert [one.key for one in settable if problem_with(one, one.value)] == []
    assert len(settable) == 36
