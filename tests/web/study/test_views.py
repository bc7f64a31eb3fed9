"""What people see: a page that asks, three questions, a check-in, their own words."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.web.circles.making import longtime
from tests.web.messages.making import inside
from tests.web.study.making import ANSWERS, RIGHT, TEXT, answered, asked, draft, joined, locked

from kith.web.people import actions as people
from kith.web.study import access, actions, bridge
from kith.web.study.models import Consent, Prompt


def text_of(answer):
    """Return what a page says, without what is drawn anew each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())


def page_of(client, path):
    """Return what a page says, and how many questions it asked."""
    with CaptureQueriesContext(
        connection,
    ) as asked_:
        answer = client.get(path)
    return answer.status_code, text_of(answer), len(asked_)


def test_whoever_is_not_in_is_shown_the_way_in(study):
    assert Client().get("/studies/").url == "/enter/?next=%2Fstudies%2F"


def test_draft_is_no_page(db):
    study = draft()

    assert inside(longtime("Ada")).get(study.get_absolute_url()).status_code == 404


def test_switches_are_all_off(study):
    page = text_of(inside(longtime("Ada")).get(study.get_absolute_url()))

    assert page.count('type="checkbox"') == 4
    assert "checked" not in page


def test_yes_is_asked_three_questions_first(study):
    ada = longtime("Ada")
    page = text_of(inside(ada).post(f"/study/{study.token}/choose/", {"answers": "on"}))

    assert page.count("<legend>") == 3
    assert 'role="alert"' not in page
    assert Consent.objects.count() == 0


def test_wrong_answers_are_explained_and_not_punished(study):
    client = inside(longtime("Ada"))
    wrong = {**RIGHT, "who": "clinic", "answers": "on"}

    page = text_of(client.post(f"/study/{study.token}/choose/", wrong))

    assert "Only the researchers read them" in page
    assert "Nobody chooses." not in page
    assert 'name="answers" value="on"' in page
    for _ in range(3):
        client.post(f"/study/{study.token}/choose/", wrong)
    answer = client.post(f"/study/{study.token}/choose/", {**RIGHT, "answers": "on"})
    assert answer.url == f"/study/{study.token}/mine/"
    assert Consent.objects.get().answers


def test_whoever_is_in_changes_a_switch_without_being_asked_again(study, ada):
    answer = inside(ada).post(f"/study/{study.token}/choose/", {"answers": "on"})

    assert answer.status_code == 302
    assert not Consent.objects.get().share


def test_no_to_all_wins_over_what_is_switched_on(study):
    client = inside(longtime("Ada"))

    answer = client.post(f"/study/{study.token}/choose/", {"answers": "on", "answer": "no"})

    assert answer.url == f"/study/{study.token}/no/"
    assert Consent.objects.count() == 0


OLDER = TEXT.replace("minimum_age = 18", "minimum_age = 60").replace(
    'who = "Adults who use kith."', 'who = "Adults."\nfacts = ["age_band"]'
).replace("block_sizes = [4, 6]", 'block_sizes = [4, 6]\nstrata = ["age_band"]')  # fmt: skip


def test_age_and_facts_are_asked_only_where_a_study_needs_them(study):
    client, older = inside(longtime("Ada")), locked(OLDER)

    page, other = (text_of(client.get(one.get_absolute_url())) for one in (older, study))

    assert "I am 60 or older." in page
    assert "How old are you?" in page
    assert "or older" not in other
    assert "How old are you?" not in other


def test_age_is_wanted_before_anything_is_asked_and_nothing_typed_is_lost(db):
    client, older = inside(longtime("Ada")), locked(OLDER)
    said = {"answers": "on", "draw": "on", "age_band": "60 or older"}

    refused = client.post(f"/study/{older.token}/choose/", said)
    asks = client.post(f"/study/{older.token}/choose/", {**said, "is_old_enough": "on"})

    assert refused.status_code == 400
    assert "This study is for people of 60 or older." in text_of(refused)
    assert 'value="60 or older" checked' in text_of(refused)
    assert 'name="is_old_enough" value="on"' in text_of(asks)
    assert 'name="age_band" value="60 or older"' in text_of(asks)
    assert Consent.objects.count() == 0

    told = {**RIGHT, **said, "is_old_enough": "on"}
    answer = client.post(f"/study/{older.token}/choose/", told)

    assert answer.url == f"/study/{older.token}/mine/"
    assert Consent.objects.get().facts == {"age_band": "60 or older"}
    assert "60 or older" in text_of(client.get("/you/all/"))
    # Who is drawn already is asked neither again.
    again = text_of(client.get(older.get_absolute_url()))
    assert "or older" not in again
    assert "How old are you?" not in again


def test_no_needs_no_age(db):
    client, older = inside(longtime("Ada")), locked(OLDER)

    answer = client.post(f"/study/{older.token}/choose/", {"answer": "no"})

    assert answer.url == f"/study/{older.token}/no/"


def test_coin_is_shown_when_the_study_is_over(study, ada):
    client = inside(ada)
    before = text_of(client.get(study.get_absolute_url()))
    actions.close(study=study, at=timezone.now())

    after = text_of(client.get(study.get_absolute_url()))

    assert study.salt not in before
    assert f"{study.seed} · {study.salt}" in after


PAGES = (
    "/tonight/", "/you/", "/you/about/", "/you/all/", "/gatherings/", "/circle/", "/plan/", "/service/",
    "/messages/", "/you/notices/", "/now/", "/studies/", "/conduct/", "/privacy/", "/circle/wish/",
    "/plan/paper/", "/now/turns/", "/now/stay/", "/gatherings/yours/", "/you/distances/", "/host/new/",
    "/service/ask/", "/service/offer/",
)  # fmt: skip


def test_declining_changes_nothing_else(study):
    declined, never = longtime("Ada"), longtime("Ada")
    refuses, other = inside(declined), inside(never)
    for client in (refuses, other):
        client.get("/you/")
    refuses.get(study.get_absolute_url())
    refuses.post(f"/study/{study.token}/choose/", {"answer": "no"})

    for path in (*PAGES, study.get_absolute_url(), f"/study/{study.token}/mine/"):
        for client in (refuses, other):
            client.get(path)
        said, unsaid = page_of(refuses, path), page_of(other, path)
        # A word of each one's own, drawn for each: the name of their door.
        assert (path, said) == (path, unsaid)
        assert (path, said[0]) == (path, 404 if path.endswith("/mine/") else 200)
        assert (path, "</main>" in said[1]) == (path, True)


def test_whoever_took_it_back_is_as_one_who_was_never_asked(study):
    was_in, never = joined(study, "Ada"), longtime("Ada")
    answered(study, was_in)
    actions.take_back(consent=access.consent_of(was_in, study), at=timezone.now())
    one, other = inside(was_in), inside(never)

    for path in ("/studies/", "/you/", "/tonight/", study.get_absolute_url()):
        for client in (one, other):
            client.get(path)
        assert (path, page_of(one, path)) == (path, page_of(other, path))


def test_take_back_is_two_taps(study, ada):
    client = inside(ada)
    assert f"/study/{study.token}/take-back/" in text_of(client.get(f"/study/{study.token}/mine/"))

    client.get(f"/study/{study.token}/take-back/")
    client.post(f"/study/{study.token}/take-back/")

    assert bridge.records(study).people == 0


def test_take_back_of_what_is_closed_says_why_not(study, ada):
    actions.close(study=study, at=timezone.now())

    answer = inside(ada).post(f"/study/{study.token}/take-back/")

    assert answer.status_code == 400
    assert "was closed" in text_of(answer)


def test_check_in_is_answered_without_script(study, ada):
    prompt, client = asked(study, ada), inside(ada)
    client.get(prompt.get_absolute_url())

    answer = client.post(prompt.get_absolute_url(), ANSWERS)

    assert answer.url == "/checked-in/"
    assert Prompt.objects.get().answers == ANSWERS


def test_strong_pull_shows_where_a_voice_is_and_that_nobody_watches(study, ada):
    prompt, client = asked(study, ada), inside(ada)

    answer = client.post(prompt.get_absolute_url(), {"now_pull": 3})

    assert answer.url == "/checked-in/?near"
    assert "Nobody watches your answers" in text_of(client.get(answer.url))


def test_answer_kept_on_a_device_is_taken_once(study, ada):
    begins = timezone.now() - timedelta(hours=5)
    prompt, client = asked(study, ada, at=begins), inside(ada)
    at = int((begins + timedelta(minutes=7)).timestamp() * 1000)
    sent = {**ANSWERS, "key": "0a" * 16, "at": at}
    accept = {"HTTP_ACCEPT": "application/json"}

    answers = [client.post(prompt.get_absolute_url(), sent, **accept).json() for _ in range(2)]

    assert answers == [{"taken": True}, {"taken": True}]
    assert Prompt.objects.get().device_key == "0a" * 16


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_too_late_is_said(study, ada, accept):
    prompt = asked(study, ada, at=timezone.now() - timedelta(hours=5))

    answer = inside(ada).post(prompt.get_absolute_url(), ANSWERS, HTTP_ACCEPT=accept)

    assert answer.status_code == (409 if "json" in accept else 400)
    assert "This one is over" in answer.content.decode()


@pytest.mark.parametrize("at", ["x", "-1", "9" * 30])
def test_odd_clock_is_no_clock(study, ada, at):
    prompt = asked(study, ada)

    inside(ada).post(prompt.get_absolute_url(), {**ANSWERS, "at": at})

    assert Prompt.objects.get().answers == ANSWERS


def test_another_ones_check_in_is_no_page(study, ada):
    prompt = asked(study, ada)

    assert inside(joined(study, "Bea")).get(prompt.get_absolute_url()).status_code == 404


def test_own_words_come_back_in_words_and_to_nobody_else(study, ada):
    answered(study, ada)

    page = text_of(inside(ada).get(f"/study/{study.token}/mine/"))
    others = inside(longtime("Bea")).get(f"/study/{study.token}/mine/")

    assert "How close do you feel to people?" in page
    assert ": close</li>" in page
    assert others.status_code == 404


def test_paused_person_can_still_take_it_back(study, ada):
    client = inside(ada)
    client.get("/you/")

    assert client.post(f"/study/{study.token}/take-back/").status_code == 302


def test_all_of_it_is_in_what_they_take_along(study, ada):
    answered(study, ada)

    page = text_of(inside(ada).get("/you/all/"))

    assert "my answers may be used" in page
    assert "How strong is the pull to use? faint" in page


@pytest.mark.parametrize("many", [1, 3])
def test_list_asks_no_more_for_three_than_for_one(study, ada, many, django_assert_num_queries):
    for _ in range(many - 1):
        other = locked()
        actions.join(person=ada, study=other, said=actions.Said(answers=True), at=timezone.now())
    for n in range(many):
        asked(study, ada, at=timezone.now() - timedelta(minutes=n))
    client = inside(ada)
    client.get("/studies/")

    with django_assert_num_queries(5):
        client.get("/studies/")


__all__ = ["people"]


# ---- what a device may keep ---------------------------------------------------------------------
def test_device_is_told_what_comes_in_the_day_ahead_and_nothing_else(study, ada):
    now = timezone.now()
    soon = asked(study, ada, at=now + timedelta(hours=3), expires_at=now + timedelta(hours=4))
    asked(study, ada, at=now + timedelta(days=2), expires_at=now + timedelta(days=3))
    asked(study, ada, at=now - timedelta(hours=2), expires_at=now - timedelta(hours=1))
    asked(study, joined(study, "Bea"), at=now)
    answered(study, ada)

    said = inside(ada).get("/check-ins/ahead/").json()

    assert [one["page"] for one in said["pages"]] == [soon.get_absolute_url()]
    assert said["pages"][0]["from"] == soon.intended_at.timestamp() * 1000
    assert "/static/study/kept.js" in said["files"]


def test_computer_that_others_use_keeps_nothing_ahead(study, ada):
    asked(study, ada)
    client = inside(ada)
    session = client.session
    session["is_shared"] = True
    session.save()

    assert client.get("/check-ins/ahead/").json() == {"pages": [], "files": []}


def test_page_that_is_kept_shows_its_questions_and_not_whose_it_is(study, ada):
    soon = asked(study, ada, at=timezone.now() + timedelta(hours=1), expires_at=timezone.now() + timedelta(hours=2))  # fmt: skip
    client = inside(ada)

    kept, early = (client.get(f"{soon.get_absolute_url()}{end}").content.decode() for end in ("?kept", ""))  # fmt: skip

    assert "data-check-in" in kept
    assert '<span class="win s">A</span>' not in kept
    assert '<span class="win s">A</span>' in early
    assert "data-check-in" not in early


def test_answer_before_its_time_is_refused_though_the_page_was_kept(study, ada):
    soon = asked(study, ada, at=timezone.now() + timedelta(hours=1), expires_at=timezone.now() + timedelta(hours=2))  # fmt: skip

    answer = inside(ada).post(soon.get_absolute_url(), ANSWERS)

    assert answer.status_code == 400
    assert Prompt.objects.get().answers is None
