"""Somebody is told something."""

from django.utils import timezone

from kith.web.notices.choices import About
from kith.web.notices.models import WORDS_MOST, Notice
from kith.web.people.models import Person


def tell(*, person: Person, about: About, words: str, path: str) -> Notice:
    """Let `person` know `words`, which lead to the page at `path`; once, however often it is said."""
    notice, _is_new = Notice.objects.get_or_create(
        person=person,
        about=about,
        path=path,
        seen_at=None,
        defaults={"words": words[:WORDS_MOST], "made_at": timezone.now()},
    )
    return notice
