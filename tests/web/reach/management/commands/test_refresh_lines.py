from io import StringIO

import pytest
from django.core.management import call_command

from kith.web.reach.models import Line

pytestmark = pytest.mark.django_db


def test_command_says_what_it_did():
    Line.objects.filter(key="us-988").delete()
    Line.objects.filter(key="nz-1737").update(what="Ask for Ruth.")
    out = StringIO()

    call_command("refresh_lines", stdout=out)

    assert out.getvalue().splitlines() == [
        "added: us-988",
        "updated: none",
        "removed: none",
        "kept as you changed them: nz-1737",
    ]
