import pytest

from kith.core.picture import DESIGNS, RANGES, TOWNS, Asked, MalformedPictureError, scenario_of


def test_every_wrong_value_is_told_with_its_name_and_what_is_allowed():
    with pytest.raises(MalformedPictureError) as told:
        Asked(town="Paris", people=100, weeks=True, contacts=float("nan"), seed=-1)

    assert str(told.value).splitlines() == [
        "town: town is 'Paris'. It must be one of usual, apart, using, close.",
        "people: people is 100. It must be 200 to 20,000.",
        "weeks: weeks is True. It must be 4 to 52.",
        "contacts: contacts is nan. It must be 0.25 to 5.0.",
        "seed: seed is -1. It must be 0 to 2,147,483,647.",
    ]


@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize("design", DESIGNS)
def test_scenario_has_what_it_is_held_against_first(town, design):
    made = scenario_of(Asked(town=town, design=design, weeks=6, pairs=3, contacts=2.0))

    plain, tried = made.arms
    assert (plain.key, tried.key) == ("nothing", design)
    assert tried.said("contacts_a_week") == 2.0
    assert (made.run.days, made.run.replicates) == (42, 3)


def test_ends_of_ranges_are_allowed():
    for name, ends in RANGES.items():
        for end in ends:
            assert getattr(Asked(**{name: end}), name) == end


def test_badly_mixed_circles_put_those_who_use_together():
    assert scenario_of(Asked(design="badly_mixed")).arms[1].lapses_together
    assert not scenario_of(Asked(design="circles")).arms[1].lapses_together
