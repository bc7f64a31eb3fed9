"""The closed lists of keys, and of what is tried at the door."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Written(models.TextChoices):
    """What a written key is for."""

    WORDS = "words", _("six words")
    RECOVERY = "recovery", _("recovery code, for one time")
    DEVICE = "device", _("code for another device, for ten minutes")


# What is tried too often is refused for a while; see actions.limits.
class Tried(models.TextChoices):
    """What is counted, so that nobody can try it without end."""

    JOIN = "join"
    ENTER = "enter"
    REPORT = "report"
    MESSAGE = "message"
    MAIL = "mail"
