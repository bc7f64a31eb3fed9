"""Where gatherings meet, and the names by which people look for somewhere."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.gatherings.choices import TownKind


class Place(models.Model):
    """A door. Gatherings with the same name, address and point share it."""

    # A digest of what makes it this place and no other: two feeds that agree meet in one row.
    key = models.CharField(max_length=32, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=255, blank=True)
    street = models.CharField(_("street and number"), max_length=255, blank=True)
    neighborhood = models.CharField(_("neighborhood"), max_length=255, blank=True)
    borough = models.CharField(_("borough"), max_length=255, blank=True)
    city = models.CharField(_("town or city"), max_length=255, blank=True)
    county = models.CharField(_("county"), max_length=255, blank=True)
    region = models.CharField(_("region or state"), max_length=255, blank=True)
    postal_code = models.CharField(_("postcode"), max_length=32, blank=True)
    country = models.CharField(_("country (two letters)"), max_length=2, blank=True)
    address = models.CharField(_("address, on one line"), max_length=512, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    is_approximate = models.BooleanField(
        _("the point is a town or a postcode, not a door"), default=False
    )
    find_the_door = models.TextField(_("how to find the door"), blank=True)
    from_the_stop = models.TextField(_("the walk from the stop"), blank=True)
    held = models.JSONField(_("kept by the steward"), default=list, blank=True, editable=False)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")

    @override
    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, self.address or self.city))) or self.key

    @property
    def has_point(self) -> bool:
        """Whether it is known where on earth this is."""
        return self.latitude is not None and self.longitude is not None


class Town(models.Model):
    """A town or postcode that people may type: where on earth our own places say it is."""

    folded = models.CharField(max_length=128, db_index=True)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=8, choices=TownKind)
    region = models.CharField(max_length=255, blank=True)
    country = models.CharField(max_length=2, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    # How many doors stand behind it: of two towns of one name, most people mean the larger.
    n_places = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("town")
        verbose_name_plural = _("towns")

    @override
    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, self.region, self.country)))
