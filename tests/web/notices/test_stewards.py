"""Stewards learn that a report waits: those who may look at it, and nothing of what it says."""

import pytest
from tests.web.safety.meeting import WORDS, browser_of, paused, somebody, tell

from kith.web.notices import actions
from kith.web.notices.models import Notice

pytestmark = pytest.mark.django_db


def steward(called, **more):
    return somebody(called, is_steward=True, **more)


def told():
    return sorted(str(notice.person) for notice in Notice.objects.all())


def test_every_steward_without_part_in_it_is_told_and_nobody_else():
    ruth, kofi = somebody("Ruth"), somebody("Kofi")
    steward("Ada")
    involved, about = steward("Ivo"), steward("Max")
    paused(steward("Pia"))
    steward("Gil", is_active=False)

    tell(by=ruth, about=about, involved=[involved, kofi])

    assert told() == ["Ada"]


def test_steward_who_tells_is_not_told_by_themselves():
    ada, _bea = steward("Ada"), steward("Bea")

    tell(by=ada, about=somebody("Kofi"))

    assert told() == ["Bea"]


def test_notice_reveals_nothing_and_leads_to_the_desk():
    ada, kofi = steward("Ada"), somebody("Kofi")

    tell(by=somebody("Ruth"), about=kofi)

    [notice] = Notice.objects.all()
    assert notice.words == "Something waits for you at the desk."
    assert not any(said in notice.words for said in (WORDS, "Kofi", "Ruth"))
    assert (notice.about, notice.by) == ("desk", None)
    assert browser_of(ada).get(notice.path).status_code == 200
    assert browser_of(kofi).get(notice.path).status_code == 404


def test_several_reports_are_one_notice_until_it_is_seen():
    ada = steward("Ada")
    for _ in range(3):
        tell(about=somebody())
    [notice] = Notice.objects.all()

    actions.saw(person=ada, numbers=[notice.pk])
    tell(about=somebody())

    assert Notice.objects.filter(person=ada, seen_at=None).count() == 1
    assert Notice.objects.count() == 2
