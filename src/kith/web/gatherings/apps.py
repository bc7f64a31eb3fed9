"""Tells Django about this app."""

from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "kith.web.gatherings"
    label = "gatherings"
