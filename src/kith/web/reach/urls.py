"""Addresses of reach."""

from django.urls import URLPattern, path

from kith.web.reach import views

app_name = "reach"
urlpatterns: list[URLPattern] = [
    path("now/", views.now, name="now"),
    path("now/offline/", views.offline, name="offline"),
    path("now/ring/", views.ring, name="ring"),
    path("now/room/", views.walk_in, name="walk_in"),
    path("now/left/", views.left, name="left"),
    path("now/willing/", views.willing, name="willing"),
    path("now/willing/not/", views.willing_not, name="willing_not"),
    path("now/willing/rest/", views.willing_rest, name="willing_rest"),
    path("now/turns/", views.turns, name="turns"),
    path("now/stay/", views.stay_with_me, name="stay_with_me"),
    path("now/stay/over/", views.company_was, name="company_was"),
    path("now/stay/<str:token>/", views.company, name="company"),
    path("now/stay/<str:token>/yes/", views.company_yes, name="company_yes"),
    path("now/stay/<str:token>/here/", views.company_here, name="company_here"),
    path("now/stay/<str:token>/end/", views.company_end, name="company_end"),
    path("now/to/<str:token>/", views.reach, name="reach"),
    path("now/to/<str:token>/state/", views.state, name="state"),
    path("now/to/<str:token>/on/", views.go_on, name="go_on"),
    path("now/to/<str:token>/stop/", views.stop, name="stop"),
    path("now/to/<str:token>/ask/", views.ask, name="ask"),
    path("now/to/<str:token>/circle/", views.ask_circle, name="ask_circle"),
    path("now/to/<str:token>/ask-not/", views.ask_not, name="ask_not"),
    path("now/to/<str:token>/after/", views.afterwards, name="afterwards"),
    path("now/to/<str:token>/said/", views.after, name="after"),
    path("rung/", views.rings, name="rings"),
    path("rung/<str:token>/", views.rung, name="rung"),
    path("rung/<str:token>/answer/", views.answer, name="answer"),
    path("rung/<str:token>/not-now/", views.not_now, name="not_now"),
    # At the root, since a worker may only look after what lies under its own address.
    path("sw.js", views.worker, name="worker"),
]
