"""The desk: for stewards, and for everybody else an address that never was."""

from functools import update_wrapper
from typing import Any, Final

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from typing_extensions import override

# Nobody here has groups; and what can wait may hold words that are meant for one person only.
NOT_HERE: Final = frozenset({"auth.group", "django_tasks_database.dbtaskresult"})


class Desk(admin.AdminSite):
    """Django's admin, which tells nobody who is in that there is one, unless they are a steward."""

    @override
    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what every page of the desk knows; at that of a demo, that nobody in it is real."""
        context = super().each_context(request)
        if settings.KITH_IS_DEMO:
            context["site_header"] = _(
                "This town is simulated: a model made up its people, and nobody in it is real."
            )
        return context

    @override
    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Return `view` for stewards, kept nowhere. A stranger is led to where stewards sign in."""
        guarded = super().admin_view(view, cacheable=False)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            answer: HttpResponse = guarded(request, *args, **kwargs)
            return answer

        return update_wrapper(inner, guarded)

    @override
    def register(self, model_or_iterable: Any, *args: Any, **options: Any) -> None:
        """Put models on the desk, but for those of Django's own that have no business there."""
        models: Any = model_or_iterable
        if isinstance(models, type):
            models = [models]
        wanted = [model for model in models if model._meta.label_lower not in NOT_HERE]
        super().register(wanted, *args, **options)
