"""What ends by itself, and rows in words."""

from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.web.circles.making import told
from tests.web.service.making import asked, taken

from kith.web.service import tasks
from kith.web.service.choices import OPEN_FOR, Side
from kith.web.service.models import Invitation


def test_hour_comes_round_again_by_itself(settings, dev):
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
    }
    tasks.start()
    tasks.start()
    waits = DBTaskResult.objects.filter(task_path=tasks.look_after_service.module_path)
    begun = waits.count()
    asked(dev, at=timezone.now() - OPEN_FOR)

    assert tasks.look_after_service.call() == 1

    assert (begun, waits.count()) == (1, 2)
    assert told(dev) == ["Nobody could, this time. Is it still needed?"]


def test_rows_are_named_in_words(ruth, dev):
    errand = asked(dev)

    door = Invitation(person=ruth, door=Side.OFFER, said_at=timezone.now())

    assert [str(errand), str(taken(errand, ruth)), str(door)] == [
        "asks: a ride",
        "asks: a ride",
        "offers",
    ]
