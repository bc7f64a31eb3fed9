"""`kith import`: what it says, how it ends, and that it changes only what it should."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.web.gatherings.making import body, call, gatherings, meeting

from kith.web.gatherings.models import Feed

pytestmark = pytest.mark.django_db

NIGHT = meeting("Night Owls", time="22:00", end_time="23:00")
USELESS = {"name": "Nowhere", "slug": "nowhere", "types": []}


@pytest.fixture
def feed(tmp_path):
    """Return a function that lays records into a file, and gives its path."""

    def lay(*records, name="feed.json"):
        path = tmp_path / name
        path.write_bytes(body(*records))
        return path

    return lay


# ---- what it says -----------------------------------------------------------------------------
def test_report_accounts_for_every_record_in_words(kith, feed):
    path = feed(
        meeting(),
        meeting(slug="again"),
        NIGHT,
        USELESS,
        meeting("Odd", types=["QQ"], time="09:00", end_time=None),
    )

    result = kith("import", path)

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"{path} (meeting-guide)",
        "  read 5: new 3, updated 0, unchanged 0, merged 1, refused 1; retired 0; repairs 1",
        "  refused  Nowhere (nowhere): gives no address, no coordinates and no link: nobody could get there",
        "  repaired Odd (odd): types: 'QQ' is no code that kith knows; kept, not shown",
    ]  # fmt: skip


def test_second_reading_says_that_nothing_changed(kith, feed):
    path = feed(meeting(), NIGHT)
    kith("import", path)

    assert (
        "new 0, updated 0, unchanged 2, merged 0, refused 0; retired 0"
        in kith("import", path).stdout
    )


def test_long_report_is_cut_and_says_where_the_rest_is(kith, feed):
    path = feed(meeting(), *[{**USELESS, "slug": f"n{n}"} for n in range(25)])

    said = kith("import", path).stdout

    assert said.count("  refused  ") == 20
    assert said.endswith("  ... --json gives all of them\n")


def test_json_is_one_object_for_each_source(kith, feed):
    one, two = feed(meeting(), USELESS, name="one.json"), feed(call(), name="two.json")

    result = kith("import", "--json", one, two, "nowhere.json")

    said = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert said[0] == {
        "source": str(one),
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
                "record": "Nowhere (nowhere)",
                "reason": "gives no address, no coordinates and no link: nobody could get there",
            }
        ],
        "repaired": [],
        "remarks": [],
    }
    assert (said[1]["source"], said[1]["new"]) == (str(two), 1)
    assert set(said[2]) == {"source", "error"}
    assert said[2]["source"] == "nowhere.json"


def test_json_is_all_that_stands_on_standard_output(kith, feed):
    result = kith("import", "--json", feed(meeting()))

    assert len(result.stdout.splitlines()) == 1


def test_dry_run_says_so_and_keeps_nothing(kith, feed):
    result = kith("import", "--dry-run", feed(meeting()))

    assert "a dry run, nothing was kept" in result.stdout
    assert "new 1" in result.stdout
    assert gatherings() == []


# ---- what cannot be read ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "is empty"),
        (b"<!DOCTYPE html>", "web page"),
        (b"[]", "holds no records"),
        (b'[{"name": "A"', "not whole JSON"),
        (b"\x1f\x8b broken", ""),
    ],
)
def test_source_that_cannot_be_read_ends_with_one_and_a_sentence(kith, tmp_path, text, why):
    path = tmp_path / "feed.json"
    path.write_bytes(text)

    result = kith("import", path)

    assert result.exit_code == 1
    assert why in result.stderr
    assert "Traceback" not in result.output
    assert gatherings() == []


@pytest.mark.parametrize(
    "source", ["nowhere.json", ".", "~nobody-of-that-name/x", "x" * 3_000, "http://127.0.0.1:1/feed.json", "http://"]
)  # fmt: skip
def test_source_that_is_not_there_ends_with_one_and_a_sentence(kith, tmp_path, monkeypatch, source):
    monkeypatch.chdir(tmp_path)

    result = kith("import", source)

    assert result.exit_code == 1
    assert result.stderr.strip()
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_source_that_cannot_be_read_does_not_keep_the_others_out(kith, feed):
    result = kith("import", "nowhere.json", feed(meeting()))

    assert result.exit_code == 1
    assert len(gatherings()) == 1


def test_file_whose_name_is_no_text_is_read_or_refused_with_a_sentence(kith, tmp_path):
    path = os.fsdecode(os.fsencode(tmp_path / "list-") + b"\xff.json")
    Path(path).write_bytes(body(meeting()))

    for more in ([], ["--json"]):
        result = kith("import", *more, path)

        assert result.exit_code == 1
        assert isinstance(result.exception, SystemExit)
        assert "no path that can be followed" in result.stderr


# ---- where it lies ----------------------------------------------------------------------------
def test_path_is_taken_from_where_the_command_was_given(kith, feed, tmp_path, monkeypatch):
    feed(meeting())
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    kith("import", "../feed.json")
    monkeypatch.chdir(tmp_path)

    result = kith("import", "feed.json")

    assert "unchanged 1" in result.stdout
    assert [f.address for f in Feed.objects.all()] == [str(tmp_path / "feed.json")]


# ---- what a steward says of it ----------------------------------------------------------------
def test_what_a_steward_says_is_kept_with_the_feed(kith, feed):
    result = kith(
        "import", feed(meeting(timezone=None)), "--timezone", "Europe/London", "--country", "gb",
        "--practice", "choir", "--program", "Sing", "--language", "en", "--language", "mi",
        "--name", "Ours", "--credit", "CC BY 4.0", "--every", "24", "--format", "meeting-guide",
    )  # fmt: skip

    kept = Feed.objects.get()
    assert result.exit_code == 0
    assert (kept.timezone, kept.country, kept.practice, kept.program, kept.languages) == (
        "Europe/London", "GB", "choir", "Sing", ["en", "mi"],
    )  # fmt: skip
    assert (kept.name, kept.credit, kept.every_hours, kept.format) == (
        "Ours", "CC BY 4.0", 24, "meeting-guide",
    )  # fmt: skip
    assert gatherings()[0].languages == ["en", "mi"]


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [
        ("--timezone", "Mars/Olympus", "'Mars/Olympus' is no time zone. One is Europe/London."),
        ("--country", "zq", "'ZQ' is no country. Two letters, such as NZ."),
        ("--practice", "golf", "'golf' is no practice of kith's."),
        ("--format", "xml", "'xml' is no format."),
        ("--every", "0", "0 is not in the range"),
        ("--mapping", "nowhere.toml", "does not exist"),
        ("--formats", "nowhere.json", "does not exist"),
    ],
)
def test_option_that_means_nothing_is_refused_before_anything_is_read(
    kith, feed, option, value, why
):
    result = kith("import", feed(meeting()), option, value)

    assert result.exit_code == 2
    assert why in result.stderr
    assert gatherings() == []


def test_name_longer_than_its_column_is_refused_with_a_sentence(kith, feed):
    result = kith("import", feed(meeting()), "--name", "x" * 300)

    assert result.exit_code == 1
    assert "name: Ensure this value has at most 255 characters" in result.stderr


def test_table_is_read_by_a_mapping(kith, tmp_path):
    (tmp_path / "list.csv").write_text(
        "Wat;Wanneer;Hoe laat;Waar;b;l\nKring;Tuesday;19:00;1 High Street;51.5;-0.1\n"
    )
    (tmp_path / "map.toml").write_text(
        '[columns]\nname = "Wat"\nday = "Wanneer"\ntime = "Hoe laat"\naddress = "Waar"\nlatitude = "b"\nlongitude = "l"\n'
    )

    result = kith(
        "import", tmp_path / "list.csv", "--mapping", tmp_path / "map.toml", "--country", "GB"
    )

    assert result.exit_code == 0, result.output
    assert [g.name for g in gatherings()] == ["Kring"]


@pytest.mark.parametrize(
    "text", [b"columns = [", b"\xff\xfe\x00", b"columns = 7", b"[columns]\nfoo = 'bar'\n"]
)
def test_mapping_that_is_none_is_refused_with_a_sentence(kith, feed, tmp_path, text):
    (tmp_path / "map.toml").write_bytes(text)

    result = kith("import", feed(meeting()), "--mapping", tmp_path / "map.toml")

    assert result.exit_code in {1, 2}
    assert isinstance(result.exception, SystemExit)
    assert result.stderr.strip()


def test_formats_of_a_bmlt_server_can_be_given_as_a_file(kith, tmp_path):
    row = {"id_bigint": "7", "meeting_name": "Just for Today", "weekday_tinyint": "3", "start_time": "19:00:00",
           "venue_type": "1", "formats": "ZZ", "format_shared_id_list": "99", "latitude": "40.7",
           "longitude": "-74.0", "location_street": "1 Broadway", "location_municipality": "New York",
           "location_province": "NY"}  # fmt: skip
    (tmp_path / "feed.json").write_text(json.dumps([row]))
    (tmp_path / "formats.json").write_text(
        json.dumps([{"id": "99", "key_string": "ZZ", "world_id": "WCHR"}])
    )

    kith("import", tmp_path / "feed.json", "--formats", tmp_path / "formats.json")

    assert gatherings()[0].access == ["step_free"]


def test_command_without_a_source_says_how_it_is_used(kith):
    result = kith("import")

    assert result.exit_code == 2
    assert "Missing argument 'SOURCE...'" in result.stderr


@pytest.mark.slow
def test_command_of_its_own_reads_into_a_database_of_its_own(feed, tmp_path):
    """The whole way, as a steward does it: no database yet, and a path from where they stand."""
    feed(meeting(), USELESS)
    environment = {
        k: v
        for k, v in os.environ.items()
        if k not in ("DJANGO_SETTINGS_MODULE", "KITH_DATABASE_URL")
    }

    said = subprocess.run(
        [sys.executable, "-m", "kith", "import", "--json", "feed.json"],
        cwd=tmp_path,
        env={**environment, "KITH_DATA_DIR": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(said.stdout)["new"] == 1
    assert (tmp_path / "data" / "kith.sqlite3").is_file()
