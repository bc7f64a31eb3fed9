"""The weekly run comes by itself, once; by hand it says what it did, and nobody's name."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.web.circles.making import AT, wishing

from kith.web.circles import actions, tasks
from kith.web.circles.choices import Answer
from kith.web.circles.models import Chair, Formation

pytestmark = pytest.mark.django_db

SUNDAY = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "hour", "at", "is_due"),
    [
        ("UTC", 6, 6, SUNDAY + timedelta(hours=6), True),
        ("UTC", 6, 6, SUNDAY + timedelta(hours=23, minutes=59), True),
        ("UTC", 6, 6, SUNDAY + timedelta(hours=5, minutes=59), False),
        ("UTC", 6, 6, SUNDAY + timedelta(days=1, hours=7), False),
        ("UTC", 0, 0, SUNDAY + timedelta(days=1), True),
        ("Pacific/Auckland", 6, 6, SUNDAY - timedelta(hours=7), True),
        ("Pacific/Auckland", 6, 6, SUNDAY + timedelta(hours=12), False),
    ],
)
def test_run_is_due_on_its_day_from_its_hour(
    settings: Any, zone: str, day: int, hour: int, at: datetime, is_due: bool
) -> None:
    settings.TIME_ZONE = zone
    settings.KITH_CIRCLES_DAY, settings.KITH_CIRCLES_HOUR = day, hour

    formed = actions.form_if_due(at=at)

    assert [one.is_pairs for one in formed] == ([False, True] if is_due else [])


def test_run_comes_once_a_week_for_circles_and_for_pairs(settings: Any) -> None:
    settings.TIME_ZONE = "UTC"
    Formation.objects.create(at=AT - timedelta(days=2), is_pairs=True, seed=1, people=0, formed=0)
    hours = [AT + timedelta(hours=hour) for hour in range(24 * 15)]

    runs = [(at, formation.is_pairs) for at in hours for formation in actions.form_if_due(at=at)]

    # Somebody let pairs be formed by hand a short while before the first run.
    later = [AT + timedelta(days=days) for days in (7, 14)]
    assert runs == [(AT, False), *((at, is_pairs) for at in later for is_pairs in (False, True))]


def test_look_asks_to_be_called_again_whatever_happens(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.KITH_CIRCLES_DAY = timezone.localtime().weekday()
    settings.KITH_CIRCLES_HOUR = 0

    ran = [tasks.ask_people.func(), tasks.ask_people.func()]
    settings.KITH_CIRCLES_DAY = None
    settings.KITH_CIRCLES_HOUR = None
    ran.append(tasks.ask_people.func())

    assert ran == [0, 0, 0]
    assert Formation.objects.count() == 2
    waits = DBTaskResult.objects.filter(task_path=tasks.ask_people.module_path)
    assert waits.count() == 3
    assert all(one.run_after > timezone.now() + timedelta(minutes=59) for one in waits)


def test_start_asks_once(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    tasks.start()
    tasks.start()

    assert DBTaskResult.objects.filter(task_path=tasks.ask_people.module_path).count() == 1


def said(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("form_circles", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_by_hand_it_says_what_it_did_and_nobodys_name() -> None:
    for name in ("Ada", "Ben", "Cem", "Dev", "Eva", "Fay"):
        wishing(name)

    first = said("--seed", "7")
    for chair in Chair.objects.order_by("pk")[:4]:
        actions.answer(chair=chair, answer=Answer.YES, at=timezone.now())
    for chair in Chair.objects.order_by("pk")[4:]:
        actions.answer(chair=chair, answer=Answer.ANOTHER, at=timezone.now())
    wishing("Gus")
    second = said("--seed", "8")

    assert first == [
        "seed: 7",
        "people looked at: 6",
        "new circles proposed: 1",
        "circles filled: 0",
        "people asked: 6",
    ]
    assert second == [
        "seed: 8",
        "people looked at: 7",
        "new circles proposed: 0",
        "circles filled: 1",
        "people asked: 1",
    ]


def test_by_hand_it_draws_its_dice() -> None:
    [seed, *_rest] = said()

    assert seed == f"seed: {Formation.objects.get().seed}"
