"""A closed door takes as long to say nothing as an address that never was.

First by what is done: the same questions to the database. Then by the clock: of many tries in
turn, how often the one takes longer than the other. Half the time is what chance gives; the clock
is that of this thread's own work, so that a busy machine disturbs both alike.
"""

import random
import re
import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.doors.test_the_walk import planted
from tests.doors.town import Town, passkeys, references, sessions
from tests.web.people.visiting import WORDS

from kith.web.people import actions
from kith.web.people.models import Attempt, Person, WrittenKey

TRIES = 200
# Of 200 against 200 tries of the same thing, the share strays further than this once in 10 ** 6.
STRAYS = 0.14
UNKNOWN = "zoo zone zero zebra youth young"


def share_of_longer(one, other, tries=TRIES):
    """Return how often a try of `one` takes longer than one of `other`, from 0 to 1."""
    times: dict[Any, list[int]] = {one: [], other: []}
    for _ in range(tries):
        for ask in random.sample((one, other), 2):
            begun = time.thread_time_ns()
            ask()
            times[ask].append(time.thread_time_ns() - begun)
    longer = sum((a > b) + (a == b) / 2 for a in times[one] for b in times[other])
    return longer / tries**2


def questions(ask):
    """Return what `ask` asks the database, without what it asks about."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    return [
        re.sub(r"'[^']*'|\b\d+\b|%s|\"s\d+_x\d+\"", "?", query["sql"])
        for query in asked.captured_queries
    ]


def asks(client, method, *paths):
    """Return, for each of `paths`, what asks for it."""
    return [lambda path=path: client.generic(method, path) for path in paths]


@pytest.fixture
def town(db):
    with planted:
        yield Town()


def pairs_of(town):
    """Return what is to take the same time: what it is, and two that ask."""
    bea, ruth = town.comers["blocked"], town.comers["curious"]
    of_noor = references(town, bea).closed[-1]["reference"]
    of_fay = town.fay_seen_by["blocked"]
    mine = references(town, ruth)
    see = "/planted/well/{}/".format
    drop, shut = "/you/passkey/{}/drop/".format, "/you/doors/{}/shut/".format
    keys, doors = passkeys(town, ruth), sessions(town, ruth)
    return {
        "blocked or erased": asks(bea.client, "GET", see(of_noor), see(of_fay)),
        "blocked or forged": asks(bea.client, "GET", see(of_noor), see("A" * len(of_noor))),
        "paused or forged": asks(ruth.client, "GET", see(mine.closed[1]["reference"]), see("A" * 99)),
        "another's or forged": asks(ruth.client, "GET", see(mine.closed[3]["reference"]), see("A" * 99)),
        "passkey": asks(ruth.client, "POST", drop(keys.closed[0]["number"]), drop(10**6)),
        "session": asks(ruth.client, "POST", shut(doors.closed[0]["name"]), shut("0" * 20)),
    }  # fmt: skip


PAIRS = (
    "blocked or erased", "blocked or forged", "paused or forged", "another's or forged",
    "passkey", "session",
)  # fmt: skip


@pytest.mark.parametrize("what", PAIRS)
def test_closed_door_asks_what_a_door_that_never_was_asks(town, what):
    one, other = pairs_of(town)[what]
    one()

    assert questions(one) == questions(other)
    assert questions(one) != []


@pytest.mark.slow
@pytest.mark.parametrize("what", PAIRS)
def test_closed_door_takes_as_long_as_one_that_never_was(town, what):
    one, other = pairs_of(town)[what]
    one()
    other()

    assert abs(share_of_longer(one, other) - 0.5) < STRAYS


# ---- coming in ----------------------------------------------------------------------------------
def tries(*typed):
    client = Client()

    def of(words):
        def ask():
            Attempt.objects.all().delete()
            client.post("/enter/", {"key": words})

        return ask

    return [of(words) for words in typed]


@pytest.fixture
def stopped(db, settings):
    """Somebody who was stopped: their words are known, and open nothing."""
    settings.KITH_WORDS_WORK = 2**10
    settings.KITH_SEAL_KEYS = ["newest", "only-for-tests"]
    person = actions.join_with_words(words=WORDS)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    return person


def test_words_of_somebody_who_was_stopped_are_looked_for_as_any(stopped):
    known, unknown = tries(WORDS, UNKNOWN)
    known()

    assert questions(known) == questions(unknown)


@pytest.mark.slow
def test_words_that_somebody_has_take_as_long_as_words_that_nobody_has(stopped):
    assert abs(share_of_longer(*tries(WORDS, UNKNOWN), tries=60) - 0.5) < 0.25


@pytest.mark.slow
def test_code_that_is_over_takes_as_long_as_one_that_never_was(stopped):
    actions.keep_codes(person=stopped, codes=["K7QF-2MXD-9TPA"])
    WrittenKey.objects.update(ends_at="2020-01-01T00:00Z")
    known, unknown = tries("K7QF-2MXD-9TPA", "1111-2222-3333")
    known()

    assert questions(known) == questions(unknown)
    assert abs(share_of_longer(known, unknown, tries=60) - 0.5) < 0.25


def test_every_try_is_as_much_work(stopped, monkeypatch):
    """Each of our keys is tried for each text, known or not: scrypt is where the time goes."""
    from kith.web.people.actions import written  # noqa: PLC0415

    worked = []
    digest = written._digest

    def counted(*given):
        worked.append(given)
        return digest(*given)

    monkeypatch.setattr(written, "_digest", counted)
    for typed in (WORDS, UNKNOWN, "K7QF-2MXD-9TPA"):
        worked.clear()
        written.written_key(typed)
        assert len(worked) == 2


# ---- the scales themselves ----------------------------------------------------------------------
@pytest.mark.slow
def test_a_few_more_questions_are_noticed(town):
    [one, other] = pairs_of(town)["blocked or forged"]

    def more():
        one()
        for _ in range(5):
            Person.objects.count()

    assert questions(more) != questions(other)
    assert share_of_longer(more, other) - 0.5 > STRAYS


def test_chance_strays_no_further_than_that():
    draw = random.Random(7)
    for _ in range(200):
        ones, others = ([draw.random() for _ in range(TRIES)] for _ in range(2))
        share = sum(a > b for a in ones for b in others) / TRIES**2
        assert abs(share - 0.5) < STRAYS
