import pytest

from kith.web.reach import access
from kith.web.reach.models import Country, Line

pytestmark = pytest.mark.django_db


def shown_keys() -> list[str]:
    return [line.key for line in access.shown_to_all()]


def test_lines_come_country_by_country_the_most_fitting_first():
    Line.objects.exclude(key__in=["us-988", "us-samhsa", "nz-1737"]).delete()

    assert shown_keys() == ["us-988", "us-samhsa", "nz-1737"]


def test_steward_order_comes_before_ours():
    Line.objects.exclude(key__in=["us-988", "us-samhsa"]).delete()
    Line.objects.filter(key="us-samhsa").update(order=1)

    assert shown_keys() == ["us-samhsa", "us-988"]


def test_hidden_line_is_not_shown():
    Line.objects.exclude(key__in=["us-988", "us-samhsa"]).delete()
    Line.objects.filter(key="us-988").update(is_hidden=True)

    assert shown_keys() == ["us-samhsa"]


def test_lines_of_a_hidden_country_are_not_shown():
    Line.objects.exclude(key__in=["us-988", "nz-1737"]).delete()
    Country.objects.filter(code="US").update(is_hidden=True)

    assert shown_keys() == ["nz-1737"]
