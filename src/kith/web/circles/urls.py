"""Addresses of circles and pairs."""

from django.urls import URLPattern, path

from kith.web.circles import views

app_name = "circles"
urlpatterns: list[URLPattern] = [
    # Stand in for the pages of wishing, until both are together.
    path("circle/", views.mine, name="mine"),
    path("circle/wish/", views.mine, name="wish"),
    path("circle/<str:token>/", views.circle, name="circle"),
    path("circle/<str:token>/asked/", views.asked, name="asked"),
    path("pair/<str:token>/", views.pair, name="pair"),
    path("pair/<str:token>/answer/", views.answer_pair, name="answer_pair"),
    path("pair/<str:token>/where/", views.where_of_pair, name="where_of_pair"),
    path("pair/<str:token>/listening/", views.listening, name="listening"),
    path("pair/<str:token>/listened/", views.listened, name="listened"),
]
