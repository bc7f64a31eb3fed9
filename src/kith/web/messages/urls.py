"""Addresses of messages."""

from django.urls import URLPattern

app_name = "kith_messages"
urlpatterns: list[URLPattern] = []
