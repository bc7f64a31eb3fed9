"""What changes runs: asking for one, living the next pair of one, leaving one, forgetting old ones."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.people.models import Person
from kith.web.simulator import access, bridge
from kith.web.simulator.choices import UNFINISHED, WAITING_MOST, State
from kith.web.simulator.models import Lived, Run

# Beyond one for each pair: so often a process may end in the middle.
_TRIES_MORE: Final = 3


class BusyError(RefusalError):
    """Something is being lived already."""


@transaction.atomic
def ask(*, person: Person, said: Mapping[str, Any], at: datetime) -> Run:
    """Let a run wait for its turn.

    Args:
        person: Who asks.
        said: What `AskForm` found right.
        at: When.

    Raises:
        BusyError: If one of theirs is not over, or so many wait that this one would wait long.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    if access.unfinished().filter(person=person).exists():
        raise BusyError(
            _("One run of yours is not over yet. Wait for it, or stop it, and ask again.")
        )
    if access.unfinished().count() >= WAITING_MOST:
        raise BusyError(
            _("Many runs wait just now, and this is a small machine. Try again in some minutes.")
        )
    return Run.objects.create(person=person, asked_at=at, **said)


@transaction.atomic
def leave(*, run: Run) -> None:
    """Stop a run, and forget it."""
    run.delete()


def live_next() -> bool:
    """Live the next pair of whoever asked first.

    Return whether there was one to live.
    """
    run = access.unfinished().first()
    if run is None:
        return False
    if run.tries >= run.pairs + _TRIES_MORE:
        _change(
            run,
            state=State.REFUSED,
            why=_("It ended again and again in the middle. Ask for fewer people."),
        )
        return True
    _change(run, state=State.LIVING, tries=run.tries + 1)
    number = run.lived.count()
    try:
        found = bridge.live(run, number)
    except bridge.UnlivableError as error:
        _change(run, state=State.REFUSED, why=str(error))
        return True
    _keep(run, number, found)
    return True


@transaction.atomic
def forget_old(*, at: datetime) -> int:
    """Delete what was asked for longer ago than runs are kept; return how many rows went."""
    return access.over_long_ago(at=at).delete()[0]


def _keep(run: Run, number: int, found: dict[str, Any]) -> None:
    """Keep a pair, unless its run was left while it was lived."""
    with transaction.atomic():
        if not Run.objects.select_for_update().filter(pk=run.pk).exists():
            return
        Lived.objects.get_or_create(run=run, number=number, defaults={"found": found})
    if number + 1 >= run.pairs:
        _change(run, state=State.DONE)


def _change(run: Run, **said: Any) -> None:
    # Not save(): a run that was left meanwhile must not come back.
    Run.objects.filter(pk=run.pk, state__in=UNFINISHED).update(**said)
    for name, value in said.items():
        setattr(run, name, value)


__all__ = ["BusyError", "ask", "forget_old", "leave", "live_next"]
