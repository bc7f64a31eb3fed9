"""What rings, and what serves the pages, are killed while people tap. Afterwards the rows say it all.

Both are processes of their own, as on any machine, and are killed as by one that loses its power.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

import httpx
import pytest
from django.utils import timezone
from tests.web.notices.receiving import PushService
from tests.web.reach.people.making import browser, keeps, longtime, willing
from tests.web.reach.people.test_pushing import told_by
from tests.web.rooms.serving import ROOT, Served, database_url

from kith.web.reach import actions
from kith.web.reach.choices import RingState, State
from kith.web.reach.models import Reach, Ring

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
TOKEN = "a" * 32
WAIT_S = 60
# What `manage ring_people` does, for a push service on this machine.
RINGS = (
    "import django; django.setup();"
    "from tests.web.notices.receiving import near;"
    "from kith.web.notices.actions.ringing import Bell;"
    "from kith.web.reach import actions;"
    "actions.keep_ringing(Bell(near(), threads=2), goes_on=lambda: True)"
)


class Ringing:
    """The process that rings people."""

    def start(self):
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.web.rooms.served",
            "KITH_DATABASE_URL": database_url(),
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
        }
        self._process = subprocess.Popen([sys.executable, "-c", RINGS], env=environment, cwd=ROOT)

    def kill(self):
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()


@pytest.fixture
def service():
    running = PushService().start()
    yield running
    running.stop()


@pytest.fixture
def served():
    running = Served().start()
    yield running
    running.kill()


@pytest.fixture
def ringing():
    running = Ringing()
    running.start()
    yield running
    running.kill()


def tap(served, door):
    """Tap until a page answers, as somebody does who needs a voice."""
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        try:
            answer = httpx.post(
                f"{served.url}/now/ring/",
                data={"csrfmiddlewaretoken": TOKEN},
                headers={"Cookie": f"door={door}; csrftoken={TOKEN}"},
                timeout=20,
            )
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return answer.status_code
    return 0


def wait_for(seen):
    until = time.monotonic() + WAIT_S
    while not seen() and time.monotonic() < until:
        time.sleep(0.1)
    assert seen()


def test_nobody_is_lost_when_what_rings_and_what_serves_are_killed(service, served, ringing):
    people = [willing(f"W{number}", most_a_day=2) for number in range(12)]
    for person in people:
        told_by(person, service)
    keeps(longtime("Keeper"))
    askers = [longtime(f"A{number}") for number in range(8)]
    doors = [browser(one).cookies["door"].value for one in askers]

    with ThreadPoolExecutor(4) as taps:
        first = list(taps.map(lambda door: tap(served, door), doors[:2]))
        ringing.kill()
        while_dead = list(taps.map(lambda door: tap(served, door), doors[2:4]))
        rest = [taps.submit(tap, served, door) for door in doors[4:]]
        served.kill()
        served.start()
        ringing.start()
        statuses = first + while_dead + [one.result() for one in rest]
    wait_for(lambda: not Ring.objects.filter(state=RingState.RINGS, pushed_at=None).exists())
    actions.settle_all(at=timezone.now() + timedelta(seconds=120))

    assert statuses == [302] * 8
    assert Counter(Reach.objects.values_list("person_id", flat=True)) == Counter(
        one.pk for one in askers
    )
    assert set(Reach.objects.values_list("state", flat=True)) <= {
        State.ANSWERED,
        State.OPEN,
        State.LINES,
    }
    rung = {one.pk: list(Ring.objects.filter(person=one).order_by("rung_at")) for one in people}
    assert sum(map(len, rung.values())) > 0
    assert max(map(len, rung.values())) <= 2
    assert all(
        one.until <= next_.rung_at for mine in rung.values() for one, next_ in pairwise(mine)
    )
    pushed = {path.rpartition("/")[2] for path in (one.path for one in service.came)}
    assert {one.called for one in people if rung[one.pk]} <= pushed
