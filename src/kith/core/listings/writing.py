"""Writes listings as Meeting Guide and BMLT records."""

from dataclasses import replace
from datetime import time
from typing import Any

from kith.core.listings.extension import extension_of
from kith.core.listings.listing import Listing, Venue
from kith.core.listings.meanings import code_for
from kith.core.schedule import pattern

_KINDS = {"languages": "language", "audience": "audience", "access": "access", "topics": "topic"}


def meeting_guide(listing: Listing, *, url: str) -> dict[str, Any]:
    """Return one record of a Meeting Guide feed; `url` is the gathering's page here.

    The format knows only weekly meetings. Any other rhythm goes out without day and time,
    which it reads as "by appointment", so that nobody stands before a closed door; kith's own
    extension carries the whole.
    """
    schedule, venue = listing.schedule, listing.venue
    record: dict[str, Any] = {"name": listing.name, "slug": listing.key, "url": url}
    days = weekly_days(listing)
    if days and schedule.start is not None:
        numbers = [(day + 1) % 7 for day in days]
        record["day"] = numbers[0] if len(numbers) == 1 else sorted(numbers)
        record["time"] = f"{schedule.start:%H:%M}"
        if schedule.duration_minutes is not None and schedule.duration_minutes < 1440:
            record["end_time"] = f"{_end(schedule.start, schedule.duration_minutes):%H:%M}"
        record["timezone"] = schedule.timezone
    record["attendance_option"] = "inactive" if listing.is_paused else listing.mode
    if venue is not None:
        record |= _meeting_guide_place(venue)
    for name, value in (
        ("conference_url", listing.join_url),
        ("conference_phone", listing.join_phone),
        ("conference_url_notes", listing.join_note),
        ("notes", listing.about),
    ):
        if value:
            record[name] = value
    record["types"] = codes_of(listing, "meeting_guide")
    if listing.updated is not None:
        record["updated"] = f"{listing.updated:%Y-%m-%d %H:%M:%S}"
    record["kith"] = extension_of(listing)
    return record


def weekly_days(listing: Listing) -> tuple[int, ...]:
    """Return the weekdays (Monday = 0) of a plain weekly rhythm, or () for every other one."""
    schedule = listing.schedule
    if not schedule.rule or schedule.dated or schedule.except_on:
        return ()
    found = pattern(schedule.rule)
    if found.frequency != "weekly" or found.interval != 1 or found.until is not None:
        return ()
    return tuple(day for _nth, day in found.weekdays)


def codes_of(listing: Listing, system: str) -> list[str]:
    """Return `listing`'s meanings as the codes of "meeting_guide" or "bmlt", sorted."""
    meanings = [f"{kind}:{value}" for n, kind in _KINDS.items() for value in getattr(listing, n)]
    if listing.openness:
        meanings.append(f"openness:{listing.openness}")
    return sorted({code for m in meanings if (code := code_for(m, system))})


def bmlt(listing: Listing, *, number: int, format_ids: dict[str, int]) -> dict[str, str]:
    """Return one record in the shape of BMLT's GetSearchResults: every value is a text.

    Only for plain weekly gatherings (`weekly_days`) on one day; distances are for the caller
    to fill in, who knows from where.
    """
    schedule, venue = listing.schedule, listing.venue or Venue()
    (day,) = weekly_days(listing)
    minutes = schedule.duration_minutes or 60
    keys = codes_of(listing, "bmlt")
    has_point = venue.latitude is not None and venue.longitude is not None
    return {
        "id_bigint": str(number),
        "worldid_mixed": "",
        "shared_group_id_bigint": "",
        "service_body_bigint": "1",
        "weekday_tinyint": str((day + 1) % 7 + 1),
        "venue_type": {"in_person": "1", "online": "2", "hybrid": "3"}[listing.mode],
        "start_time": f"{schedule.start:%H:%M:00}" if schedule.start else "",
        "duration_time": f"{minutes // 60:02d}:{minutes % 60:02d}:00",
        "time_zone": schedule.timezone,
        "formats": ",".join(keys),
        "lang_enum": (listing.languages or ("en",))[0],
        "longitude": repr(venue.longitude) if has_point else "",
        "latitude": repr(venue.latitude) if has_point else "",
        "distance_in_km": "",
        "distance_in_miles": "",
        "email_contact": "",
        "published": "1",
        "root_server_uri": "",
        "format_shared_id_list": ",".join(str(format_ids[key]) for key in keys),
        "meeting_name": listing.name,
        "location_text": venue.name,
        "location_info": venue.find_the_door,
        "location_street": venue.street or ("" if venue.city else venue.address),
        "location_city_subsection": venue.borough,
        "location_neighborhood": venue.neighborhood,
        "location_municipality": venue.city,
        "location_sub_province": venue.county,
        "location_province": venue.region,
        "location_postal_code_1": venue.postal_code,
        "location_nation": venue.country,
        "comments": listing.about,
        "zone": "",
        "train_lines": venue.from_the_stop,
        "bus_lines": "",
        "contact_phone_2": "",
        "contact_email_2": "",
        "contact_name_2": "",
        "contact_phone_1": "",
        "contact_email_1": "",
        "contact_name_1": "",
        "phone_meeting_number": listing.join_phone,
        "virtual_meeting_link": listing.join_url,
        "virtual_meeting_additional_info": listing.join_note,
    }


def by_single_days(listing: Listing) -> list[Listing]:
    """Return a weekly listing as one for each of its weekdays: BMLT knows no other."""
    days = weekly_days(listing)
    names = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    rules = [f"FREQ=WEEKLY;BYDAY={names[day]}" for day in days]
    return [replace(listing, schedule=replace(listing.schedule, rule=rule)) for rule in rules]


def _meeting_guide_place(venue: Venue) -> dict[str, Any]:
    address = venue.address or ", ".join(filter(None, (venue.city, venue.region, venue.country)))
    texts = {
        "location": venue.name,
        "formatted_address": address,
        "location_notes": venue.find_the_door,
    }
    place: dict[str, Any] = {name: text for name, text in texts.items() if text}
    if venue.latitude is not None:
        place |= {"latitude": venue.latitude, "longitude": venue.longitude}
    place["approximate"] = "yes" if venue.is_approximate else "no"
    return place


def _end(start: time, minutes: int) -> time:
    total = (start.hour * 60 + start.minute + minutes) % 1440
    return time(total // 60, total % 60)
