"""Somebody is told, has seen it, opens ways and shuts them."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.web.notices.conftest import NOON
from tests.web.notices.making import browsers_told, door, mailed_to, say, told_by
from tests.web.notices.receiving import Browser, text

from kith.web.notices import queries
from kith.web.notices.actions import (
    BadSubscriptionError,
    drop_subscription,
    forget_old,
    give_address,
    saw,
    saw_page,
    subscribe,
    told,
)
from kith.web.notices.models import (
    Delivery,
    EmailAddress,
    Notice,
    Nudge,
    Pace,
    Subscription,
)
from kith.web.people import actions as people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def heard():
    """Each time that somebody with a way was told."""
    times = []

    def hear(**_kwargs):
        times.append(1)

    told.connect(hear)
    yield times
    told.disconnect(hear)


# ---- telling ---------------------------------------------------------------------------------------
def test_words_too_long_are_cut_and_sealed(ruth):
    notice = say(ruth, words="x" * 400)

    assert Notice.objects.get().words == "x" * 300
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM notices_notice WHERE id = %s", [notice.pk])
        assert b"xxx" not in bytes(cursor.fetchone()[0])


def test_sending_is_asked_for_only_if_somebody_can_be_reached(
    ruth, kofi, heard, django_capture_on_commit_callbacks
):
    told_by(ruth)

    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        say(kofi)
        mailed_to(kofi, confirmed_at=None)
        say(kofi, "/other/")
        assert callbacks == []
        say(ruth)
    callbacks[0]()

    assert heard == [1]


def test_what_was_seen_is_told_again_if_it_is_said_again(ruth):
    first = say(ruth)
    saw(person=ruth, numbers=[first.pk])

    second = say(ruth)

    assert second.pk != first.pk
    assert queries.unseen(ruth) == [second]


def test_only_ones_own_notices_are_seen(ruth, kofi):
    mine, theirs = say(ruth), say(kofi)

    saw(person=ruth, numbers=[mine.pk, theirs.pk])
    saw_page(person=ruth, paths=[theirs.path])

    assert (queries.unseen(ruth), queries.unseen(kofi)) == ([], [theirs])


def test_page_that_was_opened_takes_what_leads_to_it(ruth):
    say(ruth, "/a/")
    other = say(ruth, "/b/")

    saw_page(person=ruth, paths=["/a/", "/c/"])

    assert queries.unseen(ruth) == [other]


def test_all_is_forgotten_after_thirty_days(ruth, clock):
    told_by(ruth)
    notice = say(ruth)
    nudge = Nudge.objects.create(person=ruth, intended_at=NOON, made_at=NOON)
    way = Subscription.objects.get()
    Delivery.objects.create(nudge=nudge, subscription=way, made_at=NOON, next_try_at=NOON)
    Notice.objects.filter(pk=notice.pk).update(nudge=nudge, seen_at=NOON)

    forget_old(at=NOON + timedelta(days=30) - timedelta(seconds=1))
    assert [model.objects.count() for model in (Notice, Nudge, Delivery)] == [1, 1, 1]
    forget_old(at=NOON + timedelta(days=30))

    assert [model.objects.count() for model in (Notice, Nudge, Delivery)] == [0, 0, 0]
    assert browsers_told(ruth) == 1


def test_notice_goes_with_the_one_it_speaks_of(ruth, kofi):
    say(ruth, by=kofi, words="Kofi wrote to you.")

    people.erase(person=kofi)

    assert not Notice.objects.exists()


# ---- browsers --------------------------------------------------------------------------------------
def sub(person, sent, **more):
    return subscribe(
        person=person, session=door(person), sent=sent, **{"zone": "", "language": "en", **more}
    )


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example/x", "https://push.example:8443/x", "https://a:b@push.example/x",
        "ftp://push.example/x", "javascript:alert(1)", "https:///x", "", "https://[::1",
        "https://push.example/" + "x" * 1000,
    ],
)  # fmt: skip
def test_address_that_we_would_not_go_to_is_refused(ruth, endpoint):
    with pytest.raises(BadSubscriptionError):
        sub(ruth, Browser().gives(endpoint))

    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"p256dh": ""}, {"p256dh": "AAAA"}, {"p256dh": text(b"\x04" + bytes(64))},
        {"p256dh": "é"}, {"auth": ""}, {"auth": text(bytes(15))}, {"auth": text(bytes(17))},
    ],
)  # fmt: skip
def test_keys_that_are_none_are_refused(ruth, broken):
    with pytest.raises(BadSubscriptionError):
        sub(ruth, Browser().gives("https://push.example/x") | broken)


def test_address_and_keys_are_sealed_in_the_database(ruth):
    browser = told_by(ruth, path="/a-very-own-address")

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_subscription")
        [row] = cursor.fetchall()
    kept = b"".join(bytes(one) if isinstance(one, bytes) else str(one).encode() for one in row)
    for secret in (b"push.example", b"own-address", browser.public, text(browser.public).encode(),
                   browser.auth, text(browser.auth).encode()):  # fmt: skip
        assert secret not in kept


def test_browser_is_told_for_the_one_who_asked_last(ruth, kofi):
    same = Browser().gives("https://push.example/same")
    sub(ruth, same)

    sub(kofi, same)

    assert (browsers_told(ruth), browsers_told(kofi)) == (0, 1)


def test_sixth_browser_takes_the_place_of_the_first(ruth):
    for number in range(6):
        told_by(ruth, path=f"/{number}")

    kept = [way.endpoint[-1] for way in Subscription.objects.order_by("pk")]
    assert kept == ["1", "2", "3", "4", "5"]


def test_shutting_a_door_ends_that_its_browser_is_told(ruth):
    told_by(ruth, path="/one")
    told_by(ruth, path="/two")
    first = Subscription.objects.order_by("pk").first()

    people.end_session(session=first.session)

    assert [way.endpoint for way in Subscription.objects.all()] == ["https://push.example/two"]
    drop_subscription(subscription=Subscription.objects.get())
    assert queries.can_be_reached(ruth) is False


def test_zone_is_kept_when_somebody_wants_to_be_told_and_stays_if_not_said(ruth):
    told_by(ruth, zone="Pacific/Auckland")
    told_by(ruth, path="/two")

    assert queries.pace_of(ruth).zone == "Pacific/Auckland"
    assert str(queries.pace_of(ruth).clock) == "Pacific/Auckland"


# ---- addresses -------------------------------------------------------------------------------------
def test_new_address_takes_the_place_of_the_old_and_has_to_be_confirmed(ruth):
    mailed_to(ruth, confirmed_at=NOON)

    give_address(person=ruth, address="r@example.org", zone="", language="fr")

    [email] = EmailAddress.objects.all()
    assert (email.address, email.confirmed_at, email.language) == ("r@example.org", None, "fr")
    assert queries.language_of(ruth) == "en"


def test_address_that_nobody_confirmed_is_forgotten_after_two_days(ruth, kofi):
    mailed_to(ruth, confirmed_at=None)
    mailed_to(kofi, "kofi@example.org", confirmed_at=NOON)

    forget_old(at=NOON + timedelta(days=2) - timedelta(seconds=1))
    assert EmailAddress.objects.count() == 2
    forget_old(at=NOON + timedelta(days=2))

    assert EmailAddress.objects.get().person == kofi


# ---- all of it is theirs ---------------------------------------------------------------------------
def test_nothing_is_left_of_somebody_who_goes(ruth, kofi):
    told_by(ruth, zone="Europe/London")
    mailed_to(ruth, confirmed_at=NOON)
    say(ruth)
    Nudge.objects.create(person=ruth, intended_at=NOON, made_at=NOON)
    give_address(person=kofi, address="kofi@example.org", zone="", language="en")

    people.erase(person=ruth)

    for model in (Notice, Nudge, Pace, Subscription):
        assert not model.objects.exists()
    assert EmailAddress.objects.get().person == kofi
    assert Delivery.objects.get().email.person == kofi


def test_export_has_all_but_what_only_a_thief_could_use(ruth, kofi):
    from kith.web.people.queries import everything_of  # noqa: PLC0415

    told_by(ruth, zone="Europe/London")
    mailed_to(ruth, confirmed_at=NOON)
    say(ruth, by=kofi)

    drawers = {drawer.name: drawer.things for drawer in everything_of(ruth)}

    assert drawers["notices"] == [
        {
            "about": "called off", "words": "“Hut” is called off.", "by": "Someone",
            "is_urgent": False, "made_at": NOON, "seen_at": None,
        }
    ]  # fmt: skip
    assert [set(thing) for thing in drawers["subscriptions"]] == [{"language", "made_on"}]
    assert drawers["pace"][0]["zone"] == "Europe/London"
    assert drawers["email_address"][0]["address"] == "ruth@example.org"
    assert "notices_of_others" not in {drawer.name for drawer in everything_of(kofi)}
