"""Somebody new joins. They say nothing of themselves."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.people.actions.passkeys import PasskeyRefusedError
from kith.web.people.actions.written import keep
from kith.web.people.choices import Written
from kith.web.people.models import Passkey, Person


def join_with_passkey(*, person_id: UUID, passkey: Passkey, device: str) -> Person:
    """Return a new person, who opens the door with `passkey`, made on `device`.

    Raises:
        PasskeyRefusedError: If that passkey is somebody's already.
    """
    try:
        with transaction.atomic():
            person = _somebody(person_id)
            passkey.person, passkey.device = person, device
            passkey.save(force_insert=True)
    except IntegrityError as error:
        raise PasskeyRefusedError from error
    return person


def join_with_words(*, words: str) -> Person:
    """Return a new person, who opens the door with `words`.

    Raises:
        RefusalError: If they are somebody's already.
    """
    try:
        with transaction.atomic():
            person = _somebody()
            keep(person, [words], Written.WORDS)
    except IntegrityError as error:
        raise RefusalError(_("Draw new words, please.")) from error
    return person


def _somebody(person_id: UUID | None = None) -> Person:
    person = Person(pk=person_id) if person_id else Person()
    person.set_unusable_password()
    person.save(force_insert=True)
    return person
