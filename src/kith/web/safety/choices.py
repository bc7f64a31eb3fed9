"""The closed lists of safety."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """How far somebody keeps from somebody else. The other one is never told."""

    BLOCK = "block", _("we do not see each other")
    AVOID = "avoid", _("do not bring us together")
    MUTE = "mute", _("do not tell me when they write")
