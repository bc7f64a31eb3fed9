from dataclasses import replace

import numpy as np
import pytest

from kith.core.matching.check import checked
from kith.core.model.design import Design, Feature
from kith.core.model.designs import arm_of
from kith.core.model.partners import circles, people_of
from kith.core.model.settling import Traits, isolated, world_of
from kith.core.model.world import NOBODY, SYSTEMS, Arm
from kith.core.population.changes import left
from kith.core.population.settings import TownSettings
from kith.core.population.town import Town, town
from kith.errors import InvalidInputError

SOCIAL = [feature for feature in Feature if feature not in {Feature.NOTHING, Feature.USUAL_CARE}]


@pytest.fixture(scope="module")
def ours() -> Town:
    return town(TownSettings(people=300, using=0.2), seed=11)


def _arm(ours: Town, feature: str, **said: object) -> Arm:
    return arm_of(ours, Design(key=str(feature), feature=feature, **said), seed=5)


def _lapsing(ours: Town, arm: Arm) -> np.ndarray:
    """How many partners in a lapse each has."""
    is_there = arm.partners != NOBODY
    return np.asarray((is_there & ours.is_using[np.where(is_there, arm.partners, 0)]).sum(axis=1))


@pytest.mark.parametrize("feature", [*SOCIAL, Feature.USUAL_CARE])
def test_every_design_hands_out_the_dose_it_says(ours, feature):
    arm = _arm(ours, feature, contacts_a_week=2.0)

    assert arm.contacts_a_week == pytest.approx(2.0, abs=1e-5)
    assert len(set(arm.contact_rate[arm.contact_rate > 0].tolist())) == 1


@pytest.mark.parametrize("feature", SOCIAL)
def test_only_those_with_a_partner_get_contacts_and_partners_are_different_people(ours, feature):
    arm = _arm(ours, feature)

    has = (arm.partners != NOBODY).any(axis=1)
    assert has.mean() > 0.8
    assert np.array_equal(arm.contact_rate > 0, has)
    for row in arm.partners.tolist():
        some = [one for one in row if one != NOBODY]
        assert row == some + [NOBODY] * (len(row) - len(some))
        assert len(set(some)) == len(some)


@pytest.mark.parametrize("feature", [Feature.CIRCLES, Feature.REACH, Feature.LISTINGS])
def test_same_seed_makes_the_same_arm(ours, feature):
    assert np.array_equal(_arm(ours, feature).partners, _arm(ours, feature).partners)


def test_nothing_brings_nobody_together(ours):
    arm = _arm(ours, Feature.NOTHING)

    assert arm.contacts_a_week == 0
    assert (arm.partners == NOBODY).all()


def test_usual_care_is_a_professional_and_no_partner(ours):
    arm = _arm(ours, Feature.USUAL_CARE)

    assert (arm.partners == NOBODY).all()
    assert arm.gives == 0
    assert (arm.contact_rate > 0).all()


def test_circles_are_those_of_the_matching_engine(ours):
    formed, rows = circles(ours, seed=5)
    people, _ = people_of(ours)

    arm = _arm(ours, Feature.CIRCLES)

    checked(people, formed, seed=5)
    for some in formed.lists():
        members = rows[some].tolist()
        for one in members:
            partners = [int(p) for p in arm.partners[one] if p != NOBODY]
            assert sorted([*partners, one]) == sorted(members)


def test_bad_circles_put_lapses_together_at_the_same_seats(ours):
    good = _arm(ours, Feature.CIRCLES)
    bad = _arm(ours, Feature.CIRCLES, lapses_together=True)
    using = ours.is_using

    assert np.array_equal(good.contact_rate, bad.contact_rate)
    assert _lapsing(ours, bad)[using].mean() > 3 * _lapsing(ours, good)[using].mean() + 1
    size_good, size_bad = ((arm.partners != NOBODY).sum(axis=1) for arm in (good, bad))
    assert sorted(size_good.tolist()) == sorted(size_bad.tolist())


def test_pairs_change_every_week(ours):
    arm = _arm(ours, Feature.PAIRS)

    assert ((arm.partners != NOBODY).sum(axis=1)).mean() > 3


def test_reach_rings_the_most_trusted_first_and_fails_as_hours_have_it(ours):
    arm = _arm(ours, Feature.REACH)
    network = ours.network

    first = 0
    for one in range(ours.people):
        ties = slice(network.start[one], network.start[one + 1])
        near = ours.home[network.other[ties]] == ours.home[one]
        if near.any():
            best = network.other[ties][near][network.trust[ties][near].argmax()]
            assert arm.partners[one, 0] == best
            first += 1
    assert first > 200
    assert 0.3 < arm.reliability < 0.6
    assert arm.at_cue == 1


def test_service_meets_wishes_among_those_one_knows(ours):
    arm = _arm(ours, Feature.SERVICE)
    network = ours.network

    one = int(np.argmax(network.degree))
    ties = set(network.other[network.start[one] : network.start[one + 1]].tolist())
    assert {p for p in arm.partners[one].tolist() if p != NOBODY} <= ties
    assert arm.gives == 0.8


def test_gatherings_are_of_one_place(ours):
    arm = _arm(ours, Feature.LISTINGS)

    there = arm.partners != NOBODY
    home = np.where(there, ours.home[np.where(there, arm.partners, 0)], ours.home[:, None])
    assert (home == ours.home[:, None]).all()


def test_fewer_partners_are_some_of_the_more(ours):
    broad, narrow = _arm(ours, Feature.CIRCLES), _arm(ours, Feature.CIRCLES, partners=1)

    assert np.array_equal(broad.partners[:, :1], narrow.partners)
    assert broad.contacts_a_week == narrow.contacts_a_week


def test_who_left_is_in_no_design(ours):
    fewer = left(ours, np.array([4, 40]))

    for feature in SOCIAL:
        arm = _arm(fewer, feature)
        assert not np.isin(arm.partners, [4, 40]).any()
        assert arm.contact_rate[[4, 40]].tolist() == [0, 0]


def test_a_contact_is_divided_by_what_studies_speak_for_and_never_made_larger():
    assert Design("a", Feature.CIRCLES).fed.tolist() == pytest.approx([0.2] * 5)
    one = Design("b", Feature.CIRCLES, systems=("opioid",))
    assert one.fed.tolist() == [float(name == "opioid") for name in SYSTEMS]
    # Letters A A B C C of all ingredients together: two systems are known from animals only.
    jam = Design("c", Feature.CIRCLES, practice="jam_band_table")
    assert jam.fed.tolist() == [0.25, 0.25, 0.25, 0.125, 0.125]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ({"depth": 1.5}, "depth is 1.5: it must be 0 to 1"),
        ({"contacts_a_week": 29.0}, "contacts_a_week is 29.0: it must be 0 to 28"),
        ({"systems": ("adrenaline",)}, "systems is 'adrenaline': it must be all, or some of dop"),
        ({"practice": "golf"}, "practice is 'golf': it must be one of jam_band_table"),
        ({"feature": "magic"}, "feature is 'magic': it must be one of nothing, usual_care"),
        ({"feature": Feature.PAIRS, "lapses_together": True}, "must be false, or the feature cir"),
    ],
)
def test_design_out_of_range_is_refused(said, text):
    with pytest.raises(InvalidInputError) as refused:
        Design(**{"key": "x", "feature": Feature.CIRCLES, **said})

    assert text in str(refused.value)


def test_dose_that_few_would_have_to_carry_is_refused():
    apart = town(TownSettings(people=20, ties=1.0, household=1.0), seed=1)

    with pytest.raises(InvalidInputError, match="service: contacts_a_week is 28"):
        arm_of(apart, Design("service", Feature.SERVICE, contacts_a_week=28.0), seed=1)


def test_world_draws_traits_as_their_distribution_says():
    many = town(TownSettings(people=5_000), seed=2)

    world = world_of(many, seed=2)

    assert np.median(world.habit_rate) == pytest.approx(0.0454, rel=0.05)
    assert np.log(world.habit_rate).std() == pytest.approx(0.62, rel=0.05)
    assert (world.resolve.mean(), world.resolve.std()) == pytest.approx((9, 4.5), rel=0.03)


def test_other_traits_draw_nobody_anew(ours):
    world, braver = world_of(ours, seed=2), world_of(ours, seed=2, traits=Traits(resolve=11.0))

    assert np.allclose(braver.resolve - world.resolve, 2.0, atol=1e-5)
    assert np.array_equal(world.habit_rate, braver.habit_rate)


def test_whoever_lives_apart_does_so_at_every_larger_share(ours):
    world = world_of(ours, seed=2)

    few, many = (isolated(world, share, seed=2).is_isolated for share in (0.2, 0.6))

    assert many[few].all()
    assert few.mean() == pytest.approx(0.2, abs=0.07)
    assert isolated(world, 1.0, seed=2).is_isolated.all()
    with pytest.raises(InvalidInputError, match=r"isolated must be 0 to 1, got 1\.2"):
        isolated(world, 1.2, seed=2)


def test_design_says_what_is_usual_where_it_says_nothing():
    design = Design("x", Feature.SERVICE)

    assert (design.said("gives"), replace(design, gives=0.0).said("gives")) == (0.8, 0.0)
