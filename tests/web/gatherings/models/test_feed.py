from datetime import UTC, datetime

import pytest
from django.db import IntegrityError
from tests.web.gatherings.making import LIST, gatherings, meeting, take_in

from kith.web.gatherings.models import Feed, FeedRecord, FeedRun


def test_feed_is_called_by_its_name_or_its_address():
    named, plain = Feed(address=LIST, name="Ours"), Feed(address=LIST)

    assert (str(named), str(plain)) == ("Ours", LIST)
    run = FeedRun(feed=named, at=datetime(2026, 11, 24, 18, 30, tzinfo=UTC), report={})
    assert str(run) == "Ours 2026-11-24 18:30"
    assert str(FeedRecord(key="a")) == "a"


@pytest.mark.django_db
def test_record_stands_once_in_its_feed():
    take_in(meeting())
    record = FeedRecord.objects.get()
    record.pk = None

    with pytest.raises(IntegrityError):
        record.save(force_insert=True)


@pytest.mark.django_db
def test_gathering_keeps_its_place_from_being_deleted():
    take_in(meeting())

    with pytest.raises(IntegrityError):
        gatherings()[0].place.delete()
