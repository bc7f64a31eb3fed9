"""Tells Django about this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafetyConfig(AppConfig):
    name = "kith.web.safety"
    label = "safety"
    verbose_name = _("safety")
