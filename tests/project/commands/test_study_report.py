"""A closed study, analysed out of the live database, and read by everybody here."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.study.making import joined, locked

from kith.core.rng import stream
from kith.web.study import access, actions
from kith.web.study.models import Prompt, Report, Study

pytestmark = pytest.mark.django_db


@pytest.fixture
def study():
    """A study locked 100 days ago, whose dice are the same each time."""
    made = locked(at=timezone.now() - timedelta(days=100))
    Study.objects.filter(pk=made.pk).update(seed="20261127")
    return Study.objects.get(pk=made.pk)


def lived(study, people):
    """Let people join and answer the questions of week twelve."""
    dice = stream(5, "lived")
    survey = next(one for one in study.surveys.all() if one.key != "moment_now")
    for number in range(people):
        began = timezone.now() - timedelta(days=95)
        person = joined(study, f"Person {number}", at=began)
        at = began + timedelta(days=85)
        prompt = Prompt.objects.create(
            study=study, person=person, survey=survey, intended_at=at, expires_at=at + timedelta(days=7)
        )  # fmt: skip
        lonely = 1 if access.assignment_of(person, study).arm == "circle" else 2
        said = {one["key"]: min(3, lonely + int(dice.integers(2))) for one in survey.items}
        actions.answer(prompt=prompt, answers=said, at=at, now=at)


def test_what_the_live_database_says_is_published(kith, study, client):
    lived(study, 40)
    actions.close(study=study, at=timezone.now())

    said = kith("study", "publish", study.token)

    assert said.exit_code == 0, said.output
    assert "People drawn to A circle now scored" in said.output
    report = Report.objects.get()
    assert report.get_absolute_url() in said.output
    assert "Plan locked" in report.body
    assert "Nothing below was chosen after seeing data." in report.body


def test_open_study_and_one_of_few_are_refused(kith, study):
    lived(study, 12)

    is_open = kith("study", "publish", study.token)
    actions.close(study=study, at=timezone.now())
    of_few = kith("study", "publish", study.token)

    assert (is_open.exit_code, of_few.exit_code) == (1, 1)
    assert "Close the study first." in is_open.output
    assert "fewer than 11 people" in of_few.output
    assert not Report.objects.exists()


def test_files_of_a_study_come_with_its_lock(kith, study, tmp_path):
    lived(study, 24)

    kith("study", "data", study.token, tmp_path / "new")
    said = kith("analyze", tmp_path / "new/study.toml", tmp_path / "new/data")

    assert said.exit_code == 0, said.output
    assert said.output.startswith("confirmatory: Nothing below was chosen after seeing data.")
