import pytest

from kith.core.model.scenario import MalformedScenarioError, overridden, read

GOOD = """
[scenario]
title = "Two arms"

[town]
people = 60

[traits]
resolve = 12

[brain]
resolve.use = 0.6
"cost.drug" = 0.04

[run]
days = 28
replicates = 2
towns = "one"

[[arms]]
key = "nothing"

[[arms]]
key = "circle"
feature = "circles"
contacts_a_week = 3
systems = ["opioid"]

[[expected]]
arm = "circle"
than = "nothing"
outcome = "relapsed"
direction = "lower"
"""
# Each breaks one thing; what is said of it: its name, its value, what is allowed.
BROKEN = [
    ("people = 60", "people = 3", "line 6, town.people: people is 3. It must be 10 to 2,000,000."),
    ("days = 28", "days = 0", "line 16, run.days: days is 0. It must be 1 to 3,650."),
    ("days = 28", 'days = "long"', "line 16, run.days: days is 'long'. It must be a whole number."),
    (
        "resolve.use = 0.6",
        "resolve.use = 99",
        "brain.resolve.use: resolve.use is 99. It must be 0 to 10",
    ),
    ("resolve.use", "resolve.using", "No scenario has a 'resolve.using' here. Did you mean resolve.use"),
    (
        "contacts_a_week = 3",
        "contacts_a_week = 40.0",
        "line 26, arms[1].contacts_a_week: contacts_a_week is 40.0. It must be 0 to 28.",
    ),
    ('"circles"', '"circus"', "feature is 'circus'. It must be one of nothing, usual_care, listings,"),
    ('["opioid"]', '["caffeine"]', "systems is 'caffeine'. It must be all, or some of dopamine,"),
    ('than = "nothing"', 'than = "none"', "than is 'none'. It must be one of nothing, circle."),
    ("[town]", "[village]", "line 5, village: No scenario has a 'village' here."),
    ("replicates = 2", "replicates = 2 2", "This is no TOML"),
    ('key = "circle"', 'key = "nothing"', "There are two arms 'nothing'."),
    ('towns = "one"', 'towns = "many"', "towns is 'many'. It must be one or each"),
    ('outcome = "relapsed"', 'outcome = "fame"', "outcome is 'fame'. It must be one of"),
    ('direction = "lower"', 'direction = "sideways"', "direction is 'sideways'. It must be"),
    ('key = "circle"', "keys = 2", "An arm has no key."),
    ('["opioid"]', "7", "systems is 7. It must be a list of words in quotes"),
    ("days = 28", "days = -3", "line 16, run.days: days is -3. It must be 1 to 3,650."),
    ("days = 28", "dayz = 28", "line 16, run.dayz: No scenario has a 'dayz' here. Did you mean days?"),
    ("days = 28", "days = 2.5", "days is 2.5. It must be a whole number."),
    ("people = 60", "people = true", "people is True. It must be a whole number."),
    ("people = 60", "people = 0", "people is 0. It must be 10 to 2,000,000."),
    ("people = 60", "people = 1_000_000_000_000", "people is 1000000000000. It must be 10 to 2,000,000."),
    ("people = 60", "people = 60\nties = nan", "line 7, town.ties: ties is nan. It must be 0 to 50."),
    ("people = 60", "people = 60\nties = -inf", "line 7, town.ties: ties is -inf. It must be 0 to 50."),
    ("people = 60", f"people = 60\nties = 1{'0' * 400}", "ties is a number of hundreds of digits."),
    ("people = 60", f"people = 1{'0' * 5_000}", "the file: A number has too many digits."),
    ("people = 60", f"people = {'[' * 5_000}{']' * 5_000}", "stand too deep in each other"),
    ("resolve = 12", "resolve = nan", "traits.resolve: resolve is nan. It must be 0.0 to 40.0."),
    ("resolve.use = 0.6", "resolve.use = nan", "resolve.use is nan. It must be 0 to 10"),
    ("resolve.use = 0.6", "resolve.use = inf", "resolve.use is inf. It must be 0 to 10"),
    ("resolve.use = 0.6", 'resolve.use = "much"', "resolve.use is 'much'. It must be 0 to 10"),
    ("[brain]", "[[brain]]", "brain: brain is no table. Write [brain] on a line of its own."),
    ("contacts_a_week = 3", "contacts_a_week = nan", "contacts_a_week is nan. It must be 0 to 28."),
    ("contacts_a_week = 3", "partners = 13", "line 26, arms[1].partners: partners is 13. It must be 1 to 12."),
    ("contacts_a_week = 3", "partners = 0", "partners is 0. It must be 1 to 12."),
    ('["opioid"]', "[]", "systems is []. It must be all, or some of dopamine,"),
    ('than = "nothing"', 'than = "circle"', "than is 'circle'. It must be another arm."),
    ('title = "Two arms"', f"title = [{'1, ' * 200}]", "title is [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,  .... It must"),
    ('key = "circle"', 'key = "a b"', "key is 'a b'. It must be letters, digits and underscores"),
]  # fmt: skip


def test_scenario_is_read_as_it_is_written():
    scenario = read(GOOD)

    assert scenario.about.title == "Two arms"
    assert (scenario.town.people, scenario.run.days, scenario.run.replicates) == (60, 28, 2)
    assert scenario.traits.resolve == 12.0
    assert dict(scenario.changed) == {"resolve.use": 0.6, "cost.drug": 0.04}
    assert scenario.brain["resolve.use"] == 0.6
    assert [arm.key for arm in scenario.arms] == ["nothing", "circle"]
    assert scenario.arms[1].systems == ("opioid",)


@pytest.mark.parametrize(("was", "is_", "said"), BROKEN)
def test_what_is_not_allowed_is_refused_by_name_value_and_range(was, is_, said):
    assert was in GOOD

    with pytest.raises(MalformedScenarioError) as refused:
        read(GOOD.replace(was, is_, 1))

    assert said in str(refused.value)


def test_what_is_wrong_with_an_arm_is_not_said_again_of_what_was_expected_of_it():
    with pytest.raises(MalformedScenarioError) as refused:
        read(GOOD.replace("contacts_a_week = 3", "contacts_a_week = 99"))

    assert [one.where for one in refused.value.problems] == ["line 26, arms[1].contacts_a_week"]


def test_a_name_within_thousands_of_others_is_refused():
    with pytest.raises(MalformedScenarioError, match="too deep"):
        read(f"{GOOD}\n[brain.{'.'.join('a' * 3_000)}]\nuse = 1\n")


def test_an_arm_is_asked_for_once():
    with pytest.raises(MalformedScenarioError, match="The arm 'circle' is asked for twice"):
        read(GOOD).only(["circle", "circle"])


def test_all_that_is_wrong_is_said_at_once():
    broken = GOOD.replace("people = 60", "people = 3").replace("days = 28", "days = 0")

    with pytest.raises(MalformedScenarioError) as refused:
        read(broken)

    assert len(refused.value.problems) == 2


def test_section_that_is_no_table_and_arms_that_are_no_list_are_refused():
    with pytest.raises(MalformedScenarioError, match="town is no table"):
        read('town = "Millbrook"\n[[arms]]\nkey = "nothing"\nfeature = "nothing"\n')
    with pytest.raises(MalformedScenarioError, match=r"arms"):
        read('arms = "nothing"\n')


def test_no_arm_is_no_scenario():
    with pytest.raises(MalformedScenarioError, match="There is no arm"):
        read("[run]\ndays = 3\n")


def test_only_some_arms_are_kept_in_the_order_that_is_asked_for():
    some = read(GOOD).only(["circle", "nothing"])

    assert [arm.key for arm in some.arms] == ["circle", "nothing"]
    assert read(GOOD).only(["circle"]).expected == ()
    with pytest.raises(MalformedScenarioError, match="There is no arm 'ring'"):
        read(GOOD).only(["ring"])


def test_what_is_said_instead_has_the_same_ranges():
    changed = overridden(read(GOOD), {"people": 100, "days": 7})

    assert (changed.town.people, changed.run.days, changed.run.replicates) == (100, 7, 2)
    with pytest.raises(MalformedScenarioError, match=r"days is 9999. It must be 1 to 3,650"):
        overridden(read(GOOD), {"days": 9999})
