import pytest

from kith.core.study import MalformedStudyError, Schedule, read
from kith.core.study.lines import line_of, lines_of

TEXT = '''# A study
[study]
title = "Circles"
summary = """
[arms] is no header here
title = "nor this"
"""
weeks = 12

[[arms]]
key = "listing"
features = { listing = true }

[[arms]]
key = "circle"
features = { listing = true, circle = true }

[[measures]]
key = "lonely"
instrument = "ucla3"
schedule = { at_weeks = [
  0,
  12,
] }

[[measures]]
key = "now"
instrument = "momentary"
[measures.schedule]
per_day = 3

[power]
effect = 1
'''


def wrong(text):
    with pytest.raises(MalformedStudyError) as refused:
        read(text)
    return [str(problem) for problem in refused.value.problems]


def test_what_is_written_is_read_and_the_rest_is_empty():
    plan = read(TEXT)

    assert plan.study.title == "Circles"
    assert plan.study.weeks == 12
    assert plan.study.question == ""
    assert [arm.key for arm in plan.arms] == ["listing", "circle"]
    assert dict(plan.arms[1].features) == {"listing": True, "circle": True}
    assert plan.measure("lonely").schedule == Schedule(at_weeks=(0, 12))
    assert plan.measure("now").schedule == Schedule(per_day=3)
    assert plan.power.effect == 1.0
    assert type(plan.power.effect) is float
    assert plan.outcomes == ()


def test_two_files_that_say_the_same_are_equal_plans():
    assert read("# a word\n\n" + TEXT) == read(TEXT)


def test_each_thing_has_its_line():
    lines = lines_of(TEXT)

    assert lines["study.title"] == 3
    assert lines["study.weeks"] == 8
    assert "arms" not in lines
    assert lines["arms[1].key"] == 15
    assert lines["measures[1].schedule.per_day"] == 30
    assert line_of("measures[0].schedule.at_weeks", lines) == 21
    assert line_of("arms[1].name", lines) == 14
    assert line_of("outcomes", lines) is None


def test_wrong_toml_is_refused_with_line_and_column():
    assert wrong('[study]\ntitle = "Circles\nweeks = 2') == [
        "line 2, column 17: This cannot be read as TOML: Illegal character '\\n'. Look at that place "
        "and just before it: a quote, a bracket, a comma or an equals sign may be missing, or a key "
        "be there twice."
    ]


def test_all_that_no_study_has_is_refused_at_once():
    text = '[study]\ntitel = "x"\nweeks = "twelve"\n[outcomes]\nkey = 1\n[surprise]\n'

    assert wrong(text) == [
        "line 6, surprise: No study has a section called surprise here. What may stand here: study, "
        "population, randomisation, analysis, power, stopping, arms, measures, outcomes.",
        "line 2, study.titel: No study has a key called titel here. Did you mean title? What may "
        "stand here: title, question, summary, contact, ethics, weeks, on_call.",
        "line 3, study.weeks: weeks is the words 'twelve'. Write a whole number, as 12.",
        "line 4, outcomes: [outcomes] is one table. Write [[outcomes]] above each one.",
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[study]\nweeks = true", "weeks is true, which is yes or no. Write a whole number, as 12."),
        ("[study]\nweeks = 1.5", "weeks is the number 1.5. Write a whole number, as 12."),
        ("[study]\ntitle = 2026-01-01", 'title is a date or a time. Write words in quotes, as "once a week".'),
        ("[power]\neffect = nan", "effect is no number to work with. Write a number, as 0.8."),
        ("[power]\neffect = -inf", "effect is no number to work with. Write a number, as 0.8."),
        ("[power]\npeople = 10000000000", "people is no number to work with. Write a whole number, as 12."),
        ("[[outcomes]]\nsettings.x = inf", "x is the number inf. Write true or false, a number, words in quotes, or a list of these."),
        ("[power]\neffect = [1]", "effect is a list. Write a number, as 0.8."),
        ("[stopping]\nlooks = 1", "looks is the number 1. Write a list in square brackets, even of one."),
        ("[[arms]]\nfeatures = true", "features is true, which is yes or no. Write a table in curly brackets, as { circle = true }."),
        ("[[outcomes]]\nsettings.x = { y = 1 }", "x is a table. Write true or false, a number, words in quotes, or a list of these."),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_refused(line, said):
    assert [text.partition(": ")[2] for text in wrong(line)] == [said]


def test_nothing_written_is_an_empty_plan():
    assert read("") == read("[study]")


def test_a_file_that_lies_too_deep_is_refused():
    (said,) = wrong("[study]\ntitle = " + "[" * 100_000)

    assert said.startswith("the file: ")
