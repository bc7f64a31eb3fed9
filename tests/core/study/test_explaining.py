import pytest

from kith.core.study import StudyPlan, explained, read, template, templates

HEADINGS = [
    "The question", "Who takes part", "What differs", "How chance decides", "What is asked",
    "What is answered", "How", "How many people", "When it ends early", "To bear in mind",
]  # fmt: skip


@pytest.mark.parametrize("name", templates())
def test_every_part_of_a_plan_is_explained(name):
    text = explained(read(template(name)))

    assert [line for line in text.split("\n") if line and not line.startswith(" ")] == HEADINGS


def test_a_plan_says_in_words_what_differs_and_what_does_not():
    text = explained(read(template("circles")))

    assert "    circle: a small steady circle, formed by kith: after 12 weeks\n" in text
    assert (
        "  For everybody alike: the list of gatherings, asking for help, and someone at any hour."
        in text
    )
    assert "88% of such studies would see it (by formula)" in text
    assert "as if they had been -1 to +1 from those who answered" in text


def test_doubts_about_an_instrument_are_said():
    text = explained(read(template("circles").replace('"global_change"', '"pacs"')))

    assert "must be held against the paper's appendix" in text


def test_what_is_not_written_yet_is_left_out():
    text = explained(StudyPlan())

    assert "How many people" not in text
    assert "What differs" not in text


def test_looks_and_chances_are_said():
    looks = '[stopping]\nlooks = [0.5, 1]\nspending = "obrien_fleming"\n'

    text = explained(read(template("prompts").replace("[stopping]", looks)))

    assert "It is looked at after 50%, 100% of the answers" in text
    assert "Chances: quiet 0.6, invited 0.4." in text
    assert "Each moment is drawn by itself" in text
