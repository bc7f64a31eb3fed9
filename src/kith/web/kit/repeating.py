"""Tasks that come round again by themselves, and tasks that are wanted soon, and once."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

# What is over tells nothing that a log does not, and would grow for ever.
_KEPT = timedelta(days=1)


def enqueue_once(task: Task[Any, Any]) -> None:
    """Ask for `task`, unless it is waiting already: for its hour, or for a worker."""
    if not _rows(task).filter(status=TaskResultStatus.READY).exists():
        task.enqueue()


def enqueue_again(task: Task[Any, Any], *, after: timedelta) -> None:
    """Ask for `task` once more, later, and forget how it went more than a day ago."""
    now = timezone.now()
    over = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)
    _rows(task).filter(status__in=over, finished_at__lt=now - _KEPT).delete()
    task.using(run_after=now + after).enqueue()


def _rows(task: Task[Any, Any]) -> QuerySet[DBTaskResult[Any, Any]]:
    return DBTaskResult.objects.filter(task_path=task.module_path)
