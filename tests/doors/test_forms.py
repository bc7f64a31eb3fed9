"""What is sent to an address: by another site, or in another's name."""

import re
from functools import partial

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.doors.asking import ELSEWHERE, POSTED, READ, a_path, addresses, at, takes_post
from tests.doors.table import STEWARD, TABLE, UNTOLD
from tests.doors.town import came_in
from tests.doors.walk import _all_rows
from tests.web.people.visiting import WORDS

from kith.web.people import actions
from kith.web.people.models import Person

# Without a token, on purpose, and why.
TAKES_NO_TOKEN = {
    "kit:language": "the most another site could do is change the language of a page",
    "notices:stop": "a mail program sends it by itself; what is in the address, nobody else knows",
}


def strict(person):
    """Return a browser of `person` that checks tokens, as a real one is checked."""
    client = came_in(person)
    client.handler.enforce_csrf_checks = True
    return client


# ---- from another site --------------------------------------------------------------------------
@pytest.mark.parametrize("name", [name for name in POSTED if name not in TAKES_NO_TOKEN])
def test_nothing_is_done_that_another_site_asks_for(town, name):
    who = town.comers["steward" if TABLE[name].opens in (STEWARD, UNTOLD) else "curious"]
    path = a_path(*at(name), town, who)
    sent = {"csrfmiddlewaretoken": "x" * 64, **TABLE[name].sends(town, who)}
    before = _all_rows()

    for client in (strict(who.person), Client(enforce_csrf_checks=True)):
        for headers in ({}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
            answer = client.post(path, sent, headers=headers)
            # The desk first leads a stranger to its door.
            assert answer.status_code in ({403, 302} if path.startswith("/desk/") else {403})

    assert _all_rows() == before


@pytest.mark.parametrize("name", sorted(TAKES_NO_TOKEN))
def test_what_takes_no_token_changes_nothing_that_is_kept(town, name):
    before = _all_rows()

    strict(town.noor).post(a_path(*at(name), town, town.comers["curious"]), {"language": "es"})

    assert _all_rows() == before


def test_every_address_that_changes_things_wants_them_sent(town):
    """A link, a picture or a prefetch asks by GET: nothing may change by it."""
    comers = [town.comers[kind] for kind in ("curious", "host", "steward")]
    # What stands in an address may be made for whoever comes: not by asking for it.
    asked = [(who, a_path(*one, town, who)) for one in addresses() for who in comers]
    before = _lasting_rows()

    for who, path in asked:
        who.client.get(path)

    assert _lasting_rows() == before


# That a steward looked at a report is written down, on purpose; and the room of an evening is
# there from when the first of those who meet in it comes to its door, the same for all of them.
_MADE_BY_LOOKING = {"safety.look", "rooms.room", "rooms.seat"}


def _lasting_rows():
    return {name: rows for name, rows in _all_rows().items() if name not in _MADE_BY_LOOKING}


# ---- sent elsewhere -----------------------------------------------------------------------------
SENT = {
    "people:enter": {"key": WORDS},
    "gatherings:was_there": {"on": "2026-11-24", "was": "yes"},
    "kit:language": {"language": "es"},
    "people:enter_desk": {"username": "stew", "password": "correct horse battery"},
}


def is_elsewhere(place):
    # What a browser reads as the beginning of another host or of code.
    return re.match(r"(?:[a-z][a-z0-9+.-]*:|[\\/\s]*[\\/]\s*[\\/])", place.strip(), re.IGNORECASE)


@pytest.mark.parametrize("name", sorted(found.name for found, _ in addresses()))
def test_no_address_sends_anybody_elsewhere(town, name):
    found, said = at(name)
    actions.join_with_words(words=WORDS)
    Person.objects.create_superuser(handle="stew", password="correct horse battery")
    for kind in ("stranger", "curious", "steward"):
        who = town.comers[kind]
        path = a_path(found, said, town, who)
        for ask in asks(said, who, path, SENT.get(name, {}) | said.sends(town, who)):
            # Where nothing is done with what was wanted, one try of what is not is enough.
            heeds = "about" in str(ask("/about/").headers)
            answers = [ask(wanted) for wanted in (ELSEWHERE if heeds else ELSEWHERE[1:2])]
            places = [answer.get("Location", "") for answer in answers]
            assert [place for place in places if is_elsewhere(place)] == []
            assert [answer.status_code for answer in answers if answer.status_code >= 500] == []


def asks(said, who, path, sent):
    """Yield what asks `path` for a page to go on to, by GET and by POST."""

    def ask(method, wanted):
        if who.person and not Person.objects.filter(pk=who.person.pk).exists():
            return HttpResponse()
        client = came_in(who.person) if who.person else Client()
        client.raise_request_exception = False
        _forget_tries()
        return getattr(client, method)(path, {"next": wanted, **sent})

    if "GET" in said.methods or not said.methods:
        yield partial(ask, "get")
    if takes_post(said) and (said.methods or not path.startswith("/desk/")):
        yield partial(ask, "post")


def _forget_tries():
    from kith.web.people.models import Attempt  # noqa: PLC0415

    Attempt.objects.all().delete()


@pytest.mark.parametrize("place", [*ELSEWHERE[:4], "http:\\\\evil.example", "/\\evil.example"])
def test_a_place_elsewhere_is_known_when_it_is_seen(place):
    assert is_elsewhere(place)


@pytest.mark.parametrize(
    "place", ["/", "/you/#keys", "/enter/?next=%2F%2Fevil.example%2F", "./", ""]
)
def test_a_place_of_ours_is_not_taken_for_one(place):
    assert not is_elsewhere(place)


def test_double_slash_is_no_way_out(client, db):
    for path in ("//evil.example/about", "//evil.example/%2e%2e/you", "/\\evil.example/about"):
        answer = client.get(path)

        assert not is_elsewhere(answer.get("Location", ""))


# ---- a token is nobody's to guess -----------------------------------------------------------------
def test_token_of_a_page_is_another_each_time(client, db):
    tokens = {
        re.search(rb'middlewaretoken" value="(\w+)"', client.get("/enter/").content)[1]
        for _ in range(5)
    }

    # Masked anew, so that the size of a packed page does not tell it (BREACH).
    assert len(tokens) == 5


def test_packed_pages_differ_in_length(client, db):
    lengths = {
        len(client.get("/about/", headers={"Accept-Encoding": "gzip"}).content) for _ in range(20)
    }

    assert len(lengths) > 1


def test_table_knows_what_is_read_and_what_is_sent():
    assert {*POSTED, *READ} <= TABLE.keys()
