"""Addresses of circles and pairs."""

from django.urls import URLPattern, path

from kith.web.circles import views

app_name = "circles"
urlpatterns: list[URLPattern] = [
    # To wish, and to answer. These come before whatever a circle may be called.
    path("circle/", views.mine, name="mine"),
    path("circle/wish/", views.wish, name="wish"),
    path("circle/wish/rest/", views.rest_wish, name="rest_wish"),
    path("circle/wish/wake/", views.wake_wish, name="wake_wish"),
    path("circle/wish/take-back/", views.take_back_wish, name="take_back_wish"),
    path("circle/<str:token>/asked/", views.asked, name="asked"),
    # The page of a circle, and its life.
    path("circle/<str:token>/", views.circle, name="circle"),
    path("circle/<str:token>/door/", views.door, name="door"),
    path("circle/<str:token>/person/<str:reference>/", views.seated, name="seated"),
    path("circle/<str:token>/where/", views.where, name="where"),
    path("circle/<str:token>/name/", views.name, name="name"),
    path("circle/<str:token>/bring/", views.bring, name="bring"),
    path("circle/<str:token>/coming/", views.coming, name="coming"),
    path("circle/<str:token>/off/", views.off, name="off"),
    path("circle/<str:token>/meets/", views.meets, name="meets"),
    path("circle/<str:token>/was-there/", views.was_there, name="was_there"),
    path("circle/<str:token>/ask/", views.ask, {"kind": "ask"}, name="ask"),
    path("circle/<str:token>/offer/", views.ask, {"kind": "offer"}, name="offer"),
    path("circle/<str:token>/favor/<int:number>/take-up/", views.favor_taken, name="favor_taken"),
    path("circle/<str:token>/favor/<int:number>/done/", views.favor_done, name="favor_done"),
    path("circle/<str:token>/favor/<int:number>/take-back/", views.favor_back, name="favor_back"),
    path("circle/<str:token>/away/", views.away, name="away"),
    path("circle/<str:token>/another/", views.another, name="another"),
    path("circle/<str:token>/leave/", views.leave, name="leave"),
    path("circle/<str:token>/still/", views.still, name="still"),
    path("circle/<str:token>/goes-on/", views.goes_on, name="goes_on"),
    path("circle/<str:token>/close/", views.close, name="close"),
    path("circle/<str:token>/hard/", views.hard, name="hard"),
    # Listening pairs.
    path("pair/<str:token>/", views.pair, name="pair"),
    path("pair/<str:token>/answer/", views.answer_pair, name="answer_pair"),
    path("pair/<str:token>/where/", views.where_of_pair, name="where_of_pair"),
    path("pair/<str:token>/room/", views.room_of_pair, name="room_of_pair"),
    path("pair/<str:token>/listening/", views.listening, name="listening"),
    path("pair/<str:token>/listened/", views.listened, name="listened"),
]
