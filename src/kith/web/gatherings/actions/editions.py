"""Counting changes, so that every process learns of them."""

from django.db.models import F

from kith.web.gatherings.models import Edition


def one_at_a_time() -> None:
    """Wait until nobody else is importing, and keep others waiting until this transaction ends."""
    Edition.objects.get_or_create(pk=1)
    Edition.objects.select_for_update().get(pk=1)


def next_edition() -> int:
    """Return the number of a new edition; every gathering changed with it carries the number."""
    Edition.objects.get_or_create(pk=1)
    Edition.objects.filter(pk=1).update(number=F("number") + 1)
    return Edition.objects.get(pk=1).number
