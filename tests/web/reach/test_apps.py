from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command

from kith.web.reach import queries
from kith.web.reach.apps import _bring_lines
from kith.web.reach.models import Line

pytestmark = pytest.mark.django_db


def test_migrate_brings_the_lines():
    Line.objects.all().delete()

    call_command("migrate", verbosity=0)

    assert Line.objects.count() == len(queries.shipped_lines())


@pytest.mark.parametrize(
    ("label", "lines"), [("reach", 0), ("people", len(queries.shipped_lines()))]
)
def test_lines_are_left_alone_only_when_their_own_tables_are_taken_back(label, lines):
    Line.objects.all().delete()
    taken_back = (SimpleNamespace(app_label=label), True)

    _bring_lines(apps.get_app_config("reach"), plan=[taken_back])

    assert Line.objects.count() == lines
