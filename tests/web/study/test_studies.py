"""A study is put in, checked, locked, and then it is what it is."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from tests.web.study.making import TEXT, draft, joined, locked

from kith.core.study import template, templates
from kith.errors import RefusalError
from kith.web.study import access, actions, bridge
from kith.web.study.actions import LockedError, NotReadyError
from kith.web.study.bridge.document import UnreadableError
from kith.web.study.choices import State
from kith.web.study.models import Study, Survey


def test_draft_is_seen_by_nobody(client, db):
    study = draft()

    assert study.title == "The Millbrook circles study"
    assert list(access.open_studies()) == []


def test_what_is_no_study_is_refused_with_where(db):
    with pytest.raises(UnreadableError, match="end of document"):
        draft("[study")

    assert Study.objects.count() == 0


def test_lock_fixes_hash_seed_and_questions(db):
    study = locked()

    survey = Survey.objects.get(study=study, key="moment_now")
    assert (study.state, study.locked_hash) == (State.OPEN, bridge.hash_of(study))
    assert bridge.is_promised(study.commitment, seed=int(study.seed), salt=study.salt)
    assert (survey.key, survey.version) == ("moment_now", 1)
    assert [item["key"] for item in survey.items] == [
        "now_close",
        "now_pull",
        "now_restless",
        "now_around",
    ]


def test_comment_does_not_change_the_hash_and_a_word_does():
    commented = bridge.read(f"# A note.\n{TEXT}").locked_hash
    changed = bridge.read(TEXT.replace("twelve", "ten")).locked_hash

    assert bridge.read(TEXT).locked_hash == commented
    assert changed != commented


def test_locked_study_takes_no_change(db):
    study = locked()

    with pytest.raises(LockedError):
        actions.put_in(text=TEXT.replace("twelve", "ten"), study=study)
    with pytest.raises(LockedError):
        actions.lock(study=study, at=timezone.now())

    assert Study.objects.get().text == TEXT


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('title = "The Millbrook circles study"', 'title = ""', "title"),
        ("features = { circle = 12 }", "features = { reach = false }", "reach"),
        ("features = { circle = 12 }", "features = { service = 12 }", "service"),
        ("per_day = 2", "per_day = 6", "five times"),
        ('role = "primary"', 'role = "secondary"', "no primary outcome"),
        ('mechanism = "blocked"', 'mechanism = "blocked"\nstrata = ["lonely"]', "Nobody is known"),
        ('unit = "people"', 'unit = "circles"', "drawn when it is whole"),
        ('unit = "people"', 'unit = "places"', "drawn against each other"),
        ("features = { circle = true }", "features = { prompts = 4 }", "prompts = “4”"),
        (
            "features = { circle = true }",
            'features = { circle = true, conversation = "deep" }',
            "differ in “conversation”",
        ),
        (
            'mechanism = "blocked"',
            f'mechanism = "blocked"\nseed_commitment = "{"0a" * 32}"',
            "a seed of its own",
        ),
    ],
)
def test_what_must_be_mended_is_said_and_nothing_is_locked(db, before, after, says):
    study = draft(TEXT.replace(before, after))

    with pytest.raises(NotReadyError, match=says):
        actions.lock(study=study, at=timezone.now())

    assert Study.objects.get().state == State.DRAFT


@pytest.mark.parametrize("name", ["circles", "pairs"])
def test_templates_lock_once_somebody_answers_for_them(db, name):
    filled = (
        template(name)
        .replace('contact = ""', 'contact = "Ring Ines: 555 0142"')
        .replace('ethics = ""', 'ethics = "MB-2026-014"')
    )
    with pytest.raises(NotReadyError, match="contact"):
        actions.lock(study=draft(template(name)), at=timezone.now())

    study = locked(filled)

    ada = joined(study)
    assert study.state == State.OPEN
    assert access.assignment_of(ada, study).law["mechanism"] == "blocked"
    # All are of one place here, so nobody is asked for it.
    assert bridge.facts_asked(bridge.plan_of(study)) == []


def filled(name, *changes):
    """Return a template for which somebody answers, with these changes."""
    text = template(name)
    for before, after in (
        ('contact = ""', 'contact = "Ring Ines: 555 0142"'),
        ('ethics = ""', 'ethics = "MB-2026-014"'),
        *changes,
    ):
        assert before in text
        text = text.replace(before, after)
    return text


def test_template_that_draws_moments_locks_and_gives_nobody_an_arm(db):
    study = locked(filled("prompts"))

    ada = joined(study)

    assert access.assignment_of(ada, study) is None
    assert bridge.plan_of(study).draws_moments


@pytest.mark.parametrize("name", [name for name in templates() if name != "prompts"])
def test_every_template_of_people_is_locked_and_drawn_here(db, name):
    study = locked(filled(name))

    drawn = {access.assignment_of(joined(study, f"Ada {n}"), study).arm for n in range(8)}

    assert bridge.problems_of(filled(name)) == []
    assert drawn == {arm.key for arm in bridge.plan_of(study).arms}


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('prompts = "off"', 'prompts = "plan"', "Where nobody is available"),
        ("per_day = 3, windows", "at_weeks = [1], windows", "has none"),
        ('prompts = "invitation"', 'prompts = "now"', "knows no such style"),
        (
            "probability = [0.6, 0.4]",
            """probability = [0.4, 0.3, 0.3]
[[arms]]
key = "help"
name = "Somebody to help"
features = { prompts = "help" }
""",
            "Keep one of them",
        ),
    ],
)
def test_what_must_be_mended_of_moments_is_said(db, before, after, says):
    with pytest.raises(NotReadyError, match=says):
        actions.lock(study=draft(filled("prompts", (before, after))), at=timezone.now())


def test_changed_questions_are_the_next_version(db):
    study = locked()
    items = [
        {"key": "now_close", "asks": "How near are people?", "answers": [[0, "far"], [1, "near"]]}
    ]

    made = actions.edit_survey(study=study, key="moment_now", items=items, at=timezone.now())

    assert made.version == 2
    assert access.survey_of(study, "moment_now") == made
    assert Survey.objects.filter(key="moment_now").count() == 2


def test_questions_that_no_study_asks_cannot_be_changed(db):
    with pytest.raises(LockedError):
        actions.edit_survey(study=locked(), key="never", items=[], at=timezone.now())


def test_closed_study_is_closed_once(db):
    study = locked()

    actions.close(study=study, at=timezone.now())

    with pytest.raises(LockedError):
        actions.close(study=study, at=timezone.now())


def test_steward_puts_in_locks_and_closes_by_command(db, tmp_path):
    path = tmp_path / "study.toml"
    path.write_text(TEXT)
    out = StringIO()

    call_command("study", "put", str(path), stdout=out)
    token = out.getvalue().strip()
    call_command("study", "lock", token, stdout=out)
    call_command("study", "close", token, stdout=out)

    study = Study.objects.get(token=token)
    assert study.state == State.CLOSED
    assert study.locked_hash in out.getvalue()


def test_command_says_why_not(db, tmp_path):
    with pytest.raises(CommandError, match="no study of that name"):
        call_command("study", "lock", "never")


def test_any_study_is_found_by_name_alone(db):
    with pytest.raises(RefusalError):
        access.any_study("never")
