"""Somebody looks after the keys to their own door."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.people.actions.passkeys import PasskeyRefusedError
from kith.web.people.actions.written import keep, new_code
from kith.web.people.choices import Written
from kith.web.people.models import Passkey, Person

CODES = 8
PASSKEYS_MOST = 10
LENT_FOR = timedelta(minutes=10)


class LastKeyError(RefusalError):
    """Without this key they could not come in again."""

    def __init__(self) -> None:
        super().__init__(
            _("This is your only key. Add another one first, or you could not come in again.")
        )


def add_passkey(*, person: Person, made_for: UUID, passkey: Passkey, device: str) -> None:
    """Give `person` one more passkey, made on `device` for the person with the key `made_for`.

    Raises:
        PasskeyRefusedError: If it was made for somebody else, or is somebody's already.
        RefusalError: If they have as many as anybody can look after.
    """
    if made_for != person.pk:
        raise PasskeyRefusedError
    if person.passkeys.count() >= PASSKEYS_MOST:
        raise RefusalError(_("You have many passkeys. Remove one that you no longer use first."))
    passkey.person, passkey.device = person, device
    try:
        with transaction.atomic():
            passkey.save(force_insert=True)
    except IntegrityError as error:
        raise PasskeyRefusedError from error


@transaction.atomic
def drop_passkey(*, passkey: Passkey) -> None:
    """Take `passkey` from its person; the device may keep its half, which opens nothing now.

    Raises:
        LastKeyError: If it is the only key they have.
    """
    person = Person.objects.select_for_update().get(pk=passkey.person_id)
    others = person.passkeys.exclude(pk=passkey.pk)
    if not others.exists() and not person.written_keys.filter(kind=Written.WORDS).exists():
        raise LastKeyError
    passkey.delete()


@transaction.atomic
def drop_words(*, person: Person) -> None:
    """Take the six words from `person`.

    Raises:
        LastKeyError: If they have no passkey.
    """
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if not locked.passkeys.exists():
        raise LastKeyError
    locked.written_keys.filter(kind=Written.WORDS).delete()


@transaction.atomic
def keep_words(*, person: Person, words: str) -> None:
    """Let `words` open the door of `person`, and no others."""
    keep(person, [words], Written.WORDS)


@transaction.atomic
def keep_codes(*, person: Person, codes: list[str]) -> None:
    """Let each of `codes` open the door of `person` once, and no earlier ones."""
    keep(person, codes, Written.RECOVERY)


@transaction.atomic
def lend_code(*, person: Person) -> str:
    """Return a code that opens the door of `person` once, within ten minutes, on another device."""
    code = new_code()
    keep(person, [code], Written.DEVICE)
    person.written_keys.filter(kind=Written.DEVICE).update(ends_at=timezone.now() + LENT_FOR)
    return code
