"""Feeds are read where they lie, by hand or on a schedule, and only what is new is read again."""

import gzip
import json
from datetime import timedelta

import pytest
from tests.web.gatherings.listener import listening
from tests.web.gatherings.making import (
    LIST,
    TUESDAY,
    body,
    call,
    everything,
    gatherings,
    meeting,
    take_in,
)

from kith.errors import RefusalError
from kith.web.gatherings import actions
from kith.web.gatherings.actions import import_source, refresh, refresh_due
from kith.web.gatherings.models import Feed, FeedRun

pytestmark = pytest.mark.django_db

NIGHT = meeting("Night Owls", time="22:00", end_time="23:00")


@pytest.fixture
def web(settings):
    """A web server whose addresses may be read although they are of this machine."""
    settings.KITH_FEEDS_MAY_BE_PRIVATE = True
    with listening() as listener:
        yield listener


def feed_at(address, **more):
    return Feed.objects.create(address=address, **more)


def counts(report):
    return (report.new, report.updated, report.unchanged, report.retired)


# ---- by hand ----------------------------------------------------------------------------------
def test_file_is_read_and_known_by_its_full_path(tmp_path, monkeypatch):
    (tmp_path / "feed.json").write_bytes(body(meeting()))
    monkeypatch.chdir(tmp_path)

    report = import_source(source="feed.json", given={"name": "Ours", "credit": "Thanks"})

    feed = Feed.objects.get()
    assert counts(report) == (1, 0, 0, 0)
    assert (feed.address, feed.name, feed.credit) == (str(tmp_path / "feed.json"), "Ours", "Thanks")
    assert feed.tried_at is not None
    assert feed.read_at is not None


def test_file_named_in_another_way_is_the_same_feed(tmp_path, monkeypatch):
    (tmp_path / "inner").mkdir()
    (tmp_path / "feed.json").write_bytes(body(meeting()))
    monkeypatch.chdir(tmp_path / "inner")
    monkeypatch.setenv("HOME", str(tmp_path))

    for source in (
        "../feed.json",
        str(tmp_path / "feed.json"),
        "~/feed.json",
        "./../inner/../feed.json",
    ):
        import_source(source=source, given={})

    assert Feed.objects.count() == 1


def test_packed_file_is_unpacked(tmp_path):
    (tmp_path / "feed.json.gz").write_bytes(gzip.compress(body(meeting())))

    assert import_source(source=str(tmp_path / "feed.json.gz"), given={}).new == 1


def test_file_of_another_steward_said_things_keeps_them(tmp_path):
    (tmp_path / "feed.json").write_bytes(body(meeting()))
    import_source(source=str(tmp_path / "feed.json"), given={"name": "Ours", "practice": "choir"})

    import_source(source=str(tmp_path / "feed.json"), given={"credit": "Thanks"})

    feed = Feed.objects.get()
    assert (feed.name, feed.practice, feed.credit) == ("Ours", "choir", "Thanks")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("nowhere.json", "nowhere.json cannot be read"),
        (".", "cannot be read"),
        ("~nobody-of-that-name/feed.json", "no path that can be followed"),
        ("a\x00b", "no path that can be followed"),
        ("x" * 5_000, "address: Ensure this value has at most 1000"),
        ("http://list.example/" + "x" * 5_000, "address: Ensure this value has at most 1000"),
        ("http://", "address"),
        ("ftp://list.example/feed.json", "cannot be read"),
    ],
)
def test_source_that_is_none_is_refused_with_a_sentence(tmp_path, monkeypatch, source, why):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(RefusalError, match=why):
        import_source(source=source, given={})

    assert not Feed.objects.exists()


@pytest.mark.parametrize(("name", "longest"), [("name", 255), ("credit", 500), ("program", 128)])
def test_what_a_steward_says_is_no_longer_than_its_column(tmp_path, name, longest):
    (tmp_path / "feed.json").write_bytes(body(meeting()))

    with pytest.raises(RefusalError, match=f"{name}: Ensure this value has at most {longest}"):
        import_source(source=str(tmp_path / "feed.json"), given={name: "x" * (longest + 1)})


def test_address_is_read_and_its_validators_are_kept(web):
    web.put(
        "/feed.json", body(meeting()), etag='"1"', last_modified="Tue, 24 Nov 2026 18:00:00 GMT"
    )

    report = import_source(source=f"{web.url}/feed.json", given={})

    feed = Feed.objects.get()
    assert report.new == 1
    assert (feed.etag, feed.last_modified) == ('"1"', "Tue, 24 Nov 2026 18:00:00 GMT")


def test_address_read_by_hand_is_read_whole_each_time(web):
    page = web.put("/feed.json", body(meeting()), etag='"1"')

    reports = [import_source(source=f"{web.url}/feed.json", given={}) for _ in range(2)]

    assert [counts(report) for report in reports] == [(1, 0, 0, 0), (0, 0, 1, 0)]
    assert not any("If-None-Match" in headers for headers in page.asked)


def test_dry_run_of_an_address_leaves_no_feed(web):
    web.put("/feed.json", body(meeting()))

    report = import_source(source=f"{web.url}/feed.json", given={}, dry_run=True)

    assert report.new == 1
    assert not Feed.objects.exists()


def test_private_address_is_refused_unless_the_steward_lets_it_in(web, settings):
    web.put("/feed.json", body(meeting()))
    settings.KITH_FEEDS_MAY_BE_PRIVATE = False

    with pytest.raises(RefusalError, match=r"127\.0\.0\.1"):
        import_source(source=f"{web.url}/feed.json", given={})

    assert not Feed.objects.exists()


@pytest.mark.parametrize(("status", "text"), [(404, b"Not here"), (500, b"[]"), (200, b"")])
def test_address_that_answers_badly_is_refused_and_changes_nothing(web, status, text):
    page = web.put("/feed.json", body(meeting()))
    import_source(source=f"{web.url}/feed.json", given={})
    before = everything()
    page.body, page.status = text, status

    with pytest.raises(RefusalError):
        import_source(source=f"{web.url}/feed.json", given={})

    assert everything() == before


BMLT = json.dumps(
    [{"id_bigint": "7", "meeting_name": "Just for Today", "weekday_tinyint": "3",
      "start_time": "19:00:00", "duration_time": "01:00:00", "venue_type": "1", "formats": "ZZ",
      "format_shared_id_list": "99", "latitude": "40.7", "longitude": "-74.0",
      "location_street": "1 Broadway", "location_municipality": "New York",
      "location_province": "NY"}]
).encode()  # fmt: skip
FORMATS = json.dumps([{"id": "99", "key_string": "ZZ", "world_id": "WCHR"}]).encode()
SEARCH = "/client_interface/json/?switcher=GetSearchResults&lang_enum=en"


def test_bmlt_server_is_asked_for_its_formats_too(web):
    web.put(SEARCH, BMLT)
    web.put("/client_interface/json/?switcher=GetFormats&lang_enum=en", FORMATS)

    import_source(source=web.url + SEARCH, given={})

    assert gatherings()[0].access == ["step_free"]


@pytest.mark.parametrize("text", [b"<html>", b'{"a": 1}', b"[" * 50_000, b"[]"])
def test_bmlt_server_without_a_table_of_formats_is_read_by_common_use(web, text):
    web.put(SEARCH, BMLT)
    web.put("/client_interface/json/?switcher=GetFormats&lang_enum=en", text)

    report = import_source(source=web.url + SEARCH, given={})

    assert report.new == 1
    assert gatherings()[0].access == []


def test_table_of_formats_may_be_a_file(tmp_path):
    (tmp_path / "feed.json").write_bytes(BMLT)
    (tmp_path / "formats.json").write_bytes(FORMATS)

    import_source(
        source=str(tmp_path / "feed.json"), given={}, formats_file=tmp_path / "formats.json"
    )

    assert gatherings()[0].access == ["step_free"]


def test_table_of_formats_that_is_no_json_is_refused(tmp_path):
    (tmp_path / "feed.json").write_bytes(BMLT)
    (tmp_path / "formats.json").write_bytes(b"<html>")

    with pytest.raises(RefusalError, match="The table of formats is not JSON"):
        import_source(
            source=str(tmp_path / "feed.json"), given={}, formats_file=tmp_path / "formats.json"
        )


# ---- on a schedule ----------------------------------------------------------------------------
def test_feed_that_did_not_change_is_not_read_again(web):
    page = web.put("/feed.json", body(meeting()), etag='"1"')
    feed = feed_at(f"{web.url}/feed.json")
    assert refresh(feed=feed).new == 1
    read_at = feed.read_at

    assert refresh(feed=feed) is None

    feed.refresh_from_db()
    assert [headers.get("If-None-Match") for headers in page.asked] == [None, '"1"']
    assert (feed.read_at, feed.error, FeedRun.objects.count()) == (read_at, "", 1)
    assert feed.tried_at > read_at


def test_feed_that_changed_is_read_again(web):
    page = web.put("/feed.json", body(meeting()), etag='"1"')
    feed = feed_at(f"{web.url}/feed.json")
    refresh(feed=feed)
    page.body, page.etag = body(meeting(end_time="20:30"), NIGHT), '"2"'

    report = refresh(feed=feed)

    feed.refresh_from_db()
    assert counts(report) == (1, 1, 0, 0)
    assert feed.etag == '"2"'


def test_feed_dated_by_its_last_change_is_not_read_again(web):
    web.put("/feed.json", body(meeting()), last_modified="Tue, 24 Nov 2026 18:00:00 GMT")
    feed = feed_at(f"{web.url}/feed.json")
    refresh(feed=feed)

    assert refresh(feed=feed) is None


def test_validator_as_long_as_a_novel_is_not_kept(web):
    web.put("/feed.json", body(meeting()), etag=f'"{"x" * 2_000}"')
    feed = feed_at(f"{web.url}/feed.json")

    assert refresh(feed=feed).new == 1

    assert Feed.objects.get().etag == ""


def test_what_went_wrong_is_written_on_the_feed_and_wiped_when_it_went_right(web):
    page = web.put("/feed.json", body(meeting()), etag='"1"')
    feed = feed_at(f"{web.url}/feed.json")
    refresh(feed=feed)
    page.body, page.etag = body(meeting())[:-9], '"2"'

    assert refresh(feed=feed) is None
    feed.refresh_from_db()
    assert "not whole JSON" in feed.error
    # What was refused must not be taken for known the next time.
    assert feed.etag == '"1"'

    page.body, page.etag = body(meeting()), '"1"'
    refresh(feed=feed)
    feed.refresh_from_db()
    assert feed.error == ""


def test_feed_of_which_most_is_missing_is_held_back_and_says_so(web):
    some = [meeting(f"Group {n}", slug=f"g{n}", latitude=50 + n / 50) for n in range(60)]
    page = web.put("/feed.json", body(*some), etag='"1"')
    feed = feed_at(f"{web.url}/feed.json")
    refresh(feed=feed)
    before = everything()
    page.body, page.etag = body(call()), '"2"'

    assert refresh(feed=feed) is None

    feed.refresh_from_db()
    assert "60 of 60 records are missing" in feed.error
    assert everything() == before


def test_private_address_is_an_error_of_its_feed(web, settings):
    settings.KITH_FEEDS_MAY_BE_PRIVATE = False
    feed = feed_at(f"{web.url}/feed.json")

    assert refresh(feed=feed) is None

    feed.refresh_from_db()
    assert "127.0.0.1" in feed.error


def test_file_on_a_schedule_is_read_where_it_lies(tmp_path):
    path = tmp_path / "feed.json"
    path.write_bytes(body(meeting()))
    feed = feed_at(str(path))

    assert refresh(feed=feed).new == 1
    path.unlink()
    assert refresh(feed=feed) is None

    feed.refresh_from_db()
    assert "cannot be read" in feed.error
    assert gatherings()[0].status == "open"


def test_nobody_watches_so_time_of_trying_is_kept_before_anything_else(web, monkeypatch):
    web.put("/feed.json", body(meeting()))
    feed = feed_at(f"{web.url}/feed.json", every_hours=1)

    def fall(*_args, **_more):
        raise RuntimeError("the lights went out")

    monkeypatch.setattr(actions.refreshing, "import_body", fall)
    with pytest.raises(RuntimeError):
        refresh(feed=feed)

    assert Feed.objects.get().tried_at is not None
    assert list(refresh_due()) == []


@pytest.mark.parametrize(
    ("every_hours", "tried_ago", "is_due"),
    [
        (1, None, True),
        (1, timedelta(minutes=58), False),
        (1, timedelta(minutes=59), True),
        (1, timedelta(hours=1), True),
        (24, timedelta(hours=23, minutes=58), False),
        (24, timedelta(hours=24), True),
        (720, timedelta(hours=719), False),
    ],
)
def test_feed_is_due_when_its_hours_have_passed(clock, tmp_path, every_hours, tried_ago, is_due):
    (tmp_path / "feed.json").write_bytes(body(meeting()))
    feed_at(
        str(tmp_path / "feed.json"),
        every_hours=every_hours,
        tried_at=TUESDAY - tried_ago if tried_ago else None,
    )

    assert [report.new for _feed, report in refresh_due()] == [1] * is_due


def test_feeds_that_are_not_due_are_read_when_all_are_asked_for(clock, tmp_path):
    (tmp_path / "feed.json").write_bytes(body(meeting()))
    feed_at(str(tmp_path / "feed.json"), every_hours=24, tried_at=TUESDAY)

    assert [report.new for _feed, report in refresh_due(is_all=True)] == [1]


@pytest.mark.parametrize("more", [{"every_hours": None}, {"every_hours": 1, "is_active": False}])
def test_feeds_without_hours_or_not_in_use_are_never_due(tmp_path, more):
    (tmp_path / "feed.json").write_bytes(body(meeting()))
    feed_at(str(tmp_path / "feed.json"), **more)

    assert list(refresh_due(is_all=True)) == []


def test_feed_that_fails_does_not_keep_the_others_waiting(tmp_path):
    (tmp_path / "good.json").write_bytes(body(meeting()))
    for name in ("bad.json", "good.json", "worse.json"):
        feed_at(str(tmp_path / name), every_hours=1)

    found = [(bool(feed.error), report and report.new) for feed, report in refresh_due()]

    assert found == [(True, None), (False, 1), (True, None)]


def test_feed_that_waited_longest_is_read_first(clock, tmp_path):
    for hours in (30, 50, 40):
        feed_at(
            str(tmp_path / f"{hours}"), every_hours=1, tried_at=TUESDAY - timedelta(hours=hours)
        )

    assert [feed.address[-2:] for feed, _report in refresh_due()] == ["50", "40", "30"]


@pytest.mark.parametrize(
    ("source", "is_web"),
    [
        ("https://list.example/", True),
        ("HTTP://LIST.EXAMPLE/", True),
        ("ftp://list.example/", False),
        ("/tmp/https://", False),
        ("feed.json", False),
    ],
)
def test_address_on_the_web_begins_as_one(source, is_web):
    assert actions.refreshing.is_web(source) == is_web


def test_bundled_lists_lie_where_they_are_said_to():
    lists = actions.bundled()

    assert len(lists) == 6
    assert all(path.is_file() for path, _given in lists)
    assert all(given["name"] and given["credit"] for _path, given in lists)
    assert actions.FORMATS.is_file()


def test_feed_named_by_hand_and_by_schedule_is_one_feed(web):
    web.put("/feed.json", body(meeting()))
    take_in(call(), address=LIST)

    import_source(source=f"{web.url}/feed.json", given={"every_hours": 1})
    list(refresh_due(is_all=True))

    assert Feed.objects.count() == 2
    assert len(gatherings()) == 2
