"""The desk: for stewards, and for everybody else an address that never was."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import Http404, HttpRequest, HttpResponse
from django_tasks_db.models import DBTaskResult
from typing_extensions import override


class Desk(admin.AdminSite):
    """Django's admin, which tells nobody who is in that there is one, unless they are a steward."""

    @override
    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        """Return `view` for stewards. A stranger is led to where stewards sign in."""
        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            answer: HttpResponse = guarded(request, *args, **kwargs)
            return answer

        return update_wrapper(inner, guarded)


# Nobody here has groups; and what can wait may hold words meant for one person only.
for model in (Group, DBTaskResult):
    if admin.site.is_registered(model):
        admin.site.unregister(model)
