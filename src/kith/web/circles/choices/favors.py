"""The two sides of a favor."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Which side it was begun from."""

    ASK = "ask", _("asks")
    OFFER = "offer", _("offers")
