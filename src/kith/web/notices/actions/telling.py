"""Somebody is told something, and has seen it."""

from collections.abc import Iterable

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from kith.web.notices import queries
from kith.web.notices.choices import About
from kith.web.notices.models import WORDS_MOST, Notice
from kith.web.people.models import Person

# Sent once it is written down that somebody with a way is to know something: `tasks` hears it.
told = Signal()


def tell(
    *,
    person: Person,
    about: About,
    words: str,
    path: str,
    by: Person | None = None,
    is_urgent: bool = False,
) -> Notice:
    """Let `person` know `words`, which lead to the page at `path`; once, however often it is said.

    If it speaks of somebody (`by`), it is not shown once the two are apart. What `is_urgent`
    goes out at once, at any hour, and is not counted: for reach-outs only.
    """
    said = {"person": person, "about": about, "path": path, "by": by, "seen_at": None}
    notice = Notice.objects.filter(**said).first()
    if notice is None:
        notice = Notice.objects.create(
            **said, words=words[:WORDS_MOST], is_urgent=is_urgent, made_at=timezone.now()
        )
        if queries.can_be_reached(person):
            transaction.on_commit(lambda: told.send(sender=Notice))
    return notice


def saw(*, person: Person, numbers: Iterable[int]) -> None:
    """Note that `person` has seen the notices with these numbers."""
    Notice.objects.filter(person=person, pk__in=numbers, seen_at=None).update(
        seen_at=timezone.now()
    )


def saw_page(*, person: Person, paths: Iterable[str]) -> None:
    """Note that `person` has seen whatever leads to one of these pages."""
    Notice.objects.filter(person=person, path__in=paths, seen_at=None).update(
        seen_at=timezone.now()
    )
