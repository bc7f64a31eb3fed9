"""What happens without anybody waiting for it."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult
from tests.web.notices.conftest import NOON
from tests.web.notices.making import say, told_by

from kith.web.notices import tasks
from kith.web.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_kept_tasks", "clock")]


@pytest.fixture
def _kept_tasks(settings):
    """Tasks wait in the database, as they do in a real instance."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
    }


def waiting():
    return [row.task_path.rpartition(".")[2] for row in DBTaskResult.objects.all()]


def test_page_that_tells_somebody_only_asks_for_a_sending(ruth, django_capture_on_commit_callbacks):
    told_by(ruth)

    with django_capture_on_commit_callbacks(execute=True):
        for path in ("/a/", "/b/", "/c/"):
            say(ruth, path)

    # Once for the three, and with nobody's key among what is kept of it.
    assert waiting() == ["send_due"]
    assert DBTaskResult.objects.get().args_kwargs == {"args": [], "kwargs": {}}


def test_next_sending_is_asked_for_while_one_is_at_work(ruth, django_capture_on_commit_callbacks):
    told_by(ruth)
    with django_capture_on_commit_callbacks(execute=True):
        say(ruth)
    DBTaskResult.objects.update(status="RUNNING")

    with django_capture_on_commit_callbacks(execute=True):
        say(ruth, "/b/")

    assert waiting() == ["send_due", "send_due"]


def test_look_forgets_what_is_old_and_comes_round_again(ruth, clock):
    say(ruth)
    clock(NOON + timedelta(days=31))

    assert tasks.look.call() == 0

    assert not Notice.objects.exists()
    [row] = DBTaskResult.objects.all()
    assert (row.task_path, row.run_after) == (
        tasks.look.module_path,
        NOON + timedelta(days=31) + tasks.LOOK_EVERY,
    )


def test_look_that_falls_comes_round_again(monkeypatch):
    def fall(**_kwargs):
        raise RuntimeError("the lights went out")

    monkeypatch.setattr(tasks.actions, "send_due", fall)
    with pytest.raises(RuntimeError):
        tasks.look.call()

    assert waiting() == ["look"]


def test_how_a_look_went_is_forgotten_after_a_day(clock):
    for hours in (0, 12, 25):
        clock(NOON + timedelta(hours=hours))
        tasks.look.call()
        DBTaskResult.objects.filter(status="READY").update(
            status="SUCCESSFUL", finished_at=NOON + timedelta(hours=hours)
        )

    clock(NOON + timedelta(hours=30))
    tasks.look.call()

    assert DBTaskResult.objects.count() == 3


def test_start_asks_for_the_first_look_once():
    for _ in range(3):
        tasks.start()

    assert waiting() == ["look"]


def test_what_waited_for_the_morning_goes_soon_after_it():
    assert timedelta(minutes=5) >= tasks.LOOK_EVERY


def test_sending_returns_how_many_went():
    assert tasks.send_due.call() == 0
