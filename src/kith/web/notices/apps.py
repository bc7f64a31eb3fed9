"""Tells Django about this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "kith.web.notices"
    label = "notices"
    verbose_name = _("notices")
