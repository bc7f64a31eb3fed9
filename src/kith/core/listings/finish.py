"""From drafts to outcomes: every record accepted with its repairs, or refused with its reason."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import ParamSpec, TypeVar

from kith.core.listings.draft import Draft, Hints, RecordRefused
from kith.core.listings.facts import Facts, facts_of
from kith.core.listings.feed_text import scalar_text, shown
from kith.core.listings.judging import listings_of
from kith.core.listings.listing import Listing, Outcome
from kith.core.listings.text import plain

_KEY_LONGEST = 200

_P = ParamSpec("_P")
_T = TypeVar("_T")


def attempt(
    record: str, action: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs
) -> _T | Outcome:
    """Return what `action` gives, or the refusal of `record` if it raises.

    The last resort: whatever it is that one record makes our code raise, the others of its
    feed are still read, and its keeper is told.
    """
    try:
        return action(*args, **kwargs)
    except RecordRefused as refusal:
        return Outcome(record, reason=str(refusal))
    except Exception as error:  # noqa: BLE001 - one record must never cost a feed all the others
        what = shown(f"{type(error).__name__}: {error}", 160)
        return Outcome(record, reason=f"kith could not understand it ({what}); please report it")


def finish(drafts: Sequence[Draft | Outcome], hints: Hints) -> list[Outcome]:
    """Return what becomes of every record of a feed, in its order.

    Two passes: first what the records say together, then each in that light. Readers hand in
    an Outcome instead of a Draft for a record that they had to refuse already.
    """
    keyed = [d if isinstance(d, Outcome) else attempt(d.record, _keyed, d) for d in drafts]
    asked, facts = _with_facts(keyed)
    counts = Counter(d.key for d in asked if isinstance(d, Draft))
    taken: Counter[str] = Counter()
    return [
        d if isinstance(d, Outcome) else _outcome(d, facts, hints, taken, is_twin=counts[d.key] > 1)
        for d in asked
    ]


def _keyed(draft: Draft) -> Draft:
    draft.key = plain(draft.key, longest=_KEY_LONGEST)[0]
    return draft


def _with_facts(
    drafts: Sequence[Draft | Outcome],
) -> tuple[Sequence[Draft | Outcome], Facts]:
    """Return the drafts and what they say together, without those that cannot be asked."""
    facts = attempt("", facts_of, [d for d in drafts if isinstance(d, Draft)])
    if isinstance(facts, Facts):
        return drafts, facts
    asked = [d if isinstance(d, Outcome) else _asked_alone(d) for d in drafts]
    facts = attempt("", facts_of, [d for d in asked if isinstance(d, Draft)])
    return asked, facts if isinstance(facts, Facts) else Facts()


def _asked_alone(draft: Draft) -> Draft | Outcome:
    facts = attempt(draft.record, facts_of, [draft])
    return draft if isinstance(facts, Facts) else facts


def _outcome(
    draft: Draft, facts: Facts, hints: Hints, taken: Counter[str], *, is_twin: bool
) -> Outcome:
    key = attempt(draft.record, _own_key, draft) if is_twin else draft.key
    found = (
        key
        if isinstance(key, Outcome)
        else attempt(draft.record, listings_of, draft, key, facts, hints)
    )
    repairs = tuple(draft.repairs)
    if isinstance(found, Outcome):
        return replace(found, repairs=repairs)
    return Outcome(draft.record, tuple(_told_apart(found, taken)), repairs=repairs)


def _own_key(draft: Draft) -> str:
    """Return a key for a record that shares its own with others, the same at every reading.

    The day and time are added rather than a number: the order of a feed changes.
    """
    slot = draft.slots[0] if draft.slots else None
    when = f"{''.join(map(str, slot.days))}{scalar_text(slot.start)}" if slot else ""
    return f"{draft.key}~{re.sub(r'[^0-9a-z]', '', when.lower())[:20]}"


def _told_apart(listings: Sequence[Listing], taken: Counter[str]) -> Iterator[Listing]:
    """Yield `listings` under keys that nobody else has: what is the very same comes numbered."""
    for listing in listings:
        key = listing.key
        while key in taken:
            taken[listing.key] += 1
            key = f"{listing.key}~~{taken[listing.key]}"
        taken[key] += 1
        yield listing if key == listing.key else replace(listing, key=key)
