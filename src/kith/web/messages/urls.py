"""Addresses of messages."""

from django.urls import URLPattern, path

from kith.web.messages import views

app_name = "kith_messages"
urlpatterns: list[URLPattern] = [
    path("messages/", views.messages, name="messages"),
    path("messages/about/<int:number>/", views.by_ground, name="by_ground"),
    path("messages/<str:reference>/", views.conversation, name="conversation"),
]
