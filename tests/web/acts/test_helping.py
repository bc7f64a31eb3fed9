"""Who helped whom of late, and who has met: for rules, and no page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.web.acts.actions import record
from kith.web.acts.choices import Help, Kind, Mode, Setting
from kith.web.acts.models import Act
from kith.web.acts.queries import have_been_together, help_of
from kith.web.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruth():
    return Person.objects.create(called="Ruth")


@pytest.fixture
def dev():
    return Person.objects.create(called="Dev")


def act(actor, other, helped=Help.NONE, *, mode=Mode.IN_PERSON, days=0):
    on = timezone.localdate() - timedelta(days=days)
    return record(
        Act(kind=Kind.HELPED, actor=actor, other=other, mode=mode, help=helped, on=on,
            setting=Setting.SERVICE)
    )  # fmt: skip


def since(days=30):
    return timezone.localdate() - timedelta(days=days)


@pytest.mark.parametrize(
    ("helped", "of_actor", "of_other"),
    [
        (Help.GIVEN, (1, 0), (0, 1)),
        (Help.RECEIVED, (0, 1), (1, 0)),
        (Help.BOTH, (1, 1), (1, 1)),
        (Help.NONE, (0, 0), (0, 0)),
    ],
)
def test_help_is_given_by_one_and_received_by_the_other(ruth, dev, helped, of_actor, of_other):
    act(ruth, dev, helped)

    assert help_of(ruth, since=since()) == of_actor
    assert help_of(dev, since=since()) == of_other


def test_what_was_long_ago_is_not_looked_at(ruth, dev):
    act(ruth, dev, Help.GIVEN, days=31)

    assert help_of(ruth, since=since()) == (0, 0)


def test_two_have_met_when_they_were_together_either_way_round(ruth, dev):
    wren = Person.objects.create(called="Wren")
    act(ruth, dev, mode=Mode.VIDEO)
    act(ruth, wren, mode=Mode.TEXT)

    assert have_been_together(ruth, dev)
    assert have_been_together(dev, ruth)
    assert not have_been_together(ruth, wren)
    assert not have_been_together(dev, wren)
