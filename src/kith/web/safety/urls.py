"""Addresses of safety."""

from django.urls import URLPattern, path

from kith.web.safety import views

app_name = "safety"
urlpatterns: list[URLPattern] = [
    path("conduct/", views.conduct, name="conduct"),
    path("tell/", views.tell, name="tell"),
    path("told/", views.told, name="told"),
    path("you/distances/", views.distances, name="distances"),
    path("person/<str:reference>/", views.card, name="card"),
    path("person/<str:reference>/keep/", views.keep, name="keep"),
    path("person/<str:reference>/undo/", views.undo, name="undo"),
    path("person/<str:reference>/tell/", views.tell_of, name="tell_of"),
    path("steward/reports/", views.desk, name="desk"),
    path("steward/reports/<int:number>/", views.report, name="report"),
    path("steward/reports/<int:number>/take-up/", views.take_up, name="take_up"),
    path("steward/reports/<int:number>/note/", views.note, name="note"),
    path("steward/reports/<int:number>/pause/", views.pause, name="pause"),
    path("steward/reports/<int:number>/lift/", views.lift, name="lift"),
    path("steward/reports/<int:number>/close/", views.close, name="close"),
]
