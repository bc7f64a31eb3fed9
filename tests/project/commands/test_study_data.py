"""A study of this instance as files, and what may leave of it."""

import polars as pl
import pytest
from django.utils import timezone
from tests.web.study.making import TEXT, answered, joined, locked

from kith.web.study import actions
from kith.web.study.actions import Said, Told
from kith.web.study.models import Consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def study():
    """A study in which 30 people answered once: whoever leaves, 11 of each arm look alike."""
    made = locked()
    for number in range(30):
        answered(made, joined(made, f"Person {number}"))
    return made


def test_who_revokes_is_not_in_the_next_export(kith, study, tmp_path):
    first = kith("study", "data", study.token, tmp_path / "first")
    exported = kith("study", "export", tmp_path / "first/study.toml", tmp_path / "first/data", tmp_path / "out")  # fmt: skip
    consent = Consent.objects.filter(study=study).first()
    actions.take_back(consent=consent, at=timezone.now())

    again = kith("study", "data", study.token, tmp_path / "second")
    replaced = kith("study", "export", tmp_path / "second/study.toml", tmp_path / "second/data", tmp_path / "out", "--replace")  # fmt: skip

    assert replaced.exit_code == 0, replaced.output
    assert first.stdout.startswith("30 people: ")
    assert exported.exit_code == 0, exported.output
    assert again.stdout.startswith("29 people: ")
    assert pl.read_parquet(tmp_path / "out/people.parquet").height == 29
    assert pl.read_parquet(tmp_path / "out/answers.parquet").height == 29 * 4


def test_facts_that_were_asked_are_columns_of_people(kith, tmp_path):
    study = locked(
        TEXT.replace("minimum_age = 18", 'minimum_age = 18\nfacts = ["age_band"]').replace(
            "block_sizes = [4, 6]", 'block_sizes = [4, 6]\nstrata = ["age_band"]'
        )
    )
    joined(study, "Ada", told=Told(facts={"age_band": "30 to 44"}))
    joined(study, "Bea")

    written = kith("study", "data", study.token, tmp_path / "new")

    assert written.exit_code == 0, written.output
    people = pl.read_parquet(tmp_path / "new/data/people.parquet")
    assert people["age_band"].to_list() == ["30 to 44", None]
    draws = pl.read_parquet(tmp_path / "new/data/assignments.parquet")
    assert draws["stratum"].to_list() == [2, 0]


def test_asking_for_ties_is_refused_where_somebody_did_not_agree(kith, study, tmp_path):
    joined(study, "Zoe", said=Said(answers=True, draw=True, ties=False, share=True))
    kith("study", "data", study.token, tmp_path / "data")

    result = kith("study", "export", tmp_path / "data/study.toml", tmp_path / "data/data", tmp_path / "out", "--with", "ties")  # fmt: skip

    assert result.exit_code == 1
    assert "ties: fewer than 11 of those who agreed to share did not agree to this" in result.stderr
    assert not (tmp_path / "out").exists()


def test_unknown_study_and_a_folder_that_is_there_are_refused(kith, study, tmp_path):
    unknown = kith("study", "data", "nothing", tmp_path / "new")
    there = kith("study", "data", study.token, tmp_path)

    assert (unknown.exit_code, there.exit_code) == (1, 1)
    assert unknown.stderr == "There is no study of that name here.\n"
    assert "may hold somebody who has left since" in there.stderr
    assert not (tmp_path / "new").exists()
