"""Addresses of the simulator."""

from django.urls import URLPattern, path

from kith.web.simulator import views

app_name = "simulator"
urlpatterns: list[URLPattern] = [
    path("simulator/", views.simulator, name="simulator"),
    path("simulator/<str:token>/", views.run, name="run"),
    path("simulator/<str:token>/leave/", views.leave, name="leave"),
]
