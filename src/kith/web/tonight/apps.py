"""Tells Django about this app."""

from django.apps import AppConfig


class TonightConfig(AppConfig):
    name = "kith.web.tonight"
    label = "tonight"
