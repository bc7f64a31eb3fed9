"""Addresses of circles and pairs."""

from django.urls import URLPattern, path

from kith.web.circles import views

app_name = "circles"
urlpatterns: list[URLPattern] = [
    path("circle/<str:token>/", views.circle, name="circle"),
    path("circle/<str:token>/asked/", views.asked, name="asked"),
]
