"""Tells Django about this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    name = "kith.web.kit"
    label = "kit"
    verbose_name = _("how kith works here")
