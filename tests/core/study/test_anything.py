"""Whatever somebody writes, kith answers in words: it never breaks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.study import (
    MalformedStudyError,
    explained,
    locked_hash,
    power_by_formula,
    problems,
    read,
    template,
    templates,
)

VALUES = st.one_of(
    st.sampled_from([
        "true", "false", "[]", "{}", "0", "1", "-1", "2", "12", "999999999", "0.5", "-0.5", "1e-300", "1e9",
        "inf", "nan", '""', '"site"', '"lonely"', '"circle"', '["circle", "listing"]', "[0, 12]", "[-1]",
        "[0.5, 1]", "[1, 1]", '["09:00-12:00"]', "{ at_weeks = [0] }", "{ per_day = 2 }", '"cox"', '"wcls"',
        '"decisions"', '"circles"', '"saturation"', '"minimised"', '"records"', '"roster"', '"ons4"',
        '"phq4:"', '{ circle = "off" }', "2026-11-27", "\'\'\'x\'\'\'",
    ]),
    st.integers(-(10**9), 10**9).map(str),
    st.floats(-1e9, 1e9).map(repr),
    st.text(st.characters(codec="utf-8", exclude_characters="\\\"", exclude_categories=["Cc", "Cs"]), max_size=8).map(
        lambda text: f'"{text}"'
    ),
)  # fmt: skip


def looked_at(text):
    """Read, judge and explain a text, or be refused in words."""
    try:
        plan = read(text)
    except MalformedStudyError as error:
        assert error.problems
        assert all(problem.where and problem.what and problem.how for problem in error.problems)
        return
    assert all(problem.what and problem.how for problem in problems(plan))
    explained(plan)
    power = power_by_formula(plan)
    assert power is None or 0 <= power <= 1
    assert len(locked_hash(plan)) == 64


@pytest.mark.slow
@given(st.data())
def test_any_value_anywhere_is_answered_in_words(data):
    lines = template(data.draw(st.sampled_from(list(templates())))).split("\n")
    keys = [n for n, line in enumerate(lines) if re.match(r"\w+ = [^\"]*$|\w+ = \"[^\"]*\"$", line)]
    for _ in range(data.draw(st.integers(1, 4))):
        number = data.draw(st.sampled_from(keys))
        lines[number] = f"{lines[number].partition('=')[0]}= {data.draw(VALUES)}"

    looked_at("\n".join(lines))


@pytest.mark.slow
@given(st.data())
def test_any_lines_may_be_missing(data):
    lines = template(data.draw(st.sampled_from(list(templates())))).split("\n")
    left = [line for line in lines if data.draw(st.integers(0, 9)) > 0]

    looked_at("\n".join(left))


@given(st.text(max_size=200))
def test_any_text_is_answered_in_words(text):
    looked_at(text)
