"""Addresses of people: only ever one's own."""

from django.urls import URLPattern, path

from kith.web.people import views

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("join/", views.join, name="join"),
    path("join/words/", views.join_with_words, name="join_with_words"),
    path("join/passkey/ask/", views.passkey_to_make, name="passkey_to_make"),
    path("join/passkey/", views.join_with_passkey, name="join_with_passkey"),
    path("enter/", views.enter, name="enter"),
    path("enter/passkey/ask/", views.passkey_to_show, name="passkey_to_show"),
    path("enter/passkey/", views.enter_with_passkey, name="enter_with_passkey"),
    path("leave/", views.leave, name="leave"),
    # Before the desk's own, which counts nothing.
    path("desk/login/", views.enter_desk, name="enter_desk"),
    path("you/", views.you, name="you"),
    path("you/called/", views.called, name="called"),
    path("you/about/", views.about, name="about"),
    path("you/about/home/", views.home, name="home"),
    path("you/about/home/map/", views.home_map, name="home_map"),
    path("you/about/home/forget/", views.forget_home, name="forget_home"),
    path("you/about/<str:name>/", views.say, name="say"),
    path("you/passkey/ask/", views.another_passkey_to_make, name="another_passkey_to_make"),
    path("you/passkey/", views.add_passkey, name="add_passkey"),
    path("you/passkey/<int:number>/drop/", views.drop_passkey, name="drop_passkey"),
    path("you/words/", views.words, name="words"),
    path("you/words/drop/", views.drop_words, name="drop_words"),
    path("you/codes/", views.codes, name="codes"),
    path("you/lend/", views.lend, name="lend"),
    path("you/doors/others/shut/", views.end_others, name="end_others"),
    path("you/doors/<str:name>/shut/", views.end_session, name="end_session"),
    path("you/all/", views.export, name="export"),
    path("you/all.json", views.export_json, name="export_json"),
    path("you/erase/", views.erase, name="erase"),
]
