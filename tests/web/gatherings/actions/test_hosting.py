"""A gathering is made, changed, held by two, and handed on."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.web.gatherings.holding import (
    WORDS,
    block,
    browser_of,
    held,
    hosts_of,
    join,
    pause,
    somebody,
    told,
    typed,
    waiting,
    written,
)
from tests.web.gatherings.making import everything, forget_everything, meeting, take_in

from kith.web.acts.models import Act, Tie
from kith.web.gatherings import access, actions, forms, queries
from kith.web.gatherings.actions.hosting import WAITING_MOST
from kith.web.gatherings.actions.hosts import HOSTS_MOST
from kith.web.gatherings.choices import Answer, Joining, Status
from kith.web.gatherings.models import Gathering, Host, HostLink, HostTraining, Occasion, Place
from kith.web.people import actions as people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def ruth():
    return somebody("Ruth")


@pytest.fixture
def kofi():
    return somebody("Kofi")


@pytest.fixture
def amara():
    return somebody("Amara")


@pytest.fixture
def choir(ruth, kofi):
    """Ruth and Kofi hold it, on Tuesdays at seven."""
    return held(ruth, kofi)


def come(person, gathering, on=None, said=Answer.COME):
    actions.answer(person=person, gathering=gathering, on=on, said=said)


def status_of(gathering):
    return Gathering.objects.get(pk=gathering.pk).status


def rewritten(gathering, **changes):
    """Change what `gathering` says to what a form with `changes` sends."""
    form = forms.HostingForm(typed(written(**changes)), gathering=gathering, zone="Europe/Dublin")
    assert form.errors == {}
    actions.change(gathering=gathering, plan=form.plan())
    gathering.refresh_from_db()


# ---- made ---------------------------------------------------------------------------------------
def test_gathering_is_made_from_what_was_written(ruth):
    gathering = waiting(ruth)

    assert (gathering.slug, gathering.status, gathering.rule, gathering.timezone) == (
        "riverside-choir-dublin", Status.WAITING, "FREQ=WEEKLY;BYDAY=TU", "Europe/Dublin",
    )  # fmt: skip
    assert gathering.steps == [
        ("6:50", "Somebody with a yellow scarf."), ("7:00", "Tea."), ("", "We warm up."),
        ("8:30", "A minute of quiet."),
    ]  # fmt: skip
    place = gathering.place
    assert (place.name, place.address, place.country, place.find_the_door, place.is_approximate) == (
        "Boathouse 2", "1 River Walk, Dublin, Ireland", "IE", WORDS, True,
    )  # fmt: skip
    assert Host.objects.get().until == date(2027, 11, 24)


def test_addresses_are_never_the_same(ruth, kofi):
    assert [held(ruth, kofi).slug, held(ruth, kofi).slug] == [
        "riverside-choir-dublin", "riverside-choir-dublin-2",
    ]  # fmt: skip
    assert waiting(ruth, name="Yours", mode="online", join_url="https://call.example/1").slug == (
        "yours-2"
    )


def test_address_of_one_that_is_kept_tells_nobody_that_there_is_one(ruth, kofi):
    kept = waiting(ruth, audience=["women"], found_by="theirs")

    assert kept.slug.startswith("riverside-choir-dublin-")
    assert len(kept.slug) == len("riverside-choir-dublin-") + 8
    assert waiting(kofi).slug == "riverside-choir-dublin"


def test_known_door_is_at_its_own_point(ruth):
    take_in(meeting(location="Boathouse 2", formatted_address="2 Quay, Dublin, Ireland", latitude=53.35,
                    longitude=-6.25, timezone="Europe/Dublin"))  # fmt: skip

    place = waiting(ruth).place

    assert (place.latitude, place.longitude, place.is_approximate) == (53.35, -6.25, False)
    assert Place.objects.get(name="Boathouse 2", find_the_door="").pk != place.pk


def test_too_many_that_wait_are_refused(ruth):
    for _ in range(WAITING_MOST):
        waiting(ruth)

    with pytest.raises(actions.TooManyWaitingError, match="Several of yours wait"):
        waiting(ruth)


# ---- two, or it does not open -------------------------------------------------------------------
def test_it_opens_when_a_second_says_yes_and_both_are_told(ruth, kofi):
    gathering = waiting(ruth)
    join(gathering, ruth, kofi)

    assert status_of(gathering) == Status.OPEN
    said = ["“Riverside Choir” is open: it has its two hosts. People can find it now."]
    assert (told(ruth), told(kofi)) == (said, said)
    assert not HostLink.objects.exists()


def test_link_works_once(choir, ruth, amara):
    link = actions.invite(person=ruth, gathering=choir, joining=Joining.BESIDE)
    actions.accept(person=amara, link=link)

    assert access.open_link(somebody(), link.code) is None
    stale = HostLink(pk=10**6, gathering=choir, by=ruth, joining=Joining.BESIDE)
    with pytest.raises(Exception, match="was just used"):
        actions.accept(person=somebody(), link=stale)


def test_link_is_the_same_until_it_is_taken_back(ruth):
    gathering = waiting(ruth)
    first = actions.invite(person=ruth, gathering=gathering, joining=Joining.BESIDE)

    assert actions.invite(person=ruth, gathering=gathering, joining=Joining.BESIDE) == first
    actions.take_back(person=ruth, gathering=gathering)
    assert access.open_link(somebody(), first.code) is None
    again = actions.invite(person=ruth, gathering=gathering, joining=Joining.BESIDE)
    assert again.code != first.code


def test_link_that_is_over_is_made_anew(ruth):
    gathering = waiting(ruth)
    first = actions.invite(person=ruth, gathering=gathering, joining=Joining.BESIDE)
    HostLink.objects.update(ends_at=timezone.now())

    assert actions.invite(person=ruth, gathering=gathering, joining=Joining.BESIDE) != first


def test_nobody_hosts_beside_themselves(ruth):
    link = actions.invite(person=ruth, gathering=waiting(ruth), joining=Joining.BESIDE)

    with pytest.raises(actions.HostAlreadyError, match="You host this already"):
        actions.accept(person=ruth, link=link)


def test_there_is_room_for_a_few_hosts(choir, ruth):
    spare = actions.invite(person=ruth, gathering=choir, joining=Joining.BESIDE)
    for other in range(HOSTS_MOST - 2):
        Host.objects.create(
            gathering=choir, person=somebody(str(other)), until=timezone.localdate()
        )

    with pytest.raises(actions.EnoughHostsError, match="enough hosts"):
        actions.accept(person=somebody(), link=spare)
    HostLink.objects.all().delete()
    with pytest.raises(actions.EnoughHostsError):
        actions.invite(person=ruth, gathering=choir, joining=Joining.BESIDE)


def test_no_is_told_to_whoever_asked(ruth, kofi):
    link = actions.invite(person=ruth, gathering=waiting(ruth), joining=Joining.BESIDE)

    actions.decline(link=link)

    assert told(ruth) == [
        "Not this time, said whoever you gave the link for “Riverside Choir”. You can make another."
    ]
    assert access.open_link(kofi, link.code) is None


def test_two_who_are_new_wait_until_a_steward_vouches(choir):
    one, other = somebody("One", days=3), somebody("Other", days=3)
    gathering = waiting(one, name="Walk")
    join(gathering, one, other)
    assert status_of(gathering) == Status.WAITING
    assert queries.lacks(one, gathering) == queries.Lacks(second=False, known=True, training=False)

    HostTraining.objects.create(person=other, is_vouched_for=True)
    actions.settle_all()

    assert status_of(gathering) == Status.OPEN


def test_training_that_is_required_comes_first(ruth, kofi, settings):
    settings.KITH_HOSTS_NEED_TRAINING = True
    gathering = waiting(ruth)
    join(gathering, ruth, kofi)
    assert status_of(gathering) == Status.WAITING
    assert queries.lacks(kofi, gathering) == queries.Lacks(second=False, known=False, training=True)

    for person in (ruth, kofi):
        HostTraining.objects.create(
            person=person, trained_on=timezone.localdate(), supervisor="Ines"
        )
        actions.settle_for(people=[person.pk])

    assert status_of(gathering) == Status.OPEN


@pytest.mark.parametrize("why", ["leaves", "paused", "erased", "over", "blocked"])
def test_it_rests_when_there_are_no_two_and_who_comes_is_told(choir, ruth, kofi, amara, why):
    come(amara, choir)
    come(kofi, choir)

    if why == "leaves":
        actions.leave(person=kofi, gathering=choir)
    elif why == "paused":
        pause(kofi)
    elif why == "erased":
        people.erase(person=kofi)
    elif why == "over":
        Host.objects.filter(person=kofi).update(until=timezone.localdate() - timedelta(days=1))
        assert actions.end_what_is_over() == 1
    else:
        block(kofi, ruth)

    assert status_of(choir) == Status.PAUSED
    assert told(amara) == [
        "“Riverside Choir” is paused until it has two hosts again. It is not gone."
    ]
    assert "“Riverside Choir” is paused: it needs a second host. Hand somebody the link." in told(
        ruth
    )


def test_it_opens_again_when_there_are_two_again(choir, ruth, kofi, amara):
    actions.leave(person=kofi, gathering=choir)

    join(choir, ruth, amara)

    assert (status_of(choir), hosts_of(choir)) == (Status.OPEN, ["Ruth", "Amara"])


def test_third_host_does_not_end_a_rest_that_hosts_wanted(choir, ruth, amara):
    actions.pause(gathering=choir)

    join(choir, ruth, amara)

    assert status_of(choir) == Status.PAUSED
    assert told(ruth)[-1] == "Somebody said yes: they host “Riverside Choir” too now."


def test_third_host_leaves_without_a_rest(choir, ruth, kofi, amara):
    join(choir, ruth, amara)

    actions.leave(person=amara, gathering=choir)

    assert (status_of(choir), hosts_of(choir)) == (Status.OPEN, ["Ruth", "Kofi"])
    assert "Somebody has laid down hosting “Riverside Choir”, and wishes you well." in told(kofi)


@pytest.mark.parametrize("how", ["leaves", "erased"])
def test_words_of_one_that_never_opened_go_with_whoever_wrote_them(ruth, how):
    gathering = waiting(ruth)

    if how == "leaves":
        actions.leave(person=ruth, gathering=gathering)
    else:
        people.erase(person=ruth)

    assert not Gathering.objects.exists()
    assert not Place.objects.exists()


# ---- handed over, and the year --------------------------------------------------------------------
def test_hand_over_puts_somebody_in_their_place(choir, ruth, kofi, amara):
    join(choir, kofi, amara, Joining.INSTEAD)

    assert (status_of(choir), hosts_of(choir)) == (Status.OPEN, ["Ruth", "Amara"])
    assert told(kofi)[-1] == "“Riverside Choir” is in other hands now. Thank you for holding it."


def test_hand_over_of_one_that_waits_leaves_it_waiting(ruth, amara):
    gathering = waiting(ruth)

    join(gathering, ruth, amara, Joining.INSTEAD)

    assert (status_of(gathering), hosts_of(gathering)) == (Status.WAITING, ["Amara"])


def test_hosts_are_told_once_a_month_before_their_year_ends(choir, ruth, kofi):
    assert actions.tell_whose_year_ends() == 0
    Host.objects.filter(person=ruth).update(until=timezone.localdate() + timedelta(days=30))

    assert [actions.tell_whose_year_ends(), actions.tell_whose_year_ends()] == [1, 0]

    assert queries.ends_soon(ruth, choir) == timezone.localdate() + timedelta(days=30)
    assert queries.ends_soon(kofi, choir) is None


def test_one_tap_is_another_year(choir, ruth):
    Host.objects.filter(person=ruth).update(
        until=timezone.localdate(), told_on=timezone.localdate()
    )

    actions.go_on_hosting(person=ruth, gathering=choir)

    host = Host.objects.get(person=ruth)
    assert (host.until, host.told_on) == (date(2027, 11, 24), None)


def test_role_that_is_over_ends(choir, kofi):
    Host.objects.filter(person=kofi).update(until=timezone.localdate() - timedelta(days=1))

    assert actions.end_what_is_over() == 1

    assert hosts_of(choir) == ["Ruth"]
    assert told(kofi)[-1] == (
        "Your year as a host of “Riverside Choir” is over. Thank you for holding it."
    )


# ---- the evening ----------------------------------------------------------------------------------
def tonight(gathering):
    return actions.meetings_ahead(gathering)[0]


def test_two_who_are_there_have_hosted_once(choir, ruth, kofi):
    for _ in range(2):
        actions.say_here(person=ruth, gathering=choir, meeting=tonight(choir), all_are=True)

    act = Act.objects.get()
    assert (act.kind, act.actor, act.other, act.on, act.minutes, act.number) == (
        "hosted", ruth, kofi, date(2026, 11, 24), 90, choir.pk,
    )  # fmt: skip
    assert Tie.objects.count() == 1


def test_one_who_is_there_alone_has_not_hosted(choir, ruth, kofi):
    actions.say_here(person=ruth, gathering=choir, meeting=tonight(choir), all_are=False)
    assert not Act.objects.exists()

    actions.say_here(person=kofi, gathering=choir, meeting=tonight(choir), all_are=False)

    assert Act.objects.count() == 1


def test_nobody_is_there_before_the_evening(choir, ruth, clock):
    clock.stand_at(timezone.now() - timedelta(hours=6))

    with pytest.raises(actions.NotYetError, match="too early"):
        actions.say_here(person=ruth, gathering=choir, meeting=tonight(choir), all_are=True)


def test_who_cannot_is_not_counted_in_and_the_other_is_told(choir, ruth, kofi):
    actions.say_away(person=kofi, gathering=choir, meeting=tonight(choir))

    actions.say_here(person=ruth, gathering=choir, meeting=tonight(choir), all_are=True)

    assert not Act.objects.exists()
    assert "One of you cannot host “Riverside Choir” on Tuesday 24 November." in told(ruth)[-1]


def test_nobody_is_away_from_what_does_not_meet(choir, kofi):
    with pytest.raises(actions.NoSuchDateError):
        actions.say_away(person=kofi, gathering=choir, meeting=None)


# ---- changed --------------------------------------------------------------------------------------
def test_other_time_is_told_to_who_comes(choir, amara):
    come(amara, choir)

    rewritten(choir, start="20:00")

    assert told(amara) == [
        "“Riverside Choir” has another time or place from now on. Look before you go."
    ]
    assert choir.steps[0] == ("7:50", "Somebody with a yellow scarf.")


def test_other_words_are_told_to_nobody(choir, amara):
    come(amara, choir)

    rewritten(choir, name="River Choir", about="We sing.")

    assert (choir.name, choir.about, told(amara)) == ("River Choir", "We sing.", [])


def test_other_place_replaces_the_one_before(choir):
    before = choir.place_id

    rewritten(choir, place_name="The Shed", street="2 River Walk")

    assert choir.place.name == "The Shed"
    assert not Place.objects.filter(pk=before).exists()


def test_same_place_stays_the_same_row(choir):
    before = choir.place_id

    rewritten(choir, start="20:00")

    assert choir.place_id == before


def test_online_only_needs_no_place(choir):
    rewritten(choir, mode="online", join_url="https://call.example/1")

    assert (choir.place, choir.join_url) == (None, "https://call.example/1")


def test_one_date_that_stays_is_not_rewritten_and_another_is(ruth, kofi, amara):
    once = held(ruth, kofi, repeat="once", on="2026-12-03")
    kept = Occasion.objects.get()

    rewritten(once, repeat="once", on="2026-12-03")
    assert Occasion.objects.get() == kept
    rewritten(once, repeat="once", on="2026-12-10")

    assert [o.on for o in Occasion.objects.all()] == [date(2026, 12, 10)]


def test_weekly_from_once_forgets_the_one_date(ruth, kofi):
    once = held(ruth, kofi, repeat="once", on="2026-12-03")

    rewritten(once)

    assert (once.rule, Occasion.objects.count()) == ("FREQ=WEEKLY;BYDAY=TU", 0)


# ---- feeds never write over it --------------------------------------------------------------------
def test_feed_that_names_the_same_gathering_changes_nothing_of_it(choir):
    before = [row for row in everything()["Gathering"] if row["id"] == choir.pk]
    same = meeting(
        "Riverside Choir", time="19:00", end_time="20:30", timezone="Europe/Dublin",
        location="Boathouse 2", formatted_address="1 River Walk, Dublin, Ireland",
        latitude=choir.place.latitude, longitude=choir.place.longitude, notes="From a list.",
    )  # fmt: skip

    assert take_in(same).new == 1
    assert take_in(same, meeting("Other")).merged == 0
    take_in(meeting("Other"))

    assert [row for row in everything()["Gathering"] if row["id"] == choir.pk] == before
    assert not choir.records.exists()


def test_search_finds_it_within_a_second_of_opening(client, ruth, kofi, monkeypatch):
    take_in(meeting("Other"))
    gathering = waiting(ruth)
    found = [m["gathering"]["name"] for m in api(client)]
    monkeypatch.setattr("kith.web.gatherings.bridge.shelf.LOOK_EVERY_S", 0.0)
    join(gathering, ruth, kofi)

    assert (found, [m["gathering"]["name"] for m in api(client)]) == ([], ["Riverside Choir"])


def api(client):
    return client.get("/api/gatherings?near=53.3331,-6.2489&when=tonight").json()["meetings"]


@pytest.mark.parametrize("how", ["waits", "kept", "held"])
def test_no_list_names_what_is_not_for_everybody(client, ruth, kofi, how):
    changes = {"audience": ["women"], "found_by": "theirs"} if how == "kept" else {}
    gathering = waiting(ruth, **changes) if how == "waits" else held(ruth, kofi, **changes)
    forget_everything()
    place = gathering.place_id
    addresses = (
        "/gatherings/?near=53.3331,-6.2489", "/api/gatherings?near=53.3331,-6.2489",
        "/gatherings.ics?near=53.3331,-6.2489", "/feeds/meeting-guide.json",
        "/client_interface/json/?switcher=GetSearchResults", "/gatherings/changes/",
        f"/places/{place}.ics", f"/gatherings/{gathering.slug}.ics", gathering.get_absolute_url(),
    )  # fmt: skip

    told_of = ["Riverside Choir" in client.get(address).content.decode() for address in addresses]

    assert told_of == [how == "held"] * len(addresses)
    assert browser_of(ruth).get(gathering.get_absolute_url()).status_code == 200
