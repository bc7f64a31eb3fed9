"""Who sees what is asked and offered, and who never does."""

import pytest
from django.http import Http404
from django.utils import timezone
from tests.web.circles.making import longtime
from tests.web.safety.meeting import paused
from tests.web.service.making import (
    EVENINGS,
    HOME,
    asked,
    hosts,
    in_a_circle,
    neighbour,
    says,
    taken,
)

from kith.web.people.choices.week import part_of_day
from kith.web.people.models import Cell
from kith.web.safety.actions import keep_away
from kith.web.safety.choices import Category, Kind
from kith.web.safety.models import Report
from kith.web.service import access, bridge
from kith.web.service.choices import Place, SeenBy
from kith.web.service.models import Errand


def seen_by(person):
    """Return what stands on the page of `person`, in its order."""
    now = timezone.now()
    return [one.errand for one in bridge.shelf_for(person, bridge.around(person, at=now), at=now)]


def opens(person, errand):
    """Return what the address of `errand` opens for `person`."""
    now = timezone.now()
    near = bridge.around(person, at=now)
    return access.open_errand(
        person, errand.token, company=near.company, squares=near.rings, at=now
    )


def is_shut(person, errand):
    with pytest.raises(Http404):
        opens(person, errand)
    return errand not in seen_by(person)


# ---- near, and in a circle ----------------------------------------------------------------------
def test_neighbour_sees_it_and_opens_it(ruth, dev):
    errand = asked(dev)

    assert seen_by(ruth) == [errand]
    assert opens(ruth, errand) == errand


def test_nobody_reads_their_own_among_those_of_others(dev):
    errand = asked(dev)

    assert seen_by(dev) == []
    assert opens(dev, errand) == errand


def test_who_lives_far_away_does_not_see_it(dev):
    errand = asked(dev)

    assert is_shut(neighbour("Far", north=5), errand)


def test_who_never_said_where_sees_what_is_online_only(dev):
    near, online = asked(dev), asked(dev, place=Place.ONLINE)
    nowhere = longtime("Nowhere")

    assert seen_by(nowhere) == [online]
    assert is_shut(nowhere, near)


def test_who_sits_in_a_circle_sees_it_wherever_they_live(dev):
    errand = asked(dev)
    far = neighbour("Far", north=50)
    in_a_circle(dev, far)

    assert seen_by(far) == [errand]


def test_what_is_for_circles_is_for_no_neighbour(ruth, wren, dev):
    errand = asked(dev, seen_by=SeenBy.CIRCLES)
    in_a_circle(dev, wren)

    assert seen_by(wren) == [errand]
    assert is_shut(ruth, errand)


def test_what_is_for_circles_is_for_hosts_but_not_for_guests(ruth, wren, dev):
    errand = asked(dev, seen_by=SeenBy.CIRCLES)
    hosts(ruth, dev)
    hosts(dev, wren)

    assert seen_by(ruth) == [errand]
    assert is_shut(wren, errand)


def test_what_was_kept_by_an_older_key_is_found(settings, ruth, dev):
    errand = asked(dev)

    settings.KITH_SEAL_KEYS = ["a newer key than the one before", *settings.KITH_SEAL_KEYS]

    assert access.square_of(HOME) != errand.square
    assert errand.square in access.squares_of(HOME)


def test_row_does_not_tell_where_it_is(dev):
    errand = asked(dev)

    kept = {str(getattr(errand, field.attname)) for field in Errand._meta.concrete_fields}

    assert not {HOME.code, str(HOME.row), str(HOME.column)} & kept
    assert access.square_of(Cell(HOME.row, HOME.column + 1)) != errand.square


# ---- who is new ---------------------------------------------------------------------------------
def test_newcomer_sees_nothing_of_a_neighbour(newcomer, dev):
    assert is_shut(newcomer, asked(dev))
    assert is_shut(newcomer, asked(dev, place=Place.ONLINE))


def test_newcomer_sees_their_circle_and_their_hosts(newcomer, ruth, dev):
    of_circle, of_host = asked(dev), asked(ruth)
    in_a_circle(dev, newcomer)
    hosts(ruth, newcomer)

    assert set(seen_by(newcomer)) == {of_circle, of_host}


def test_host_who_is_new_sees_what_their_guests_ask(newcomer, ruth):
    errand = asked(ruth)

    hosts(newcomer, ruth)

    assert seen_by(newcomer) == [errand]


def test_what_newcomer_asks_is_for_circles_and_hosts_whatever_they_chose(newcomer, ruth, dev):
    errand = asked(newcomer)
    in_a_circle(dev, newcomer)

    assert errand.seen_by == SeenBy.CIRCLES
    assert seen_by(dev) == [errand]
    assert is_shut(ruth, errand)


# ---- who never does -----------------------------------------------------------------------------
@pytest.mark.parametrize("kind", [Kind.BLOCK, Kind.AVOID])
def test_who_keeps_apart_never_sees_the_other(ruth, dev, kind):
    of_dev, of_ruth = asked(dev), asked(ruth)
    in_a_circle(dev, ruth)
    assert seen_by(ruth) == [of_dev]

    keep_away(person=dev, other=ruth, kind=kind)

    assert is_shut(ruth, of_dev)
    assert is_shut(dev, of_ruth)


def test_who_is_paused_is_not_seen(ruth, dev):
    errand = asked(dev)

    paused(dev)

    assert is_shut(ruth, errand)


def test_what_is_over_hidden_or_done_is_gone(ruth, dev):
    over, hidden, done = (asked(dev) for _ in range(3))
    now = timezone.now()

    Errand.objects.filter(pk=over.pk).update(ends_at=now)
    Errand.objects.filter(pk=hidden.pk).update(hidden_at=now)
    Errand.objects.filter(pk=done.pk).update(done_on=now.date())

    assert all(is_shut(ruth, errand) for errand in (over, hidden, done))
    assert opens(dev, hidden) == hidden


def test_what_somebody_took_up_leaves_the_list_of_all_others(ruth, wren, dev):
    errand = asked(dev)

    taken(errand, ruth)

    assert seen_by(wren) == seen_by(ruth) == []
    assert opens(wren, errand) == opens(ruth, errand) == errand


def test_who_was_told_no_does_not_see_that_it_is_open_again(ruth, wren, dev):
    errand = asked(dev)
    taken(errand, ruth)

    says(errand, is_yes=False)

    assert seen_by(wren) == [errand]
    assert seen_by(ruth) == []


# ---- the two ------------------------------------------------------------------------------------
def test_only_the_two_hold_it(ruth, wren, dev):
    errand = asked(dev)
    taken(errand, ruth)

    assert access.open_ours(dev, errand.token) == access.open_ours(ruth, errand.token) == errand
    with pytest.raises(Http404):
        access.open_ours(wren, errand.token)
    with pytest.raises(Http404):
        access.open_mine(ruth, errand.token)


def test_order_is_circle_then_hours_then_distance(dev):
    evenings = neighbour("Evenings", hours=EVENINGS)
    far = neighbour("Far", north=50)
    in_a_circle(far, evenings)
    of_circle = asked(far, parts=("morning",))
    mornings = asked(dev, parts=("morning",))
    further = asked(neighbour("Further", north=2), parts=("evening",))
    fits = asked(neighbour("Fits", north=1), parts=("evening",))

    assert seen_by(evenings) == [of_circle, fits, further, mornings]


def test_an_hour_of_a_part_is_enough_to_fit(dev):
    half_an_hour = frozenset(sorted(part_of_day(0, "evening"))[:1])
    hour = frozenset(sorted(part_of_day(0, "evening"))[:2])

    found = [
        bridge.around(neighbour("A", hours=hours), at=timezone.now()).parts
        for hours in (half_an_hour, hour)
    ]

    assert found == [0, 1 << 4]


def test_page_ends_after_twelve(ruth):
    for name in "abcdefg":
        person = neighbour(name)
        asked(person), asked(person)

    assert len(seen_by(ruth)) == 12


def test_those_who_may_not_be_met_take_no_place(ruth):
    people = [neighbour(f"{n}") for n in range(20)]
    found = [asked(person) for person in people for _ in range(2)]
    for person in people[:19]:
        keep_away(person=ruth, other=person, kind=Kind.BLOCK)

    assert seen_by(ruth) == found[-2:]


# ---- stewards, and safety -------------------------------------------------------------------------
def reported(errand, **more):
    return Report.objects.create(
        category=Category.WRITTEN,
        where=errand.get_absolute_url(),
        told_at=timezone.now(),
        **more,
    )


def test_steward_opens_what_they_were_told_of_and_nothing_else(wren, dev):
    told, untold = asked(dev), asked(dev)
    report = reported(told)

    assert access.open_reported(wren, told.token) == (told, report)
    with pytest.raises(Http404):
        access.open_reported(wren, untold.token)


def test_steward_who_has_part_in_it_opens_nothing(wren, dev):
    errand = asked(dev)
    reported(errand).involved.add(wren)

    with pytest.raises(Http404):
        access.open_reported(wren, errand.token)


def test_closed_report_opens_nothing(wren, dev):
    errand = asked(dev)
    reported(errand, state="closed")

    with pytest.raises(Http404):
        access.open_reported(wren, errand.token)


def test_safety_knows_who_has_part_in_it(ruth, dev):
    errand = asked(dev)
    taken(errand, ruth)

    assert set(access.who_is_part_of(errand.get_absolute_url())) == {dev, ruth}
    assert access.who_is_part_of("/service/") == []
    assert access.who_is_part_of("/no/such/page/") == []


def test_unknown_gathering_is_not_found(db):
    for slug in ("never-was", "\x00"):
        with pytest.raises(Http404):
            access.open_gathering(slug)
