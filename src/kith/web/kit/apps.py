"""Tells Django about this app."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "kith.web.kit"
    label = "kit"
