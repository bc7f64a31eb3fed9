"""The lists that others keep, and every record of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.gatherings.models.gathering import Gathering


class Feed(models.Model):
    """A list that somebody else keeps, read once or on a schedule."""

    address = models.CharField(
        _("address or file"), max_length=1000, unique=True, help_text=_("https://… or a file.")
    )
    name = models.CharField(_("whose list it is"), max_length=255, blank=True)
    credit = models.CharField(_("licence or thanks"), max_length=500, blank=True)
    format = models.CharField(
        _("format"), max_length=16, blank=True, help_text=_("Left empty, kith recognizes it.")
    )
    mapping = models.TextField(_("columns of a table (TOML)"), blank=True)
    every_hours = models.PositiveSmallIntegerField(
        _("read every so many hours"), null=True, blank=True, help_text=_("Left empty: never.")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    # ---- for records that do not say -----------------------------------------------------------
    timezone = models.CharField(_("time zone"), max_length=64, blank=True)
    country = models.CharField(_("country (two letters)"), max_length=2, blank=True)
    practice = models.CharField(_("practice"), max_length=32, blank=True)
    program = models.CharField(_("fellowship"), max_length=128, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)

    # ---- what the last reading left ------------------------------------------------------------
    etag = models.CharField(max_length=400, blank=True, editable=False)
    last_modified = models.CharField(max_length=400, blank=True, editable=False)
    tried_at = models.DateTimeField(_("last tried"), null=True, editable=False)
    read_at = models.DateTimeField(_("last read"), null=True, editable=False)
    error = models.TextField(_("what went wrong"), blank=True, editable=False)

    class Meta:
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")

    @override
    def __str__(self) -> str:
        return self.name or self.address


class FeedRecord(models.Model):
    """One entry of a feed, as understood: the provenance of a gathering."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="records")
    key = models.CharField(max_length=300)
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="records")
    digest = models.BinaryField(max_length=16)
    # JSON as kith.web.gatherings.bridge.records writes it; text, because only the bridge reads it.
    listing = models.TextField()
    first_seen_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("record of a feed")
        verbose_name_plural = _("records of feeds")
        constraints = [
            models.UniqueConstraint(fields=["feed", "key"], name="gatherings_record_once_a_feed")
        ]

    @override
    def __str__(self) -> str:
        return self.key


class FeedRun(models.Model):
    """What one reading of a feed did: kept so that its keeper can be told what was not understood."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="runs")
    at = models.DateTimeField()
    report = models.JSONField()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ("-at",)

    @override
    def __str__(self) -> str:
        return f"{self.feed} {self.at:%Y-%m-%d %H:%M}"
