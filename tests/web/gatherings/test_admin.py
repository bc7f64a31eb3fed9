import pytest
from django.urls import reverse
from tests.web.gatherings import holding

from kith.web.gatherings.actions import import_body
from kith.web.gatherings.models import Feed, Gathering, Place
from kith.web.people.models import Person

FEED = b"""[{"name": "Early Birds", "slug": "early-birds", "day": 1, "time": "07:00",
"timezone": "Europe/London", "location": "The Hut", "latitude": 51.5, "longitude": -0.1,
"formatted_address": "1 High Street, London, UK", "types": ["O"]}]"""


@pytest.fixture
def desk(client, db):
    client.force_login(Person.objects.create_superuser(handle="ada", password="correct horse"))
    return client


@pytest.fixture
def gathering(db):
    import_body(feed=Feed(address="https://list.example/feed.json"), body=FEED)
    return Gathering.objects.get()


def written(desk, row, **changes):
    """Post the change form of `row` as it stands, with `changes`."""
    url = reverse(f"admin:gatherings_{row._meta.model_name}_change", args=[row.pk])
    page = desk.get(url)
    data = {}
    for form in (page.context["adminform"].form, *inline_forms(page)):
        for bound in form:
            value = bound.value()
            data[bound.html_name] = "" if value in (None, False) else value
    for formset in page.context["inline_admin_formsets"]:
        for bound in formset.formset.management_form:
            data[bound.html_name] = bound.value()
    return desk.post(url, {**data, **changes})


def inline_forms(page):
    for formset in page.context["inline_admin_formsets"]:
        yield from formset.formset.forms


@pytest.mark.parametrize("model", ["gathering", "place", "feed"])
def test_desk_lists_what_there_is(desk, gathering, model):
    page = desk.get(reverse(f"admin:gatherings_{model}_changelist"))

    assert page.status_code == 200


def test_desk_is_closed_to_those_who_are_no_stewards(client, gathering):
    client.force_login(Person.objects.create(handle="eve"))

    page = client.get(reverse("admin:gatherings_gathering_changelist"))

    assert page.status_code == 404


def test_what_a_steward_writes_survives_the_next_reading(desk, gathering):
    answer = written(desk, gathering, name="Early Birds by the river", start="07:30")

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    changed = FEED.replace(b'"types": ["O"]', b'"types": ["C"]')
    import_body(feed=Feed.objects.get(), body=changed)
    gathering.refresh_from_db()
    assert gathering.name == "Early Birds by the river"
    assert f"{gathering.start:%H:%M}" == "07:30"
    assert gathering.openness == "closed"


def test_steward_pauses_and_retires_without_deleting(desk, gathering):
    written(desk, gathering, status="retired")

    gathering.refresh_from_db()
    assert gathering.status == "retired"
    assert gathering.retired_at is not None
    url = reverse("admin:gatherings_gathering_delete", args=[gathering.pk])
    assert desk.post(url, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("timezone", "Mars/Olympus"),
        ("rule", "FREQ=SOMETIMES"),
        ("doses", '{"being_heard": 9}'),
        ("doses", '{"magic": 1}'),
        ("except_on", '["soon"]'),
    ],
)
def test_desk_refuses_what_means_nothing_and_says_why(desk, gathering, field, value):
    page = written(desk, gathering, **{field: value})

    assert page.status_code == 200
    assert field in page.context["adminform"].form.errors


def test_date_called_off_at_the_desk_is_kept(desk, gathering):
    answer = written(
        desk,
        gathering,
        **{
            "occasions-0-on": "2026-12-28",
            "occasions-0-at": "07:00",
            "occasions-0-timezone": "Europe/London",
            "occasions-0-replaces": "2026-12-28",
            "occasions-0-called_off": "on",
        },
    )

    assert answer.status_code == 302, [f.errors for f in inline_forms(answer)]
    import_body(feed=Feed.objects.get(), body=FEED.replace(b"07:00", b"07:15"))
    gathering.refresh_from_db()
    assert [str(o.replaces) for o in gathering.occasions.all()] == ["2026-12-28"]


def test_how_to_find_the_door_is_kept_as_the_steward_wrote_it(desk, gathering):
    place = Place.objects.get()
    written(desk, place, find_the_door="Blue door, ring twice")

    import_body(
        feed=Feed.objects.get(),
        body=FEED.replace(b'"location"', b'"location_notes": "Round the back", "location"'),
    )

    place.refresh_from_db()
    assert place.find_the_door == "Blue door, ring twice"


def test_feed_form_refuses_a_country_that_is_none(desk, gathering):
    page = written(desk, Feed.objects.get(), country="ZQ")

    assert page.status_code == 200
    assert "no country" in str(page.context["adminform"].form.errors)


def test_feed_that_cannot_be_read_now_says_why(desk, gathering):
    feed = Feed.objects.get()
    feed.address = "/nowhere/feed.json"
    feed.save()

    page = desk.post(
        reverse("admin:gatherings_feed_changelist"),
        {"action": "read_now", "_selected_action": [feed.pk]},
        follow=True,
    )

    assert "cannot be read" in page.content.decode()


def test_steward_vouches_for_somebody_by_what_they_host(desk):
    ruth, kofi = holding.somebody("Ruth", days=2), holding.somebody("", days=1)
    choir = holding.waiting(ruth)
    holding.join(choir, ruth, kofi)
    choir.refresh_from_db()
    assert choir.status == "waiting"
    page = desk.get("/desk/gatherings/hosttraining/add/").content.decode()
    assert ">Ruth (Riverside Choir)</option>" in page
    assert ">Someone (Riverside Choir)</option>" in page

    sent = {"person": ruth.pk, "is_vouched_for": "on", "trained_on": "", "words": ""}
    answer = desk.post("/desk/gatherings/hosttraining/add/", sent)

    assert answer.status_code == 302
    choir.refresh_from_db()
    assert choir.status == "open"
