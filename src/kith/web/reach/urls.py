"""Addresses of reach."""

from django.urls import URLPattern, path

from kith.web.reach import views

app_name = "reach"
urlpatterns: list[URLPattern] = [
    path("now/", views.now, name="now"),
    path("now/offline/", views.offline, name="offline"),
    # At the root, since a worker may only look after what lies under its own address.
    path("sw.js", views.worker, name="worker"),
]
