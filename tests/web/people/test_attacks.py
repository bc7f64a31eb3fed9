"""What somebody tries who wants in at a door that is not theirs."""

import json
import re
import threading
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone
from tests.web.people.device import Device, text
from tests.web.people.test_views import html, offered_on, words_on
from tests.web.people.visiting import WORDS

from kith.web.people import actions
from kith.web.people.actions import passkeys, written
from kith.web.people.actions.passkeys import ANSWER_WITHIN
from kith.web.people.choices import Written
from kith.web.people.models import Attempt, Passkey, Person, Session
from kith.web.people.views import browsers

REFUSED = "That passkey did not open the door. Try again, or use your six words."


# ---- passkeys -----------------------------------------------------------------------------------
def test_answer_to_a_question_of_yesterday_is_refused(member, monkeypatch):
    asked = member.post_json("/enter/passkey/ask/").json()
    later = timezone.now() + ANSWER_WITHIN + timedelta(seconds=2)
    monkeypatch.setattr("kith.web.people.actions.passkeys.timezone.now", lambda: later)

    answer = member.post_json("/enter/passkey/", member.device.show(asked))

    assert (answer.status_code, answer.json()) == (400, {"refused": REFUSED})


def test_key_that_says_it_is_somebody_elses_is_refused(member, other):
    member.device.owner = other.device.owner

    assert member.enter().json() == {"refused": REFUSED}


def test_key_that_says_nobodys_it_is_is_refused(member):
    asked = member.post_json("/enter/passkey/ask/").json()
    answer = member.device.show(asked)
    del answer["response"]["userHandle"]

    assert member.post_json("/enter/passkey/", answer).json() == {"refused": REFUSED}


def test_key_made_for_somebody_new_is_not_added_to_somebody_who_is_in(member):
    asked = member.post_json("/join/passkey/ask/").json()

    answer = member.post_json("/you/passkey/", Device().make(asked))

    assert answer.json() == {"refused": REFUSED}
    assert Passkey.objects.count() == 1


def test_key_made_for_somebody_who_is_in_makes_nobody(member):
    asked = member.post_json("/you/passkey/ask/").json()

    assert member.post_json("/join/passkey/", Device().make(asked)).status_code == 400
    assert Person.objects.count() == 1


def test_question_to_show_is_not_answered_by_making(member):
    asked = member.post_json("/enter/passkey/ask/").json()
    like_making = {"user": {"id": "AAAA"}, "rp": {"id": "testserver"}, **asked}

    assert member.post_json("/you/passkey/", Device().make(like_making)).status_code == 400


@pytest.mark.parametrize("transports", [5, None, "usb", {"a": 1}, [None, 3, "x" * 99], True])
def test_odd_ways_to_reach_a_key_break_nothing(visitor, transports):
    asked = visitor.post_json("/join/passkey/ask/").json()
    answer = visitor.device.make(asked)
    answer["response"]["transports"] = transports

    assert visitor.post_json("/join/passkey/", answer).status_code in {200, 400}


def spoiled(answer):
    """Yield `answer` with each of its parts in turn being something that no browser sends."""
    odd: tuple[Any, ...] = (None, 5, "", "AAAA", "\x00", "é", [], {}, "A" * 9_000, text(b"null"), text(b"5"),
           text(b'{"type": 5, "challenge": 5, "origin": 5}'), text(b"\xa0"), text(b"\xff" * 80),
           text(b'{"type": "webauthn.get", "challenge": null, "origin": null}'))  # fmt: skip
    for value in odd:
        for part in ("id", "rawId", "type", "response"):
            yield {**answer, part: value}
        for part in answer["response"]:
            yield {**answer, "response": {**answer["response"], part: value}}


@pytest.mark.parametrize("kind", ["make", "show"])
def test_no_answer_of_a_hostile_browser_breaks_anything(member, kind):
    here = {"origin": "http://testserver", "host": "testserver"}
    ask, reply, read = {
        "make": (partial(passkeys.ask_to_make, shown_as="kith"), Device().make, passkeys.made),
        "show": (passkeys.ask_to_show, member.device.show, passkeys.shown),
    }[kind]
    read_well = 0
    for number in range(len(list(spoiled(reply(ask({}, host="testserver")))))):
        session: dict[str, Any] = {}
        answers = list(spoiled(reply(ask(session, host="testserver"))))
        try:
            read(session, answers[number], **here)
            read_well += 1
        except passkeys.PasskeyRefusedError:
            assert session == {}

    assert read_well < number


def test_nested_answer_without_end_breaks_nothing(visitor):
    visitor.client.raise_request_exception = False
    visitor.post_json("/enter/passkey/ask/")

    answer = visitor.client.post("/enter/passkey/", b"[" * 60_000, content_type="application/json")

    assert (answer.status_code, answer.json()) == (400, {"refused": REFUSED})


# ---- sessions -----------------------------------------------------------------------------------
def test_copy_of_the_database_opens_no_door(member):
    [row] = member.person.sessions.all()
    thief = Client()
    thief.cookies["door"] = row.session_key

    assert row.session_key != member.client.session.session_key
    assert thief.get("/you/").status_code == 302


def test_showing_once_more_that_it_is_you_gives_a_new_session(member):
    before = member.client.session.session_key

    member.enter()

    thief = Client()
    thief.cookies["door"] = before
    assert member.client.session.session_key != before
    assert thief.get("/you/").status_code == 302


def test_session_that_somebody_chose_for_another_is_not_taken(client, with_words):
    client.cookies["door"] = "a" * 32
    client.post("/enter/", {"key": WORDS})

    assert client.cookies["door"].value != "a" * 32
    thief = Client()
    thief.cookies["door"] = "a" * 32
    assert thief.get("/you/").status_code == 302


def test_session_of_somebody_who_only_asked_ends_soon(visitor):
    visitor.post_json("/enter/passkey/ask/")

    assert Session.objects.get().expire_date < timezone.now() + timedelta(minutes=11)
    assert int(visitor.client.cookies["door"]["max-age"]) == 600

    visitor.join()
    [row] = visitor.person.sessions.all()
    assert row.expire_date > timezone.now() + timedelta(days=89)


def test_shared_computer_stays_shared_when_somebody_shows_that_it_is_them(client, with_words):
    client.post("/enter/", {"key": WORDS, "is_shared": "on"})

    client.post("/enter/", {"key": WORDS, "next": "/you/erase/"})

    assert Session.objects.get().is_shared
    assert client.post("/leave/")["Clear-Site-Data"] == '"cache", "cookies"'


def test_shared_computer_of_one_says_nothing_of_the_next(client, with_words):
    client.post("/enter/", {"key": WORDS, "is_shared": "on"})
    actions.join_with_words(words="zoo zone zero zebra youth young")

    client.post("/enter/", {"key": "zoo zone zero zebra youth young"})

    assert not Session.objects.get(person=client.session["_auth_user_id"]).is_shared


def test_cookie_with_what_no_database_takes_is_a_strangers(client, db):
    for value in ("\x00" * 32, '"\\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"', "é" * 40, "x" * 9_000):
        client.cookies["door"] = value
        assert client.get("/you/").status_code == 302


# ---- words and codes ----------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_first_four_letters_tell_every_word_from_every_other(language):
    words = written._list(language)
    prefixes = {written._plain(" ".join([word] * 6)) for word in words}

    assert len(set(words)) == len(prefixes) == 2048


def test_words_sent_twice_make_one_person(client, db):
    page = html(client.post("/join/", {"is_old_enough": "on"}))
    form = {"offered": offered_on(page), "is_written_down": "on"}
    client.post("/join/words/", form)

    answer = Client().post("/join/words/", form)

    assert answer.status_code == 400
    assert "These lay here for too long. Here are new ones." in html(answer)
    assert words_on(html(answer)) != words_on(page)
    assert Person.objects.count() == 1


def test_nobody_can_be_made_to_take_words_that_another_was_shown(member, other):
    drawn = {
        "words": offered_on(html(other.client.get("/you/words/"))),
        "codes": offered_on(html(other.client.get("/you/codes/"))),
        "joining": offered_on(html(Client().post("/join/", {"is_old_enough": "on"}))),
    }

    for offered in drawn.values():
        for path in ("/you/words/", "/you/codes/"):
            form = {"offered": offered, "is_written_down": "on"}
            assert member.client.post(path, form).status_code == 400
    assert not member.person.written_keys.exists()


@pytest.mark.parametrize(("drawn", "taken"), [("words", "codes"), ("codes", "words")])
def test_words_are_no_codes_and_codes_no_words(member, drawn, taken):
    offered = offered_on(html(member.client.get(f"/you/{drawn}/")))

    answer = member.client.post(f"/you/{taken}/", {"offered": offered, "is_written_down": "on"})

    assert answer.status_code == 400
    assert not member.person.written_keys.exists()


@pytest.mark.django_db(transaction=True)
def test_code_typed_by_many_at_once_opens_for_one():
    person = actions.join_with_words(words=WORDS)
    actions.keep_codes(person=person, codes=["K7QF-2MXD-9TPA"])
    opened, start = [], threading.Barrier(4)

    def try_it():
        start.wait()
        try:
            opened.append(actions.enter_with_written("K7QF-2MXD-9TPA")[1])
        except actions.entering.NotAKeyError:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert opened == [Written.RECOVERY]


def test_code_for_another_device_replaces_the_one_before(member):
    first = actions.lend_code(person=member.person)
    actions.lend_code(person=member.person)

    with pytest.raises(actions.entering.NotAKeyError):
        actions.enter_with_written(first)


# ---- how often ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("203.0.113.9", "203.0.113.9:4711"),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"),
        ("2001:db8:1:2::1", "[2001:db8:1:2::77]:4711"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("fe80::1%eth0", "fe80::2%eth0"),
    ],
)
def test_house_counts_as_one_however_it_is_written(one, same):
    assert browsers._house_of(one) == browsers._house_of(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("203.0.113.9", "203.0.113.10"),
        ("2001:db8:1:2::1", "2001:db8:1:3::1"),
        ("unknown", "_hidden"),
        ("", "203.0.113.9"),
    ],
)
def test_another_house_counts_for_itself(one, other):
    assert browsers._house_of(one) != browsers._house_of(other)


@override_settings(KITH_PROXIES=1)
def test_what_somebody_says_of_their_own_address_is_not_believed():
    said = RequestFactory().get("/", headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.9"})
    other = RequestFactory().get("/", headers={"X-Forwarded-For": "7.7.7.7, 203.0.113.9"})

    assert browsers.whence(said) == browsers.whence(other) == "203.0.113.9"


# ---- the desk -----------------------------------------------------------------------------------
@pytest.fixture
def steward(db):
    return Person.objects.create_superuser(handle="ada", password="correct horse battery")


def sign_in(client, password, **more):
    return client.post(
        "/desk/login/?next=/desk/", {"username": "ada", "password": password, **more}
    )


def test_steward_signs_in_for_a_day_and_sees_where(client, steward):
    answer = sign_in(client, "correct horse battery")

    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    [row] = steward.sessions.all()
    assert row.expire_date < timezone.now() + timedelta(hours=13)
    assert client.get("/you/words/").status_code == 200


def test_desk_is_guessed_at_only_so_often(client, steward):
    for _ in range(20):
        assert sign_in(client, "wrong").status_code == 200

    answer = sign_in(client, "correct horse battery")

    assert answer.status_code == 429
    assert "That was tried too often from here." in html(answer)
    assert client.get("/desk/").status_code == 302
    assert Attempt.objects.count() == 20


def test_desk_sends_nobody_elsewhere(client, steward):
    answer = client.post(
        "/desk/login/?next=https://evil.example/",
        {"username": "ada", "password": "correct horse battery", "next": "//evil.example/"},
    )

    assert answer["Location"] in {"/desk/", "/you/", "/"}


def test_steward_who_signs_in_gets_a_new_session(client, steward):
    client.cookies["door"] = "b" * 32
    sign_in(client, "correct horse battery")

    assert client.cookies["door"].value != "b" * 32


def test_member_is_no_steward_by_saying_so(member):
    member.client.post("/you/called/", {"called": "x", "is_steward": "on", "handle": "ada"})

    assert (member.person.is_steward, member.person.handle) == (False, None)


def test_what_a_session_holds_is_nobodys_name(member):
    member.client.post("/you/called/", {"called": "Ruth of the river"})

    assert "Ruth" not in json.dumps(dict(member.client.session.items()))
    assert re.fullmatch(r"[0-9a-f]{40}", Session.objects.get().session_key)
