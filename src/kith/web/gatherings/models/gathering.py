"""A gathering: a series that people can come to."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.gatherings.choices import FoundBy, Mode, Openness, Status, Touch
from kith.web.gatherings.models.place import Place


class Edition(models.Model):
    """One row that counts the changes to gatherings, so that an index knows it is stale."""

    number = models.PositiveBigIntegerField(default=0)

    @override
    def __str__(self) -> str:
        return str(self.number)


class Gathering(models.Model):
    """A series. What feeds say of it is folded together; what a steward wrote stays (`held`)."""

    slug = models.CharField(_("address"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=255)
    about = models.TextField(_("what it is like"), blank=True)
    status = models.CharField(
        _("status"), max_length=8, choices=Status, default=Status.OPEN, db_index=True
    )
    mode = models.CharField(_("where people are"), max_length=9, choices=Mode)
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="gatherings",
        verbose_name=_("place"),
    )
    join_url = models.URLField(_("link to join"), max_length=2000, blank=True)
    join_phone = models.CharField(_("number to join"), max_length=64, blank=True)
    join_note = models.TextField(_("how to join"), blank=True)

    # ---- when (see kith.core.schedule.Schedule) --------------------------------------------
    timezone = models.CharField(_("time zone"), max_length=64)
    rule = models.CharField(_("rule (RFC 5545)"), max_length=500, blank=True)
    first_on = models.DateField(_("first date"), null=True, blank=True)
    start = models.TimeField(_("start"), null=True, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    except_on = models.JSONField(_("dates on which nobody meets"), default=list, blank=True)
    when_note = models.CharField(_("when, in words"), max_length=255, blank=True)

    # ---- who and what ------------------------------------------------------------------------
    practice = models.CharField(_("practice"), max_length=32, blank=True)
    program = models.CharField(_("fellowship"), max_length=128, blank=True)
    doses = models.JSONField(_("doses the host changed"), default=dict, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    audience = models.JSONField(_("who it is for"), default=list, blank=True)
    access = models.JSONField(_("getting in"), default=list, blank=True)
    topics = models.JSONField(_("kind of meeting"), default=list, blank=True)
    found_by = models.CharField(
        _("who may find it"), max_length=6, choices=FoundBy, default=FoundBy.ALL
    )
    openness = models.CharField(_("who may come"), max_length=8, choices=Openness, blank=True)
    touch = models.CharField(_("touch"), max_length=8, choices=Touch, blank=True)
    codes = models.JSONField(_("codes of its feed"), default=list, blank=True)

    # ---- the first time ----------------------------------------------------------------------
    first_time = models.TextField(
        _("the first time"),
        blank=True,
        help_text=_("One step a line, with its time: 6:50 Somebody stands at the blue door."),
    )
    touch_words = models.CharField(_("touch, in words"), max_length=255, blank=True)
    eyes_words = models.CharField(_("eye contact, in words"), max_length=255, blank=True)
    drugs_words = models.CharField(_("talk about drugs, in words"), max_length=255, blank=True)
    noise_words = models.CharField(_("noise, in words"), max_length=255, blank=True)

    # ---- so that nobody comes to harm --------------------------------------------------------
    risk_words = models.CharField(_("what can happen"), max_length=500, blank=True)
    room_words = models.CharField(_("how many there is room for"), max_length=255, blank=True)
    first_aid_words = models.CharField(_("who gives first aid"), max_length=255, blank=True)
    waiver = models.TextField(_("what people agree to by coming"), max_length=1000, blank=True)
    naloxone_words = models.CharField(_("where naloxone is"), max_length=255, blank=True)
    authority_words = models.CharField(
        _("whom to ring if a line is crossed"), max_length=255, blank=True
    )

    # ---- where it comes from -----------------------------------------------------------------
    url = models.URLField(_("its page elsewhere"), max_length=2000, blank=True)
    updated_at = models.DateTimeField(_("changed at its source"), null=True, blank=True)
    added_at = models.DateTimeField(_("added"), db_index=True)
    changed_at = models.DateTimeField(_("changed"), db_index=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)
    # Made here by its hosts: no feed says anything of it, and it needs two of them.
    is_hosted = models.BooleanField(_("made by its hosts"), default=False, editable=False)
    held = models.JSONField(_("kept by the steward"), default=list, blank=True, editable=False)
    edition = models.PositiveBigIntegerField(default=0, db_index=True, editable=False)

    class Meta:
        verbose_name = _("gathering")
        verbose_name_plural = _("gatherings")

    @override
    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("gatherings:gathering", args=[self.slug])

    @property
    def steps(self) -> list[tuple[str, str]]:
        """The first time as (time or "", what happens), one for each line."""
        found = []
        for line in filter(None, map(str.strip, self.first_time.splitlines())):
            head, _space, rest = line.partition(" ")
            is_timed = head[:1].isdigit() and ":" in head
            found.append((head, rest) if is_timed else ("", line))
        return found

    @property
    def good_to_know(self) -> list[tuple[Any, str]]:
        """What is awkward to ask, said first: (label, words) of what somebody wrote."""
        touch = self.touch_words or (self.get_touch_display() if self.touch else "")
        said = (
            (_("Touch"), touch),
            (_("Eye contact"), self.eyes_words),
            (_("Talk about drugs"), self.drugs_words),
            (_("Noise"), self.noise_words),
        )
        return [(label, words) for label, words in said if words]

    @property
    def kept_safe(self) -> list[tuple[Any, str]]:
        """What people are to know so that nobody comes to harm: (label, words)."""
        said = (
            (_("What can happen"), self.risk_words),
            (_("Room"), self.room_words),
            (_("First aid"), self.first_aid_words),
            (_("By coming you agree"), self.waiver),
            (_("Naloxone"), self.naloxone_words),
            (_("If somebody crosses a line"), self.authority_words),
        )
        return [(label, words) for label, words in said if words]


class Occasion(models.Model):
    """One date that the rule does not give: added, moved or called off."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="occasions")
    on = models.DateField(_("date"))
    at = models.TimeField(_("start"))
    timezone = models.CharField(_("time zone"), max_length=64)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    replaces = models.DateField(_("instead of the date"), null=True, blank=True)
    called_off = models.BooleanField(_("called off"), default=False)
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="occasions",
        verbose_name=_("another place"),
    )
    # The place's key within its own series, kept so that a feed can be written as it was read.
    place_key = models.CharField(max_length=64, blank=True, editable=False)
    note = models.CharField(_("a few words"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("date")
        verbose_name_plural = _("dates")
        ordering = ("on", "at")

    @override
    def __str__(self) -> str:
        return f"{self.on} {self.at:%H:%M}"
