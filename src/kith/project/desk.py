"""Tells Django whose desk its admin is."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin with our own doors."""

    default_site = "kith.web.people.admin.Desk"
