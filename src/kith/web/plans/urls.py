"""Addresses of plans."""

from django.urls import URLPattern, path

from kith.web.plans import views

app_name = "plans"
urlpatterns: list[URLPattern] = [
    path("plan/", views.mine, name="mine"),
    path("plan/new/", views.new, name="new"),
    path("plan/still/", views.still, name="still"),
    path("plan/paper/", views.paper, name="paper"),
    path("plan/ask/", views.ask, name="ask"),
    path("plan/openness/", views.openness, name="openness"),
    path("plan/asked/<str:token>/", views.asked, name="asked"),
    path("plan/asked/<str:token>/step-back/", views.step_back, name="step_back"),
    path("plan/thanks/", views.thanks, name="thanks"),
    path("plan/with/<str:token>/take-out/", views.take_out, name="take_out"),
    path("plan/line/<str:token>/", views.change, name="change"),
    path("plan/line/<str:token>/drop/", views.drop, name="drop"),
    path("plan/line/<str:token>/practice/", views.practise, name="practise"),
]
