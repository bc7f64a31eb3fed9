"""A steward's desk for hosts, and what happens without anybody asking."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.gatherings.holding import held, hosts_of, join, somebody, told, waiting

from kith.web.gatherings import tasks
from kith.web.gatherings.choices import Status
from kith.web.gatherings.models import Gathering, Host, HostTraining
from kith.web.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def desk():
    """A steward's browser."""
    browser = Client()
    browser.force_login(Person.objects.create_superuser("ines", password="a long one for ines"))
    return browser


def test_steward_vouches_and_it_opens(desk):
    one, other = somebody("One", days=1), somebody("Other", days=1)
    gathering = waiting(one)
    join(gathering, one, other)

    sent = {
        "person": str(one.pk),
        "is_vouched_for": "on",
        "checked": "Met twice.",
        "trained_on": "",
    }
    answer = desk.post("/desk/gatherings/hosttraining/add/", {**sent, "supervisor": ""})

    assert answer.status_code == 302
    assert Gathering.objects.get().status == Status.OPEN
    assert desk.get("/desk/gatherings/hosttraining/").status_code == 200
    training = HostTraining.objects.get()
    assert training.checked == "Met twice."
    assert desk.get(f"/desk/gatherings/hosttraining/{training.pk}/change/").status_code == 200


def test_steward_gives_a_host(desk):
    gathering = waiting(somebody("Ruth"))
    kofi = somebody("Kofi")

    sent = {"gathering": gathering.pk, "person": str(kofi.pk), "until": "2027-01-01"}
    answer = desk.post("/desk/gatherings/host/add/", sent)

    assert answer.status_code == 302
    assert Gathering.objects.get().status == Status.OPEN
    assert hosts_of(gathering) == ["Ruth", "Kofi"]
    assert desk.get("/desk/gatherings/host/").status_code == 200


def test_daily_round_tells_ends_and_settles(settings):
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
    }
    ruth, kofi, ines = somebody("Ruth"), somebody("Kofi"), somebody("Ines")
    gathering = held(ruth, kofi)
    join(gathering, ruth, ines)
    today = timezone.localdate()
    Host.objects.filter(person=kofi).update(until=today - timedelta(days=1))
    Host.objects.filter(person=ines).update(until=today + timedelta(days=7))

    assert tasks.look_after_hosts.call() == 1

    assert hosts_of(gathering) == ["Ruth", "Ines"]
    assert told(ines)[-1] == (
        "Your year as a host of “Riverside Choir” ends on 1 December. One tap, and you go on."
    )
