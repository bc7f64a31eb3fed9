"""The ways by which something reaches somebody who is not looking."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit.sealed import SealedTextField
from kith.web.people.models import Person, Session

ENDPOINT_MOST = 1000
ADDRESS_MOST = 254


class Subscription(models.Model):
    """A browser that may be told that there is something. It ends when its door is shut."""

    # Whoever has the address could write to it; it is of no use to anybody else.
    SECRET = ("id", "session", "endpoint", "endpoint_digest", "key", "auth")

    person = models.ForeignKey(Person, models.CASCADE, related_name="subscriptions")
    session = models.ForeignKey(Session, models.CASCADE, related_name="subscriptions")
    endpoint = SealedTextField(max_length=ENDPOINT_MOST)
    # The same browser is known again by this, and nobody can read an address from it.
    endpoint_digest = models.BinaryField(max_length=32, unique=True)
    key = SealedTextField(max_length=100)
    auth = SealedTextField(max_length=40)
    language = models.CharField(_("language"), max_length=12, default=settings.LANGUAGE_CODE)
    made_on = models.DateField(_("since"), default=timezone.localdate)

    class Meta:
        verbose_name = _("browser that is told")
        verbose_name_plural = _("browsers that are told")

    @override
    def __str__(self) -> str:
        return f"{self.made_on}"


class EmailAddress(models.Model):
    """Where somebody wants to be written to. Only that: it opens no door and names nobody."""

    SECRET = ("id",)

    person = models.OneToOneField(Person, models.CASCADE, related_name="email_address")
    address = SealedTextField(_("address"), max_length=ADDRESS_MOST)
    language = models.CharField(_("language"), max_length=12, default=settings.LANGUAGE_CODE)
    given_at = models.DateTimeField(_("given"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    class Meta:
        verbose_name = _("e-mail address for notices")
        verbose_name_plural = _("e-mail addresses for notices")

    @override
    def __str__(self) -> str:
        return self.address
