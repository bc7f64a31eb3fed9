"""The person, and as little about them as will do."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit.sealed import SealedTextField

CALLED_MOST = 40


class PersonManager(BaseUserManager["Person"]):
    """Makes people; Django's own commands call it by these names."""

    def create_superuser(self, handle: str, password: str, **_extra: Any) -> "Person":
        """Return a new steward who signs in as `handle` with `password`."""
        person = self.model(handle=handle, is_steward=True)
        person.set_password(password)
        person.full_clean()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who belongs here. Steward is a duty, not a rank: it is never shown."""

    # When somebody was here last is theirs; Django's own column for it is left out.
    last_login = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    handle = models.CharField(  # noqa: DJ001 - most people have none, and "" would be one
        _("sign-in name"),
        max_length=64,
        unique=True,
        null=True,
        default=None,
        help_text=_("Private: only used to sign in at the desk."),
    )
    called = SealedTextField(_("what people call them"), max_length=CALLED_MOST, blank=True)
    is_steward = models.BooleanField(_("keeps this instance"), default=False)
    is_active = models.BooleanField(default=True)
    joined_on = models.DateField(_("joined on"), auto_now_add=True)

    objects = PersonManager()

    USERNAME_FIELD = "handle"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    @override
    def __str__(self) -> str:
        return self.called or str(_("Someone"))

    @property
    def is_staff(self) -> bool:
        """Whether the steward's desk opens for them (Django's admin asks by this name)."""
        return self.is_steward

    def has_perm(self, perm: str, obj: object = None) -> bool:  # noqa: ARG002
        """Return whether they may do `perm`: stewards may, at the desk (Django's admin asks)."""
        return self.is_active and self.is_steward

    def has_module_perms(self, app_label: str) -> bool:  # noqa: ARG002
        """Return whether they may see `app_label` at the desk (Django's admin asks)."""
        return self.is_active and self.is_steward
