"""The tables of acts can be taken back, and come again with their guard."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from tests.web.acts.making import act, people

from kith.web.acts import actions
from kith.web.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


def tables():
    return {name for name in connection.introspection.table_names() if name.startswith("acts_")}


def test_tables_of_acts_go_and_come_again():
    actions.record(act(*people(2)))

    call_command("migrate", "acts", "zero", verbosity=0)
    gone = tables()
    call_command("migrate", verbosity=0)

    assert gone == set()
    assert tables() == {"acts_act", "acts_tie"}
    actions.record(act(Person.objects.first()))
    with (
        pytest.raises(IntegrityError, match="Acts are only added to"),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM acts_act")
