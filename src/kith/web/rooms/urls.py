"""Addresses of rooms. The websocket `room/<token>/ws` is answered by the shell."""

from django.urls import URLPattern, path

from kith.web.rooms import views

app_name = "rooms"
urlpatterns: list[URLPattern] = [
    path("room/<str:token>/", views.room, name="room"),
    path("room/<str:token>/leave/", views.leave, name="leave"),
    path("room/<str:token>/left/", views.left, name="left"),
    path("room/<str:token>/not-okay/", views.not_okay, name="not_okay"),
]
