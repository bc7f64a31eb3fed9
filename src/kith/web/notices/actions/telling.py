"""Somebody is told something, and has seen it."""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.dispatch import Signal
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kith.web.notices import queries
from kith.web.notices.choices import About
from kith.web.notices.models import WORDS_MOST, Notice
from kith.web.people.models import Person
from kith.web.safety import access as safety
from kith.web.safety.models import Report

Words = str | Callable[[], str]

# Sent once it is written down that somebody with a way is to know something: `tasks` hears it.
told = Signal()


def tell(
    *,
    person: Person,
    about: About,
    words: Words,
    path: str,
    by: Person | None = None,
    is_urgent: bool = False,
) -> Notice:
    """Let `person` know `words`, which lead to the page at `path`; once, however often it is said.

    They are told in their own language, whoever causes it reads another: so `words` is what
    says them, unless they are the same in every language.
    If it speaks of somebody (`by`), it is not shown once the two are apart. What `is_urgent`
    goes out at once, at any hour, and is not counted: for reach-outs only.
    """
    said = {"person": person, "about": about, "path": path, "by": by, "seen_at": None}
    notice = Notice.objects.filter(**said).first()
    if notice is None:
        notice = Notice.objects.create(
            **said,
            words=said_in(queries.language_of(person), words)[:WORDS_MOST],
            is_urgent=is_urgent,
            made_at=timezone.now(),
        )
        if queries.can_be_reached(person):
            transaction.on_commit(lambda: told.send(sender=Notice))
    return notice


def take_back(*, person: Person, about: About, path: str, by: Person) -> bool:
    """Take back what `person` was told of `by`; return whether they had not seen it yet."""
    told_so = Notice.objects.filter(person=person, about=about, path=path, by=by, seen_at=None)
    return told_so.delete()[0] > 0


def said_in(language: str, words: Words) -> str:
    """Return `words` as they are in `language`."""
    with override(language):
        return words() if callable(words) else words


def tell_stewards(*, report: Report) -> None:
    """Let every steward who may look at `report` know that something waits, and nothing of it."""
    for steward in safety.stewards_for(report):
        tell(
            person=steward,
            about=About.DESK,
            words=lambda: _("Something waits for you at the desk."),
            path=reverse("safety:desk"),
        )


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
