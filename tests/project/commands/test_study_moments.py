"""A micro-randomised study, lived through in the app, from its lock to what it found."""

import json
from datetime import timedelta

import numpy as np
import pytest
from tests.web.study.making import locked
from tests.web.study.test_moments import PROMPTS, day, with_a_plan

from kith.core.rng import stream
from kith.web.study import actions
from kith.web.study.models import Decision, Prompt, Study

pytestmark = pytest.mark.django_db

PEOPLE, DAYS = 8, 4
# What people do in the hour after: more of them reach a person if it was suggested.
REACHES = {0: 0.1, 1: 0.8}


@pytest.fixture
def study():
    """A study that draws moments, locked before the first of its days."""
    made = locked(PROMPTS, at=day(5))
    # Dice that are the same each time the test is run.
    Study.objects.filter(pk=made.pk).update(seed="20261127")
    return Study.objects.get(pk=made.pk)


def lived(study, *, people=PEOPLE, days=DAYS):
    """Let people live through some days of the study: they are asked, and answer as they did."""
    for number in range(people):
        with_a_plan(study, f"Person {number}")
    dice = stream(11, "what people did")
    for after in range(days):
        actions.plan_day(at=day(6, after=after))
        due = Prompt.objects.exclude(decide_at=None).filter(decision=None)
        for at in sorted(due.values_list("decide_at", flat=True)):
            actions.decide(at=at)
        for prompt in Prompt.objects.exclude(decision=None).filter(answered_at=None):
            # One in eight lets it be.
            if dice.random() < 1 / 8:
                continue
            did = int(dice.random() < REACHES[prompt.decision.treated])
            at = prompt.intended_at + timedelta(minutes=3)
            actions.answer(prompt=prompt, answers={"reached_did": did}, at=at, now=at)


def test_what_prompts_do_is_found_again_from_the_live_database(kith, study, tmp_path):
    lived(study)

    written = kith("study", "data", study.token, tmp_path / "new")
    said = kith("analyze", tmp_path / "new/study.toml", tmp_path / "new/data", "--json", "--out", tmp_path / "out")  # fmt: skip

    assert (written.exit_code, said.exit_code) == (0, 0), (written.output, said.output)
    found = json.loads(said.stdout)
    effect = found["primary"]
    assert effect["lower"] > 1
    assert 3 < effect["value"] < 20
    drawn = Decision.objects.filter(study=study)
    assert 0.25 < np.mean(list(drawn.values_list("treated", flat=True))) < 0.55
    assert drawn.count() == PEOPLE * DAYS * 3
