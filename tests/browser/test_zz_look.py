import sys
from datetime import timedelta, date
import pytest
from django.test import Client
from django.conf import settings
from django.utils import timezone
from tests.browser.harness import *
from tests.browser.conftest import *
from tests.web.circles.making import *
from kith.web.circles import actions
from kith.web.circles.choices import Kind
pytestmark=[pytest.mark.browser, pytest.mark.django_db(transaction=True)]
def come_in(page, person, live_server):
    c=Client(); c.force_login(person)
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME,"value":c.cookies[settings.SESSION_COOKIE_NAME].value,"url":live_server.url}])
    return page
def make(n=6):
    names=[("Ruth","brings biscuits"),("Kofi","at the piano"),("Marisol","works nights"),("Teo","fixes bikes"),("Wren",""),("Dev","")][-n:] if n<6 else [("Ruth","brings biscuits"),("Kofi","at the piano"),("Marisol","works nights"),("Teo","fixes bikes"),("Wren",""),("Dev","")]
    ps={}
    for a,b in names:
        ps[a]=somebody(a)
        Person.objects.filter(pk=ps[a].pk).update(joined_on=timezone.localdate()-timedelta(days=300))
    c=circle_of(*ps.values(), starts_in=timedelta(minutes=5), weeks=12, place="Library, back room", link="https://meet.example.org/x")
    for a,b in names: Chair.objects.filter(circle=c, person=ps[a]).update(brings=b)
    first=c.begun_on
    for w in range(0,12):
        if w not in (4,9): met(c, first+timedelta(weeks=w), *list(ps.values())[:2])
    at=timezone.now()
    actions.say_comes(chair=chair_of(ps["Wren"],c), comes=False, at=at)
    if n==6:
        f=actions.say_favor(chair=chair_of(ps["Marisol"],c), kind=Kind.ASK, words="for bread tins.", at=at)
        actions.take_up(favor=f, person=ps["Ruth"]); actions.do(favor=f, person=ps["Ruth"], at=at)
        actions.say_favor(chair=chair_of(ps["Teo"],c), kind=Kind.OFFER, words="I can fix a bike on Saturday. Bring it round.", at=at)
        actions.say_favor(chair=chair_of(ps["Wren"],c), kind=Kind.ASK, words="Could someone sit with me at the clinic, Friday at ten?", at=at)
    return ps,c
@pytest.mark.parametrize("look", LOOKS, ids=lambda l:l.name)
def test_look(browse, look, live_server):
    for n in (6,2):
        ps,c=make(n)
        page=come_in(browse(look), ps["Dev"], live_server)
        page.goto(f"/circle/{c.token}/")
        page.screenshot(path=f"/tmp/look/c{n}.{look.name}.png", full_page=True)
        print(violations(page), sideways_px(page))
