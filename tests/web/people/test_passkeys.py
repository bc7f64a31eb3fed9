"""A passkey is made and shown for our question, on our page, and by nobody else."""

import pytest
from django.test import Client
from tests.web.people.device import PRESENT, Device
from tests.web.people.visiting import Visitor

from kith.web.people.models import Passkey, Person

REFUSED = "That passkey did not open the door. Try again, or use your six words."


def test_joining_asks_for_nothing_and_keeps_nothing_said(member):
    person = member.person

    assert (person.called, person.handle, person.is_steward) == ("", None, False)
    assert not person.has_usable_password()
    assert person.passkeys.get().transports == ["internal"]


def test_device_is_told_no_name_and_must_know_whose_key_it_is(visitor):
    asked = visitor.post_json("/join/passkey/ask/").json()

    assert asked["user"]["name"] == asked["user"]["displayName"] == asked["rp"]["name"] == "kith"
    assert asked["rp"]["id"] == "testserver"
    chosen = asked["authenticatorSelection"]
    assert (chosen["residentKey"], chosen["userVerification"]) == ("required", "required")
    assert asked["attestation"] == "none"


def test_passkey_opens_the_door_again(member):
    person = member.person
    member.client.post("/leave/")

    answer = member.enter()

    assert answer.json() == {"next": "/"}
    assert member.person == person
    assert person.passkeys.get().sign_count == 1


def test_coming_in_makes_a_new_session(visitor):
    visitor.post_json("/join/passkey/ask/")
    before = visitor.client.session.session_key

    visitor.join()

    assert visitor.client.session.session_key != before


def test_one_answer_opens_once(member):
    asked = member.post_json("/enter/passkey/ask/").json()
    answer = member.device.show(asked)
    assert member.post_json("/enter/passkey/", answer).status_code == 200

    assert member.post_json("/enter/passkey/", answer).json() == {"refused": REFUSED}


def test_answer_that_somebody_else_was_asked_for_is_refused(member, other):
    asked = other.post_json("/enter/passkey/ask/").json()
    member.post_json("/enter/passkey/ask/")

    answer = member.post_json("/enter/passkey/", member.device.show(asked))

    assert (answer.status_code, answer.json()) == (400, {"refused": REFUSED})


@pytest.mark.parametrize(
    "spoil",
    [
        lambda device, asked: device.show(asked, origin="https://evil.example"),
        lambda device, asked: device.show({**asked, "rpId": "evil.example"}),
        lambda device, asked: device.show({**asked, "challenge": "AAAA"}),
        lambda device, asked: {**device.show(asked), "rawId": "AAAA", "id": "AAAA"},
        lambda device, asked: {**device.show(asked), "type": "password"},
        lambda device, asked: {**device.show(asked), "response": {}},
        lambda device, asked: {},
        lambda device, asked: Device().show(asked),
    ],
    ids=[
        "another site", "another host", "another question", "no key of ours", "no passkey",
        "no answer", "nothing", "a stranger's device",
    ],
)  # fmt: skip
def test_answer_that_is_not_what_we_asked_for_is_refused(member, spoil):
    member.client.post("/leave/")
    asked = member.post_json("/enter/passkey/ask/").json()

    answer = member.post_json("/enter/passkey/", spoil(member.device, asked))

    assert (answer.status_code, answer.json()) == (400, {"refused": REFUSED})
    assert "_auth_user_id" not in member.client.session


def test_key_that_was_not_unlocked_is_refused(member):
    member.client.post("/leave/")
    member.device.flags = PRESENT

    assert member.enter().json() == {"refused": REFUSED}


def test_copied_key_that_lags_behind_is_refused(member):
    member.enter()
    member.enter()
    member.device.uses = 0

    assert member.enter().json() == {"refused": REFUSED}


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"\xff", b"{" * 70_000, b'{"id": 3}'])
def test_what_no_browser_sends_is_refused(visitor, body):
    for path in ("/join/passkey/", "/enter/passkey/"):
        visitor.post_json(f"{path}ask/")

        answer = visitor.client.post(path, body, content_type="application/json")

        assert (answer.status_code, answer.json()) == (400, {"refused": REFUSED})


@pytest.mark.parametrize("path", ["/join/passkey/", "/enter/passkey/"])
def test_answer_without_a_question_is_refused(visitor, path):
    assert visitor.post_json(path, {"id": "x"}).json() == {"refused": REFUSED}


def test_key_made_elsewhere_makes_nobody(visitor):
    asked = visitor.post_json("/join/passkey/ask/").json()

    answer = visitor.post_json(
        "/join/passkey/", visitor.device.make(asked, origin="https://evil.example")
    )

    assert answer.status_code == 400
    assert not Person.objects.exists()


def test_key_of_somebody_else_makes_nobody(member):
    thief = Visitor(device=member.device)
    asked = thief.post_json("/join/passkey/ask/").json()

    answer = thief.post_json("/join/passkey/", member.device.make(asked))

    assert answer.json() == {"refused": REFUSED}
    assert Person.objects.count() == 1


def test_page_of_another_site_cannot_ask(member):
    stranger = Client(enforce_csrf_checks=True)

    for path in ("/join/passkey/ask/", "/join/passkey/", "/enter/passkey/ask/", "/enter/passkey/"):
        assert stranger.post(path, {}, content_type="application/json").status_code == 403


def test_second_passkey_opens_the_same_door(member):
    person, second = member.person, Device()
    asked = member.post_json("/you/passkey/ask/").json()
    assert [one["id"] for one in asked["excludeCredentials"]] == [
        member.device.show({"challenge": "", "rpId": ""})["id"]
    ]

    assert member.post_json("/you/passkey/", second.make(asked)).json() == {"next": "/you/#keys"}

    elsewhere = Visitor(device=second)
    assert elsewhere.enter().json() == {"next": "/"}
    assert elsewhere.person == person


def test_passkey_of_somebody_else_cannot_be_added(member, other):
    asked = member.post_json("/you/passkey/ask/").json()

    answer = member.post_json("/you/passkey/", other.device.make(asked))

    assert answer.json() == {"refused": REFUSED}


def test_nobody_gathers_more_passkeys_than_they_can_look_after(member):
    for number in range(9):
        Passkey.objects.create(person=member.person, credential_id=bytes([number]), public_key=b"k")
    asked = member.post_json("/you/passkey/ask/").json()

    answer = member.post_json("/you/passkey/", Device().make(asked))

    assert answer.json() == {
        "refused": "You have many passkeys. Remove one that you no longer use first."
    }
