"""Whom somebody may write to, and what was written."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.messages.making import ground, inside, joined, page, wrote
from tests.web.notices.making import told_by
from tests.web.notices.receiving import PushService, near

from kith.web.messages.actions import close_ground
from kith.web.messages.choices import Reason
from kith.web.messages.models import Message
from kith.web.notices.actions import choose_pace, send_due
from kith.web.notices.choices import Most
from kith.web.notices.queries import unseen
from kith.web.safety.models import Distance, Pause

pytestmark = pytest.mark.django_db
LIST = "/messages/"


def html(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def names_on(answer):
    return re.findall(r'<span class="voice">([^<]+)</span>', answer.content.decode())


# ---- doors -----------------------------------------------------------------------------------------
def test_stranger_is_led_through_the_door(client, ruth, kofi, circle):
    for path in (LIST, page(ruth, kofi), f"/messages/about/{circle.pk}/"):
        assert client.get(path)["Location"].startswith("/enter/?next=")


@pytest.mark.parametrize("is_by_ruth", [True, False])
def test_outsider_blocked_and_never_was_are_answered_alike(ruth, kofi, may, circle, is_by_ruth):
    wrote(kofi, ruth, "marmalade")
    browser = inside(ruth)
    assert "marmalade" in html(browser.get(page(ruth, kofi)))
    by, whom = (ruth, kofi) if is_by_ruth else (kofi, ruth)
    Distance.objects.create(by=by, whom=whom, kind="block")

    bodies = set()
    for path in (page(ruth, kofi), page(ruth, may), page(may, kofi), page(ruth, ruth), "/messages/x/",
                 f"/messages/about/{circle.pk}/", "/messages/about/999999/"):  # fmt: skip
        for answer in (browser.get(path), browser.post(path, {"words": "Hello"})):
            if answer.status_code != 405:
                assert (path, answer.status_code) == (path, 404)
                bodies.add(answer.content.decode().replace(path, "/"))

    assert len(bodies) == 1
    assert names_on(browser.get(LIST)) == []
    assert names_on(inside(kofi).get(LIST)) == []
    assert Message.objects.count() == 1


def test_paused_person_is_told_so_and_sends_nothing(ruth, kofi, circle):
    Pause.objects.create(person=ruth, until=timezone.now() + timedelta(days=3))
    browser = inside(ruth)

    for answer in (
        browser.get(LIST),
        browser.get(page(ruth, kofi)),
        browser.post(page(ruth, kofi), {"words": "Hello"}),
        browser.get(f"/messages/about/{circle.pk}/"),
    ):
        assert answer.status_code == 403
        assert "A steward has asked you to pause" in html(answer)
    assert not Message.objects.exists()
    # To the other one they are not there for now.
    assert names_on(inside(kofi).get(LIST)) == []


def test_form_from_elsewhere_sends_nothing(ruth, kofi, circle):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ruth)

    assert browser.post(page(ruth, kofi), {"words": "Hello"}).status_code == 403
    assert not Message.objects.exists()


# ---- whom somebody may write to --------------------------------------------------------------------
def test_list_has_names_and_no_words_no_numbers_and_no_times(ruth, kofi, may, circle):
    ground(ruth, may)
    ground(ruth, may, Reason.GATHERING_HOST, number=2)
    for _ in range(3):
        wrote(kofi, ruth, "marmalade")

    answer = inside(ruth).get(LIST)

    assert names_on(answer) == ["Kofi", "May"]
    shown = re.sub(r"<[^>]+>", " ", html(answer).split('tabindex="-1">')[1].split("</main>")[0])
    assert "marmalade" not in shown
    assert re.findall(r"\d+", shown) == ["30"]
    assert "unread" not in html(answer)


def test_list_without_anybody_shows_the_way(ruth):
    answer = html(inside(ruth).get(LIST))

    assert "Nobody to write to yet." in answer
    assert "That’s all. The rest, face to face." in answer


def test_who_wrote_before_it_was_over_is_only_to_read(ruth, kofi, may, circle):
    ground(ruth, may)
    wrote(ruth, kofi)
    close_ground(reason=Reason.CIRCLE, number=1)

    answer = html(inside(ruth).get(LIST))

    before, after = answer.split("Only to read")
    assert "Kofi" in after
    assert "Kofi" not in before
    # With May nothing was written: nothing is left.
    assert "May" not in before.split("<main")[1] + after


def test_page_names_nobody_by_their_key(ruth, kofi, circle):
    wrote(kofi, ruth)
    browser = inside(ruth)

    for answer in (browser.get(LIST), browser.get(page(ruth, kofi))):
        for key in (str(kofi.pk), kofi.pk.hex, str(ruth.pk), ruth.pk.hex):
            assert key not in html(answer)


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_the_database_as_often_for_one_as_for_many(
    ruth, number, django_assert_num_queries
):
    browser = inside(ruth)
    for each in range(number):
        other = joined(f"Other {each}")
        ground(ruth, other)
        wrote(other, ruth)
    browser.get(LIST)

    # Session, person, pause; grounds, words, blocks, people.
    with django_assert_num_queries(5):
        browser.get(LIST)


@pytest.mark.parametrize("number", [1, 3])
def test_conversation_asks_the_database_as_often_for_one_as_for_many(
    ruth, kofi, circle, number, django_assert_num_queries
):
    browser = inside(ruth)
    for _ in range(number):
        wrote(kofi, ruth)
    browser.get(page(ruth, kofi))

    # Session, person, pause; whom, blocks, seen, grounds, words; where notices lead, and seen.
    with django_assert_num_queries(7):
        browser.get(page(ruth, kofi))


# ---- what was written ------------------------------------------------------------------------------
def test_words_are_shown_by_day_with_what_is_said_by_whom(ruth, kofi, circle, monkeypatch):
    now = datetime(2026, 11, 26, 14, tzinfo=UTC)
    wrote(kofi, ruth, "At <seven>?", at=datetime(2026, 11, 24, 12, tzinfo=UTC))
    wrote(ruth, kofi, "Yes.\nBy the gate.", at=datetime(2026, 11, 24, 13, tzinfo=UTC))
    wrote(kofi, ruth, "Good.", at=datetime(2026, 11, 25, 23, 30, tzinfo=UTC))
    monkeypatch.setattr(timezone, "now", lambda: now)
    browser = inside(ruth)
    browser.cookies["tz"] = "Europe/Paris"

    shown = html(browser.get(page(ruth, kofi)))

    assert re.findall(r'class="onday">([^<]+)<', shown) == [
        "Tuesday, 24 November",
        "Thursday, 26 November",
    ]
    said = re.findall(r'class="saying( mine)?"> <p class="vh">([^<]+)</p> (.*?) </div>', shown)
    assert said == [
        ("", "Kofi:", "<p>At &lt;seven&gt;?</p>"),
        (" mine", "You:", "<p>Yes.<br>By the gate.</p>"),
        ("", "Kofi:", "<p>Good.</p>"),
    ]
    assert re.findall(r"\d?\d:\d\d", shown) == []


def test_words_are_sent_and_shown_again(ruth, kofi, circle):
    browser = inside(ruth)
    shown = html(browser.get(page(ruth, kofi)))
    assert "To arrange meeting. Fades after 30 days." in shown
    assert 'maxlength="500"' in shown

    answer = browser.post(page(ruth, kofi), {"words": "At seven?"})

    assert answer.status_code == 302
    assert "At seven?" in html(browser.get(answer["Location"]))
    assert "At seven?" in html(inside(kofi).get(page(kofi, ruth)))


@pytest.mark.parametrize(
    ("code", "words"),
    [("door", "I’ll be at the door."), ("see", "See you there."), ("cannot", "Can’t this time.")],
)
def test_ready_words_are_sent_with_one_tap(ruth, kofi, circle, code, words):
    browser = inside(ruth)
    assert f'name="quick" value="{code}">{words}<' in html(browser.get(page(ruth, kofi)))

    browser.post(page(ruth, kofi), {"quick": code})

    assert Message.objects.get().words == words


@pytest.mark.parametrize(
    ("sent", "said"),
    [({"words": "x" * 501}, "Write a few words, 500 letters at most."),
     ({"words": " "}, "Write a few words, 500 letters at most."),
     ({"quick": "dance"}, "Write a few words, 500 letters at most.")],
)  # fmt: skip
def test_what_cannot_be_sent_is_not_lost(ruth, kofi, circle, sent, said):
    answer = inside(ruth).post(page(ruth, kofi), sent)

    assert answer.status_code == 400
    assert said in html(answer)
    assert sent.get("words", "").strip() in html(answer)
    assert not Message.objects.exists()


def test_too_many_are_refused_and_the_words_stay_on_the_page(ruth, kofi, circle):
    browser = inside(ruth)
    for _ in range(30):
        browser.post(page(ruth, kofi), {"quick": "see"})

    answer = browser.post(page(ruth, kofi), {"words": "marmalade"})

    assert answer.status_code == 429
    assert "marmalade</textarea>" in html(answer)
    assert "Wait a while, then try again." in html(answer)


def test_newcomer_is_written_to_once_they_wrote(ruth):
    newcomer = joined("Noor", days_ago=1)
    ground(ruth, newcomer)
    browser = inside(ruth)
    shown = html(browser.get(page(ruth, newcomer)))
    assert "They write first, if they like. Then you can answer." in shown
    assert "<textarea" not in shown
    answer = browser.post(page(ruth, newcomer), {"words": "Welcome!"})
    assert answer.status_code == 400

    inside(newcomer).post(page(newcomer, ruth), {"words": "Is there a ramp?"})

    assert "<textarea" in html(browser.get(page(ruth, newcomer)))


def test_what_is_over_is_read_and_not_answered(ruth, kofi, circle):
    wrote(kofi, ruth, "marmalade")
    close_ground(reason=Reason.CIRCLE, number=1)
    browser = inside(ruth)

    shown = html(browser.get(page(ruth, kofi)))
    answer = browser.post(page(ruth, kofi), {"words": "Still there?"})

    assert "marmalade" in shown
    assert "<textarea" not in shown
    assert "What you did together is over" in shown
    assert (answer.status_code, Message.objects.count()) == (400, 1)


def test_page_says_nothing_of_whether_it_was_read(ruth, kofi, circle):
    wrote(ruth, kofi, "At seven?")
    browser = inside(ruth)
    before = html(browser.get(page(ruth, kofi)))

    inside(kofi).get(page(kofi, ruth))

    def plain(shown):
        shown = re.sub(r"/(person|messages)/[\w-]{40,}/?", "", shown)
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", shown)

    assert plain(html(browser.get(page(ruth, kofi)))).replace("next", "") == plain(before).replace(
        "next", ""
    )


# ---- notices ---------------------------------------------------------------------------------------
def test_notice_leads_to_what_was_written_and_is_seen_there(ruth, kofi, circle):
    inside(kofi).post(page(kofi, ruth), {"words": "At seven?"})
    [notice] = unseen(ruth)
    browser = inside(ruth)

    answer = browser.get(notice.path, follow=True)

    assert "At seven?" in html(answer)
    assert unseen(ruth) == []


@pytest.mark.django_db(transaction=True)
def test_message_becomes_a_push_that_says_nothing_and_the_page_does_not_wait_for_it(settings):
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415

    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
    }
    ruth, kofi = joined("Ruth"), joined("Kofi")
    ground(ruth, kofi)
    service = PushService().start()
    browser = told_by(ruth, service)
    choose_pace(
        person=ruth, most=Most.TWO, quiet_from=time(8), quiet_until=time(8), zone="Europe/London"
    )

    answer = inside(kofi).post(page(kofi, ruth), {"words": "marmalade"})
    waited = len(service.came)
    tasks = [row.task_path for row in DBTaskResult.objects.all()]
    send_due(sending=near())
    service.stop()

    assert (answer.status_code, waited, tasks) == (302, 0, ["kith.web.notices.tasks.send_due"])
    [push] = service.came
    assert browser.reads(push.body) == b'{"title": "kith", "body": "Something for you"}'


def test_notice_of_an_end_still_leads_there(ruth, kofi, circle):
    inside(kofi).post(page(kofi, ruth), {"words": "At seven?"})
    close_ground(reason=Reason.CIRCLE, number=1)

    inside(ruth).get(unseen(ruth)[0].path, follow=True)

    assert unseen(ruth) == []


def test_opening_a_list_sees_nothing(ruth, kofi, circle):
    inside(kofi).post(page(kofi, ruth), {"words": "At seven?"})

    inside(ruth).get(LIST)

    assert len(unseen(ruth)) == 1
