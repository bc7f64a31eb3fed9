"""What somebody may say of themselves, who may see it, and the lists to choose from."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    """One thing that somebody may say of themselves, or not."""

    LANGUAGES = "languages", _("languages")
    HOME = "home", _("roughly where home is")
    HOURS = "hours", _("hours with time")
    PRACTICES = "practices", _("likes to do with others")
    GIVES = "gives", _("can give")
    RECEIVES = "receives", _("would like to receive")
    SPACES = "spaces", _("would like to be among")
    LIVING_WITH = "living_with", _("recovering from or living with")
    ROLE = "role", _("here as, in their own words")
    STEADINESS = "steadiness", _("in this for")
    MAY_BE_NAMED = "may_be_named", _("may be named when others say whom they talked with")
    MAY_BE_WRITTEN_TO = "may_be_written_to", _("hosts may write first, while new")
    WOULD_SIT_WITH = "would_sit_with", _("would gladly sit with somebody new")


class ShownTo(models.TextChoices):
    """Who sees it. Nobody else does, and nobody is told that there is more."""

    ME = "me", _("Nobody but me")
    HOSTS = "hosts", _("Hosts where I come")
    CIRCLE = "circle", _("My circle, once I am in one")
    HERE = "here", _("People I meet here who are signed in")


# Each does what it says and nothing else, so there is nobody to show it to.
PERMITS: Final = (Topic.MAY_BE_NAMED, Topic.MAY_BE_WRITTEN_TO, Topic.WOULD_SIT_WITH)
ALWAYS_PRIVATE: Final = (Topic.HOME, Topic.STEADINESS, *PERMITS)


class Steadiness(models.TextChoices):
    """In this for how long. Safety rules read it; nobody sees it, and there is no test behind it."""

    FIRST_MONTH = "first_month", _("My first month")
    MONTHS = "months", _("Some months")
    YEAR = "year", _("About a year")
    YEARS = "years", _("Some years")
    UNSAID = "unsaid", _("I would rather not say")


# Each code is one of a gathering's AUDIENCE; a test of gatherings keeps it so.
class Space(models.TextChoices):
    """Among whom somebody wants to be."""

    WOMEN = "women", _("Women only")
    MEN = "men", _("Men only")
    NONBINARY = "nonbinary", _("Nonbinary people")
    TRANSGENDER = "transgender", _("Transgender people")
    LGBTQ = "lgbtq", _("LGBTQ+ people")
    YOUNG_PEOPLE = "young_people", _("Young people")
    SENIORS = "seniors", _("Older people")
    STUDENTS = "students", _("Students")
    INDIGENOUS = "indigenous", _("Indigenous people")
    PEOPLE_OF_COLOR = "people_of_color", _("People of color")
    VETERANS = "veterans", _("Veterans")
    PROFESSIONALS = "professionals", _("People of one profession")
    FAMILY_FRIENDS = "family_friends", _("Family and friends")
    DUAL_DIAGNOSIS = "dual_diagnosis", _("Mental health too")
    CHRONIC_ILLNESS = "chronic_illness", _("Long illness or pain")


class Gift(models.TextChoices):
    """What one person can give another."""

    LISTENING = "listening", _("Listening")
    COMPANY = "company", _("An hour of quiet company")
    WALK = "walk", _("A walk")
    MEAL = "meal", _("A meal")
    RIDE = "ride", _("A ride")
    FIRST_TIME = "first_time", _("Going along the first time")
    WAITING_ROOM = "waiting_room", _("Sitting in a waiting room")
    PAPERS = "papers", _("Help with letters and forms")
    PHONE = "phone", _("A call in the evening")
    HANDS = "hands", _("Help at home or in the garden")
    SKILL = "skill", _("Showing how something is done")
    TRANSLATING = "translating", _("Putting into another language")


# Codes as gatherings use them, most spoken where kith begins first, then by what they are called.
LANGUAGES: Final = (
    "en", "es", "fr", "pt", "de", "it", "nl", "pl", "ro", "uk", "ru", "el", "cy", "ga", "mi",
    "ar", "fa", "tr", "he", "so", "am", "sw", "hi", "ur", "pa", "bn", "ta", "zh", "yue", "ja",
    "ko", "vi", "tl", "ase",
)  # fmt: skip
