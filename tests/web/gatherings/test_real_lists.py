"""The real lists that kith comes with, faults and all: read, read again, found, and written out."""

import gzip
import json
from collections import Counter

import pytest
from django.db import connection, transaction
from tests.web.gatherings.making import everything, forget_everything, take_in_bytes

from kith.web.gatherings import actions
from kith.web.gatherings.actions import ImportRefusedError, import_source
from kith.web.gatherings.models import Feed, FeedRecord, Gathering, Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_imported")]

LISTS = actions.bundled()
SMALL = [(path, given) for path, given in LISTS if path.stat().st_size < 50_000]


def read(path, given, **more):
    return import_source(
        source=str(path),
        given=given,
        formats_file=actions.FORMATS if "bmlt" in path.name else None,
        **more,
    )


@pytest.fixture(scope="module")
def reports(django_db_setup, django_db_blocker):
    """The reports of reading every small list once; what they wrote is gone after this module."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            yield {path.name: read(path, given) for path, given in SMALL}
            transaction.set_rollback(True)
        connection.close()


@pytest.fixture
def _imported(reports):
    """The rows of those lists, as every test here finds them."""
    forget_everything()


def test_every_record_of_a_real_list_is_accounted_for(reports):
    for report in reports.values():
        fates = (report.new, report.updated, report.unchanged, report.merged, len(report.refused))
        assert sum(fates) == report.read > 100
        assert all(refused["record"] and refused["reason"] for refused in report.refused)
        assert json.loads(json.dumps(report.values())) == report.values()


def test_every_accepted_record_of_a_real_list_is_kept_with_its_gathering(reports):
    for report in reports.values():
        records = FeedRecord.objects.filter(feed__address=report.source)
        assert records.count() >= report.accepted
        assert not records.exclude(gathering__status__in=["open", "paused"]).exists()


def test_real_list_read_again_writes_no_row(reports):
    before = everything()

    again = [read(path, given) for path, given in SMALL]

    assert [(r.new, r.updated, r.merged, r.retired) for r in again] == [(0, 0, 0, 0)] * len(SMALL)
    assert everything() == before


def test_real_list_of_which_half_is_gone_retires_that_half_and_brings_it_back(reports):
    path, given = SMALL[0]
    whole = json.loads(gzip.decompress(path.read_bytes()))
    records = (
        next(v for v in whole.values() if isinstance(v, list)) if isinstance(whole, dict) else whole
    )
    before = dict(Gathering.objects.values_list("pk", "status"))

    half = take_in_bytes(json.dumps(records[::2]).encode(), address=str(path))
    after = dict(Gathering.objects.values_list("pk", "status"))
    whole_again = read(path, given)
    back = dict(Gathering.objects.values_list("pk", "status"))

    assert half.retired > 400
    assert sum(after[pk] != status for pk, status in before.items()) == half.retired
    assert (whole_again.new, {pk: back[pk] for pk in before}) == (0, before)


@pytest.mark.parametrize("text", [b"", b"<html></html>", b"[]", b'{"error": "no"}'])
def test_real_list_that_turns_to_nonsense_retires_nothing(reports, text):
    before = everything()

    with pytest.raises(ImportRefusedError):
        take_in_bytes(text, address=str(SMALL[0][0]))

    assert everything() == before


def test_every_page_of_a_real_gathering_opens(reports, client):
    some = Gathering.objects.order_by("slug")[::40]

    assert len(some) > 20
    for gathering in some:
        assert client.get(gathering.get_absolute_url()).status_code == 200, gathering.slug
        assert client.get(f"/gatherings/{gathering.slug}.ics").status_code == 200, gathering.slug


def test_real_gatherings_are_found_near_the_towns_they_are_in(reports, client):
    doors = Gathering.objects.filter(mode="in_person", status="open", place__is_approximate=False)
    timed = (
        doors.exclude(rule="")
        .exclude(start=None)
        .exclude(place__latitude=None)
        .exclude(place__city="")
    )
    towns = Counter(timed.values_list("place__city", "place__region"))
    week = "&when=mon&when=tue&when=wed&when=thu&when=fri&when=sat&when=sun"

    for (city, region), _count in towns.most_common(5):
        answer = client.get(
            f"/api/gatherings?near={city}, {region}&km=10&mode=in_person{week}"
        ).json()
        assert answer["found"] > 0, city
        assert all(meeting["distance_km"] <= 10 for meeting in answer["meetings"])


def test_real_lists_written_out_are_read_back_the_same(reports, client):
    fields = ("name", "mode", "status", "rule", "start", "minutes", "timezone", "openness", "practice",
              "program", "languages", "audience", "access", "topics", "codes", "join_url")  # fmt: skip
    place = (
        "place__name",
        "place__street",
        "place__city",
        "place__region",
        "place__latitude",
        "place__longitude",
    )

    def said():
        rows = Gathering.objects.values_list(*fields, *place)
        return sorted(map(str, rows))

    before = said()
    text = client.get("/feeds/meeting-guide.json").content
    for model in (FeedRecord, Feed, Gathering, Place):
        model.objects.all().delete()

    report = take_in_bytes(text)

    assert report.refused == []
    assert report.new + report.merged == len(before)
    after = said()
    # What our own reading takes for one meeting listed twice is one afterwards.
    assert len(after) == report.new
    assert not Counter(after) - Counter(before)


@pytest.mark.slow
@pytest.mark.parametrize(("path", "given"), [pair for pair in LISTS if pair not in SMALL])
def test_larger_real_list_is_read_once_and_again(path, given):
    report = read(path, given)
    before = everything()
    again = read(path, given)

    assert report.new + report.merged + len(report.refused) == report.read > 1_000
    assert len(report.refused) < report.read / 100
    assert (again.unchanged, again.new, again.updated, again.merged, again.retired) == (
        report.accepted, 0, 0, 0, 0,
    )  # fmt: skip
    assert everything() == before
