"""Passkeys, as browsers and we agree on them (W3C Web Authentication, level 3).

What a browser is asked is a dictionary that it turns into its own objects; what it answers is
checked here against the challenge that the session remembers, and used up with it.
"""

import struct
from collections.abc import MutableMapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import webauthn
from cbor2 import CBORDecodeError
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django.utils import timezone
from django.utils.translation import gettext as _
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    options_to_json_dict,
    parse_authentication_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from kith.errors import RefusalError
from kith.web.people.models import Passkey, Person

# What a session remembers between the question and the answer.
Remembered = MutableMapping[str, Any]
_ASKED: Final = "passkey"
# Longer than any browser waits for somebody to find their key; an older question is none.
ANSWER_WITHIN: Final = timedelta(minutes=10)
# What a broken or a hostile answer makes the reading of it raise.
_UNREADABLE: Final = (
    WebAuthnException, CBORDecodeError, InvalidSignature, UnsupportedAlgorithm, AttributeError,
    KeyError, IndexError, OverflowError, RecursionError, TypeError, ValueError, struct.error,
)  # fmt: skip


class PasskeyRefusedError(RefusalError):
    """A browser's answer was not the one to our question."""

    def __init__(self) -> None:
        super().__init__(_("That passkey did not open the door. Try again, or use your six words."))


def ask_to_make(
    session: Remembered, *, host: str, shown_as: str, person: Person | None = None
) -> dict[str, Any]:
    """Return what to ask a browser that is to make a passkey, for `person` or somebody new."""
    owner = person.pk if person else uuid4()
    known = person.passkeys.values_list("credential_id", flat=True) if person else ()
    options = webauthn.generate_registration_options(
        rp_id=host,
        rp_name=shown_as,
        user_id=owner.bytes,
        # The device shows it when it asks which key: it must name nobody.
        user_name=shown_as,
        authenticator_selection=AuthenticatorSelectionCriteria(
            # The key itself knows whose it is, so nobody has to say a name to enter.
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=bytes(one)) for one in known],
    )
    _remember(session, options.challenge, owner.hex)
    return options_to_json_dict(options)


def ask_to_show(session: Remembered, *, host: str) -> dict[str, Any]:
    """Return what to ask a browser that is to show any passkey it has for us."""
    options = webauthn.generate_authentication_options(
        rp_id=host, user_verification=UserVerificationRequirement.REQUIRED
    )
    _remember(session, options.challenge, "")
    return options_to_json_dict(options)


def made(
    session: Remembered, answer: dict[str, Any], *, origin: str, host: str
) -> tuple[UUID, Passkey]:
    """Return whose the passkey is that a browser made, and the passkey, not yet saved.

    Raises:
        PasskeyRefusedError: If it was not made for our question.
    """
    challenge, owner = _asked(session)
    try:
        verified: VerifiedRegistration = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=host,
            expected_origin=origin,
            require_user_verification=True,
        )
        person_id = UUID(owner)
        transports = _transports(answer)
    except _UNREADABLE as error:
        raise PasskeyRefusedError from error
    return person_id, Passkey(
        credential_id=verified.credential_id,
        public_key=verified.credential_public_key,
        sign_count=verified.sign_count,
        transports=transports,
    )


def shown(session: Remembered, answer: dict[str, Any], *, origin: str, host: str) -> Passkey:
    """Return the passkey that a browser showed, its count of uses set but not yet saved.

    Raises:
        PasskeyRefusedError: If we know no such key, or the answer is not to our question.
    """
    challenge, _owner = _asked(session)
    try:
        credential = parse_authentication_credential_json(answer)
        passkey = Passkey.objects.select_related("person").get(
            credential_id=credential.raw_id, person__is_active=True
        )
        verified = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=host,
            expected_origin=origin,
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
        # The key itself says whose it is (Web Authentication, 7.2, step 6).
        if credential.response.user_handle != passkey.person_id.bytes:
            raise PasskeyRefusedError
    except (*_UNREADABLE, Passkey.DoesNotExist) as error:
        raise PasskeyRefusedError from error
    passkey.sign_count = verified.new_sign_count
    return passkey


def _remember(session: Remembered, challenge: bytes, owner: str) -> None:
    session[_ASKED] = [bytes_to_base64url(challenge), owner, int(timezone.now().timestamp())]


def _asked(session: Remembered) -> tuple[bytes, str]:
    try:
        challenge, owner, asked_at = session.pop(_ASKED)
    except (KeyError, ValueError) as error:
        raise PasskeyRefusedError from error
    if timezone.now().timestamp() - asked_at > ANSWER_WITHIN.total_seconds():
        raise PasskeyRefusedError
    return base64url_to_bytes(challenge), owner


def _transports(answer: dict[str, Any]) -> list[str]:
    given = answer.get("response", {}).get("transports", [])
    return [one for one in given if isinstance(one, str) and len(one) < 20][:8]
