"""A demo's town: made once, the same for a seed, only in a demo, and worth looking at."""

from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from tests.project.town.conftest import SEED

from kith.project.town import building, personas
from kith.project.town.building import NotDemoError
from kith.project.town.marking import name_of
from kith.project.town.people import people_of
from kith.project.town.sizes import one_after_the_other
from kith.web.acts.choices import Setting
from kith.web.acts.models import Act, Tie
from kith.web.gatherings.models import Coming, Gathering
from kith.web.people.models import Person, Said

pytestmark = pytest.mark.django_db
SIMULATED = "This town is simulated"


def quiet(what):
    """Say nothing of what is built."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the demo keeps its words."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def now():
    """The moment at which the town is made, twice."""
    return timezone.now()


@pytest.fixture(scope="module")
def first_time(few_days, now, django_db_setup, django_db_blocker):
    """What was written when the town was made before, and is gone again."""
    with django_db_blocker.unblock(), transaction.atomic():
        building.build(few_days, now=now, seed=SEED, beside=one_after_the_other(), say=quiet)
        found = rows()
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def town(few_days, now, folder, first_time, django_db_setup, django_db_blocker):
    """The words of the three people of a small town, which stands for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        three = building.build(
            few_days, now=now, seed=SEED, beside=one_after_the_other(), say=quiet
        )
        yield personas.keep_words(folder, three)
        transaction.set_rollback(True)


def browser_of(words):
    browser = Client()
    assert browser.post("/enter/", {"key": words}).status_code == 302
    return browser


def rows():
    """What is written of a town, but for tokens and the numbers of rows."""
    slug_of = dict(Gathering.objects.values_list("pk", "slug"))
    acts = Act.objects.values_list("kind", "actor", "other", "mode", "minutes", "help", "on", "setting", "number")  # fmt: skip
    return (
        sorted(Person.objects.values_list("pk", "called", "joined_on", "is_steward")),
        sorted(Said.objects.values_list("person", "topic", "value", "shown_to"), key=str),
        # Elsewhere it is the number of another table's row.
        sorted(
            (
                (*rest, slug_of[number] if where == Setting.GATHERING else None)
                for *rest, where, number in acts
            ),
            key=str,
        ),
        sorted(Tie.objects.values_list("low", "high", "strength", "help_up", "help_down", "day")),
        sorted(Coming.objects.values_list("person", "gathering__slug", "on", "answer"), key=str),
    )


def test_same_seed_and_moment_make_the_same_town(first_time, town):
    assert rows() == first_time
    assert all(first_time)


def test_another_seed_makes_other_people(few_days):
    first, other = ({one.pk for one in people_of(few_days, seed=s)} for s in (SEED, SEED + 1))

    assert not first & other


def test_real_instance_gets_no_simulated_people(settings, tmp_path):
    settings.KITH_IS_DEMO = False
    before = Person.objects.count()

    with pytest.raises(NotDemoError):
        building.town_of_demo(tmp_path, say=quiet)

    assert Person.objects.count() == before


def test_demo_with_the_database_of_something_else_gets_none_either(settings, tmp_path):
    settings.KITH_IS_DEMO = True
    assert Path(str(connection.settings_dict["NAME"])).parent != tmp_path
    before = Person.objects.count()

    with pytest.raises(NotDemoError):
        building.town_of_demo(tmp_path, say=quiet)

    assert Person.objects.count() == before


def test_words_are_kept_until_they_are_nobodys(town, folder):
    assert personas.words_kept(folder) == town

    Person.objects.get(is_steward=True).delete()

    assert personas.words_kept(folder) is None


def test_everybody_in_it_says_that_they_are_simulated(town):
    assert all("(simulated)" in str(one) for one in Person.objects.all())
    assert all("(simulated)" in str(one) for one in Gathering.objects.all())


def test_every_page_of_a_demo_says_that_its_town_is_simulated(town, settings):
    settings.KITH_IS_DEMO = True
    member = browser_of(town.member)

    pages = ["/", "/you/", "/gatherings/", "/now/", "/circle/", "/studies/", "/service/"]

    assert [SIMULATED in member.get(page, follow=True).content.decode() for page in pages] == [
        True
    ] * 7


def test_real_instance_says_nothing_of_it():
    assert SIMULATED not in Client().get("/about/").content.decode()


def test_host_sees_whom_to_expect(town):
    host = browser_of(town.host)
    hosted = Gathering.objects.order_by("pk")[0]

    page = host.get(f"/gatherings/{hosted.slug}/host/")

    assert page.status_code == 200
    assert hosted.name in page.content.decode()


def test_researcher_keeps_the_desk(town):
    page = browser_of(town.researcher).get("/desk/study/study/")

    assert page.status_code == 200


def test_no_two_are_called_the_same():
    names = [name_of(number) for number in range(1_000)]

    assert len(set(names)) == 1_000
    assert names[16] == "Gita (simulated)"
    assert names[76] == "Gita B. (simulated)"
