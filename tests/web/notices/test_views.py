"""The page about notices, the links in letters, and "seen" on Tonight."""

import json
import re
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client
from tests.web.notices.conftest import NOON
from tests.web.notices.making import mailed_to, say, told_by
from tests.web.notices.receiving import Browser

from kith.web.notices import access, queries
from kith.web.notices.access import Token
from kith.web.notices.actions import send_due
from kith.web.notices.models import EmailAddress, Pace, Subscription
from kith.web.people.models import Session
from kith.web.people.models.session import kept_as
from kith.web.safety.models import Pause

pytestmark = pytest.mark.django_db
PAGE = "/you/notices/"
OFTEN = {"most": "five", "quiet_from": "21:30", "quiet_until": "07:00"}


@pytest.fixture(autouse=True)
def _may_mail(settings):
    settings.KITH_EMAIL_URL = "smtps://mail.example"


@pytest.fixture
def inside(ruth):
    """Ruth's browser, in Auckland."""
    browser = Client()
    browser.force_login(ruth)
    browser.cookies["tz"] = "Pacific/Auckland"
    return browser


def html(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def subscribe(browser, **changed):
    sent = {**Browser().gives("https://push.example/ruth"), **changed}
    return browser.post(f"{PAGE}here/", sent, content_type="application/json")


# ---- doors -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["", "often/", "here/1/drop/", "mail/", "mail/drop/", "here/"])
def test_stranger_is_led_through_the_door(client, path):
    answer = client.get(PAGE) if not path else client.post(f"{PAGE}{path}")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/enter/?next=")


def test_stranger_sees_nothing_and_has_seen_nothing(client, ruth):
    notice = say(ruth)

    assert client.post("/notices/seen/", {"notice": notice.pk})["Location"].startswith("/enter/")
    assert queries.unseen(ruth) == [notice]


@pytest.mark.parametrize("path", ["often/", "here/", "here/1/drop/", "mail/", "mail/drop/"])
def test_what_changes_something_has_to_be_posted(inside, path):
    assert inside.get(f"{PAGE}{path}").status_code == 405


def test_paused_person_still_says_how_they_want_to_be_told(inside, ruth):
    Pause.objects.create(person=ruth, until=NOON + timedelta(days=900))

    assert inside.get(PAGE).status_code == 200
    assert inside.post(f"{PAGE}often/", OFTEN).status_code == 302


# ---- how often --------------------------------------------------------------------------------------
def test_page_shows_the_defaults(inside):
    page = html(inside.get(PAGE))

    assert 'value="two" checked' in page
    assert 'name="quiet_from" type="time" value="22:00"' in page
    assert 'name="quiet_until" type="time" value="08:00"' in page


def test_how_often_and_when_not_is_kept_with_the_clock_of_the_browser(inside, ruth):
    assert inside.post(f"{PAGE}often/", OFTEN)["Location"] == f"{PAGE}#often"

    page = html(inside.get(PAGE))
    assert 'value="five" checked' in page
    assert 'value="21:30"' in page
    assert "By the clock of Pacific/Auckland." in page
    assert Pace.objects.get().zone == "Pacific/Auckland"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"most": "hundred"}, "hundred"), ({"most": ""}, "Choose how often."),
        ({"quiet_from": "25:00"}, "Choose an hour."), ({"quiet_until": ""}, "Choose an hour."),
    ],
)  # fmt: skip
def test_what_makes_no_sense_comes_back_to_be_mended(inside, changed, said):
    answer = inside.post(f"{PAGE}often/", {**OFTEN, **changed})

    assert answer.status_code == 400
    assert said in html(answer)
    assert "21:30" in html(answer) or "quiet_from" in changed
    assert Pace.objects.get().most == Pace().most


def test_zone_that_no_clock_has_is_not_kept(inside):
    inside.cookies["tz"] = "Europe/Atlantis"

    inside.post(f"{PAGE}often/", OFTEN)

    assert Pace.objects.get().zone == ""


# ---- on this device ---------------------------------------------------------------------------------
def test_browser_is_told_from_now_on_until_it_is_stopped(inside, ruth):
    assert 'data-push="B' in html(inside.get(PAGE))

    assert subscribe(inside).json() == {"next": f"{PAGE}#here"}

    page = html(inside.get(PAGE))
    assert "data-push" not in page
    assert "This one" in page
    [way] = Subscription.objects.all()
    assert (way.person, way.session.session_key) == (ruth, kept_as(inside.session.session_key))
    assert queries.pace_of(ruth).zone == "Pacific/Auckland"
    [address] = re.findall(r'action="(/you/notices/here/\d+/drop/)"', page)
    assert inside.post(address)["Location"] == f"{PAGE}#here"
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [{"endpoint": "http://push.example/"}, {"endpoint": "https://169.254.169.254/"},
     {"p256dh": "AAAA"}, {"auth": None}, {"endpoint": "nowhere"}],
)  # fmt: skip
def test_browser_that_gives_no_usable_address_is_told_so(inside, changed):
    answer = subscribe(inside, **changed)

    assert (answer.status_code, answer.json()["refused"]) == (
        400,
        "This browser gave an address that cannot be used. Try again, or use another way.",
    )
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("body", ["", "[]", "nonsense", "{}"])
def test_what_no_browser_sends_is_refused(inside, body):
    answer = inside.post(f"{PAGE}here/", body, content_type="application/json")

    assert answer.status_code == 400


def test_computer_that_others_use_is_told_nothing(inside):
    session = inside.session
    session["is_shared"] = True
    session.save()
    page = html(inside.get(PAGE))

    answer = subscribe(inside)

    assert "so it is not told anything" in page
    assert "data-push" not in page
    assert answer.status_code == 400


def test_going_out_ends_that_the_browser_is_told(inside):
    subscribe(inside)

    inside.post("/leave/")

    assert not Subscription.objects.exists()


def test_browser_of_somebody_else_cannot_be_stopped(inside, kofi):
    told_by(kofi)
    [theirs] = Subscription.objects.all()

    answer = inside.post(f"{PAGE}here/{theirs.pk}/drop/")

    assert answer.status_code == 404
    never = inside.post(f"{PAGE}here/999999/drop/").content
    assert answer.content.replace(b"/%d/" % theirs.pk, b"/999999/") == never
    assert Subscription.objects.exists()


def test_instance_without_a_push_key_offers_no_device(inside, settings):
    settings.KITH_PUSH_KEY = ""

    assert "On this device" not in html(inside.get(PAGE))


# ---- by e-mail --------------------------------------------------------------------------------------
def give(inside, address="ruth@example.org"):
    return inside.post(f"{PAGE}mail/", {"address": address})


def links():
    return re.findall(r"https://kith\.example(/\S+)", "".join(m.body for m in mail.outbox))


def test_address_is_asked_then_confirmed_by_a_tap_then_told(inside, client, ruth):
    assert give(inside)["Location"] == f"{PAGE}#mail"
    assert "Until then nothing else comes." in html(inside.get(PAGE))
    send_due()
    [letter] = mail.outbox
    assert letter.subject == "kith"
    assert "Somebody asked to be written to at this address." in letter.body
    [link] = links()

    # A mail program opens links by itself; so does whoever is curious.
    assert "Yes, write to me here" in html(client.get(link))
    assert EmailAddress.objects.get().confirmed_at is None
    assert "Thank you." in html(client.post(link))

    assert "You are told there." in html(inside.get(PAGE))
    say(ruth)
    Pace.objects.update_or_create(
        person=ruth, defaults={"quiet_from": "00:00", "quiet_until": "00:00"}
    )
    send_due()
    assert len(mail.outbox) == 2


def test_letter_that_asks_names_nobody_and_no_page(inside, ruth):
    give(inside)
    send_due()

    [letter] = mail.outbox
    text = letter.message().as_string()
    for secret in ("Ruth", ruth.pk.hex, str(ruth.pk), "recovery", "List-Unsubscribe"):
        assert secret not in text


def test_link_is_taken_from_nobody_who_changed_it(client, ruth):
    email = mailed_to(ruth, confirmed_at=None)
    token = access.token_for(email, Token.CONFIRM)
    stop = access.token_for(email, Token.STOP)

    for wrong in (token[:-2], stop, "x"):
        answer = client.post(f"/notices/yes/{wrong}/")
        assert answer.status_code == 404
        assert "This link no longer works." in html(answer)
    assert EmailAddress.objects.get().confirmed_at is None


def test_mail_stops_by_a_tap_on_its_page(client, ruth):
    email = mailed_to(ruth, confirmed_at=NOON)
    path = f"/notices/stop/{access.token_for(email, Token.STOP)}/"

    assert "No more e-mail?" in html(client.get(path))
    assert EmailAddress.objects.exists()
    assert "It has stopped." in html(client.post(path))

    assert not EmailAddress.objects.exists()
    assert "It has stopped." in html(client.get(path))


def test_mail_program_stops_it_in_one_tap(ruth):
    # RFC 8058: a POST from elsewhere, with no cookie and no token of a form.
    email = mailed_to(ruth, confirmed_at=NOON)
    path = f"/notices/stop/{access.token_for(email, Token.STOP)}/"
    program = Client(enforce_csrf_checks=True)

    answer = program.post(path, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert not EmailAddress.objects.exists()


def test_nobody_stops_the_mail_of_somebody_else(client, ruth):
    mailed_to(ruth, confirmed_at=NOON)

    client.post("/notices/stop/x/")

    assert EmailAddress.objects.exists()


def test_address_is_removed_in_one_tap(inside, ruth):
    mailed_to(ruth, confirmed_at=NOON)

    assert inside.post(f"{PAGE}mail/drop/")["Location"] == f"{PAGE}#mail"

    assert not EmailAddress.objects.exists()
    assert inside.post(f"{PAGE}mail/drop/").status_code == 302


@pytest.mark.parametrize(
    ("address", "said"),
    [("", "Type an e-mail address."), ("ruth", "That is no e-mail address."),
     ("ruth@example.org\nBcc: all@example.org", "That is no e-mail address.")],
)  # fmt: skip
def test_what_is_no_address_comes_back_to_be_mended(inside, address, said):
    answer = give(inside, address)

    assert answer.status_code == 400
    assert said in html(answer)
    assert address.split("\n")[0] in html(answer)
    assert not EmailAddress.objects.exists()


def test_nobody_has_kith_write_to_one_address_again_and_again(inside, kofi):
    for _ in range(5):
        give(inside)
    other = Client()
    other.force_login(kofi)

    mine, theirs = give(inside, "else@example.org"), give(other, "RUTH@example.org")

    assert (mine.status_code, theirs.status_code) == (429, 429)
    assert "That was tried too often from here." in html(mine)
    assert "else@example.org" in html(mine)


def test_instance_that_sends_no_mail_asks_for_no_address(inside, settings):
    settings.KITH_EMAIL_URL = ""

    assert "By e-mail" not in html(inside.get(PAGE))
    assert give(inside).status_code == 400
    assert not EmailAddress.objects.exists()


# ---- seen, on Tonight -------------------------------------------------------------------------------
def test_tonight_can_show_what_is_new_and_take_that_it_was_seen(inside, ruth, kofi):
    for path in ("/a/", "/b/", "/c/", "/d/"):
        say(ruth, path, f"At {path} & more")
    theirs = say(kofi, "/kofi/")
    shown = re.sub(
        r"\s+", " ", render_to_string("notices/_unseen.html", {"notices": queries.unseen(ruth)})
    )
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', shown) == [
        ("/d/", "At /d/ &amp; more"), ("/c/", "At /c/ &amp; more"), ("/b/", "At /b/ &amp; more"),
    ]  # fmt: skip
    numbers = re.findall(r'name="notice" value="(\d+)"', shown)

    answer = inside.post("/notices/seen/", {"notice": [*numbers, theirs.pk, "x", ""]})

    assert answer["Location"] == "/tonight/"
    assert [notice.path for notice in queries.unseen(ruth)] == ["/a/"]
    assert queries.unseen(kofi) == [theirs]
    assert render_to_string("notices/_unseen.html", {"notices": []}).strip() == ""


def test_seen_leads_back_to_a_page_of_ours_only(inside):
    for wanted, goes in (("/gatherings/", "/gatherings/"), ("https://evil.example/", "/tonight/")):
        assert inside.post("/notices/seen/", {"next": wanted})["Location"] == goes


def test_pages_are_kept_by_nobody(inside, client, ruth):
    email = mailed_to(ruth, confirmed_at=NOON)

    for answer in (
        inside.get(PAGE),
        client.get(f"/notices/stop/{access.token_for(email, Token.STOP)}/"),
    ):
        assert answer["Cache-Control"] == "no-store, private"


def test_page_asks_the_database_as_often_for_one_browser_as_for_many(
    inside, ruth, django_assert_num_queries
):
    for number in (1, 3):
        Session.objects.exclude(session_key=kept_as(inside.session.session_key)).delete()
        for each in range(number):
            told_by(ruth, path=f"/{each}")
        inside.get(PAGE)

        with django_assert_num_queries(4):
            inside.get(PAGE)


# ---- the worker that shows it -----------------------------------------------------------------------
def test_worker_shows_what_comes_and_opens_a_ring_or_else_tonight(client):
    script = client.get("/sw.js").content.decode()

    assert 'addEventListener("push"' in script
    assert 'openWindow(page?.startsWith("/rung/") ? page : "/tonight/")' in script


def test_nothing_of_ours_is_said_to_whoever_asks_for_json_without_being_in(client):
    answer = client.post(f"{PAGE}here/", json.dumps({}), content_type="application/json")

    assert (answer.status_code, set(answer.json())) == (403, {"next"})
    assert django_settings.KITH_PUSH_KEY not in answer.content.decode()
