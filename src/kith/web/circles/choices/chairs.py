"""What a circle, and a person in it, has come to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CircleState(models.TextChoices):
    """How far a circle has come."""

    PROPOSED = "proposed", _("those in it are asked")
    MEETS = "meets", _("it meets")
    CLOSED = "closed", _("it has ended well")


class ChairState(models.TextChoices):
    """What somebody's chair in a circle has come to."""

    ASKED = "asked", _("asked")
    YES = "yes", _("said yes; it has not begun yet")
    SITS = "sits", _("sits in it")
    ANOTHER = "another", _("another is looked for")
    NOT_NOW = "not_now", _("not now")
    SILENT = "silent", _("did not answer in time")
    LEFT = "left", _("has moved on")


class Answer(models.TextChoices):
    """What somebody may answer who is asked."""

    YES = "yes", _("Yes, I would like that")
    ANOTHER = "another", _("Another one, please")
    NOT_NOW = "not_now", _("Not now")
