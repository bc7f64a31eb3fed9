"""The steward's desk for circles: whom a steward vouches for, and when circles were formed."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from typing_extensions import override

from kith.web.circles import access
from kith.web.circles.models import Formation, Vouch
from kith.web.people.models import Person


class _KnownField(forms.ModelChoiceField[Person]):
    """Somebody whom stewards know, and what they host: "Ruth (Riverside choir)"."""

    @override
    def label_from_instance(self, obj: Person) -> str:
        held = sorted({host.gathering.name for host in obj.hostings.all()})
        return f"{obj} ({', '.join(held)})" if held else str(obj)


@admin.register(Vouch)
class VouchAdmin(admin.ModelAdmin[Vouch]):
    """Who may be the steadier one of a circle from their first day."""

    list_display = ("person", "by", "on")
    list_select_related = ("person", "by")
    fields = ("person",)

    @override
    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Let a steward choose among those whom stewards know: what others do here is not theirs."""
        if db_field.name == "person":
            return _KnownField(queryset=access.people_to_vouch_for())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @override
    def save_model(self, request: HttpRequest, obj: Vouch, form: Any, change: bool) -> None:
        """Save, and keep who vouched."""
        if not change and isinstance(request.user, Person):
            obj.by = request.user
        super().save_model(request, obj, form, change)


@admin.register(Formation)
class FormationAdmin(admin.ModelAdmin[Formation]):
    """When circles or pairs were formed: to read, and of nobody by name."""

    list_display = ("at", "is_pairs", "seed", "people", "formed")
    fields = readonly_fields = ("at", "is_pairs", "seed", "people", "formed", "law")

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False: a run writes it."""
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: it is what was."""
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: a study weighs by it."""
        return False
