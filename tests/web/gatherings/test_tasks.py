import logging
from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult
from tests.web.gatherings.hosting import comes, held, person, tells
from tests.web.gatherings.making import TUESDAY, body, gatherings, meeting

from kith.web.gatherings import tasks
from kith.web.gatherings.models import Feed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_kept_tasks")]


@pytest.fixture
def _kept_tasks(settings):
    """Tasks wait in the database, as they do in a real instance."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
    }


def waiting(task=tasks.refresh_feeds):
    """Return when each `task` that waits may run."""
    rows = DBTaskResult.objects.filter(task_path=task.module_path, status="READY")
    return sorted(rows.values_list("run_after", flat=True))


def test_reading_feeds_asks_to_be_called_again(clock, tmp_path):
    (tmp_path / "feed.json").write_bytes(body(meeting()))
    Feed.objects.create(address=str(tmp_path / "feed.json"), every_hours=1)

    assert tasks.refresh_feeds.call() == 1

    assert len(gatherings()) == 1
    assert waiting() == [TUESDAY + tasks.LOOK_EVERY]


def test_reading_nothing_asks_to_be_called_again(clock):
    assert tasks.refresh_feeds.call() == 0

    assert waiting() == [TUESDAY + tasks.LOOK_EVERY]


def test_reading_that_falls_asks_to_be_called_again(clock, monkeypatch):
    def fall():
        raise RuntimeError("the lights went out")

    monkeypatch.setattr(tasks.actions, "refresh_due", fall)
    with pytest.raises(RuntimeError):
        tasks.refresh_feeds.call()

    assert waiting() == [TUESDAY + tasks.LOOK_EVERY]


def test_looking_after_hosts_asks_to_be_called_again(clock):
    assert tasks.look_after_hosts.call() == 0

    assert waiting(tasks.look_after_hosts) == [TUESDAY + tasks.HOSTS_EVERY]


def test_what_was_told_is_cleared_once_a_day(clock):
    tuesdays = held(person("Kofi"))
    amara = comes(person("Amara"), tuesdays)
    tells(amara, tuesdays, needs_words="I get loud")
    assert tasks.forget_told.call() == 0

    clock.stand_at(TUESDAY + timedelta(days=3))

    assert tasks.forget_told.call() == 1
    assert waiting(tasks.forget_told)[-1] == TUESDAY + timedelta(days=3) + tasks.FORGET_EVERY


def test_feed_that_cannot_be_read_is_told_to_the_log(tmp_path, caplog):
    Feed.objects.create(address=str(tmp_path / "nowhere.json"), every_hours=1)

    with caplog.at_level(logging.WARNING):
        assert tasks.refresh_feeds.call() == 1

    assert "nowhere.json" in caplog.text


def test_start_asks_for_the_first_reading_once(clock):
    for _ in range(3):
        tasks.start()

    each = (tasks.refresh_feeds, tasks.look_after_hosts, tasks.forget_told)
    assert [len(waiting(task)) for task in each] == [1, 1, 1]


def test_start_lets_a_reading_that_waits_for_its_hour_wait(clock):
    tasks.refresh_feeds.call()

    tasks.start()

    assert waiting() == [TUESDAY + tasks.LOOK_EVERY]


def test_start_begins_anew_when_the_last_reading_is_over(clock):
    tasks.start()
    DBTaskResult.objects.update(status="SUCCESSFUL")

    tasks.start()

    assert len(waiting()) == 1


def test_look_is_often_enough_for_a_feed_read_every_hour():
    assert timedelta(minutes=1) <= tasks.LOOK_EVERY < timedelta(hours=1)
