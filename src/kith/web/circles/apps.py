"""Tells Django about this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CirclesConfig(AppConfig):
    name = "kith.web.circles"
    label = "circles"
    verbose_name = _("circles")
