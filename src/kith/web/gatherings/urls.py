"""Addresses of gatherings, for people and for programs."""

from django.urls import path

from kith.web.gatherings.views import (
    after,
    arriving,
    bmlt,
    coming,
    feeds,
    finding,
    gathering,
    host_dates,
    hosting,
    hosts,
    streets,
    welcome,
)

app_name = "gatherings"
urlpatterns = [
    path("", welcome.welcome, name="welcome"),
    path("gatherings/", finding.gatherings, name="gatherings"),
    path("gatherings/changes/", welcome.changes, name="changes"),
    path("gatherings/yours/", hosting.yours, name="yours"),
    path("gatherings.ics", feeds.search_calendar, name="search_calendar"),
    path("gatherings/<str:slug>/", gathering.gathering, name="gathering"),
    path("gatherings/<str:slug>/answer/", coming.answer, name="answer"),
    path("gatherings/<str:slug>/was-there/", coming.was_there, name="was_there"),
    path("gatherings/<str:slug>/host/", hosting.hosting, name="hosting"),
    path("gatherings/<str:slug>/host/edit/", hosting.edit, name="edit"),
    path("gatherings/<str:slug>/host/dates/", host_dates.dates, name="dates"),
    path("gatherings/<str:slug>/host/hosts/", hosts.hosts, name="hosts"),
    path("host/new/", hosting.new, name="new"),
    path("host/with/<str:code>/", hosts.link, name="host_link"),
    path("gatherings/<str:slug>/tell/", coming.tell, name="tell"),
    path("gatherings/<str:slug>/company/", coming.ask_for_company, name="ask_for_company"),
    path("gatherings/<str:slug>/sit/", coming.answer_ask, name="answer_ask"),
    path("gatherings/<str:slug>/after/<str:on>/", after.after, name="after"),
    path("gatherings/<str:slug>/after/<str:on>/talked/", after.talked, name="talked"),
    path("gatherings/<str:slug>/after/<str:on>/thank/", after.thank, name="thank"),
    path("gatherings/<str:slug>/arrivals/<str:on>/", arriving.arrivals, name="arrivals"),
    path("gatherings/<str:slug>/arrivals/<str:on>/greet/", arriving.greet, name="greet"),
    path("gatherings/<str:slug>/arrivals/<str:on>/here/", arriving.here, name="here"),
    path("gatherings/<str:slug>.ics", feeds.gathering_calendar, name="gathering_calendar"),
    path("places/<int:number>.ics", feeds.place_calendar, name="place_calendar"),
    path("api/gatherings", finding.gatherings_json, name="gatherings_json"),
    path("map/streets.pmtiles", streets.streets, name="streets"),
    path("feeds/meeting-guide.json", feeds.meeting_guide, name="meeting_guide"),
    path("client_interface/<str:form>/", bmlt.answer, name="bmlt"),
]
