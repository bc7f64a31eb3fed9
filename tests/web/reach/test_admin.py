import pytest
from django.test import Client
from django.urls import reverse

from kith.web.people.models import Person
from kith.web.reach import actions, queries
from kith.web.reach.models import Country, Line

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(Person.objects.create_superuser("ruth", "a long pass phrase"))
    return client


def form_of(line: Line, **changes: str) -> dict[str, str]:
    fields = {field: getattr(line, field) for field in Line.CONTENT if field != "stays"}
    return {**fields, "country": line.country_id, "order": line.order, **changes}


def test_desk_is_closed_to_everybody_else(client):
    answer = client.get(reverse("admin:reach_line_changelist"))

    assert answer.status_code == 302


def test_steward_change_at_the_desk_survives_a_refresh(desk):
    line = Line.objects.get(key="nz-1737")
    address = reverse("admin:reach_line_change", args=[line.pk])

    answer = desk.post(address, form_of(line, what="Ask for Ruth."))
    actions.refresh_lines(countries=queries.shipped_countries(), lines=queries.shipped_lines())

    assert answer.status_code == 302
    assert Line.objects.get(key="nz-1737").what == "Ask for Ruth."


def test_desk_refuses_a_number_that_shows_another_than_it_dials(desk):
    line = Line.objects.get(key="nz-1737")
    address = reverse("admin:reach_line_change", args=[line.pk])

    answer = desk.post(address, form_of(line, call="1773"))

    assert "These are not the digits it dials." in answer.content.decode()
    assert Line.objects.get(key="nz-1737").call == "1737"


def test_saving_a_line_unchanged_leaves_it_as_shipped(desk):
    line = Line.objects.get(key="us-safespot")
    address = reverse("admin:reach_line_change", args=[line.pk])

    desk.post(address, form_of(line, stays="on"))

    assert Line.objects.get(key="us-safespot").is_as_shipped


@pytest.mark.parametrize("shipped", [True, False])
def test_only_what_was_made_here_can_be_deleted(desk, shipped):
    line = Line.objects.get(key="nz-1737")
    if not shipped:
        Line.objects.filter(pk=line.pk).update(shipped={})

    answer = desk.post(reverse("admin:reach_line_delete", args=[line.pk]), {"post": "yes"})

    assert [answer.status_code, Line.objects.filter(pk=line.pk).exists()] == (
        [403, True] if shipped else [302, False]
    )


def test_shipped_country_cannot_be_deleted(desk):
    Line.objects.filter(country="IE").delete()

    answer = desk.post(reverse("admin:reach_country_delete", args=["IE"]), {"post": "yes"})

    assert [answer.status_code, Country.objects.filter(code="IE").exists()] == [403, True]


def test_list_says_which_lines_kith_keeps_up_to_date(desk):
    Line.objects.exclude(key__in=["nz-1737", "us-988"]).delete()
    Line.objects.filter(key="nz-1737").update(what="Ask for Ruth.")

    page = desk.get(reverse("admin:reach_line_changelist")).content.decode()

    assert [page.count("icon-yes.svg"), page.count("icon-no.svg")] == [1, 1]
