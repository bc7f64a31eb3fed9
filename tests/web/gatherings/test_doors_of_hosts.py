"""Who may see a gathering that waits or is kept, who hosts, and what a link opens."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone
from tests.web.gatherings.holding import block, held, join, pause, somebody, waiting
from tests.web.gatherings.making import meeting, take_in

from kith.web.gatherings import access, actions, queries
from kith.web.gatherings.choices import FoundBy, Joining, Status
from kith.web.gatherings.models import Gathering, Host, HostLink, HostTraining
from kith.web.people.actions import say
from kith.web.people.choices import Topic
from kith.web.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
KEPT = {"audience": ["women"], "found_by": "theirs"}


@pytest.fixture
def ruth():
    return somebody("Ruth")


@pytest.fixture
def kofi():
    return somebody("Kofi")


def opens(gathering, person):
    """Return whether the door of `gathering` opens to `person`."""
    try:
        return access.open_gathering(gathering.slug, seen_by=person) == gathering
    except Http404:
        return False


def hosts(gathering, person):
    """Return whether the page of the hosts of `gathering` opens to `person`."""
    try:
        return access.open_hosted(person, gathering.slug) == gathering
    except Http404:
        return False


# ---- waiting, and kept --------------------------------------------------------------------------
def test_gathering_that_waits_opens_to_its_hosts_alone(ruth, kofi):
    gathering = waiting(ruth)

    assert [opens(gathering, who) for who in (ruth, kofi, None)] == [True, False, False]
    assert list(access.shown_to_all()) == list(access.known_to_all()) == []


def test_gathering_that_is_kept_opens_to_those_whose_it_is(ruth, kofi):
    gathering = held(ruth, kofi, **KEPT)
    amara = somebody("Amara")

    assert [opens(gathering, who) for who in (ruth, kofi, amara, None)] == [
        True,
        True,
        False,
        False,
    ]
    assert [queries.kept_for(who) for who in (ruth, amara)] == [[gathering], []]
    assert list(access.shown_to_all()) == list(access.known_to_all()) == []


def test_gathering_that_is_kept_stays_shut_when_it_is_over(ruth, kofi):
    gathering = held(ruth, kofi, **KEPT)
    actions.end(gathering=gathering)

    assert not opens(gathering, None)
    assert not hosts(gathering, ruth)


def test_gathering_for_all_opens_to_all(ruth, kofi):
    gathering = held(ruth, kofi)

    assert [opens(gathering, who) for who in (ruth, somebody(), None)] == [True, True, True]
    assert list(access.shown_to_all()) == [gathering]


def test_only_those_whose_space_it_is_say_that_they_come(ruth, kofi):
    space, choir = held(ruth, kofi, audience=["women"]), held(ruth, kofi, name="Another")
    amara = somebody("Amara")

    access.may_come(ruth, space)
    access.may_come(amara, choir)
    with pytest.raises(access.NotTheirsError, match="This one is kept for: Women"):
        access.may_come(amara, space)


@pytest.mark.parametrize("is_paused", [False, True])
def test_space_that_is_theirs_opens_what_is_kept_for_it(ruth, kofi, is_paused):
    gathering = held(ruth, kofi, **KEPT)
    amara = somebody("Amara")
    if is_paused:
        pause(amara)

    say(person=amara, topic=Topic.SPACES, value=["women"])

    assert opens(gathering, amara) is not is_paused
    assert list(access.kept_for(amara)) == ([] if is_paused else [gathering])


# ---- who hosts ----------------------------------------------------------------------------------
def test_hosts_page_opens_to_hosts_alone(ruth, kofi):
    gathering = held(ruth, kofi)
    amara = somebody("Amara")
    block(ruth, amara)

    assert [hosts(gathering, who) for who in (ruth, kofi, amara, somebody())] == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize("why", ["over", "paused", "gone", "left"])
def test_hosts_page_shuts_when_the_role_ends(ruth, kofi, why):
    gathering = held(ruth, kofi)
    assert hosts(gathering, kofi)

    if why == "over":
        Host.objects.filter(person=kofi).update(until=timezone.localdate() - timedelta(days=1))
    elif why == "paused":
        pause(kofi)
    elif why == "gone":
        Person.objects.filter(pk=kofi.pk).update(is_active=False)
    else:
        actions.leave(person=kofi, gathering=gathering)

    assert not hosts(gathering, kofi)
    assert hosts(gathering, ruth)


def test_hosts_page_of_what_never_was_is_not_found(ruth):
    with pytest.raises(Http404):
        access.open_hosted(ruth, "nothing")


def test_steward_may_give_a_listed_gathering_hosts(ruth):
    take_in(meeting())
    gathering = Gathering.objects.get()
    Host.objects.create(gathering=gathering, person=ruth, until=timezone.localdate())

    assert hosts(gathering, ruth)


def test_hosts_who_keep_away_are_not_shown_to_each_other(ruth, kofi):
    gathering = held(ruth, kofi)
    block(kofi, ruth)

    assert [h.person for h in access.hosts_beside(ruth, gathering)] == [ruth]
    assert [h.person for h in access.hosts_beside(None, gathering)] == [ruth, kofi]


# ---- two who may hold it ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("days", "vouched", "is_held"),
    [
        ((200, 200), False, True), ((200, 3), False, True), ((3, 200), False, True),
        ((3, 3), False, False), ((3, 3), True, True),
    ],
)  # fmt: skip
def test_one_of_two_is_known_here(days, vouched, is_held):
    ruth, kofi = (somebody(days=count) for count in days)
    if vouched:
        HostTraining.objects.create(person=kofi, is_vouched_for=True)
    gathering = waiting(ruth)
    join(gathering, ruth, kofi)

    assert access.is_held(gathering) is is_held
    gathering.refresh_from_db()
    assert gathering.status == (Status.OPEN if is_held else Status.WAITING)


def test_one_alone_never_holds_it(ruth):
    assert not access.is_held(waiting(ruth))


@pytest.mark.parametrize(
    ("ago", "supervisor", "is_trained"), [(3, "Ines", True), (3, "", False), (500, "Ines", False)]
)
def test_training_is_within_a_year_and_with_somebody_beside(
    ruth, settings, ago, supervisor, is_trained
):
    settings.KITH_HOSTS_NEED_TRAINING = True
    assert not access.may_hold(ruth)
    trained_on = timezone.localdate() - timedelta(days=ago)

    HostTraining.objects.create(person=ruth, trained_on=trained_on, supervisor=supervisor)

    assert access.may_hold(ruth) is is_trained


def test_training_is_asked_of_nobody_unless_the_steward_wants_it(ruth):
    assert access.may_hold(ruth)


# ---- links ----------------------------------------------------------------------------------------
def test_link_opens_to_whoever_has_it(ruth, kofi):
    link = actions.invite(person=ruth, gathering=waiting(ruth), joining=Joining.BESIDE)

    assert access.open_link(kofi, link.code) == link
    assert access.open_link(kofi, f"{link.code}x") is None
    assert access.open_link(kofi, "") is None


@pytest.mark.parametrize("why", ["over", "left", "blocked", "blocks", "ended"])
def test_link_that_does_not_work_says_nothing_of_why(ruth, kofi, why):
    gathering = held(ruth, somebody("Ines"))
    link = actions.invite(person=ruth, gathering=gathering, joining=Joining.BESIDE)
    assert access.open_link(kofi, link.code) == link

    if why == "over":
        HostLink.objects.update(ends_at=timezone.now())
    elif why == "left":
        Host.objects.filter(person=ruth).update(until=timezone.localdate() - timedelta(days=1))
    elif why == "blocked":
        block(ruth, kofi)
    elif why == "blocks":
        block(kofi, Person.objects.get(pk=Host.objects.exclude(person=ruth).get().person_id))
    else:
        actions.end(gathering=gathering)

    assert access.open_link(kofi, link.code) is None


def test_test_data_holds_something_that_could_have_leaked(ruth, kofi):
    assert held(ruth, kofi, **KEPT).found_by == FoundBy.THEIRS
    assert waiting(ruth).status == Status.WAITING
