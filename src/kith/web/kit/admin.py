"""The steward's desk for the numbers kith goes by: what each rests on, and another in its place."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from typing_extensions import override

from kith.errors import InvalidInputError
from kith.web.kit import parameters
from kith.web.kit.models import OwnValue
from kith.web.kit.parameters import showing
from kith.web.kit.parameters.changing import UnfitValueError


@admin.register(OwnValue)
class OwnValueAdmin(admin.ModelAdmin[OwnValue]):
    """One page of all of them, and one for each: nothing else can be done to them."""

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False: each has its own page."""
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: that something counted once stays readable."""
        return False

    @override
    def get_urls(self) -> list[Any]:
        """Return the address of the list, and that of one by its key."""
        inside = self.admin_site.admin_view
        return [
            path("", inside(self.changelist_view), name="kit_ownvalue_changelist"),
            path("<str:key>/", inside(self.one), name="kit_ownvalue_one"),
        ]

    @override
    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """Show all of them."""
        return self._page(request, "kit/desk/parameters.html", {"groups": showing.groups()})

    def one(self, request: HttpRequest, key: str) -> HttpResponse:
        """Show one, and put another value in its place or take that back."""
        try:
            shown = showing.one(key)
        except InvalidInputError as error:
            raise Http404 from error
        if request.method != "POST":
            return self._page(request, "kit/desk/parameter.html", {"one": shown})
        text = str(request.POST.get("value", ""))
        try:
            if "back" in request.POST:
                parameters.back_to_default(key=key, by=request.user)
            else:
                parameters.put(key=key, text=text, by=request.user)
        except UnfitValueError as error:
            refused = {"one": shown, "said": text, "refused": str(error)}
            return self._page(request, "kit/desk/parameter.html", refused)
        return redirect(reverse("admin:kit_ownvalue_one", args=[key]))

    def _page(self, request: HttpRequest, template: str, more: dict[str, Any]) -> TemplateResponse:
        about = {"opts": self.model._meta, "title": self.model._meta.verbose_name_plural}
        context = {**self.admin_site.each_context(request), **about, **more}
        return TemplateResponse(request, template, context)
