"""Addresses of asks and offers."""

from django.urls import URLPattern, path

from kith.web.service import views

app_name = "service"
urlpatterns: list[URLPattern] = [
    path("service/", views.service, name="service"),
    path("service/ask/", views.say, {"side": "ask"}, name="ask"),
    path("service/offer/", views.say, {"side": "offer"}, name="offer"),
    path("service/not-now/", views.not_now, name="not_now"),
    path("service/<str:token>/", views.errand, name="errand"),
    path("service/<str:token>/take/", views.take, name="take"),
    path("service/<str:token>/answer/", views.answer, name="answer"),
    path("service/<str:token>/back/", views.back, name="back"),
    path("service/<str:token>/done/", views.done, name="done"),
    path("service/<str:token>/hide/", views.hide, name="hide"),
]
