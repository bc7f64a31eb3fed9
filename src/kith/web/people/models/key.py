"""The keys to somebody's door: passkeys, and what is written on paper."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit.sealed import SealedTextField
from kith.web.people.choices import Written
from kith.web.people.models.person import Person


class Passkey(models.Model):
    """A key that a device keeps; we hold the half that only recognizes it (WebAuthn)."""

    # Of no use to the person, and no words of theirs: left out of what they export.
    SECRET = ("credential_id", "public_key", "sign_count", "transports")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="passkeys")
    credential_id = models.BinaryField(max_length=1023, unique=True)
    public_key = models.BinaryField()
    sign_count = models.PositiveBigIntegerField(default=0)
    transports = models.JSONField(default=list)
    device = SealedTextField(_("on which device"), max_length=60, blank=True)
    made_on = models.DateField(_("made on"), auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("passkey")
        verbose_name_plural = _("passkeys")

    @override
    def __str__(self) -> str:
        return self.device or str(_("passkey"))


class WrittenKey(models.Model):
    """Words or a code that open the door. Nobody can read them here: only a digest is kept."""

    SECRET = ("digest", "key_name")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="written_keys")
    kind = models.CharField(_("kind"), max_length=8, choices=Written.choices)
    digest = models.BinaryField(max_length=32, unique=True)
    # Which of KITH_SEAL_KEYS it was made with.
    key_name = models.BinaryField(max_length=4)
    made_on = models.DateField(_("made on"), auto_now_add=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("written key")
        verbose_name_plural = _("written keys")

    @override
    def __str__(self) -> str:
        return str(self.get_kind_display())
