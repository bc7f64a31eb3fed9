"""A steward asks somebody to keep away from everybody for a while."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.people.models import Person
from kith.web.safety import access
from kith.web.safety.actions.reports import log
from kith.web.safety.choices import Days, Did
from kith.web.safety.models import Pause, Report


class NobodyNamedError(RefusalError):
    """A report that says nothing of who it was pauses nobody."""

    def __init__(self) -> None:
        super().__init__(
            _("We do not know who this is about, so nobody can be paused. You can write a note.")
        )


@transaction.atomic
def pause(*, report: Report, steward: Person, days: Days, why: str) -> None:
    """Pause whom `report` is about, from now on, for `days`; they read `why`.

    Raises:
        NobodyNamedError: If it does not say who that is.
    """
    person = _named(report)
    now = timezone.now()
    _end(person, at=now)
    Pause.objects.create(
        person=person,
        since=now,
        until=now + timedelta(days=days),
        why=why,
        by=steward,
        report=report,
    )
    log(report, steward, Did.PAUSE, f"{Days(days).label}. {why}")


@transaction.atomic
def lift(*, report: Report, steward: Person) -> None:
    """Let the pause of whom `report` is about end now.

    Raises:
        NobodyNamedError: If it does not say who that is.
    """
    if _end(_named(report), at=timezone.now()):
        log(report, steward, Did.LIFT)


def _named(report: Report) -> Person:
    if report.about is None:
        raise NobodyNamedError
    return report.about


def _end(person: Person, *, at: datetime) -> int:
    return access.pauses_now().filter(person=person).update(until=at)
