"""A door opens and shuts."""

from typing import Any

from django.contrib.auth import SESSION_KEY, login, logout
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.kit import sealed
from kith.web.people.actions import passkeys
from kith.web.people.actions.written import keep, written_key
from kith.web.people.choices import Written
from kith.web.people.models import Person, Session, WrittenKey
from kith.web.people.models.session import BROWSER, IS_SHARED

ENTERED_AT = "entered_at"
# On a computer that others use, the door shuts by itself.
SHARED_SECONDS = 30 * 60
_BACKEND = "kith.web.people.access.Door"


class NotAKeyError(RefusalError):
    """Nothing written was recognized."""

    def __init__(self) -> None:
        super().__init__(
            _("No door opens with that. Check each word, or use another way in. A code works once.")
        )


def enter(request: HttpRequest, person: Person, *, browser: str, is_shared: bool = False) -> None:
    """Open the door to `person` in the browser that asks; its session is a new one.

    Who shows on a shared computer that it is them is still on a shared computer afterwards.
    """
    was_here = request.session.get(SESSION_KEY) == str(person.pk)
    is_shared = is_shared or (was_here and request.session.get(IS_SHARED, False))
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    WrittenKey.objects.filter(ends_at__lt=timezone.now()).delete()
    login(request, person, backend=_BACKEND)
    # Django keeps the old key for somebody who was in already.
    request.session.cycle_key()
    request.session[ENTERED_AT] = int(timezone.now().timestamp())
    request.session[BROWSER] = browser
    request.session[IS_SHARED] = is_shared
    request.session.set_expiry(SHARED_SECONDS if is_shared else None)


def enter_with_passkey(
    session: passkeys.Remembered, answer: dict[str, Any], *, origin: str, host: str
) -> Person:
    """Return whose passkey the browser showed.

    Raises:
        PasskeyRefusedError: If it is nobody's.
    """
    passkey = passkeys.shown(session, answer, origin=origin, host=host)
    passkey.save(update_fields=["sign_count"])
    return passkey.person


@transaction.atomic
def enter_with_written(text: str) -> tuple[Person, Written]:
    """Return whose words or code `text` is, and which of them; a code is used up by that.

    Raises:
        NotAKeyError: If it is nobody's.
    """
    key = written_key(text)
    if key is None:
        raise NotAKeyError
    kind = Written(key.kind)
    # Two who type one code at the same moment: only one of them finds it still there.
    if kind != Written.WORDS and not WrittenKey.objects.filter(pk=key.pk).delete()[0]:
        raise NotAKeyError
    if kind == Written.WORDS and bytes(key.key_name) != sealed.name_of(sealed.newest_key()):
        keep(key.person, [text], Written.WORDS)
    return key.person, kind


def leave(request: HttpRequest) -> None:
    """Shut the door in this browser."""
    logout(request)
