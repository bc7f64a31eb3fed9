"""The doors of notices."""

from datetime import timedelta

import pytest
from django.http import Http404
from tests.web.notices.conftest import NOON
from tests.web.notices.making import mailed_to, say, told_by

from kith.web.notices import access, queries
from kith.web.notices.access import Token
from kith.web.notices.models import Subscription
from kith.web.safety.models import Distance, Pause

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_somebody_sees_what_is_theirs_the_newest_first_and_three_at_most(ruth, kofi, clock):
    for hours in range(4):
        clock(NOON + timedelta(hours=hours))
        say(ruth, f"/{hours}/")
    say(kofi, "/kofi/")

    assert [notice.path for notice in queries.unseen(ruth)] == ["/3/", "/2/", "/1/"]
    assert [notice.path for notice in queries.unseen(ruth, most=9)] == ["/3/", "/2/", "/1/", "/0/"]


def test_nothing_older_than_thirty_days_is_shown(ruth, clock):
    say(ruth)

    clock(NOON + timedelta(days=30) - timedelta(seconds=1))
    assert len(queries.unseen(ruth)) == 1
    clock(NOON + timedelta(days=30))
    assert queries.unseen(ruth) == []


@pytest.mark.parametrize("kind", ["block", "avoid", "mute"])
def test_only_a_block_hides_what_somebody_said(ruth, kofi, kind):
    say(ruth, by=kofi)
    say(ruth, "/other/")

    Distance.objects.create(by=ruth, whom=kofi, kind=kind)

    shown = {notice.path for notice in queries.unseen(ruth)}
    assert shown == ({"/other/"} if kind == "block" else {"/other/", "/gatherings/hut/"})


def test_what_a_paused_person_said_is_not_shown_while_they_are(ruth, kofi, clock):
    say(ruth, by=kofi)
    Pause.objects.create(person=kofi, until=NOON + timedelta(days=1))
    assert queries.unseen(ruth) == []

    clock(NOON + timedelta(days=2))
    assert len(queries.unseen(ruth)) == 1


@pytest.mark.parametrize("number", [1, 3])
def test_tonight_asks_the_database_as_often_for_one_as_for_many(
    ruth, kofi, number, django_assert_num_queries
):
    for each in range(number):
        say(ruth, f"/{each}/", by=kofi)
        say(ruth, f"/of-nobody/{each}/")

    with django_assert_num_queries(1):
        assert len(access.unseen_by(ruth)) == 2 * number


def test_nobody_opens_a_browser_of_somebody_else(ruth, kofi):
    told_by(ruth)
    [mine] = Subscription.objects.all()

    assert access.open_subscription(ruth, mine.pk) == mine
    for person, number in ((kofi, mine.pk), (ruth, mine.pk + 1)):
        with pytest.raises(Http404):
            access.open_subscription(person, number)


def test_address_is_only_somebodys_own(ruth, kofi):
    mine = mailed_to(ruth, confirmed_at=NOON)

    assert (access.address_of(ruth), access.address_of(kofi)) == (mine, None)


def test_link_opens_one_address_for_one_purpose(ruth):
    mine = mailed_to(ruth, confirmed_at=NOON)
    token = access.token_for(mine, Token.STOP)
    assert access.open_address(token, Token.STOP) == mine

    for wrong, purpose in ((token, Token.CONFIRM), (token[:-1], Token.STOP), ("", Token.STOP)):
        with pytest.raises(Http404):
            access.open_address(wrong, purpose)


def test_link_to_an_address_that_was_changed_opens_nothing(ruth):
    mine = mailed_to(ruth, confirmed_at=NOON)
    token = access.token_for(mine, Token.STOP)
    mine.address = "kofi@example.org"
    mine.save()

    with pytest.raises(Http404):
        access.open_address(token, Token.STOP)


def test_question_holds_for_two_days_and_the_way_to_stop_for_ever(ruth, monkeypatch):
    mine = mailed_to(ruth, confirmed_at=None)
    tokens = [access.token_for(mine, purpose) for purpose in (Token.CONFIRM, Token.STOP)]
    from django.core import signing  # noqa: PLC0415

    later = signing.time.time() + timedelta(days=2, seconds=5).total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: later)

    assert access.open_address(tokens[1], Token.STOP) == mine
    with pytest.raises(Http404):
        access.open_address(tokens[0], Token.CONFIRM)


def test_link_tells_neither_an_address_nor_who_somebody_is(ruth):
    mine = mailed_to(ruth, confirmed_at=NOON)

    from django.core import signing  # noqa: PLC0415

    said = signing.loads(access.token_for(mine, Token.STOP), salt="kith mail stop")
    assert set(said) == {"number", "address"}
    assert "@" not in said["address"]
    assert said["number"] == mine.pk
