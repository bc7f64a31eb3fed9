"""What somebody who comes may tell the hosts, and what one person may say to thank another."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Guests(models.IntegerChoices):
    """Who comes along."""

    NOBODY = 0, _("Nobody, I come by myself")
    ONE = 1, _("One person")
    TWO = 2, _("Two people")
    FEW = 3, _("A few people")


class Need(models.TextChoices):
    """What would help somebody there, as they tick it."""

    SIT_WITH = "sit_with", _("Somebody to sit with")
    STEP_FREE = "step_free", _("A way in without steps")
    NEAR_DOOR = "near_door", _("A seat near the door")
    QUIET = "quiet", _("A quiet spot")
    NO_TOUCH = "no_touch", _("No touch, please")
    NO_QUESTIONS = "no_questions", _("No questions, please")
    INTERPRETER = "interpreter", _("An interpreter")


class Offer(models.TextChoices):
    """What somebody would do there, as they tick it."""

    CHAIRS = "chairs", _("I can carry chairs")
    SIT = "sit", _("I can sit with somebody new")
    TEA = "tea", _("I can make tea")
    TIDY = "tidy", _("I can tidy up after")


# The same as hosts read it, after somebody's name.
GUESTS_SAID = {
    Guests.ONE: _("Brings somebody."),
    Guests.TWO: _("Brings two people."),
    Guests.FEW: _("Brings a few people."),
}
NEEDS_SAID = {
    Need.SIT_WITH: _("Would like somebody to sit with."),
    Need.STEP_FREE: _("Needs a way in without steps."),
    Need.NEAR_DOOR: _("Would like a seat near the door."),
    Need.QUIET: _("Would like a quiet spot."),
    Need.NO_TOUCH: _("No touch, please."),
    Need.NO_QUESTIONS: _("Just say hello. No questions."),
    Need.INTERPRETER: _("Needs an interpreter."),
}
OFFERS_SAID = {
    Offer.CHAIRS: _("Offered to carry chairs."),
    Offer.SIT: _("Offered to sit with somebody new."),
    Offer.TEA: _("Offered to make tea."),
    Offer.TIDY: _("Offered to tidy up after."),
}


class Thanks(models.TextChoices):
    """What one person says to thank another. Nobody writes here, so that nobody has to answer."""

    GOOD = "good", _("It was good to talk with you.")
    HEARD = "heard", _("Thank you for listening.")
    EASIER = "easier", _("You made it easier to be there.")
