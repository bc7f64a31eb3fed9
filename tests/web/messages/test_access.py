"""The doors of messages."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone
from tests.web.messages.making import ground, wrote

from kith.web.messages import access
from kith.web.messages.actions import close_ground
from kith.web.messages.choices import Reason
from kith.web.people.access import reference_to
from kith.web.safety import access as safety
from kith.web.safety.models import Distance, Pause

pytestmark = pytest.mark.django_db


def opened(person, other, *, later=timedelta()):
    return access.open_conversation(
        person, reference_to(other, seen_by=person), at=timezone.now() + later
    )


def said(conversation):
    return [message.words for message in conversation.messages]


def test_both_see_what_they_wrote_oldest_first_and_nobody_else(ruth, kofi, may, circle):
    ground(ruth, may)
    wrote(ruth, kofi, "one")
    wrote(kofi, ruth, "two")
    wrote(may, ruth, "three")

    assert said(opened(ruth, kofi)) == said(opened(kofi, ruth)) == ["one", "two"]
    assert said(opened(ruth, may)) == ["three"]
    for person in (kofi, may):
        other = may if person == kofi else kofi
        with pytest.raises(Http404):
            opened(person, other)


def test_reference_opens_for_the_one_who_was_shown_it_only(ruth, kofi, may, circle):
    ground(may, kofi)
    reference = reference_to(kofi, seen_by=ruth)

    with pytest.raises(Http404):
        access.open_conversation(may, reference, at=timezone.now())


@pytest.mark.parametrize("is_by_ruth", [True, False])
def test_blocked_pair_sees_nothing_of_what_was_written(ruth, kofi, circle, is_by_ruth):
    wrote(ruth, kofi)
    by, whom = (ruth, kofi) if is_by_ruth else (kofi, ruth)
    Distance.objects.create(by=by, whom=whom, kind="block")

    for person, other in ((ruth, kofi), (kofi, ruth)):
        with pytest.raises(Http404):
            opened(person, other)
        with pytest.raises(Http404):
            access.open_by_ground(person, circle.pk)


@pytest.mark.parametrize("kind", ["avoid", "mute"])
def test_lesser_distance_closes_nothing(ruth, kofi, circle, kind):
    Distance.objects.create(by=ruth, whom=kofi, kind=kind)

    assert opened(ruth, kofi).is_open
    assert opened(kofi, ruth).is_open
    assert safety.has_muted(ruth, kofi) is (kind == "mute")
    assert not safety.has_muted(kofi, ruth)


def test_who_is_paused_or_gone_is_not_there(ruth, kofi, may, circle):
    ground(ruth, may)
    Pause.objects.create(person=kofi, until=timezone.now() + timedelta(days=1))
    may.is_active = False
    may.save()

    for other in (kofi, may):
        with pytest.raises(Http404):
            opened(ruth, other)


def test_nobody_speaks_with_themselves(ruth, kofi, circle):
    wrote(ruth, kofi)

    with pytest.raises(Http404):
        opened(ruth, ruth)


def test_what_was_written_stays_when_the_ground_ends_and_fades_after_thirty_days(
    ruth, kofi, circle
):
    wrote(ruth, kofi)
    close_ground(reason=Reason.CIRCLE, number=1)

    found = opened(ruth, kofi, later=timedelta(days=29, hours=23))
    assert (said(found), found.is_open) == (["At seven, by the gate?"], False)
    with pytest.raises(Http404):
        opened(ruth, kofi, later=timedelta(days=30))


def test_nothing_older_than_thirty_days_is_shown_though_it_is_still_there(ruth, kofi, circle):
    now = timezone.now()
    wrote(ruth, kofi, "old", at=now - timedelta(days=30))
    wrote(ruth, kofi, "new", at=now - timedelta(days=30) + timedelta(minutes=1))

    assert said(opened(ruth, kofi)) == ["new"]


def test_ground_with_an_end_ends_by_itself(ruth, kofi):
    ground(ruth, kofi, until=timezone.now() + timedelta(hours=1))

    assert opened(ruth, kofi).is_open
    with pytest.raises(Http404):
        opened(ruth, kofi, later=timedelta(hours=1))


def test_page_ends_however_much_was_written(ruth, kofi, circle):
    now = timezone.now()
    for minutes in range(access.SHOWN_MOST + 5):
        wrote(ruth, kofi, str(minutes), at=now - timedelta(minutes=minutes))

    assert said(opened(ruth, kofi)) == [str(n) for n in reversed(range(access.SHOWN_MOST))]


def test_ground_leads_its_two_people_to_each_other_and_nobody_else(ruth, kofi, may, circle):
    assert access.open_by_ground(ruth, circle.pk) == kofi
    assert access.open_by_ground(kofi, circle.pk) == ruth
    for person, number in ((may, circle.pk), (ruth, circle.pk + 1)):
        with pytest.raises(Http404):
            access.open_by_ground(person, number)
