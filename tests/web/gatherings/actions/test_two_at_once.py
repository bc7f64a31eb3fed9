"""Two imports at once: the second waits for the first, and finds what it made."""

import threading
from contextlib import suppress

import pytest
from django.db import close_old_connections, connection
from tests.web.gatherings.making import LIST, OTHER_LIST, everything, meeting, take_in

from kith.web.gatherings.models import Edition, Feed, FeedRecord, Gathering, Place, Town

pytestmark = pytest.mark.django_db(transaction=True)

SOME = [meeting(f"Group {n}", slug=f"g{n}", latitude=50 + n / 50) for n in range(40)]


def at_once(*imports):
    """Run all `imports` in threads of their own, and return what they raised."""
    errors = []
    start = threading.Barrier(len(imports))

    def work(run):
        try:
            start.wait(10)
            run()
        except Exception as error:  # noqa: BLE001 - told to the test, which wants none
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(run,)) for run in imports]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    close_old_connections()
    return errors


def test_two_feeds_of_the_same_gatherings_make_each_once():
    errors = at_once(
        lambda: take_in(*SOME, address=LIST), lambda: take_in(*SOME, address=OTHER_LIST)
    )

    assert errors == []
    assert Gathering.objects.count() == Place.objects.count() == 40
    assert FeedRecord.objects.count() == 80
    assert Town.objects.filter(name="London").count() == 1
    assert Edition.objects.get().number == 2


def test_one_feed_read_twice_at_once_is_one_feed():
    reports = []

    errors = at_once(*[lambda: reports.append(take_in(*SOME))] * 3)

    assert errors == []
    assert sorted(report.new for report in reports) == [0, 0, 40]
    assert Feed.objects.count() == 1
    assert Gathering.objects.count() == FeedRecord.objects.count() == 40


def test_feed_that_shrinks_while_another_grows_loses_nothing():
    take_in(*SOME, address=LIST)
    take_in(*SOME[:20], address=OTHER_LIST)

    errors = at_once(
        lambda: take_in(*SOME[20:], address=LIST),
        lambda: take_in(*SOME[:30], address=OTHER_LIST),
    )

    assert errors == []
    assert Gathering.objects.filter(status="open").count() == 40


def test_import_that_falls_beside_one_that_stands_leaves_only_the_other():
    def fall():
        with suppress(AttributeError):
            take_in(*SOME, address=OTHER_LIST, mapping=7)

    errors = at_once(lambda: take_in(*SOME, address=LIST), fall)

    assert errors == []
    assert [feed.address for feed in Feed.objects.all()] == [LIST]
    before = everything()
    take_in(*SOME, address=LIST)
    assert everything() == before
