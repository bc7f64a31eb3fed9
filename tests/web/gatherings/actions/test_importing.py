"""Reading a feed: the second time changes nothing, and every record is accounted for."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.web.gatherings.making import (
    LIST,
    OTHER_LIST,
    body,
    call,
    everything,
    gatherings,
    meeting,
    take_in,
    take_in_bytes,
)

from kith.web.gatherings.actions import ImportRefusedError, import_body, importing
from kith.web.gatherings.choices import Status
from kith.web.gatherings.models import (
    Edition,
    Feed,
    FeedRecord,
    FeedRun,
    Gathering,
    Occasion,
    Place,
    Town,
)

pytestmark = pytest.mark.django_db

NIGHT = meeting("Night Owls", time="22:00", end_time="23:00")


def counts(report):
    """Return what became of the records: (new, updated, unchanged, merged, refused)."""
    return (report.new, report.updated, report.unchanged, report.merged, len(report.refused))


# ---- the first time ---------------------------------------------------------------------------
def test_first_reading_makes_a_gathering_of_each_record():
    report = take_in(meeting(), NIGHT, call())

    assert counts(report) == (3, 0, 0, 0, 0)
    assert [g.slug for g in gatherings()] == [
        "early-birds-london",
        "night-owls-london",
        "open-line",
    ]


def test_first_reading_keeps_what_the_record_says():
    take_in(meeting(notes="Tea and toast.", types=["O", "W", "X", "S"]))

    found = gatherings()[0]
    assert found.about == "Tea and toast."
    assert found.openness == "open"
    assert found.audience == ["women"]
    assert found.access == ["step_free"]
    assert found.languages == ["es"]
    assert (found.rule, f"{found.start:%H:%M}", found.minutes) == (
        "FREQ=WEEKLY;BYDAY=TU",
        "19:00",
        60,
    )
    assert found.place.name == "The Hut"


def test_gatherings_at_one_door_share_its_place():
    take_in(meeting(), NIGHT)

    assert Place.objects.count() == 1


def test_report_has_exactly_these_fields():
    report = take_in(meeting(), {"name": "Nowhere", "slug": "x", "types": []})

    assert report.values() == {
        "source": LIST,
        "format": "meeting-guide",
        "read": 2,
        "accepted": 1,
        "new": 1,
        "updated": 0,
        "unchanged": 0,
        "retired": 0,
        "merged": 0,
        "refused": [
            {
                "record": "Nowhere (x)",
                "reason": "gives no address, no coordinates and no link: nobody could get there",
            }
        ],
        "repaired": [],
        "remarks": [],
    }


def test_report_of_the_reading_is_kept_with_the_feed():
    report = take_in(meeting())

    assert [run.report for run in FeedRun.objects.all()] == [
        json.loads(json.dumps(report.values()))
    ]


def test_only_the_last_reports_are_kept():
    for minute in range(importing.RUNS_KEPT + 3):
        take_in(meeting(end_time=f"20:{minute:02}"))

    assert FeedRun.objects.count() == importing.RUNS_KEPT
    assert FeedRun.objects.latest("at").report["updated"] == 1


def test_every_repair_is_told_with_its_record():
    report = take_in(meeting(types=["O", "QQ"]))

    assert report.repaired == [
        {
            "record": "Early Birds (early-birds)",
            "field": "types",
            "why": "'QQ' is no code that kith knows; kept, not shown",
        }
    ]


# ---- again ------------------------------------------------------------------------------------
def test_second_reading_of_the_same_feed_writes_no_row():
    take_in(meeting(), NIGHT, call())
    before = everything()

    report = take_in(meeting(), NIGHT, call())

    assert counts(report) == (0, 0, 3, 0, 0)
    assert everything() == before


def test_second_reading_asks_the_database_as_often_for_thirty_records_as_for_three(
    django_assert_num_queries, django_assert_max_num_queries
):
    some = [meeting(f"Group {n}", slug=f"g{n}", latitude=50 + n / 50) for n in range(30)]
    take_in(*some)

    # BEGIN and COMMIT among them, the lock, the feed, its records, and the report of the reading.
    with django_assert_max_num_queries(11):
        take_in(*some)


def test_records_in_another_order_are_the_same_feed():
    take_in(meeting(), NIGHT, call())
    before = everything()

    take_in(call(), NIGHT, meeting())

    assert everything() == before


def test_changed_record_changes_its_gathering_in_place():
    take_in(meeting(), NIGHT)
    early, night = gatherings()

    report = take_in(meeting("Early Risers", slug="early-birds", time="18:30"), NIGHT)

    assert counts(report) == (0, 1, 1, 0, 0)
    changed, same = gatherings()
    assert (changed.pk, changed.slug, changed.added_at) == (early.pk, early.slug, early.added_at)
    assert (changed.name, f"{changed.start:%H:%M}") == ("Early Risers", "18:30")
    assert changed.edition > early.edition
    assert changed.changed_at > early.changed_at
    assert (same.edition, same.changed_at) == (night.edition, night.changed_at)


def test_edition_counts_every_change_and_nothing_else():
    take_in(meeting())
    first = Edition.objects.get().number
    take_in(meeting())
    second = Edition.objects.get().number
    take_in(meeting(end_time="20:30"))
    third = Edition.objects.get().number

    assert (second - first, third - second) == (0, 1)
    assert gatherings()[0].edition == third


def test_record_that_vanished_retires_its_gathering_and_deletes_nothing():
    take_in(meeting(), NIGHT)

    report = take_in(NIGHT)

    assert report.retired == 1
    gone, stays = gatherings()
    assert (gone.status, stays.status) == (Status.RETIRED, Status.OPEN)
    assert gone.retired_at == gone.changed_at
    assert gone.edition == Edition.objects.get().number
    assert FeedRecord.objects.get(gathering=gone).gone_at == gone.retired_at


def test_record_that_stays_away_is_retired_once():
    take_in(meeting(), NIGHT)
    take_in(NIGHT)
    before = everything()

    report = take_in(NIGHT)

    assert report.retired == 0
    assert everything() == before


def test_record_that_comes_back_brings_its_gathering_back():
    take_in(meeting(), NIGHT)
    was = gatherings()[0]
    take_in(NIGHT)

    report = take_in(meeting(), NIGHT)

    assert counts(report) == (0, 1, 1, 0, 0)
    back = gatherings()[0]
    assert (back.pk, back.slug, back.status, back.retired_at) == (was.pk, was.slug, "open", None)
    assert FeedRecord.objects.filter(gone_at=None).count() == 2


def test_record_that_changes_its_key_and_nothing_else_stays_one_gathering():
    take_in(meeting())

    report = take_in(meeting(slug="early-birds-2"))

    assert counts(report) == (0, 0, 0, 1, 0)
    assert report.retired == 0
    assert [(g.slug, g.status) for g in gatherings()] == [("early-birds-london", "open")]


def test_paused_record_pauses_its_gathering():
    take_in(meeting())

    take_in(meeting(attendance_option="inactive"))

    assert [g.status for g in gatherings()] == [Status.PAUSED]


# ---- one gathering in two feeds ---------------------------------------------------------------
def test_record_in_two_feeds_is_one_gathering_with_two_sources():
    take_in(meeting())

    report = take_in(meeting("The Early Birds Group", slug="77"), address=OTHER_LIST)

    assert counts(report) == (0, 0, 0, 1, 0)
    assert [g.name for g in gatherings()] == ["Early Birds"]
    assert sorted(r.feed.address for r in FeedRecord.objects.all()) == [LIST, OTHER_LIST]


def test_second_reading_of_a_merged_record_changes_nothing():
    take_in(meeting())
    take_in(meeting(slug="77", notes="Ring twice."), address=OTHER_LIST)
    before = everything()

    report = take_in(meeting(slug="77", notes="Ring twice."), address=OTHER_LIST)

    assert counts(report) == (0, 0, 1, 0, 0)
    assert everything() == before


def test_second_feed_fills_gaps_and_does_not_overrule():
    take_in(meeting(notes=None, types=["O"]))

    take_in(meeting(slug="77", notes="Ring twice.", types=["C", "X"]), address=OTHER_LIST)

    found = gatherings()[0]
    assert (found.about, found.openness, found.access) == ("Ring twice.", "open", ["step_free"])


def test_room_of_one_feed_and_call_of_another_are_one_hybrid_gathering():
    url = "https://zoom.us/j/123456789"
    take_in(call(conference_url=url, location=None))

    take_in(meeting("Open Line", slug="77", conference_url=url), address=OTHER_LIST)

    found = gatherings()
    assert [(g.mode, g.join_url, g.place.name) for g in found] == [("hybrid", url, "The Hut")]


@pytest.mark.parametrize("leaving", [LIST, OTHER_LIST])
def test_one_feed_drops_a_gathering_and_the_other_keeps_it(leaving):
    take_in(meeting(), NIGHT)
    take_in(meeting(slug="77"), call(), address=OTHER_LIST)

    report = take_in(*[NIGHT] if leaving == LIST else [call()], address=leaving)

    assert report.retired == 0
    assert [g.status for g in gatherings()] == [Status.OPEN] * 3


def test_gathering_is_retired_when_the_last_feed_drops_it():
    take_in(meeting(), NIGHT)
    take_in(meeting(slug="77"), call(), address=OTHER_LIST)
    take_in(NIGHT)

    report = take_in(call(), address=OTHER_LIST)

    assert report.retired == 1
    assert gatherings()[0].status == Status.RETIRED


def test_what_a_feed_added_goes_with_it():
    take_in(meeting(), NIGHT)
    take_in(meeting(slug="77", types=["O", "X"]), call(), address=OTHER_LIST)
    assert gatherings()[0].access == ["step_free"]

    take_in(call(), address=OTHER_LIST)

    assert gatherings()[0].access == []


# ---- twice in one feed ------------------------------------------------------------------------
def test_record_written_twice_is_one_gathering():
    report = take_in(meeting(), meeting(slug="again"))

    assert counts(report) == (1, 0, 0, 1, 0)
    assert len(gatherings()) == 1
    assert FeedRecord.objects.count() == 2


def test_record_written_twice_with_its_key_is_one_gathering_even_where_nothing_else_tells():
    ask = {"day": None, "time": None, "end_time": None}
    some = [call("Ask", **ask, conference_url=None, conference_phone="+44 20 7946 0018")] * 3

    report = take_in(*some)

    assert counts(report) == (1, 0, 0, 2, 0)
    assert counts(take_in(*some)) == (0, 0, 3, 0, 0)
    assert len(gatherings()) == 1


def test_records_that_share_a_key_are_all_kept_and_found_again():
    some = [meeting(slug="same"), meeting("Night Owls", slug="same", time="22:00", end_time=None)]
    take_in(*some)
    before = everything()

    report = take_in(*reversed(some))

    assert len(before["Gathering"]) == 2
    assert counts(report) == (0, 0, 2, 0, 0)
    assert everything() == before


def test_keys_that_differ_only_where_they_are_cut_are_told_apart():
    some = [
        meeting(slug="k" * 400 + end, time=f"0{n}:00", end_time=None) for n, end in enumerate("abc")
    ]

    take_in(*some)
    report = take_in(*some)

    assert len(gatherings()) == 3
    assert counts(report) == (0, 0, 3, 0, 0)


def test_names_alike_get_addresses_of_their_own():
    some = [meeting(slug=f"{n}", time=f"0{n}:00", end_time=None) for n in range(3)]

    take_in(*some)

    slugs = [g.slug for g in gatherings()]
    assert slugs == ["early-birds-london", "early-birds-london-2", "early-birds-london-3"]


def test_gathering_called_changes_does_not_hide_behind_the_page_of_changes(client):
    take_in(call("Changes"))

    page = client.get(gatherings()[0].get_absolute_url())

    assert "<h1>Changes</h1>" in page.content.decode()


# ---- nothing is lost --------------------------------------------------------------------------
texts = st.text(
    st.characters(exclude_categories=[]) | st.sampled_from("\x00\ud800\u202e\U0001f426<&\"'"),
    max_size=30,
)
values = (
    st.none() | st.booleans() | st.integers() | st.floats() | texts | st.lists(texts, max_size=3)
)
fields = st.sampled_from(
    "name slug day time end_time timezone location formatted_address latitude longitude types notes"
    " conference_url conference_phone attendance_option url updated kith".split()
)
records = st.one_of(
    values,
    st.dictionaries(fields, values, max_size=12),
    st.builds(
        lambda name, more: {**meeting(), "name": name, **more},
        st.sampled_from(["Early Birds", "Night Owls", "\x00", "\ud83d", ""]) | texts,
        st.dictionaries(fields, values, max_size=3),
    ),
)


class AccountingTest(TestCase):
    """Hypothesis brings its own rollback of each example."""

    @settings(max_examples=60)
    @given(feed=st.lists(records, min_size=1, max_size=6), later=st.lists(records, max_size=6))
    def test_every_record_is_counted_once_and_every_accepted_one_is_kept(self, feed, later):
        for some in (feed, later, feed):
            try:
                report = take_in(*some)
            except ImportRefusedError:
                continue

            assert sum(counts(report)) == report.read
            # A list of lists is a sheet, whose first row are its headings.
            assert report.read == len(some) or not any(isinstance(r, dict) for r in some)
            assert report.accepted == report.read - len(report.refused)
            assert all(refused["reason"] for refused in report.refused)
            live = FeedRecord.objects.filter(gone_at=None)
            assert live.count() >= report.accepted
            assert not Gathering.objects.filter(status=Status.RETIRED, records__in=live).exists()
            shown = Gathering.objects.exclude(status=Status.RETIRED)
            assert not shown.exclude(records__in=live).exists()

    @settings(max_examples=40)
    @given(feed=st.lists(records, min_size=1, max_size=6))
    def test_any_feed_read_twice_changes_nothing_the_second_time(self, feed):
        try:
            take_in(*feed)
        except ImportRefusedError:
            return
        before = everything()

        report = take_in(*feed)

        assert (report.new, report.updated, report.merged, report.retired) == (0, 0, 0, 0)
        assert everything() == before

    @settings(max_examples=60)
    @given(text=st.binary(max_size=200))
    def test_any_bytes_are_read_or_refused_with_a_reason(self, text):
        try:
            report = take_in_bytes(text)
        except ImportRefusedError as refusal:
            assert str(refusal)
            assert everything()["Gathering"] == []
        else:
            assert sum(counts(report)) == report.read


@pytest.mark.parametrize(
    "name",
    [
        "Früh\u200bauf \x00 \x07",
        "half \ud83d a bird",
        "n" * 10_000,
        "\U0001f426 \U0001f1f3\U0001f1ff ✨",
        "اجتماع النور",
        "\u202eevil\u202c",
        "מעגל א",
        "<script>alert(1)</script> Circle",
        "' OR 1=1 --",
        "%s %(name)s {name}",
    ],
)
@pytest.mark.parametrize("field", ["name", "notes", "location", "slug", "types", "region", "kith"])
def test_odd_text_is_kept_or_refused_and_never_stops_the_others(field, name):
    value = [name] if field == "types" else name

    report = take_in(meeting(**{field: value}), NIGHT)

    assert report.read == 2
    assert sum(counts(report)) == 2
    assert "Night Owls" in [g.name for g in gatherings()]
    for found in gatherings():
        assert "\x00" not in found.name
        assert len(found.name) <= 255


WEEKLY = {"timezone": "Europe/London", "rule": "FREQ=WEEKLY;BYDAY=TU", "start": "19:00"}
HALL = {"name": "Hall", "address": "5 High Street", "latitude": 51.5, "longitude": -0.1}
DATE = {"starts": "2026-12-24T19:00", "timezone": "Europe/London"}


@pytest.mark.parametrize(
    "kith",
    [
        {"schedule": WEEKLY, "codes": ["a\x00b"]},
        {"schedule": WEEKLY, "codes": ["\ud800", "x" * 5_000]},
        {"schedule": WEEKLY, "practice": "p" * 500},
        {"schedule": WEEKLY, "practice": "p\x00"},
        {"schedule": WEEKLY, "touch": "t" * 50},
        {"schedule": WEEKLY, "openness": "o" * 50},
        {"schedule": WEEKLY, "program": "p\x00" * 500},
        {"schedule": WEEKLY, "when_note": "w\x00" * 500},
        {"schedule": WEEKLY, "audience": ["a\x00" * 500], "access": [None, 7, ["x"]]},
        {"schedule": WEEKLY, "languages": ["x\x00"], "topics": {"a": 1}},
        {"schedule": {**WEEKLY, "timezone": "Mars/Olympus"}},
        {"schedule": {**WEEKLY, "timezone": "x\x00"}},
        {"schedule": {**WEEKLY, "timezone": "../../etc/passwd"}},
        {"schedule": {**WEEKLY, "rule": "X" * 5_000}},
        {"schedule": {**WEEKLY, "rule": 7}},
        {"schedule": {**WEEKLY, "rule": "FREQ=WEEKLY;BYDAY=TU\x00"}},
        {"schedule": {**WEEKLY, "first_on": "0001-01-01"}},
        {"schedule": {**WEEKLY, "first_on": "9999-12-31"}},
        {"schedule": {**WEEKLY, "minutes": 10**9}},
        {"schedule": {**WEEKLY, "minutes": -5}},
        {"schedule": {**WEEKLY, "minutes": 10**30}},
        {"schedule": {**WEEKLY, "except_on": ["soon"]}},
        {"schedule": {**WEEKLY, "dated": [{**DATE, "note": "n\x00" * 300}]}},
        {"schedule": {**WEEKLY, "dated": [{**DATE, "place": "p\x00" * 300}]}},
        {"schedule": {**WEEKLY, "dated": [{**DATE, "duration_minutes": 10**12}]}},
        {"schedule": {**WEEKLY, "dated": [{**DATE, "duration_minutes": -1}]}},
        {"schedule": {**WEEKLY, "dated": [{**DATE, "duration_minutes": "long"}]}},
        {"schedule": {**WEEKLY, "dated": [{**DATE, "timezone": "Mars/Olympus"}]}},
        {"schedule": {**WEEKLY, "dated": [{**DATE, "timezone": "x" * 500}]}},
        {"schedule": {**WEEKLY, "dated": [{**DATE, "starts": "0001-01-01T00:00"}]}},
        {"schedule": {**WEEKLY, "dated": [{**DATE, "starts": "9999-12-31T23:59"}]}},
        {"schedule": {**WEEKLY, "dated": [{**DATE, "starts": "2026-12-24T19:00+05:00"}]}},
        {"schedule": {**WEEKLY, "dated": [DATE] * 5_000}},
        {"schedule": WEEKLY, "venues": [{"country": "GBR" * 9, "name": "Hall", "latitude": 51.5,
         "longitude": -0.1}]},
        {"schedule": WEEKLY, "venues": [{"postal_code": "9" * 99, "name": "n\x00" * 500}]},
        {"schedule": WEEKLY, "venues": [{"name": "Hall", "latitude": "x", "longitude": True}]},
        {"schedule": WEEKLY, "venues": [{"name": "Hall", "find_the_door": "d\x00" * 5_000}]},
        {"schedule": []},
        [],
    ],
)  # fmt: skip
def test_forged_extension_of_ours_is_kept_or_refused_and_never_stops_the_others(client, kith):
    if isinstance(kith, dict):
        kith = {"mode": "in_person", "venues": [HALL], **kith}

    report = take_in(meeting(kith=kith), NIGHT)

    assert sum(counts(report)) == report.read == 2
    assert "Night Owls" in [g.name for g in gatherings()]
    for found in gatherings():
        assert client.get(found.get_absolute_url()).status_code == 200
    assert client.get("/gatherings/?lat=51.5&lon=-0.1&when=tue").status_code == 200


# ---- what is no feed --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"[]", "holds no records"),
        (b"{}", "no list of records"),
        (b'{"message": "Please log in"}', "Please log in"),
        (b"[1, 2, 3]", "not of records"),
        (body(meeting())[:-20], "not whole JSON"),
        (b"[" * 100_000, "nested"),
        (b"<!DOCTYPE html><html><body>Down</body></html>", "web page"),
        (b"<?xml version='1.0'?><rss></rss>", "CSV"),
        (b"PK\x03\x04....", "CSV"),
        (b"\x89PNG....", "CSV|read"),
        (b"\x00\xff\xfe\x9d" * 50, "none of the formats"),
        (b"502 Bad Gateway", "none of the formats"),
        (b"foo,bar\n1,2\n", "which columns"),
        (b'[{"name": "", "slug": "x", "types": []}]', "Not one record"),
        (b'[{"name": "A", "slug": "x", "types": [], "day": 9, "time": "x"}]', "Not one record"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "no records"),
    ],
)
def test_what_is_no_feed_is_refused_and_retires_nothing(text, why):
    take_in(meeting(), NIGHT)
    before = everything()
    read_at = Feed.objects.get().read_at
    Feed.objects.update(format="")

    with pytest.raises(ImportRefusedError, match=why):
        take_in_bytes(text)

    assert everything() == before
    assert Feed.objects.get().read_at == read_at
    assert FeedRun.objects.count() == 1


def test_feed_of_which_nothing_was_ever_usable_may_be_read_again():
    useless = {"name": "Nowhere", "slug": "x", "types": []}

    for _ in range(2):
        assert counts(take_in(useless)) == (0, 0, 0, 0, 1)


def test_dry_run_says_what_would_happen_and_keeps_nothing():
    take_in(meeting(), NIGHT)
    before = everything()
    feeds_before = list(Feed.objects.values())

    report = take_in(meeting(end_time="20:30"), call(), dry_run=True)

    assert (counts(report), report.retired) == ((1, 1, 0, 0, 0), 1)
    assert everything() == before
    assert list(Feed.objects.values()) == feeds_before
    assert FeedRun.objects.count() == 1


def test_dry_run_of_a_new_feed_leaves_an_empty_database():
    take_in(meeting(), dry_run=True)

    assert not Feed.objects.exists()
    assert everything() == {name: [] for name in everything()}


@pytest.mark.parametrize(("had", "left", "is_held_back"), [(60, 29, True), (60, 30, False), (30, 9, True), (30, 10, False), (21, 0, True), (20, 0, False)])  # fmt: skip
def test_mass_disappearance_that_nobody_watches_is_held_back(had, left, is_held_back):
    some = [meeting(f"Group {n}", slug=f"g{n}", latitude=50 + n / 50) for n in range(had)]
    take_in(*some)
    before = everything()

    # One that was not there before, so that the feed is never empty.
    feed = [*some[:left], call()]
    if is_held_back:
        with pytest.raises(ImportRefusedError, match=f"{had - left} of {had} records are missing"):
            take_in(*feed, unattended=True)
        assert everything() == before
    else:
        assert take_in(*feed, unattended=True).retired == had - left


def test_mass_disappearance_by_hand_is_believed():
    take_in(*[meeting(f"Group {n}", slug=f"g{n}", latitude=50 + n / 50) for n in range(60)])

    assert take_in(call()).retired == 60


def test_failure_in_the_middle_leaves_everything_as_it_was(monkeypatch):
    take_in(meeting(), NIGHT)
    before = everything()

    def fall(*_args, **_more):
        raise RuntimeError("the lights went out")

    monkeypatch.setattr(importing.towns, "rebuild", fall)
    with pytest.raises(RuntimeError):
        take_in(meeting(end_time="20:30"), call())

    assert everything() == before
    assert FeedRun.objects.count() == 1


def test_progress_is_told_up_to_the_last_record(monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    told = []

    import_body(
        feed=Feed(address=LIST),
        body=body(meeting(), NIGHT, call()),
        progress=lambda done, of: told.append((done, of)),
    )

    assert told == [(2, 3), (3, 3)]


# ---- what feeds say in common -----------------------------------------------------------------
def test_record_of_several_times_is_several_gatherings_and_one_record_in_the_report():
    table = b"name,day,time,address,lat,lon\nWalk,Mon & Thu,9:00 and 18:00,1 High St,51.5,-0.1\n"

    report = take_in_bytes(table, country="GB")

    assert (report.read, report.new) == (1, 1)
    assert FeedRecord.objects.count() == len(gatherings())


def test_dates_of_their_own_are_kept_with_their_gathering():
    calendar = b"""BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:tour@example.org
SUMMARY:Sober at the show
DTSTART;TZID=Europe/London:20261201T190000
RDATE;TZID=Europe/London:20261208T190000
LOCATION:The Hall, 5 High Street, London
GEO:51.5;-0.1
END:VEVENT
END:VCALENDAR
"""
    take_in_bytes(calendar)
    before = everything()

    report = take_in_bytes(calendar)

    assert [str(o) for o in Occasion.objects.all()] == ["2026-12-01 19:00", "2026-12-08 19:00"]
    assert report.unchanged == 1
    assert everything() == before


def test_gathering_without_a_town_becomes_findable_by_its_town_when_the_feed_says_it():
    take_in(call())
    assert not Town.objects.exists()

    take_in(call(), meeting())

    assert "London" in [town.name for town in Town.objects.all()]
