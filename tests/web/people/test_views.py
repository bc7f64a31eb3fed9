"""Pages at the door, and what is one's own."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.urls import get_resolver
from django.utils import timezone
from tests.web.people.visiting import WORDS, Visitor

from kith.web.people.choices import Tried
from kith.web.people.models import Attempt, Person, Session

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"


def words_on(page):
    return re.findall(r"<li>(\w+)</li>", page.split('class="words"')[1].split("</ol>")[0])


def offered_on(page):
    return re.search(r'name="offered" value="([^"]+)"', page)[1]


def html(answer):
    return answer.content.decode()


# ---- joining with words ------------------------------------------------------------------------
def test_somebody_joins_with_six_words_without_javascript(client, db):
    page = html(client.post("/join/", {"is_old_enough": "on"}))
    words = words_on(page)
    assert len(words) == 6
    assert not Person.objects.exists()

    answer = client.post("/join/words/", {"offered": offered_on(page), "is_written_down": "on"})

    assert (answer.status_code, answer["Location"]) == (302, "/you/")
    elsewhere = Client()
    answer = elsewhere.post("/enter/", {"key": " ".join(words)})
    assert answer["Location"] == "/"
    assert elsewhere.get("/you/").status_code == 200


def test_nobody_joins_who_is_too_young(client, db):
    page = html(client.post("/join/", {}))

    assert "Please tick the box if it is true." in page
    assert 'class="words"' not in page


@override_settings(KITH_LEAST_AGE=16)
def test_steward_decides_how_old(client, db):
    assert "I am 16 or older." in html(client.get("/join/"))


def test_words_stay_the_same_until_they_are_written_down(client, db):
    page = html(client.post("/join/", {"is_old_enough": "on"}))

    answer = client.post("/join/words/", {"offered": offered_on(page)})

    assert answer.status_code == 400
    assert words_on(html(answer)) == words_on(page)
    assert "Write them down first, then tick the box." in html(answer)
    assert not Person.objects.exists()


@pytest.mark.parametrize("offered", ["", WORDS, f"{WORDS}:1abc:forged"])
def test_words_that_kith_did_not_draw_are_refused(client, db, offered):
    answer = client.post("/join/words/", {"offered": offered, "is_written_down": "on"})

    assert answer.status_code == 400
    assert not Person.objects.exists()
    assert " ".join(words_on(html(answer))) != WORDS


def test_whoever_is_in_need_not_join(member):
    assert member.client.get("/join/")["Location"] == "/you/"


# ---- coming in ----------------------------------------------------------------------------------
def test_wrong_words_open_nothing_and_are_not_shown_again(client, with_words):
    answer = client.post("/enter/", {"key": "zoo zoo zoo zoo zoo zoo"})

    assert answer.status_code == 400
    assert "No door opens with that." in html(answer)
    assert "zoo" not in html(answer)


def test_nothing_typed_is_said_kindly(client, db):
    assert "Type your six words, or a code." in html(client.post("/enter/", {"key": " "}))


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        ("/gatherings/?near=London", "/gatherings/?near=London"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_coming_in_leads_back_to_a_page_of_ours(client, with_words, wanted, goes):
    assert client.post("/enter/", {"key": WORDS, "next": wanted})["Location"] == goes


def test_code_leads_to_the_keys(client, member):
    code = re.search(r'class="onecode">([^<]+)<', html(member.client.post("/you/lend/")))[1]

    assert client.post("/enter/", {"key": code, "next": "/about/"})["Location"] == "/you/#keys"


def test_too_many_tries_are_refused_for_a_while(client, with_words):
    for _ in range(20):
        client.post("/enter/", {"key": "zoo zoo zoo zoo zoo zoo"})

    answer = client.post("/enter/", {"key": WORDS})
    assert answer.status_code == 429
    assert "That was tried too often from here." in html(answer)
    # Another network address is another house.
    assert client.post("/enter/", {"key": WORDS}, REMOTE_ADDR="10.1.1.1").status_code == 302

    Attempt.objects.update(at=timezone.now() - timedelta(minutes=11))
    assert client.post("/enter/", {"key": WORDS}).status_code == 302


def test_tries_are_counted_without_keeping_an_address(client, with_words):
    client.post("/enter/", {"key": WORDS})

    assert b"127.0.0.1" not in bytes(Attempt.objects.get().whence)


def test_joining_and_passkeys_are_counted_too(visitor):
    now = timezone.now()
    whence = Attempt.objects
    for what in (Tried.JOIN, Tried.ENTER):
        visitor.post_json("/join/passkey/ask/")
        visitor.enter()
        kept = whence.filter(what=what).first()
        whence.bulk_create(Attempt(what=what, whence=kept.whence, at=now) for _ in range(20))

    assert visitor.post_json("/join/passkey/ask/").status_code == 429
    assert visitor.enter().status_code == 429
    page = html(visitor.client.post("/join/", {"is_old_enough": "on"}))
    answer = visitor.client.post(
        "/join/words/", {"offered": offered_on(page), "is_written_down": "on"}
    )
    assert answer.status_code == 429
    assert words_on(html(answer)) == words_on(page)


@pytest.mark.parametrize(
    ("proxies", "said", "counted"),
    [(0, "1.1.1.1", False), (1, "9.9.9.9, 1.1.1.1", True), (2, "1.1.1.1, 2.2.2.2", True), (3, "1.1.1.1", False)],
)  # fmt: skip
def test_only_proxies_we_trust_say_who_asks(client, with_words, proxies, said, counted):
    with override_settings(KITH_PROXIES=proxies):
        client.post("/enter/", {"key": WORDS}, headers={"X-Forwarded-For": said})
        Client().post(
            "/enter/", {"key": WORDS}, REMOTE_ADDR="1.1.1.1", headers={"X-Forwarded-For": ""}
        )

    assert (Attempt.objects.values("whence").distinct().count() == 1) is counted


# ---- a computer that others use ---------------------------------------------------------------
def test_door_on_a_shared_computer_shuts_by_itself_and_leaves_nothing(client, with_words):
    client.post("/enter/", {"key": WORDS, "is_shared": "on"})

    page = client.get("/you/")
    assert "A computer that others use" in html(page)
    assert page["Cache-Control"] == "no-store, private"
    assert Session.objects.get().expire_date < timezone.now() + timedelta(minutes=31)
    assert client.session.get_expire_at_browser_close() is False

    answer = client.post("/leave/")
    assert answer["Clear-Site-Data"] == '"cache", "cookies"'
    assert not Session.objects.exists()


def test_own_computer_keeps_what_it_kept(member):
    assert "Clear-Site-Data" not in member.client.post("/leave/")


def test_passkey_on_a_shared_computer_is_remembered_as_such(member):
    member.enter(is_shared=True)

    assert member.person.sessions.filter(is_shared=True).count() == 1


# ---- what is one's own --------------------------------------------------------------------------
def test_somebody_chooses_what_they_are_called(member):
    member.client.post("/you/called/", {"called": "  Ruth "})
    assert "<h1>Ruth</h1>" in html(member.client.get("/you/"))

    member.client.post("/you/called/", {"called": ""})
    assert str(member.person) == "Someone"


@pytest.mark.parametrize("called", ["<script>", "x" * 40, "🌙", "محمد"])
def test_any_name_is_shown_as_it_is(member, called):
    member.client.post("/you/called/", {"called": called})

    assert member.person.called == called
    assert "<script>" not in html(member.client.get("/you/")).split("</head>")[1].split("<h1>")[1]


def test_name_that_is_too_long_comes_back_to_be_mended(member):
    answer = member.client.post("/you/called/", {"called": "x" * 41})

    assert answer.status_code == 400
    assert "x" * 41 in html(answer)


def test_each_open_door_is_shown_and_can_be_shut(member):
    phone = Visitor(client=Client(headers={"User-Agent": PHONE}), device=member.device)
    phone.enter()
    page = html(member.client.get("/you/"))
    assert "Chrome, Android" in page
    [address] = re.findall(r'action="(/you/doors/\w+/shut/)"', page.replace("others/shut", ""))
    assert phone.client.session.session_key not in page

    member.client.post(address)

    assert phone.client.get("/you/").status_code == 302
    assert member.client.get("/you/").status_code == 200
    assert member.client.post(address).status_code == 404


def test_all_other_doors_are_shut_at_once(member):
    others = [Visitor(device=member.device) for _ in range(2)]
    for one in others:
        one.enter()

    member.client.post("/you/doors/others/shut/")

    assert [one.client.get("/you/").status_code for one in others] == [302, 302]
    assert member.client.get("/you/").status_code == 200


def test_door_of_somebody_else_cannot_be_shut(member, other):
    [name] = [session.shown_as for session in other.person.sessions.all()]

    assert member.client.post(f"/you/doors/{name}/shut/").status_code == 404
    assert other.client.get("/you/").status_code == 200


def test_last_passkey_stays_and_the_page_says_why(member):
    [key] = member.person.passkeys.all()

    answer = member.client.post(f"/you/passkey/{key.pk}/drop/")

    assert answer.status_code == 400
    assert "This is your only key." in html(answer)


def test_passkey_goes_when_there_are_words(member):
    page = html(member.client.get("/you/words/"))
    member.client.post("/you/words/", {"offered": offered_on(page), "is_written_down": "on"})
    [key] = member.person.passkeys.all()

    assert member.client.post(f"/you/passkey/{key.pk}/drop/")["Location"] == "/you/#keys"
    answer = member.client.post("/you/words/drop/")

    assert "This is your only key." in html(answer)


def test_words_go_when_there_is_a_passkey(member):
    page = html(member.client.get("/you/words/"))
    member.client.post("/you/words/", {"offered": offered_on(page), "is_written_down": "on"})

    assert member.client.post("/you/words/drop/")["Location"] == "/you/#keys"
    assert not member.person.written_keys.exists()


@pytest.mark.parametrize("path", ["/you/words/", "/you/codes/"])
def test_what_is_not_written_down_is_shown_again(member, path):
    page = html(member.client.get(path))
    offered = offered_on(page).rsplit(":", 2)[0]

    answer = member.client.post(path, {"offered": offered_on(page)})

    assert answer.status_code == 400
    assert offered_on(html(answer)).rsplit(":", 2)[0] == offered
    assert not member.person.written_keys.exists()


def test_recovery_codes_open_the_door(member, client):
    page = html(member.client.get("/you/codes/"))
    codes = re.findall(r"<li>([0-9A-Z-]{14})</li>", page)
    assert len(set(codes)) == 8

    member.client.post("/you/codes/", {"offered": offered_on(page), "is_written_down": "on"})

    assert client.post("/enter/", {"key": codes[3]}).status_code == 302
    assert client.get("/you/").status_code == 200


def test_passkey_of_somebody_else_cannot_be_taken(member, other):
    [key] = other.person.passkeys.all()

    assert member.client.post(f"/you/passkey/{key.pk}/drop/").status_code == 404
    assert other.person.passkeys.exists()


# ---- showing once more that it is you ---------------------------------------------------------
SURE = ["/you/words/", "/you/codes/", "/you/erase/"]


@pytest.mark.parametrize("path", SURE)
def test_keys_and_the_end_want_a_fresh_look(member, path):
    session = member.client.session
    session["entered_at"] -= 16 * 60
    session.save()

    answer = member.client.get(path)

    assert answer["Location"] == f"/enter/?next={path.replace('/', '%2F')}"
    assert "Is it you?" in html(member.client.get(answer["Location"]))
    member.enter()
    assert member.client.get(path).status_code == 200


def test_script_is_told_where_to_show_it(member):
    session = member.client.session
    session["entered_at"] -= 16 * 60
    session.save()

    answer = member.post_json("/you/passkey/ask/")

    assert (answer.status_code, answer.json()) == (403, {"next": "/enter/?next=%2Fyou%2F"})


# ---- all of it, and the end ---------------------------------------------------------------------
def test_everything_comes_out_as_page_and_as_file(member):
    member.client.post("/you/called/", {"called": "Ruth of the river"})
    member.client.post("/you/lend/")

    page = html(member.client.get("/you/all/"))
    answer = member.client.get("/you/all.json")
    everything = json.loads(answer.content)

    assert "Ruth of the river" in page
    assert answer["Content-Disposition"] == 'attachment; filename="kith.json"'
    assert set(everything) == {"person", "passkeys", "written_keys", "sessions", "pace"}
    assert everything["person"][0]["called"] == "Ruth of the river"
    assert everything["written_keys"][0]["kind"] == "code for another device, for ten minutes"
    for secret in ("public_key", "digest", "session_key", "session_data", "password"):
        assert secret not in answer.content.decode()


def test_erasing_asks_first_and_then_leaves_nothing(member, other):
    person = member.person
    assert "Erase everything of mine" in html(member.client.get("/you/erase/"))
    assert Person.objects.filter(pk=person.pk).exists()

    answer = member.client.post("/you/erase/")

    assert "It is gone." in html(answer)
    assert answer["Clear-Site-Data"] == '"cache", "cookies"'
    assert list(Person.objects.all()) == [other.person]
    assert Session.objects.filter(person=None).count() == 0
    assert "refused" in member.enter().json()


@pytest.mark.django_db(transaction=True)
def test_words_of_an_erased_person_are_nowhere_in_the_database_file():
    from django.db import connection  # noqa: PLC0415

    if connection.vendor != "sqlite":
        return  # What PostgreSQL keeps in its files is its own; the sealing is tested everywhere.
    member = Visitor().join()
    person = member.person
    member.client.post("/you/called/", {"called": "Ruth of the river"})
    device = bytes(person.passkeys.get().credential_id)
    path = connection.settings_dict["NAME"]
    traces = (b"Ruth of the river", device, person.pk.bytes, person.pk.hex.encode())

    assert device in raw_files(path)
    member.client.post("/you/erase/")

    found = raw_files(path)
    assert [trace for trace in traces if trace in found] == []


def raw_files(path):
    from pathlib import Path  # noqa: PLC0415

    return b"".join(
        Path(f"{path}{end}").read_bytes() for end in ("", "-wal") if Path(f"{path}{end}").exists()
    )


# ---- strangers ----------------------------------------------------------------------------------
def own_pages():
    """Yield the address of every page that is somebody's own."""
    for pattern in get_resolver("kith.web.people.urls").url_patterns:
        path = f"/{pattern.pattern}"
        if path.startswith("/you/"):
            yield path.replace("<int:number>", "1").replace("<str:name>", "a")


@pytest.mark.parametrize("path", sorted(own_pages()))
@pytest.mark.parametrize("method", ["get", "post"])
def test_stranger_is_shown_the_way_in(client, db, path, method):
    answer = getattr(client, method)(path)

    assert answer.status_code in {302, 405}
    if answer.status_code == 302:
        assert answer["Location"].startswith("/enter/?next=")


@pytest.mark.parametrize("path", sorted(own_pages()))
def test_own_pages_are_never_kept(member, path):
    answer = member.client.get(path)

    if answer.status_code == 200:
        assert answer["Cache-Control"] == "no-store, private"


def test_person_who_was_stopped_is_a_stranger(member):
    Person.objects.update(is_active=False)

    assert member.client.get("/you/").status_code == 302


# ---- names and numbers --------------------------------------------------------------------------
def test_passkeys_are_not_offered_where_browsers_make_none(client, db):
    page = html(client.get("/join/", headers={"Host": "127.0.0.1"}))

    assert "Join with a passkey" not in page
    assert "Join with six words" in page


@override_settings(KITH_IS_DEMO=True)
def test_demo_asked_for_by_number_moves_to_its_name(client, db):
    for path in ("/join/", "/enter/?next=/you/"):
        answer = client.get(path, headers={"Host": "127.0.0.1:8000"})

        assert answer["Location"] == f"http://localhost:8000{path}"


def test_export_names_nobody_else(member, other):
    from datetime import date  # noqa: PLC0415

    from kith.web.acts.actions import record  # noqa: PLC0415
    from kith.web.acts.models import Act  # noqa: PLC0415

    other.client.post("/you/called/", {"called": "Kofi"})
    for actor, met in ((member, other), (other, member)):
        record(
            Act(actor=actor.person, other=met.person, on=date(2026, 11, 24), kind="talked",
                mode="voice", setting="gathering", minutes=5)
        )  # fmt: skip

    text = member.client.get("/you/all.json").content.decode()

    assert [act["other"] for act in json.loads(text)["acts"]] == ["Someone"]
    assert [act["actor"] for act in json.loads(text)["acts_with"]] == ["Someone"]
    for theirs in ("Kofi", str(other.person.pk), other.person.pk.hex):
        assert theirs not in text
    for number in ("strength", "help_up", "help_down"):
        assert number not in text
