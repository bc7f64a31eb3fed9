"""Who may see whom, who is among others, and who reads a report."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone
from tests.web.safety.meeting import newcomer, paused, reference, somebody, tell

from kith.web.people.models import Person
from kith.web.people.models.session import SessionStore
from kith.web.safety import access, actions
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance

pytestmark = pytest.mark.django_db


def keep(person, other, kind=Kind.BLOCK):
    actions.keep_away(person=person, other=other, kind=kind)


def asked_by(person):
    request = RequestFactory().get("/")
    request.user, request.session = person, SessionStore()
    return request


# ---- a block holds both ways --------------------------------------------------------------------
def test_block_holds_both_ways(ruth, kofi, ada):
    keep(ruth, kofi)

    assert access.apart_from(ruth) == {kofi.pk}
    assert access.apart_from(kofi) == {ruth.pk}
    assert access.apart_from(ada) == frozenset()
    assert access.are_apart(ruth, kofi)
    assert access.are_apart(kofi, ruth)
    assert not access.are_apart(ruth, ada)
    assert set(access.visible_to(ruth)) == {ruth, ada}
    assert set(access.visible_to(kofi)) == {kofi, ada}


@pytest.mark.parametrize("kind", [Kind.MUTE, Kind.AVOID])
def test_lesser_distance_hides_nobody(ruth, kofi, kind):
    keep(ruth, kofi, kind)

    assert access.apart_from(ruth) == frozenset()
    assert not access.are_apart(ruth, kofi)
    assert set(access.visible_to(kofi)) == {ruth, kofi}


def test_pairs_that_are_not_brought_together_have_the_lower_key_first(ruth, kofi, ada):
    keep(ruth, kofi)
    keep(kofi, ruth, Kind.AVOID)
    keep(ada, ruth, Kind.AVOID)
    keep(ada, kofi, Kind.MUTE)

    pairs = access.not_together({ruth.pk, kofi.pk, ada.pk})

    assert pairs == {
        tuple(sorted((ruth.pk, kofi.pk), key=int)),
        tuple(sorted((ruth.pk, ada.pk), key=int)),
    }
    assert access.not_together({kofi.pk, ada.pk}) == frozenset()
    assert access.not_together(set()) == frozenset()


def test_mute_is_one_sided(ruth, kofi):
    keep(ruth, kofi, Kind.MUTE)

    assert access.has_muted(ruth, kofi)
    assert not access.has_muted(kofi, ruth)


def test_somebody_paused_or_stopped_is_seen_by_nobody(ruth, kofi, ada):
    paused(kofi)
    Person.objects.filter(pk=ada.pk).update(is_active=False)

    assert set(access.visible_to(ruth)) == {ruth}


def test_somebody_whose_pause_is_over_is_seen_again(ruth, kofi):
    pause = paused(kofi)
    paused(kofi, days=-1)
    assert set(access.visible_to(ruth)) == {ruth}

    type(pause).objects.update(until=timezone.now())

    assert set(access.visible_to(ruth)) == {ruth, kofi}


# ---- opening somebody ---------------------------------------------------------------------------
def test_reference_opens_whom_it_was_made_for(ruth, kofi):
    assert access.open_person(ruth, reference(kofi, ruth)) == kofi


def test_oneself_does_not_open(ruth):
    with pytest.raises(Http404):
        access.open_person(ruth, reference(ruth, ruth))


@pytest.mark.parametrize("by_ruth", [True, False])
def test_nobody_apart_opens(ruth, kofi, by_ruth):
    keep(*((ruth, kofi) if by_ruth else (kofi, ruth)))

    for one, other in ((ruth, kofi), (kofi, ruth)):
        with pytest.raises(Http404):
            access.open_person(one, reference(other, one))


def test_whom_one_blocked_can_still_be_told_of_and_the_other_way_round_not(ruth, kofi):
    keep(ruth, kofi)

    assert access.open_person_to_tell_of(ruth, reference(kofi, ruth)) == kofi
    with pytest.raises(Http404):
        access.open_person_to_tell_of(kofi, reference(ruth, kofi))


def test_anybody_seen_can_be_told_of(ruth, kofi):
    assert access.open_person_to_tell_of(ruth, reference(kofi, ruth)) == kofi
    with pytest.raises(Http404):
        access.open_person_to_tell_of(ruth, reference(ruth, ruth))


def test_nobody_gets_out_of_being_told_of_by_a_block(ruth, kofi):
    known = reference(kofi, ruth)
    keep(kofi, ruth)

    assert access.told_of(ruth, known) == kofi


def test_form_that_speaks_of_nobody_is_about_nobody(ruth, kofi):
    assert access.told_of(None, reference(kofi, ruth)) is None
    assert access.told_of(ruth, "") is None
    assert access.told_of(ruth, "forged") is None
    assert access.told_of(ruth, reference(ruth, ruth)) is None


# ---- opening a distance -------------------------------------------------------------------------
def test_distance_opens_for_who_keeps_it_even_across_a_block(ruth, kofi):
    keep(ruth, kofi)

    found = access.open_distance(ruth, reference(kofi, ruth), Kind.BLOCK)

    assert found == Distance.objects.get()


def test_distance_of_the_other_one_does_not_open(ruth, kofi):
    keep(ruth, kofi)

    with pytest.raises(Http404):
        access.open_distance(kofi, reference(ruth, kofi), Kind.BLOCK)


def test_distance_that_was_undone_already_is_none(ruth, kofi):
    assert access.open_distance(ruth, reference(kofi, ruth), Kind.MUTE) is None


def test_distance_is_not_kept_from_those_who_were_stopped(ruth, kofi):
    keep(ruth, kofi)
    Person.objects.filter(pk=kofi.pk).update(is_active=False)

    assert list(access.distances_of(ruth)) == []


# ---- a pause ------------------------------------------------------------------------------------
def test_longest_pause_holds(ruth):
    assert access.paused_until(ruth) is None
    paused(ruth, days=-1)
    assert access.paused_until(ruth) is None
    short, long = paused(ruth, days=7), paused(ruth, days=30)

    assert access.paused_until(ruth) == long
    assert set(access.pauses_now()) == {short, long}


def test_paused_person_is_not_among_others_and_learns_why(ruth, kofi):
    pause = paused(ruth, why="Please give Kofi room.")

    assert access.me_among_others(asked_by(kofi)) == kofi
    with pytest.raises(access.PausedError) as caught:
        access.me_among_others(asked_by(ruth))

    day = f"{pause.until.day} {pause.until:%B %Y}"
    assert f"until {day}." in str(caught.value)
    assert caught.value.why == "Please give Kofi room."


# ---- the first ninety days ----------------------------------------------------------------------
def test_newcomer_gets_no_first_message(ruth):
    assert not access.may_write_first(ruth, newcomer(days=89))


def test_somebody_is_written_to_after_ninety_days(ruth):
    assert access.may_write_first(ruth, newcomer(days=90))


def test_steward_may_make_the_time_longer(ruth, settings):
    settings.KITH_NEW_DAYS = 365

    assert not access.may_write_first(ruth, newcomer(days=364))
    assert access.may_write_first(ruth, newcomer(days=365))


def test_newcomer_may_write_first(ruth):
    assert access.may_write_first(newcomer(), ruth)


def test_nobody_writes_across_a_block_or_a_pause_or_to_themselves(ruth, kofi, ada):
    assert access.may_write_first(ruth, kofi)
    assert not access.may_write_first(ruth, ruth)
    keep(kofi, ruth)
    paused(ada)

    assert not access.may_write_first(ruth, kofi)
    assert not access.may_write_first(kofi, ruth)
    assert not access.may_write_first(ruth, ada)
    assert not access.may_write_first(ada, ruth)


# ---- reports ------------------------------------------------------------------------------------
def test_only_a_steward_who_is_here_comes_to_the_desk(ruth, ada):
    gone = somebody(handle="gone", is_steward=True, is_active=False)
    resting = somebody(handle="resting", is_steward=True)
    paused(resting)

    assert access.me_steward(asked_by(ada)) == ada
    assert list(access.stewards()) == [ada]
    for other in (ruth, gone, resting, AnonymousUser()):
        with pytest.raises(Http404):
            access.me_steward(asked_by(other))


def test_steward_who_has_part_in_a_report_does_not_read_it(ruth, kofi, ada):
    eve = somebody("Eve", handle="eve", is_steward=True)
    about_ada, by_ada, with_ada = tell(about=ada), tell(by=ada), tell(involved=[ada])
    open_to_ada = tell(about=kofi, by=ruth)

    assert list(access.reports_for(ada)) == [open_to_ada]
    assert access.open_report(ada, open_to_ada.pk) == open_to_ada
    for report in (about_ada, by_ada, with_ada):
        assert access.open_report(eve, report.pk) == report
        with pytest.raises(Http404):
            access.open_report(ada, report.pk)


@pytest.mark.parametrize("number", [0, 10**6, 10**30])
def test_report_that_never_was_does_not_open(ada, number):
    with pytest.raises(Http404):
        access.open_report(ada, number)


def test_somebody_looks_only_if_a_steward_has_no_part(ada):
    report = tell(about=ada)
    assert not access.somebody_looks(report)

    eve = somebody("Eve", handle="eve", is_steward=True)
    assert access.somebody_looks(report)

    paused(eve)
    assert not access.somebody_looks(report)


def test_pause_ends_by_itself(ruth):
    pause = paused(ruth)

    type(pause).objects.update(until=timezone.now() - timedelta(seconds=1))

    assert access.paused_until(ruth) is None
