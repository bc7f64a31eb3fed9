"""The steward's desk for lines and countries."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit.desk import WEB_ADDRESSES
from kith.web.reach.models import Country, Line


@admin.register(Line)
class LineAdmin(admin.ModelAdmin[Line]):
    """Lines: change one and it is yours; hide one and it stays hidden."""

    list_display = (
        "name",
        "country",
        "order",
        "call_shown",
        "text_to",
        "checked_on",
        "is_hidden",
        "is_current",
    )
    list_filter = ("country", "is_hidden")
    list_editable = ("order", "is_hidden")
    actions = None
    formfield_overrides = WEB_ADDRESSES

    @admin.display(boolean=True, description=_("kept up to date by kith"))
    def is_current(self, line: Line) -> bool:
        """Whether a newer kith may still change it."""
        return line.is_as_shipped

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether it can be deleted: a shipped line is hidden, since it would come back."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.shipped)


@admin.register(Country)
class CountryAdmin(admin.ModelAdmin[Country]):
    """Countries: add your own, with its emergency number, and then its lines."""

    list_display = ("name", "code", "emergency", "order", "is_hidden", "checked_on")
    list_editable = ("order", "is_hidden")
    actions = None
    formfield_overrides = WEB_ADDRESSES

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether it can be deleted: a shipped country is hidden, since it would come back."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.shipped)
