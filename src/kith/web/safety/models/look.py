"""Who looked at a report, and what they did with it."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.errors import InvalidInputError
from kith.web.kit.sealed import SealedTextField
from kith.web.people.models import Person
from kith.web.safety.choices import Did
from kith.web.safety.models.report import WORDS_MOST, Report


class LookQuerySet(models.QuerySet["Look"]):
    """Looks, which nobody changes or takes back."""

    @override
    def update(self, **_values: Any) -> int:
        raise InvalidInputError("Looks are only added to.")

    @override
    def delete(self) -> tuple[int, dict[str, int]]:
        raise InvalidInputError("Looks are only added to.")


class Look(models.Model):
    """One look that a steward took at a report, or one thing they did with it."""

    # It is what the house did, and speaks of others: no part of what a steward takes along.
    NOT_TOLD_TO = ("steward",)

    report = models.ForeignKey(Report, models.PROTECT, related_name="looks")
    steward = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="looks")
    did = models.CharField(max_length=8, choices=Did)
    words = SealedTextField(max_length=WORDS_MOST, blank=True)
    at = models.DateTimeField()

    objects = LookQuerySet.as_manager()

    class Meta:
        verbose_name = _("look")
        verbose_name_plural = _("looks")
        ordering: ClassVar = ["at", "pk"]

    @override
    def __str__(self) -> str:
        return str(self.get_did_display())

    @override
    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and not self._is_sealed_anew(kwargs):
            raise InvalidInputError("Looks are only added to.")
        super().save(*args, **kwargs)

    @override
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise InvalidInputError("Looks are only added to.")

    def _is_sealed_anew(self, kwargs: dict[str, Any]) -> bool:
        """Return whether only the seal changes, and no word (`manage reseal`)."""
        if list(kwargs.get("update_fields") or ()) != ["words"]:
            return False
        return type(self).objects.get(pk=self.pk).words == self.words
