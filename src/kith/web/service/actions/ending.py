"""Nothing piles up: what was said is taken back, put away, or ends by itself."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.web.people.models import Person
from kith.web.safety import actions as safety
from kith.web.safety.models import Report
from kith.web.service import access
from kith.web.service.actions.agreeing import close, locked, tell_about, tell_too_late
from kith.web.service.actions.refusals import TakenError
from kith.web.service.choices import HELD, KEPT_FOR, State
from kith.web.service.models import Errand, Take


@transaction.atomic
def step_back(*, errand: Errand, person: Person, at: datetime) -> None:
    """Take back what `person` said, or that they took it up. The other is told kindly.

    Raises:
        TakenError: If it is not theirs, or is done.
    """
    errand = locked(errand)
    take = access.taken_up(errand)
    if errand.done_on is not None:
        raise TakenError
    if errand.by_id == person.pk:
        _take_back(errand, take)
    elif take is not None and take.person_id == person.pk:
        Take.objects.filter(pk=take.pk).update(state=State.BACK, answered_at=at)
        close(errand)
        said = _("%(who)s can’t after all. What you said is open again.")
        tell_about(errand, errand.by, lambda: said % {"who": person}, by=person)
    else:
        raise TakenError


@transaction.atomic
def hide(*, errand: Errand, report: Report, steward: Person, at: datetime) -> None:
    """Put away what was reported, so that nobody sees it; whoever said it is told so."""
    errand = locked(errand)
    if errand.hidden_at is not None:
        return
    errand.hidden_at = at
    errand.save(update_fields=["hidden_at"])
    take = access.taken_up(errand)
    if take is not None:
        close(errand)
        tell_too_late(errand, take.person)
    safety.note(report=report, steward=steward, words=_("Put the ask or offer away."))
    tell_about(errand, errand.by, lambda: _("A steward has put away something that you said."))


def look_after(*, at: datetime) -> int:
    """Let end what is over and forget what was; return how many of it was over without anybody."""
    over = Errand.objects.filter(ends_at__lte=at, done_on=None, hidden_at=None, reminded_at=None)
    agreed = Take.objects.filter(state=State.AGREED).values("errand")
    alone = list(over.exclude(pk__in=agreed).select_related("by"))
    for errand in alone:
        _end(errand, at=at)
    Errand.objects.filter(ends_at__lte=at - KEPT_FOR).delete()
    return len(alone)


@transaction.atomic
def _end(errand: Errand, *, at: datetime) -> None:
    """Ask whoever said it, once, whether it is still needed."""
    Errand.objects.filter(pk=errand.pk).update(reminded_at=at)
    for take in errand.takes.filter(state__in=HELD).select_related("person"):
        Take.objects.filter(pk=take.pk).update(state=State.NOT, answered_at=at)
        tell_too_late(errand, take.person)
    said = _("Nobody could, this time. Is it still needed?")
    if errand.is_offer:
        said = _("Nobody came by for what you offered. Do you still offer it?")
    tell_about(errand, errand.by, lambda: said)


def _take_back(errand: Errand, take: Take | None) -> None:
    if take is not None:
        close(errand)
        tell_too_late(errand, take.person)
    errand.delete()
