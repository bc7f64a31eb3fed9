"""What somebody told the hosts, in the sentences that the hosts read."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kith.web.gatherings.choices import (
    GUESTS_SAID,
    NEEDS_SAID,
    OFFERS_SAID,
    Answer,
    Guests,
    Need,
    Offer,
)
from kith.web.gatherings.models import Intent


def lines_of(said: Intent) -> Iterator[str]:
    """Yield what somebody told the hosts, in sentences after their name."""
    told = said.told
    yield from (str(NEEDS_SAID[Need(code)]) for code in told.needs)
    if told.needs_words:
        yield _("“%(words)s”") % {"words": told.needs_words}
    if told.guests_words:
        yield _("Comes with: %(whom)s.") % {"whom": told.guests_words.rstrip(".")}
    elif told.guests:
        yield str(GUESTS_SAID[Guests(told.guests)])
    yield from (str(OFFERS_SAID[Offer(code)]) for code in told.offers)
    if said.once and said.once.sits and Offer.SIT not in told.offers:
        yield _("Would sit with somebody new.")
    if said.answer == Answer.MAYBE:
        yield _("Said maybe.")
