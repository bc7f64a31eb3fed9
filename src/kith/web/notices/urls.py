"""Addresses of notices."""

from django.urls import URLPattern, path

from kith.web.notices import views

app_name = "notices"
urlpatterns: list[URLPattern] = [
    path("you/notices/", views.notices, name="notices"),
    path("you/notices/often/", views.choose_pace, name="choose_pace"),
    path("you/notices/here/", views.subscribe, name="subscribe"),
    path("you/notices/here/<int:number>/drop/", views.drop_subscription, name="drop_subscription"),
    path("you/notices/mail/", views.give_address, name="give_address"),
    path("you/notices/mail/drop/", views.drop_address, name="drop_address"),
    path("notices/seen/", views.seen, name="seen"),
    path("notices/yes/<str:token>/", views.confirm, name="confirm"),
    path("notices/stop/<str:token>/", views.stop, name="stop"),
]
