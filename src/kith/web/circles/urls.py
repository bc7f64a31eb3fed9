"""Addresses of circles and pairs."""

from django.urls import URLPattern, path

from kith.web.circles import views

app_name = "circles"
urlpatterns: list[URLPattern] = [
    # To wish, and to answer. These come before whatever a circle may be called.
    path("circle/", views.mine, name="mine"),
    path("circle/wish/", views.wish, name="wish"),
    path("circle/wish/rest/", views.rest_wish, name="rest_wish"),
    path("circle/wish/wake/", views.wake_wish, name="wake_wish"),
    path("circle/wish/take-back/", views.take_back_wish, name="take_back_wish"),
    path("circle/<str:token>/asked/", views.asked, name="asked"),
    # The page of a circle.
    path("circle/<str:token>/", views.circle, name="circle"),
]
