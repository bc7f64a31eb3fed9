"""Dates in addresses and forms."""

from datetime import date

from django.http import Http404
from django.utils.dateparse import parse_date
from django.utils.translation import gettext


def date_said(text: str) -> date | None:
    """Return the date that `text` is, or None."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def date_of_page(text: str) -> date:
    """Return the date in the address of a page.

    Raises:
        Http404: If it is none.
    """
    found = date_said(text)
    if found is None:
        raise Http404(gettext("There is no gathering at this address."))
    return found
