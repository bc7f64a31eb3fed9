"""Writes an e-mail that says that there is something, and nothing else."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext, override

from kith.web.notices import access
from kith.web.notices.access import Token
from kith.web.notices.models import Delivery, EmailAddress


def mail(delivery: Delivery, email: EmailAddress) -> None:
    """Send what `delivery` is about to `email`.

    Raises:
        OSError: If the mail server does not take it.
    """
    with override(email.language):
        letter = _question(email) if delivery.nudge is None else _something(email)
    letter.send()


def _something(email: EmailAddress) -> EmailMessage:
    stop = _link("notices:stop", email, Token.STOP)
    text = gettext("There is something for you at %(here)s\n\nNo more of these: %(stop)s\n") % {
        "here": f"{settings.KITH_ORIGIN}/tonight/",
        "stop": stop,
    }
    letter = _letter(email, text)
    # A mail program can then offer a button that stops it in one tap (RFC 8058).
    letter.extra_headers["List-Unsubscribe"] = f"<{stop}>"
    letter.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return letter


def _question(email: EmailAddress) -> EmailMessage:
    text = gettext(
        "Somebody asked to be written to at this address.\n\n"
        "If it was you, open this within two days: %(link)s\n\n"
        "If it was not, do nothing, and nothing more will come.\n"
    ) % {"link": _link("notices:confirm", email, Token.CONFIRM)}
    return _letter(email, text)


def _letter(email: EmailAddress, text: str) -> EmailMessage:
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(settings.KITH_NAME, text, to=[email.address], headers=headers)


def _link(name: str, email: EmailAddress, purpose: Token) -> str:
    return f"{settings.KITH_ORIGIN}{reverse(name, args=[access.token_for(email, purpose)])}"
