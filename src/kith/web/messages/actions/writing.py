"""Somebody writes a few words."""

from datetime import datetime

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.messages import access, queries
from kith.web.messages.models import WORDS_MOST, Ground, Message
from kith.web.notices.actions import tell
from kith.web.notices.choices import About
from kith.web.people.actions import count
from kith.web.people.choices import Tried
from kith.web.people.models import Person
from kith.web.safety import access as safety


class ClosedError(RefusalError):
    """What two people did together is over."""

    def __init__(self) -> None:
        super().__init__(
            _("You can no longer write to each other here. What was written stays until it fades.")
        )


class TheyWriteFirstError(RefusalError):
    """The other one is to write first."""

    def __init__(self) -> None:
        super().__init__(_("They write first, if they like. Then you can answer."))


class WordsError(RefusalError):
    """Nothing was written, or too much."""

    def __init__(self) -> None:
        super().__init__(_("Write a few words, %(most)d letters at most.") % {"most": WORDS_MOST})


@transaction.atomic
def write(*, by: Person, to: Person, words: str, at: datetime | None = None) -> Message:
    """Write `words` to somebody, and let them know unless they do not want to be told.

    Raises:
        WordsError: If there are none, or too many.
        ClosedError: If they have no ground, or no longer see each other.
        TheyWriteFirstError: If the other one is new here and did not write yet.
        TooManyTriesError: If it was too often.
    """
    now = at or timezone.now()
    said = "\n".join(words.strip().splitlines())
    if not 0 < len(said) <= WORDS_MOST:
        raise WordsError
    ground = _ground_of(by, to, at=now)
    count(Tried.MESSAGE, whence=by.pk.hex)
    message = Message.objects.create(by=by, to=to, words=said, at=now)
    if not safety.has_muted(to, by):
        tell(
            person=to,
            about=About.MESSAGE,
            words=lambda: _("%(name)s wrote to you.") % {"name": by},
            path=path_to(ground),
            by=by,
        )
    return message


def path_to(ground: Ground) -> str:
    """Return the address that leads either of its two people to what they wrote."""
    return reverse("kith_messages:by_ground", args=[ground.pk])


def _ground_of(by: Person, to: Person, *, at: datetime) -> Ground:
    """Return the ground on which `by` may write to `to` now."""
    if safety.are_apart(by, to):
        raise ClosedError
    try:
        conversation = access.conversation_with(by, to, at=at)
    except Http404 as error:
        raise ClosedError from error
    if not conversation.is_open:
        raise ClosedError
    if queries.writes_first(conversation):
        raise TheyWriteFirstError
    return conversation.grounds[0]
