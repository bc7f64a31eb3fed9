"""What is sent, when, how often, and what it says: over a real line to a push service here."""

import json
import logging
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from tests.web.notices.conftest import NOON
from tests.web.notices.making import browsers_told, mailed_to, say, told_by
from tests.web.notices.receiving import near, vouched

from kith.web.notices import queries
from kith.web.notices.actions import Sending, saw, send_due
from kith.web.notices.actions.delivering import deliver
from kith.web.notices.actions.pacing import choose_pace
from kith.web.notices.choices import Most
from kith.web.notices.models import Delivery, Notice, Nudge, Subscription
from kith.web.notices.models.pace import QUIET_FROM, QUIET_UNTIL
from kith.web.safety.models import Distance

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def pace(person, most=Most.TWO, *, quiet_from=QUIET_FROM, quiet_until=QUIET_UNTIL, zone=""):
    choose_pace(person=person, most=most, quiet_from=quiet_from, quiet_until=quiet_until, zone=zone)


def send(at=NOON):
    return send_due(at=at, sending=near())


def say_and_send(person, clock, at, path="/gatherings/hut/", **more):
    """Tell `person` something else at `at`, and look at once what may go."""
    clock(at)
    say(person, path, **more)
    return send(at)


# ---- one nudge, from here to a browser ---------------------------------------------------------
def test_browser_is_told_that_there_is_something_and_nothing_else(ruth, service):
    browser = told_by(ruth, service)
    say(ruth)

    assert send() == 1

    [push] = service.came
    assert json.loads(browser.reads(push.body)) == {"title": "kith", "body": "Something for you"}
    headers = push.headers
    assert (headers["Content-Encoding"], headers["TTL"], headers["Topic"], headers["Urgency"]) == (
        "aes128gcm", "43200", "kith", "normal",
    )  # fmt: skip
    said, _key = vouched(headers["Authorization"])
    assert said["aud"] == service.origin
    assert (push.path, send()) == ("/to/me", 0)


def test_neither_words_nor_names_nor_pages_leave_this_machine(
    ruth, kofi, service, settings, caplog, mailoutbox
):
    browser = told_by(ruth, service)
    mailed_to(ruth, confirmed_at=NOON)
    service.statuses = [500, 201]

    with caplog.at_level(logging.INFO):
        say(ruth, "/messages/about/7/", "Kofi wrote to you.", by=kofi)
        send()
        send(NOON + timedelta(minutes=2))

    [letter] = mailoutbox
    left = [
        push.body + str(push.headers).encode() + browser.reads(push.body) for push in service.came
    ]
    left += [letter.message().as_bytes(), caplog.text.encode()]
    assert len(left) == 4
    assert "a notice did not get through" in caplog.text
    for secret in (
        b"Kofi",
        b"wrote",
        b"Ruth",
        b"/messages/",
        ruth.pk.hex.encode(),
        str(kofi.pk).encode(),
    ):
        assert [secret in one for one in left] == [False] * 4
    for secret in ("/to/me", "127.0.0.1", "ruth@example.org"):
        assert secret not in caplog.text


def test_each_is_told_in_their_language(ruth, service, monkeypatch):
    browser = told_by(ruth, service, language="es")
    monkeypatch.setattr(
        "kith.web.notices.actions.pushing.gettext",
        lambda words: {"Something for you": "Algo para ti"}[words],
    )
    say(ruth)

    send()

    assert json.loads(browser.reads(service.came[0].body))["body"] == "Algo para ti"


def test_several_things_are_one_nudge_and_each_browser_hears_it_once(ruth, service):
    first, second = told_by(ruth, service), told_by(ruth, service, path="/to/me/too")
    for path in ("/a/", "/b/", "/c/"):
        say(ruth, path)

    assert send() == 2

    assert sorted(push.path for push in service.came) == ["/to/me", "/to/me/too"]
    for push in service.came:
        reader = first if push.path == "/to/me" else second
        assert reader.reads(push.body)
    assert Nudge.objects.count() == 1


def test_same_thing_said_again_is_told_once(ruth, service):
    told_by(ruth, service)
    for _ in range(3):
        say(ruth)
        send()

    assert (len(service.came), Notice.objects.count()) == (1, 1)


def test_nobody_is_nudged_who_has_no_way_or_nothing_to_know(ruth, kofi, service):
    told_by(ruth, service)
    say(kofi)

    assert send() == 0

    assert not Nudge.objects.exists()


def test_what_was_meant_and_what_was_sent_is_kept_as_times(ruth, service, clock):
    pace(ruth, zone="Europe/London")
    told_by(ruth, service)
    late, morning = NOON + timedelta(hours=11), NOON + timedelta(hours=20)
    say_and_send(ruth, clock, late)

    send(morning)

    [nudge] = Nudge.objects.all()
    assert (nudge.intended_at, nudge.made_at) == (late, morning)
    assert Delivery.objects.get().sent_at == morning


# ---- quiet hours ---------------------------------------------------------------------------------
def test_what_comes_at_night_waits_until_morning_and_is_one_nudge(ruth, service, clock):
    pace(ruth, Most.ALL, zone="Europe/London")
    told_by(ruth, service)
    for hours, path in ((10, "/a/"), (11, "/b/"), (16, "/c/"), (19, "/d/")):
        say_and_send(ruth, clock, NOON + timedelta(hours=hours), path)
    eight = datetime(2026, 11, 25, 8, tzinfo=UTC)
    assert send(eight - timedelta(seconds=1)) == 0

    assert send(eight) == 1

    assert (len(service.came), Nudge.objects.count()) == (1, 1)


def test_what_was_seen_at_night_is_not_told_in_the_morning(ruth, service, clock):
    told_by(ruth, service)
    say_and_send(ruth, clock, NOON + timedelta(hours=12))

    saw(person=ruth, numbers=[notice.pk for notice in queries.unseen(ruth)])

    assert send(NOON + timedelta(hours=20)) == 0
    assert service.came == []


def test_quiet_hours_are_those_of_the_person(ruth, kofi, service, clock):
    told_by(ruth, service, zone="Pacific/Auckland")
    told_by(kofi, service, path="/to/kofi", zone="Europe/London")
    say(ruth)
    say(kofi)

    send()

    assert [push.path for push in service.came] == ["/to/kofi"]
    send(datetime(2026, 11, 25, 8, tzinfo=ZoneInfo("Pacific/Auckland")))
    assert [push.path for push in service.came] == ["/to/kofi", "/to/me"]


@pytest.mark.parametrize("on", [(2026, 3, 29), (2026, 10, 25)])
def test_morning_comes_at_eight_when_clocks_changed_in_the_night(ruth, service, clock, on):
    told_by(ruth, service, zone="Europe/London")
    eight = datetime(*on, 8, tzinfo=ZoneInfo("Europe/London"))
    night = (eight - timedelta(hours=9)).astimezone(UTC)
    assert say_and_send(ruth, clock, night) == 0

    assert send(eight.astimezone(UTC) - timedelta(minutes=1)) == 0
    assert send(eight.astimezone(UTC)) == 1


def test_try_that_failed_before_the_night_waits_for_the_morning(ruth, service, clock):
    told_by(ruth, service)
    service.statuses = [503, 201]
    evening = datetime(2026, 11, 24, 21, 59, 30, tzinfo=UTC)
    assert say_and_send(ruth, clock, evening) == 0

    assert send(evening + timedelta(minutes=10)) == 0
    assert len(service.came) == 1
    assert send(datetime(2026, 11, 25, 8, tzinfo=UTC)) == 1


# ---- how often -----------------------------------------------------------------------------------
@pytest.mark.parametrize(("most", "went"), [("two", 2), ("five", 5), ("all", 7), ("none", 0)])
def test_nobody_is_nudged_more_often_than_they_asked(ruth, service, clock, most, went):
    pace(ruth, Most(most))
    told_by(ruth, service)

    for number in range(7):
        say_and_send(ruth, clock, NOON + timedelta(minutes=number), f"/{number}/")

    assert len(service.came) == went


def test_third_thing_of_a_day_waits_for_the_next_morning(ruth, service, clock):
    told_by(ruth, service)
    for hours in (0, 1, 2, 3):
        say_and_send(ruth, clock, NOON + timedelta(hours=hours), f"/{hours}/")
    assert len(service.came) == 2

    morning = datetime(2026, 11, 25, 8, tzinfo=UTC)
    assert send(morning - timedelta(minutes=1)) == 0
    assert send(morning) == 1

    assert len(service.came) == 3


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Auckland", "America/Los_Angeles"])
def test_two_a_day_begin_anew_at_midnight_of_the_person(ruth, service, clock, zone):
    none = QUIET_FROM
    pace(ruth, quiet_from=none, quiet_until=none, zone=zone)
    told_by(ruth, service)
    midnight = datetime(2026, 11, 25, tzinfo=ZoneInfo(zone)).astimezone(UTC)

    went = [
        say_and_send(ruth, clock, midnight + timedelta(minutes=minutes), f"/{minutes}/")
        for minutes in (-3, -2, -1, 0, 1, 2)
    ]

    # The one that waited before midnight goes with the first after it.
    assert went == [1, 1, 0, 1, 1, 0]


def test_what_cannot_wait_goes_at_night_beyond_any_number_and_is_not_counted(ruth, service, clock):
    told_by(ruth, service)
    night = NOON + timedelta(hours=13)

    for number in range(3):
        went = say_and_send(
            ruth, clock, night + timedelta(minutes=number), f"/{number}/", is_urgent=True
        )
        assert went == 1

    assert {push.headers["Urgency"] for push in service.came} == {"high"}
    morning = datetime(2026, 11, 25, 9, tzinfo=UTC)
    assert [
        say_and_send(ruth, clock, morning + timedelta(minutes=n), f"/day/{n}/") for n in range(3)
    ] == [1, 1, 0]


def test_who_wants_nothing_is_still_reached_by_what_cannot_wait(ruth, service):
    pace(ruth, Most.NONE)
    told_by(ruth, service)
    say(ruth, "/ring/", is_urgent=True)

    assert send() == 1


# ---- people who no longer see each other ----------------------------------------------------------
@pytest.mark.parametrize("is_by_ruth", [True, False])
def test_what_somebody_said_is_not_told_once_they_are_apart(ruth, kofi, service, is_by_ruth):
    told_by(ruth, service)
    say(ruth, by=kofi)
    by, whom = (ruth, kofi) if is_by_ruth else (kofi, ruth)
    Distance.objects.create(by=by, whom=whom, kind="block")

    assert send() == 0

    assert (service.came, queries.unseen(ruth)) == ([], [])


# ---- services that do not take it ------------------------------------------------------------------
@pytest.mark.parametrize("status", [404, 410])
def test_browser_that_is_gone_is_told_no_more(ruth, service, status):
    told_by(ruth, service)
    service.statuses = [status]
    say(ruth)

    assert send() == 0

    assert not Subscription.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("status", [302, 400, 403, 413, 429, 500, 503])
def test_service_that_does_not_take_it_is_asked_less_and_less(ruth, service, status):
    pace(ruth, quiet_from=QUIET_FROM, quiet_until=QUIET_FROM)
    told_by(ruth, service)
    service.statuses = [status]
    say(ruth)
    tries = []

    send()
    while delivery := Delivery.objects.first():
        tries.append((delivery.next_try_at - NOON) // timedelta(minutes=1))
        send(delivery.next_try_at - timedelta(seconds=1))
        send(delivery.next_try_at)

    assert tries == [1, 5, 21, 85, 341, 701, 1061, 1421, 1781]
    # The last one came after a day: it was given up, and not tried.
    assert len(service.came) == 9
    assert {push.path for push in service.came} == {"/to/me"}
    # The browser is still told of the next thing.
    assert browsers_told(ruth) == 1


def test_service_that_comes_back_is_told(ruth, service):
    told_by(ruth, service)
    service.statuses = [500, 201]
    say(ruth)
    send()

    assert send(NOON + timedelta(seconds=59)) == 0
    assert send(NOON + timedelta(minutes=1)) == 1


def test_what_was_seen_between_two_tries_is_not_tried_again(ruth, service):
    told_by(ruth, service)
    service.statuses = [500, 201]
    [notice] = [say(ruth)]
    send()
    saw(person=ruth, numbers=[notice.pk])

    assert send(NOON + timedelta(minutes=5)) == 0
    assert len(service.came) == 1


def test_one_service_that_is_down_keeps_nobody_else_from_being_told(ruth, kofi, service):
    nobody = told_by(ruth)
    assert nobody
    told_by(kofi, service)
    say(ruth)
    say(kofi)

    assert send() == 1


def test_browser_never_leads_to_this_network(ruth, service):
    told_by(ruth, service)
    say(ruth)

    went = send_due(at=NOON, sending=Sending())

    # Not an hour later either: who gave such an address is not told any more.
    assert (went, service.came, browsers_told(ruth)) == (0, [], 0)


def test_delivery_that_another_worker_is_at_is_left_to_it(ruth, service):
    told_by(ruth, service)
    service.statuses = [500]
    say(ruth)
    send()
    [delivery] = Delivery.objects.all()

    assert deliver(delivery.pk, at=NOON, sending=near()) is False

    assert len(service.came) == 1


# ---- by e-mail -------------------------------------------------------------------------------------
def test_letter_says_where_and_how_to_stop_and_nothing_else(ruth):
    mailed_to(ruth, confirmed_at=NOON)
    say(ruth)

    assert send() == 1

    [letter] = mail.outbox
    assert (letter.subject, letter.to) == ("kith", ["ruth@example.org"])
    first, stop = letter.body.strip().split("\n\n")
    assert first == "There is something for you at https://kith.example/tonight/"
    link = stop.removeprefix("No more of these: ")
    assert link.startswith("https://kith.example/notices/stop/")
    headers = letter.message()
    assert headers["List-Unsubscribe"] == f"<{link}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Auto-Submitted"] == "auto-generated"


def test_address_that_nobody_confirmed_gets_nothing(ruth):
    mailed_to(ruth, confirmed_at=None)
    say(ruth)

    assert send() == 0


def test_mail_server_that_is_away_is_tried_again(ruth, settings, service):
    # A port at which nobody listens.
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    mailed_to(ruth, confirmed_at=NOON)
    say(ruth)
    assert send() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert send(NOON + timedelta(minutes=1)) == 1


def test_letter_and_push_are_one_nudge(ruth, service):
    told_by(ruth, service)
    mailed_to(ruth, confirmed_at=NOON)
    say(ruth)

    assert send() == 2

    assert (len(service.came), len(mail.outbox), Nudge.objects.count()) == (1, 1, 1)
