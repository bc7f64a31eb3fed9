"""Somebody tells the stewards, and a steward who has no part in it answers."""

from collections.abc import Iterable

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from kith.web.people.models import Person
from kith.web.safety import queries
from kith.web.safety.choices import Did, State
from kith.web.safety.models import Look, Report

# Sent with a new `report` once it is known who has part in it: notices hears it.
reported = Signal()


@transaction.atomic
def tell(*, report: Report, involved: Iterable[Person] = ()) -> None:
    """Keep a new `report` for a steward to look at.

    None of these will review it: whoever told it, whom it is about, the `involved`, and whoever
    holds the page it happened on.
    """
    report.told_at = timezone.now()
    report.is_named = report.is_named and report.by is not None
    report.save(force_insert=True)
    holders = queries.holders_of(report.page) if report.page else ()
    told = (one for one in (report.about, report.by) if one is not None)
    report.involved.add(*{*involved, *holders, *told})
    reported.send(sender=Report, report=report)


def look_at(*, report: Report, steward: Person) -> None:
    """Write down that `steward` looked at `report`."""
    log(report, steward, Did.LOOK)


@transaction.atomic
def take_up(*, report: Report, steward: Person) -> None:
    """Let `steward` look into `report`, also one that was closed; whoever told it can see that."""
    _come_to(report, State.SEEN)
    log(report, steward, Did.TAKE_UP)


def note(*, report: Report, steward: Person, words: str) -> None:
    """Add what `steward` found out, for the stewards after them."""
    log(report, steward, Did.NOTE, words)


@transaction.atomic
def close(*, report: Report, steward: Person, outcome: str) -> None:
    """Close `report` with what came of it, which whoever told it can read."""
    report.outcome = outcome
    report.save(update_fields=["outcome"])
    _come_to(report, State.CLOSED)
    log(report, steward, Did.CLOSE, outcome)


def log(report: Report, steward: Person, did: Did, words: str = "") -> None:
    """Write down what `steward` did with `report`."""
    Look.objects.create(report=report, steward=steward, did=did, words=words, at=timezone.now())


def _come_to(report: Report, state: State) -> None:
    report.state = state
    report.closed_at = timezone.now() if state == State.CLOSED else None
    report.save(update_fields=["state", "closed_at"])
