"""Tells Django about this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    name = "kith.web.messages"
    # Django's own app of that name keeps a line for the next page; it is not this.
    label = "kith_messages"
    verbose_name = _("messages")
