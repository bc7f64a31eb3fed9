"""Addresses of studies."""

from django.urls import URLPattern, path

from kith.web.study import views

app_name = "study"
urlpatterns: list[URLPattern] = [
    path("studies/", views.studies, name="studies"),
    path("study/<str:token>/", views.study, name="study"),
    path("study/<str:token>/choose/", views.choose, name="choose"),
    path("study/<str:token>/no/", views.no, name="no"),
    path("study/<str:token>/mine/", views.mine, name="mine"),
    path("study/<str:token>/stop/", views.stop, name="stop"),
    path("study/<str:token>/take-back/", views.take_back, name="take_back"),
    path("study/<str:token>/fewer/", views.fewer, name="fewer"),
    path("study/<str:token>/report/", views.report, name="report"),
    path("suggested/<str:token>/", views.suggestion, name="suggestion"),
    path("suggested/<str:token>/seen/", views.seen_suggestion, name="seen_suggestion"),
    path("suggested/<str:token>/not-now/", views.wave_away, name="wave_away"),
    path("check-ins/ahead/", views.ahead, name="ahead"),
    path("check-in/<str:token>/seen/", views.seen, name="seen"),
    path("check-in/<str:token>/", views.check_in, name="check_in"),
    path("check-in/<str:token>/not-now/", views.not_now, name="not_now"),
    path("checked-in/", views.thanks, name="thanks"),
]
