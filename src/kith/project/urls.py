"""Every address of kith, app by app."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    # First: an address is looked for line by line, and here nobody should wait.
    path("", include("kith.web.reach.urls")),
    path("", include("kith.web.kit.urls")),
    path("", include("kith.web.gatherings.urls")),
    path("", include("kith.web.people.urls")),
    path("", include("kith.web.safety.urls")),
    path("", include("kith.web.notices.urls")),
    path("", include("kith.web.messages.urls")),
    path("", include("kith.web.rooms.urls")),
    path("", include("kith.web.circles.urls")),
    path("", include("kith.web.plans.urls")),
    path("", include("kith.web.service.urls")),
    path("", include("kith.web.study.urls")),
    path("", include("kith.web.simulator.urls")),
    path("", include("kith.web.tonight.urls")),
    path("desk/", admin.site.urls),
]
