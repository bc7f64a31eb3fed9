"""Judges one draft: the listings it makes, or why it can be none."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from kith.core.listings.contacts import without_contacts
from kith.core.listings.draft import Draft, Hints, RecordRefused
from kith.core.listings.facts import Facts
from kith.core.listings.feed_text import scalar_text
from kith.core.listings.listing import MODES, Listing, Venue
from kith.core.listings.meanings import Meanings, gathered
from kith.core.listings.placing import is_specific, venue_of
from kith.core.listings.programs import Program, program_named, program_of_address
from kith.core.listings.text import plain
from kith.core.listings.timing import schedules_of
from kith.core.recipe import all_practices
from kith.core.schedule import Schedule

_URL = re.compile(r"^https?://[^\s/?#@]+\.[^\s/?#@]+(?:[/?#]\S*)?$", re.IGNORECASE)
_BARE_URL = re.compile(r"^(?:www\.|zoom\.us/|[\w-]+\.zoom\.us/|meet\.google\.com/|[\w-]+\.(?:org|com|net)/)\S*$", re.IGNORECASE)  # fmt: skip
# Lists that cannot delete a record write over its name or address instead.
_GONE = re.compile(
    r"\b(?:cancell?ed|no longer meet\w*|permanently closed|closed permanently|do not attend"
    r"|meeting closed|disbanded)\b",
    re.IGNORECASE,
)
# "30815109 Step Ahead AFG": how Al-Anon's lists call groups; people call them by their names.
_GROUP_NUMBER = re.compile(r"^#?\d{6,9}\s+(?=[^\W\d])")
_PHONE = re.compile(r"^[+(]?\d[\d\s().,#*xX;p-]{5,60}$")
# A second number run on to the first, or a pass code with letters that no telephone sends.
_PHONE_ALONE = re.compile(r"^(?:\+1(?=\+))?([+(]?\d[\d\s().,*x-]{5,40}#?)")
_PHONE_LONGEST = 64
_PHONE_DIGITS_LEAST = 7
_SLASHED = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})(?:\D|$)")


def listings_of(draft: Draft, key: str, facts: Facts, hints: Hints) -> tuple[Listing, ...]:
    """Return a listing for each time of the week that `draft` names, the first called `key`.

    What was not taken as it stood is noted in the draft.

    Raises:
        RecordRefused: If it can be no gathering.
    """
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
    shared = Listing(
        key=key,
        name=name,
        schedule=schedules[0][0],
        mode=mode,
        is_paused=is_paused,
        venues=tuple(v for v in (venue, *more) if v is not None),
        join_url=join_url,
        join_phone=join_phone,
        join_note=_prose(draft, "join_note", draft.join_note, country),
        about=_prose(draft, "notes", draft.about, country),
        languages=meant.languages or hints.languages,
        audience=meant.audience,
        access=meant.access,
        topics=meant.topics,
        openness=meant.openness,
        touch=draft.touch,
        practice=program.practice,
        program=program.name,
        codes=tuple(dict.fromkeys(code for c in draft.codes if (code := plain(c, longest=40)[0]))),
        url=_url(draft, "url", draft.url),
        updated=_moment(draft, draft.updated),
    )
    found = []
    for number, (schedule, words) in enumerate(schedules, start=1):
        own = shared if number == 1 else replace(shared, key=f"{key}~{number}", schedule=schedule)
        note = _prose(draft, "when_note", words or draft.when_note, country)
        noted = _with_notes(draft, schedule, country)
        if note or noted is not schedule:
            own = replace(own, schedule=noted, when_note=note)
        found.append(own)
    return tuple(found)


def _with_notes(draft: Draft, schedule: Schedule, country: str) -> Schedule:
    """Return `schedule` with the notes of its dates fit to be read by anybody."""
    if not any(dated.note for dated in schedule.dated):
        return schedule
    noted = (replace(d, note=_prose(draft, "note", d.note, country)) for d in schedule.dated)
    return replace(schedule, dated=tuple(noted))


def _name(draft: Draft) -> str:
    name, why = plain(draft.name, longest=255)
    for reason in why:
        draft.repair("name", reason)
    numbered = _GROUP_NUMBER.match(name)
    if numbered:
        draft.repair("name", f"left out: the group's number {numbered[0].strip()}")
        name = name[numbered.end() :]
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
    if not value:
        return ""
    text, why = plain(value, longest=4000, lines=True)
    text, left_out = without_contacts(text, country)
    for reason in (*why, *left_out):
        draft.repair(field, reason)
    return text


def _join(draft: Draft) -> tuple[str, str]:
    url = _url(draft, "conference_url", draft.join_url)
    phone = plain(draft.join_phone, longest=120)[0]
    if not phone or (_PHONE.match(phone) and len(phone) <= _PHONE_LONGEST):
        return url, phone
    alone = _PHONE_ALONE.match(phone)
    digits = sum(c.isdigit() for c in alone[1]) if alone else 0
    if alone is None or digits < _PHONE_DIGITS_LEAST:
        draft.repair("conference_phone", f"left out: {phone[:40]!r} is no number to dial")
        return url, ""
    kept = alone[1].rstrip(" (.,-")
    draft.repair("conference_phone", f"{kept!r}, of {phone[:40]!r}")
    return url, kept


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
    """Return the fellowship and practice of a record: what it says, else what its feed is."""
    practice = draft.practice if draft.practice in all_practices() else ""
    if draft.practice and not practice:
        draft.repair("practice", f"left out: kith knows no practice {draft.practice[:40]!r}")
    named = program_named(draft.program) if draft.program else None
    if named:
        return Program(named.name, practice or named.practice)
    by_page = program_of_address(draft.url) if draft.url else None
    by_feed = program_named(hints.program) if hints.program else None
    found = by_page or by_feed or program_of_address(hints.source) or Program(hints.program, "")
    name = plain(draft.program, longest=120)[0] or found.name
    return Program(name, practice or hints.practice or found.practice)


def _moment(draft: Draft, value: object) -> datetime | None:
    if isinstance(value, datetime):
        return _in_utc(value)
    text = scalar_text(value).strip()
    if not text or text.startswith("0000"):
        return None
    found = _iso_moment(text) or _slashed_date(text)
    if found is None:
        draft.repair("updated", f"left out: {text[:40]!r} is not one certain date")
    return _in_utc(found) if found else None


def _in_utc(moment: datetime) -> datetime | None:
    if not 1990 <= moment.year <= 2200:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _iso_moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _slashed_date(text: str) -> datetime | None:
    """Return the date of "8/29/2021 11:17:07 AM", where it can be read only one way."""
    match = _SLASHED.match(text)
    if match is None:
        return None
    first, second, year = (int(part) for part in match.groups())
    if (first <= 12) == (second <= 12) and first != second:
        return None
    month, day = (first, second) if first <= 12 else (second, first)
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
