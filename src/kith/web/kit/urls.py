"""Addresses of the pages about kith itself."""

from django.urls import path

from kith.web.kit import views

app_name = "kit"
urlpatterns = [
    path("about/", views.about, name="about"),
    path("about/look/", views.look, name="look"),
    path("safety/", views.safety, name="safety"),
    path("privacy/", views.privacy, name="privacy"),
    path("language/", views.language, name="language"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
]
