"""The addresses of kith as they are when everybody said that they may be named.

Until people can say so, nobody is named; what would then follow is tested by these.
"""

from django.urls import include, path

from kith.web.gatherings.views import after


class Everybody:
    """Holds every key."""

    def __contains__(self, key: object) -> bool:
        return True


NAMED = {"named": Everybody()}
PAGE = "gatherings/<str:slug>/after/<str:on>/"
urlpatterns = [
    path(PAGE, after.after, NAMED),
    path(f"{PAGE}talked/", after.talked, NAMED),
    path(f"{PAGE}thank/", after.thank, NAMED),
    path("", include("kith.project.urls")),
]
