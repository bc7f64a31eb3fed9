"""Tells Django about this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SimulatorConfig(AppConfig):
    name = "kith.web.simulator"
    label = "simulator"
    verbose_name = _("simulator")
