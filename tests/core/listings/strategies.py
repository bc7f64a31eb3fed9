"""Gatherings of every kind, as kith keeps them, for properties that hold for all of them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from kith.core.listings.contacts import without_contacts
from kith.core.listings.listing import Listing, Venue
from kith.core.listings.meanings import code_for
from kith.core.listings.text import plain
from kith.core.schedule import Dated, Schedule, canonical_rule
from kith.core.schedule.rule import WEEKDAYS, is_phase_unknown


@dataclass(frozen=True)
class Town:
    """A real town: what an address in it ends with, and where it is."""

    city: str
    region: str
    postal_code: str
    country: str
    latitude: float
    longitude: float
    timezone: str


TOWNS = (
    Town("Philadelphia", "PA", "19106", "US", 39.95, -75.15, "America/New_York"),
    Town("San Jose", "CA", "95124", "US", 37.26, -121.92, "America/Los_Angeles"),
    Town("Dublin", "", "D02 X285", "IE", 53.34, -6.26, "Europe/Dublin"),
    Town("Köln", "", "50667", "DE", 50.94, 6.96, "Europe/Berlin"),
    Town("São Paulo", "", "01310-100", "BR", -23.56, -46.66, "America/Sao_Paulo"),
    Town("東京", "", "100-0001", "JP", 35.68, 139.75, "Asia/Tokyo"),
    Town("تهران", "", "", "IR", 35.7, 51.4, "Asia/Tehran"),
    Town("Sydney", "NSW", "2000", "AU", -33.87, 151.21, "Australia/Sydney"),
)
# Letters of the world, what stands between them, and nothing that reading would change.
LETTERS = st.sampled_from(
    "abcxyz ABC äéñøŠł Đđİı ßœ αΩ Ждя عربی فارسی हिंदी ไทย 日本語 한국어 עברית 12 ☕🌱 -–'’\"()!?.,;:/#+_"
)
_DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
_TIMES = st.times().map(lambda t: time(t.hour, t.minute))
_MINUTES = st.none() | st.integers(10, 1439)


def _is_kept(text: str) -> bool:
    return (
        plain(text, longest=255) == (text, [])
        and without_contacts(text, "") == (text, [])
        and bool(text.strip(" -–—.…[]"))
    )


def texts(longest=40):
    """Return a strategy for lines that reading leaves as they are."""
    written = st.text(LETTERS, min_size=1, max_size=longest).map(lambda t: " ".join(t.split()))
    return written.filter(_is_kept)


def names():
    """Return a strategy for names: with a letter first, and not of a meeting that is gone."""
    return st.tuples(st.sampled_from("AÉЖ希م"), texts(30)).map("".join).filter(_is_kept)


@st.composite
def rules(draw):
    """Draw (rule, first date or None): weekly, monthly, yearly, daily, with and without end."""
    first_on = draw(_DAYS)
    days = ",".join(
        sorted(draw(st.sets(st.sampled_from(WEEKDAYS), min_size=1)), key=WEEKDAYS.index)
    )
    rule = draw(
        st.sampled_from(
            [
                f"FREQ=WEEKLY;BYDAY={days}",
                f"FREQ=WEEKLY;INTERVAL=2;BYDAY={days}",
                "FREQ=DAILY",
                "FREQ=MONTHLY;BYDAY=2TH,4TH",
                "FREQ=MONTHLY;BYDAY=-1SU",
                "FREQ=MONTHLY;BYMONTHDAY=13,31",
                "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31",
                f"FREQ=WEEKLY;UNTIL={first_on + timedelta(days=90):%Y%m%d};BYDAY={days}",
            ]
        )
    )
    always = "UNTIL" not in rule and draw(st.booleans())
    return canonical_rule(rule, first_on=first_on), None if always else first_on


@st.composite
def dated(draw, timezone, replaces=None, places=("",)):
    """Draw a single date, in the series' zone or, as on a tour, in another."""
    return Dated(
        starts=datetime.combine(draw(_DAYS), draw(_TIMES)),
        timezone=draw(st.sampled_from((timezone, "Europe/London", "America/Denver"))),
        duration_minutes=draw(_MINUTES),
        replaces=replaces,
        called_off=replaces is not None and draw(st.booleans()),
        place=draw(st.sampled_from(places)),
        note=draw(st.just("") | texts()),
    )


@st.composite
def schedules(draw, timezone, places=("",)):
    """Draw a schedule of any form: by arrangement, by a rule with exceptions, on single dates."""
    form = draw(st.sampled_from(("arrangement", "rule", "days", "dates")))
    if form == "arrangement":
        return Schedule(timezone)
    minutes = draw(_MINUTES)
    if form == "dates":
        own = dated(timezone, None, places)
        starts = st.lists(own, min_size=1, max_size=4, unique_by=lambda d: d.starts)
        found = sorted(draw(starts), key=lambda d: d.starts)
        return Schedule(timezone, found[0].starts.time(), minutes, dated=tuple(found))
    rule, first_on = draw(rules())
    if form == "days":
        return Schedule(timezone, None, minutes, rule, first_on)
    replaced = draw(st.lists(_DAYS, max_size=2, unique=True))
    changed = [draw(dated(timezone, day, places)) for day in replaced]
    start = draw(_TIMES)
    # A date that the rule gives already, or that stands for another, is not added to it.
    own = dated(timezone, None, places).filter(
        lambda d: d.starts.time() != start and d.starts.date() not in replaced
    )
    added = draw(st.lists(own, max_size=2, unique_by=lambda d: d.starts))
    return Schedule(
        timezone,
        start,
        minutes,
        rule,
        first_on,
        except_on=tuple(sorted(draw(st.sets(_DAYS, max_size=3)))),
        dated=tuple(sorted((*changed, *added), key=lambda d: d.starts)),
    )


def weekly(timezone):
    """Return a strategy for plain weekly schedules, which every format can carry."""
    days = st.sets(st.sampled_from(WEEKDAYS), min_size=1)
    rule = days.map(lambda d: f"FREQ=WEEKLY;BYDAY={','.join(sorted(d, key=WEEKDAYS.index))}")
    lengths = st.none() | st.integers(10, 240)
    return st.builds(lambda r, s, m: Schedule(timezone, s, m, r), rule, _TIMES, lengths)


@st.composite
def venues(draw, town, key="", points=st.booleans()):
    """Draw a venue in `town`, with a point or without, exact or not."""
    street = f"{draw(st.integers(1, 99))} {draw(st.sampled_from(('Oak St', 'Lindenallee', 'Rua Augusta')))}"
    state = " ".join(filter(None, (town.region, town.postal_code)))
    has_point = draw(points)
    return Venue(
        key=key,
        name=draw(names()),
        street=street,
        neighborhood=draw(st.just("") | texts()),
        city=town.city,
        region=town.region,
        postal_code=town.postal_code,
        country=town.country,
        address=", ".join(filter(None, (street, town.city, state))),
        latitude=town.latitude if has_point else None,
        longitude=town.longitude if has_point else None,
        is_approximate=has_point and draw(st.booleans()),
        find_the_door=draw(st.just("") | texts()),
        from_the_stop=draw(st.just("") | texts()),
    )


def _town_only(venue):
    return Venue(
        neighborhood=venue.neighborhood,
        city=venue.city,
        region=venue.region,
        postal_code=venue.postal_code,
        country=venue.country,
        latitude=venue.latitude,
        longitude=venue.longitude,
        is_approximate=venue.latitude is not None,
    )


def _some(kind, values):
    known = [v for v in values if code_for(f"{kind}:{v}", "meeting_guide")]
    return st.lists(st.sampled_from(known), max_size=2, unique=True).map(tuple)


@st.composite
def gatherings(draw, schedule=schedules):
    """Draw a listing of any kind: everything in it is as a reading would have left it."""
    town = draw(st.sampled_from(TOWNS))
    mode = draw(st.sampled_from(("in_person", "online", "hybrid")))
    venue = draw(venues(town))
    # In another town and with a point, or one venue would lend its point to the other.
    other = TOWNS[0] if town is not TOWNS[0] else TOWNS[1]
    stops = st.lists(venues(other, "stop-2", st.just(value=True)), max_size=1)
    elsewhere = draw(stops) if mode != "online" else []
    places = ("", *(v.key for v in elsewhere))
    when = schedule(town.timezone) if schedule is weekly else schedule(town.timezone, places)
    program, practice = draw(
        st.sampled_from(
            [
                ("Alcoholics Anonymous", "twelve_step"),
                ("SMART Recovery", "smart_circle"),
                ("Our Own Circle", "choir"),
                ("", "recovery_yoga"),
                ("", ""),
            ]
        )
    )
    own = _town_only(venue) if mode == "online" else venue
    return Listing(
        key=draw(st.from_regex(r"[a-z0-9][a-z0-9-]{0,30}", fullmatch=True)),
        name=draw(names()),
        schedule=draw(when),
        mode=mode,
        is_paused=draw(st.booleans()),
        venues=(own, *elsewhere),
        join_url="https://zoom.us/j/1234567890" if mode != "in_person" else "",
        join_phone=draw(st.sampled_from(("", "+16465588656,,1234567890#"))) if mode != "in_person" else "",
        join_note=draw(st.just("") | texts()),
        about=draw(st.just("") | st.lists(texts(), min_size=1, max_size=3).map("\n".join)),
        languages=draw(_some("language", ("en", "es", "fr", "de"))),
        audience=draw(_some("audience", ("women", "men", "young_people", "lgbtq"))),
        access=draw(_some("access", ("step_free", "childcare"))),
        topics=draw(_some("topic", ("meditation", "secular", "speaker"))),
        openness=draw(st.sampled_from(("", "open", "closed"))),
        touch=draw(st.sampled_from(("", "none", "hands", "spotting", "hug"))),
        practice=practice,
        program=program,
        codes=draw(st.lists(st.sampled_from(("O", "X", "ZZ", "Flummery")), max_size=2, unique=True).map(tuple)),
        updated=draw(st.none() | st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1)).map(lambda d: d.replace(microsecond=0, tzinfo=UTC))),
    )  # fmt: skip


def has_known_phase(listing):
    """Return whether it is known in which weeks a listing meets."""
    return not is_phase_unknown(listing.schedule.rule, listing.schedule.first_on)
