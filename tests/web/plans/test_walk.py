"""The main walk: ask, agree, make a plan, practise it, look at it again, step back."""

import pytest
from tests.web.circles.making import told
from tests.web.messages.making import inside
from tests.web.plans.making import circle_mates, only_plan_of

from kith.web.plans.models import Answer, Asking, Plan, Practice

pytestmark = pytest.mark.django_db


def reference_in(page):
    return page.split('name="whom" value="')[1].split('"')[0]


def test_two_people_make_a_plan():
    ada, ruth = circle_mates("Ada", "Ruth")
    hers, his = inside(ada), inside(ruth)

    page = hers.get("/plan/ask/").content.decode()
    hers.post("/plan/ask/", {"whom": reference_in(page)})
    asking = Asking.objects.get()
    assert told(ruth) == ["Ada asks whether they may come to you when it gets hard."]
    assert "Asked. They answer in their own time." in hers.get("/plan/").content.decode()

    path = f"/plan/asked/{asking.token}/"
    assert "Ada asks for you" in his.get(path).content.decode()
    limits = {"ways": ["voice"], "parts": ["evening"], "days": "all", "often": "few"}
    his.post(path, {"answer": "yes", **limits})
    assert told(ada) == ["Ruth said yes: you may come to them when it gets hard."]
    assert "Said yes: evenings; by voice" in hers.get("/plan/").content.decode()

    said = {"cue": "paid", "deed": "ring", "first": asking.token, "second": "lines"}
    hers.post("/plan/new/", said)
    plan = only_plan_of(ada)
    page = hers.get("/plan/").content.decode()
    assert "I get paid" in page
    assert "a line that is always open" in page

    practice = f"/plan/line/{plan.token}/practice/"
    for step in ("", "?step=voice", "?step=go"):
        assert hers.get(f"{practice}{step}").status_code == 200
    answer = hers.post(practice, {"kind": "pictured"})
    assert answer["Location"] == "/plan/#grown"
    assert Practice.objects.get().plan == plan

    assert hers.get("/plan/paper/").status_code == 200
    his.post(f"/plan/asked/{asking.token}/step-back/")
    assert told(ada) == [
        "Ruth can’t be in your plan for now, and wishes you well. It says nothing about you."
    ]
    page = hers.get("/plan/").content.decode()
    assert "choose somebody new" in page
    assert "Can’t be in it for now, and wishes you well." in page
    assert (Plan.objects.count(), Answer.objects.count()) == (1, 1)
