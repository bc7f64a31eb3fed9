"""Phones ring by the rows: whatever dies, whoever is rung is told once."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.notices.receiving import Browser, PushService, near, vouched
from tests.web.reach.people.making import asked, browser, longtime, ring_of, willing

from kith.web.notices.actions.ringing import Bell
from kith.web.notices.models import Subscription
from kith.web.reach import actions
from kith.web.reach.models import Ring

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def service():
    running = PushService().start()
    yield running
    running.stop()


@pytest.fixture
def bell(settings):
    settings.KITH_PUSH_KEY = "a long random text of at least thirty-two letters"
    made = Bell(near(), threads=2)
    yield made
    made.close()


def told_by(person, service):
    """Return the browser of `person`, which may be told from now on."""
    browser(person)
    reader = Browser()
    gives = reader.gives(f"{service.origin}/{person.called}")
    Subscription.objects.create(
        person=person, session=person.sessions.first(), endpoint=gives["endpoint"],
        key=gives["p256dh"], auth=gives["auth"], endpoint_digest=person.pk.bytes,
    )  # fmt: skip
    return reader


def rings(bell):
    """Let the bell ring until nothing is due."""
    ringer = actions.Ringer(bell)
    until = timezone.now() + timedelta(seconds=10)
    while timezone.now() < until and (ringer.look() or ringer._going):
        pass


def test_ring_reaches_the_browser_with_the_page_and_nothing_of_why(service, bell):
    ruth = willing("Ruth")
    reader = told_by(ruth, service)
    reach = asked(longtime("Ana"))

    rings(bell)

    (push,) = service.came
    assert json.loads(reader.reads(push.body)) == {
        "title": "kith",
        "body": "Something for you, right now",
        "page": ring_of(reach, ruth).get_absolute_url(),
    }
    assert (push.headers["Urgency"], push.headers["TTL"]) == ("high", "90")
    assert vouched(push.headers["Authorization"])[0]["aud"] == service.origin
    assert ring_of(reach, ruth).pushed_at is not None


def test_each_is_told_once_also_by_a_process_begun_anew(service, bell):
    for name in ("Ruth", "Kofi", "May"):
        told_by(willing(name), service)
    asked(longtime("Ana"))

    rings(bell)
    rings(bell)

    assert sorted(push.path for push in service.came) == ["/Kofi", "/May", "/Ruth"]


def test_what_a_dead_process_left_is_rung_by_the_next(service, bell):
    ruth = willing("Ruth")
    told_by(ruth, service)
    reach = asked(longtime("Ana"))
    # It had read the row, and died.
    bell.close()

    rings(Bell(near(), threads=1))

    assert [push.path for push in service.came] == ["/Ruth"]
    assert ring_of(reach, ruth).pushed_at is not None


def test_browser_that_is_gone_is_forgotten(service, bell):
    service.statuses[:] = [410]
    told_by(willing("Ruth"), service)
    asked(longtime("Ana"))

    rings(bell)

    assert Subscription.objects.count() == 0


def test_push_service_that_fails_is_asked_again_later(service, bell):
    service.statuses[:] = [500]
    ruth = willing("Ruth")
    told_by(ruth, service)
    reach = asked(longtime("Ana"))

    rings(bell)

    assert ring_of(reach, ruth).pushed_at is None
    service.statuses[:] = [201]
    rings(bell)
    assert ring_of(reach, ruth).pushed_at is not None


def test_whoever_has_no_browser_that_can_be_told_is_not_tried_for_ever(bell):
    ruth = willing("Ruth")
    reach = asked(longtime("Ana"))

    rings(bell)

    assert ring_of(reach, ruth).pushed_at is not None


def test_ring_that_is_over_rings_nobody(service, bell):
    told_by(willing("Ruth"), service)
    actions.stop(reach=asked(longtime("Ana")))

    rings(bell)

    assert service.came == []


def test_first_of_every_reach_is_told_before_any_second(service, settings):
    settings.KITH_PUSH_KEY = "a long random text of at least thirty-two letters"
    for number in range(6):
        told_by(willing(f"R{number}"), service)
    one, other = asked(longtime("Ana")), asked(longtime("Ben"))
    one_at_a_time = Bell(near(), threads=1)

    rings(one_at_a_time)
    one_at_a_time.close()

    whose = dict(Ring.objects.values_list("person__called", "reach_id"))
    first, second = (whose[push.path.removeprefix("/")] for push in service.came[:2])
    assert {first, second} == {one.pk, other.pk}
    assert len(service.came) == 6


def test_loop_rings_and_settles(service, bell):
    told_by(willing("Ruth"), service)
    reach = asked(longtime("Ana"), at=timezone.now() - timedelta(seconds=89))
    turns = iter(range(40))

    actions.keep_ringing(bell, goes_on=lambda: next(turns, None) is not None)

    reach.refresh_from_db()
    assert reach.state == "lines"
    assert Ring.objects.get().state == "missed"


def test_two_who_answer_at_once_talk_once():
    from threading import Barrier, Thread  # noqa: PLC0415

    from django.db import connection  # noqa: PLC0415

    people = [willing(name) for name in ("Ruth", "Kofi")]
    reach = asked(longtime("Ana"))
    gate, found = Barrier(2), []

    def answer(person):
        ring = ring_of(reach, person)
        gate.wait()
        try:
            found.append(actions.answer(ring=ring, at=timezone.now()).answered_by.called)
        except actions.TakenError:
            found.append("thanked")
        finally:
            connection.close()

    threads = [Thread(target=answer, args=(one,)) for one in people]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert found.count("thanked") == 1
