"""Tells Django about this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActsConfig(AppConfig):
    name = "kith.web.acts"
    label = "acts"
    verbose_name = _("acts")
