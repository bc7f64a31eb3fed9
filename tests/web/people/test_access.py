"""How a page names another person, and for whom that name opens."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.http import Http404
from django.utils import timezone

from kith.web.kit import sealed
from kith.web.people import access, actions
from kith.web.people.models import Person
from kith.web.people.models.session import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruth():
    return Person.objects.create(called="Ruth")


@pytest.fixture
def kofi():
    return Person.objects.create(called="Kofi")


def closed(person, reference):
    with pytest.raises(Http404):
        access.open_reference(person, reference)
    return True


def test_reference_opens_for_whom_it_was_made(ruth, kofi):
    reference = access.reference_to(kofi, seen_by=ruth)

    assert access.open_reference(ruth, reference) == kofi


def test_reference_opens_for_nobody_else(ruth, kofi):
    eve = Person.objects.create()

    reference = access.reference_to(kofi, seen_by=ruth)

    assert closed(eve, reference)
    assert closed(kofi, reference)


def test_reference_is_another_one_each_time_and_tells_nothing(ruth, kofi):
    references = {access.reference_to(kofi, seen_by=ruth) for _ in range(20)}

    assert len(references) == 20
    assert len({len(reference) for reference in references}) == 1
    for reference in references:
        body = urlsafe_b64decode(reference + "=" * (-len(reference) % 4))
        assert kofi.pk.bytes not in body
        assert kofi.pk.hex.encode() not in body


def test_reference_that_is_cut_off_opens_nothing(ruth, kofi):
    reference = access.reference_to(kofi, seen_by=ruth)

    assert all(closed(ruth, reference[:length]) for length in range(len(reference)))


def test_reference_of_which_one_bit_changed_opens_nothing(ruth, kofi):
    reference = access.reference_to(kofi, seen_by=ruth)
    body = urlsafe_b64decode(reference + "=" * (-len(reference) % 4))

    for place in range(len(body)):
        changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        assert closed(ruth, urlsafe_b64encode(changed).rstrip(b"=").decode())


@pytest.mark.parametrize("forged", ["", "a", "????", "é", "\x00", "=" * 9, "A" * 5000])
def test_forged_reference_opens_nothing(ruth, forged):
    assert closed(ruth, forged)


def test_key_itself_opens_nothing(ruth, kofi):
    assert closed(ruth, str(kofi.pk))
    assert closed(ruth, urlsafe_b64encode(kofi.pk.bytes).decode())


def test_other_sealed_text_is_no_reference(ruth):
    column = f"reference for {ruth.pk.hex}"
    text = sealed.seal("no key at all", column=column)
    nobody = sealed.seal(uuid4().hex, column=column)

    assert closed(ruth, urlsafe_b64encode(text).decode())
    assert closed(ruth, urlsafe_b64encode(nobody).decode())


def test_reference_to_somebody_erased_or_stopped_opens_nothing(ruth, kofi):
    eve = Person.objects.create(is_active=False)
    reference = access.reference_to(kofi, seen_by=ruth)
    actions.erase(person=kofi)

    assert closed(ruth, reference)
    assert closed(ruth, access.reference_to(eve, seen_by=ruth))


def test_reference_outlives_a_new_seal_until_the_old_one_is_gone(ruth, kofi, settings):
    reference = access.reference_to(kofi, seen_by=ruth)

    settings.KITH_SEAL_KEYS = ["newer", *settings.KITH_SEAL_KEYS]
    assert access.open_reference(ruth, reference) == kofi
    assert access.open_reference(ruth, access.reference_to(kofi, seen_by=ruth)) == kofi

    settings.KITH_SEAL_KEYS = ["newer"]
    assert closed(ruth, reference)


@pytest.mark.parametrize(("days", "new"), [(0, True), (89, True), (90, False), (400, False)])
def test_somebody_is_new_for_ninety_days(ruth, days, new):
    ruth.joined_on = timezone.localdate() - timedelta(days=days)

    assert access.is_new(ruth) is new


# ---- who a session is of --------------------------------------------------------------------
def opened(visitor):
    """Let the session of `visitor` be read as for a page, and return the key of its person."""
    session = SessionStore(visitor.client.cookies["door"].value)
    return UUID(session["_auth_user_id"])


def test_row_that_was_read_answers_for_its_own_person_and_once(member, django_assert_num_queries):
    other = Person.objects.create(called="Somebody else")
    door = access.Door()
    opened(member)
    with django_assert_num_queries(1):
        assert door.get_user(other.pk) == other

    key = opened(member)
    with django_assert_num_queries(0):
        assert door.get_user(key).pk == key
    with django_assert_num_queries(1):
        assert door.get_user(key).pk == key


def test_who_is_gone_is_nobody_though_their_session_was_just_read(member):
    Person.objects.update(is_active=False)
    door, key = access.Door(), opened(member)

    assert door.get_user(key) is None
    assert door.get_user(key) is None
