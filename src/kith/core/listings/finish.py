"""From drafts to outcomes: every record accepted with its repairs, or refused with its reason."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from kith.core.listings.contacts import without_contacts
from kith.core.listings.draft import Draft, Hints, RecordRefused, text_of
from kith.core.listings.facts import Facts, facts_of
from kith.core.listings.listing import MODES, Listing, Outcome, Venue
from kith.core.listings.meanings import Meanings, gathered
from kith.core.listings.placing import is_specific, venue_of
from kith.core.listings.programs import Program, program_named, program_of_address
from kith.core.listings.text import plain
from kith.core.listings.timing import schedules_of

_URL = re.compile(r"^https?://[^\s/?#@]+\.[^\s/?#@]+(?:[/?#]\S*)?$", re.IGNORECASE)
_BARE_URL = re.compile(r"^(?:www\.|zoom\.us/|[\w-]+\.zoom\.us/|meet\.google\.com/|[\w-]+\.(?:org|com|net)/)\S*$", re.IGNORECASE)  # fmt: skip
# Lists that cannot delete a record write over its name or address instead.
_GONE = re.compile(
    r"\b(?:cancell?ed|no longer meet\w*|permanently closed|closed permanently|do not attend"
    r"|meeting closed|disbanded)\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"^[+(]?\d[\d\s().,#*xX;p-]{5,60}$")


def finish(drafts: Sequence[Draft | Outcome], hints: Hints) -> list[Outcome]:
    """Return what becomes of every record of a feed, in its order.

    Two passes: first what the records say together, then each in that light. Readers hand in
    an Outcome instead of a Draft for a record that they had to refuse already.
    """
    known = [d for d in drafts if isinstance(d, Draft)]
    facts = facts_of(known)
    _tell_apart(known)
    return [d if isinstance(d, Outcome) else _outcome(d, facts, hints) for d in drafts]


def _outcome(draft: Draft, facts: Facts, hints: Hints) -> Outcome:
    try:
        listings = tuple(_listings(draft, facts, hints))
    except RecordRefused as refusal:
        return Outcome(draft.record, reason=str(refusal), repairs=tuple(draft.repairs))
    return Outcome(draft.record, listings, repairs=tuple(draft.repairs))


def _listings(draft: Draft, facts: Facts, hints: Hints) -> Iterable[Listing]:
    name = _name(draft)
    meant = gathered(draft.meanings, draft.codes)
    join_url, join_phone = _join(draft)
    venue = venue_of(draft, draft.place, facts, hints.country)
    mode, is_paused = _mode(draft, meant, venue, has_join=bool(join_url or join_phone))
    venue = _for_mode(venue, mode)
    more = (venue_of(draft, place, facts, hints.country) for place in draft.more_places)
    program = _program(draft, hints)
    country = venue.country if venue else hints.country
    schedules = schedules_of(draft, venue, mode, facts, hints)
    about = _prose(draft, "notes", draft.about, country)
    join_note = _prose(draft, "join_note", draft.join_note, country)
    shared = Listing(
        key=draft.key,
        name=name,
        schedule=schedules[0][0],
        mode=mode,
        is_paused=is_paused,
        venues=tuple(v for v in (venue, *more) if v is not None),
        join_url=join_url,
        join_phone=join_phone,
        join_note=join_note,
        about=about,
        languages=meant.languages or hints.languages,
        audience=meant.audience,
        access=meant.access,
        topics=meant.topics,
        openness=meant.openness,
        touch=draft.touch,
        practice=draft.practice or program.practice,
        program=draft.program or program.name,
        codes=tuple(draft.codes),
        url=_url(draft, "url", draft.url),
        updated=_moment(draft, draft.updated),
    )
    for number, (schedule, words) in enumerate(schedules, start=1):
        key = draft.key if number == 1 else f"{draft.key}~{number}"
        yield replace(shared, key=key, schedule=schedule, when_note=words or draft.when_note)


def _name(draft: Draft) -> str:
    name, why = plain(draft.name, longest=255)
    for reason in why:
        draft.repair("name", reason)
    name, left_out = without_contacts(name, "")
    for reason in left_out:
        draft.repair("name", reason)
    if not name.strip(" -–—.…[]"):
        raise RecordRefused("has no name")
    gone = _GONE.search(name) or _GONE.search(f"{draft.place.address} {draft.place.street}")
    if gone:
        raise RecordRefused(f"says of itself: {gone[0]!r}")
    return name


def _prose(draft: Draft, field: str, value: str, country: str) -> str:
    text, why = plain(value, longest=4000, lines=True)
    text, left_out = without_contacts(text, country)
    for reason in (*why, *left_out):
        draft.repair(field, reason)
    return text


def _join(draft: Draft) -> tuple[str, str]:
    url = _url(draft, "conference_url", draft.join_url)
    phone = plain(draft.join_phone, longest=64)[0]
    if phone and not _PHONE.match(phone):
        draft.repair("conference_phone", f"left out: {phone[:40]!r} is no number to dial")
        phone = ""
    return url, phone


def _url(draft: Draft, field: str, value: str) -> str:
    url = plain(value, longest=2000)[0].replace(" ", "")
    if not url or _URL.match(url):
        return url
    if _BARE_URL.match(url):
        draft.repair(field, "https:// put before the address")
        return f"https://{url}"
    draft.repair(field, f"left out: {url[:60]!r} is no web address")
    return ""


def _mode(
    draft: Draft, meant: Meanings, venue: Venue | None, *, has_join: bool
) -> tuple[str, bool]:
    """Return (mode, is paused), from what the record states, else from what it has."""
    is_paused = draft.is_paused
    stated = draft.attendance if draft.attendance in MODES else _stated_by_codes(meant)
    specific = venue is not None and not venue.is_approximate and is_specific(draft.place)
    if meant.is_closed_for_now:
        # The building is shut: those who can still meet by a link do.
        if has_join or stated == "online":
            return "online", is_paused
        return stated or "in_person", True
    if not stated:
        stated = _inferred(specific=specific, has_join=has_join, has_venue=venue is not None)
    if stated == "in_person" and not _leads_somewhere(venue):
        if has_join:
            draft.repair("attendance", "online: it has a link and no place")
            return "online", is_paused
        if is_paused:
            return stated, is_paused
        raise RecordRefused("meets in person but gives no address and no coordinates")
    if stated == "hybrid" and not _leads_somewhere(venue):
        draft.repair("attendance", "online: it has no place to go to")
        return "online", is_paused
    return stated, is_paused


def _stated_by_codes(meant: Meanings) -> str:
    if "hybrid" in meant.modes or {"online", "in_person"} <= set(meant.modes):
        return "hybrid"
    return meant.modes[0] if meant.modes else ""


def _inferred(*, specific: bool, has_join: bool, has_venue: bool) -> str:
    """Return the mode by Meeting Guide's own rule: what there is to go to, and to join."""
    if specific:
        return "hybrid" if has_join else "in_person"
    if has_join:
        return "online"
    if has_venue:
        return "in_person"
    raise RecordRefused("gives no address, no coordinates and no link: nobody could get there")


def _leads_somewhere(venue: Venue | None) -> bool:
    return venue is not None and bool(venue.latitude is not None or venue.address or venue.name)


def _for_mode(venue: Venue | None, mode: str) -> Venue | None:
    """Keep of an online gathering's address the town it belongs to: there is no door there."""
    if venue is None or mode != "online":
        return venue
    if not (venue.city or venue.region or venue.postal_code or venue.latitude is not None):
        return None
    return replace(
        venue,
        name="",
        street="",
        address="",
        find_the_door="",
        from_the_stop="",
        is_approximate=venue.latitude is not None,
    )


def _program(draft: Draft, hints: Hints) -> Program:
    named = program_named(draft.program) if draft.program else None
    if named:
        return named
    by_page = program_of_address(draft.url) if draft.url else None
    by_feed = program_named(hints.program) if hints.program else None
    found = by_page or by_feed or program_of_address(hints.source)
    return found or Program(hints.program, hints.practice)


def _moment(draft: Draft, value: object) -> datetime | None:
    text = text_of(value).strip()
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if not text or text.startswith("0000"):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        draft.repair("updated", f"left out: {text[:40]!r} is no date")
        return None
    found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    return found if 1990 <= found.year <= 2200 else None


def _tell_apart(drafts: Sequence[Draft]) -> None:
    """Give records that share a key keys of their own, the same ones at every reading.

    The day and time are added rather than a number: the order of a feed changes.
    """
    counts = Counter(draft.key for draft in drafts)
    seen: Counter[str] = Counter()
    for draft in drafts:
        if counts[draft.key] > 1:
            slot = draft.slots[0] if draft.slots else None
            when = f"{''.join(map(str, slot.days))}{text_of(slot.start)}" if slot else ""
            key = f"{draft.key[:200]}~{re.sub(r'[^0-9a-z]', '', when.lower())}"
            seen[key] += 1
            draft.key = key if seen[key] == 1 else f"{key}~{seen[key]}"
