"""Addresses of circles and pairs."""

from django.urls import URLPattern, path

from kith.web.circles import views

app_name = "circles"
urlpatterns: list[URLPattern] = [
    # To wish, and to answer. These come before whatever a circle may be called.
    path("circle/", views.mine, name="mine"),
    path("circle/wish/", views.wish, name="wish"),
    path("circle/wish/rest/", views.rest, name="rest"),
    path("circle/wish/wake/", views.wake, name="wake"),
    path("circle/wish/take-back/", views.take_back, name="take_back"),
    path("circle/<str:token>/asked/", views.asked, name="asked"),
    # The page of a circle.
    path("circle/<str:token>/", views.circle, name="circle"),
]
