"""Addresses of Tonight."""

from django.urls import path

from kith.web.tonight import views

app_name = "tonight"
urlpatterns = [
    path("tonight/", views.tonight, name="tonight"),
    path("tonight/practice/", views.practice, name="practice"),
]
