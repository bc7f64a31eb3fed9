"""At the desk: stewards vouch for people they know, and read when circles were formed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.circles.making import AT, circle_with, somebody, wishing
from tests.web.gatherings.making import forget_everything, gatherings, meeting, take_in
from tests.web.messages.making import inside

from kith.web.circles import actions
from kith.web.circles.choices import ChairState
from kith.web.circles.models import Formation, Vouch
from kith.web.gatherings.models import Host
from kith.web.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def steward() -> Client:
    person = somebody("Stella")
    Person.objects.filter(pk=person.pk).update(is_steward=True)
    person.refresh_from_db()
    browser: Client = inside(person)
    return browser


def hosts(called: str) -> Person:
    forget_everything()
    take_in(meeting("Riverside choir"))
    person = somebody(called)
    until = timezone.localdate() + timedelta(days=300)
    Host.objects.create(gathering=gatherings()[0], person=person, until=until)
    return person


def test_steward_vouches_for_somebody_who_hosts(steward: Client) -> None:
    ruth = hosts("Ruth")

    page = steward.get("/desk/circles/vouch/add/").content.decode()
    steward.post("/desk/circles/vouch/add/", {"person": str(ruth.pk)})

    assert "Ruth (Riverside choir)" in page
    kept = Vouch.objects.get()
    assert (kept.person, str(kept.by)) == (ruth, "Stella")


def test_steward_is_shown_nobody_who_only_wishes_or_sits(steward: Client) -> None:
    ada = wishing("Ada")
    circle_with(ada, ChairState.SITS)

    page = steward.get("/desk/circles/vouch/add/").content.decode()
    answer = steward.post("/desk/circles/vouch/add/", {"person": str(ada.pk)})

    assert "Stella" in page
    assert "Ada" not in page
    assert answer.status_code == 200
    assert not Vouch.objects.exists()


def test_who_vouched_stays_who_it_was(steward: Client) -> None:
    ruth = hosts("Ruth")
    kept = Vouch.objects.create(person=ruth, by=somebody("Amina"))

    steward.post(f"/desk/circles/vouch/{kept.pk}/change/", {"person": str(ruth.pk)})

    assert str(Vouch.objects.get().by) == "Amina"


def test_steward_reads_when_circles_were_formed_and_of_nobody(steward: Client) -> None:
    for name in ("Ada", "Ben", "Cem", "Dev"):
        wishing(name)
    formation = actions.form_circles(at=AT, seed=4711)

    listed = steward.get("/desk/circles/formation/").content.decode()
    one = steward.get(f"/desk/circles/formation/{formation.pk}/change/").content.decode()

    for page in (listed, one):
        assert "4711" in page
        for name in ("Ada", "Ben", "Cem", "Dev"):
            assert name not in page
    for path in ("add/", f"{formation.pk}/delete/"):
        assert steward.get(f"/desk/circles/formation/{path}").status_code == 403
    steward.post(f"/desk/circles/formation/{formation.pk}/change/", {"seed": "1"})
    assert Formation.objects.get().seed == 4711
