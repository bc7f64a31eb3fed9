import re

import pytest

from kith.core.study import StudyPlan, problems, read, template, templates
from kith.core.study.checks.draw import RULE

CIRCLES, PROMPTS = "circles", "prompts"
# The same questions where whole groups are drawn, outside an instance.
PLACES, STAGES = "places", "stages"
GROUPED = {
    PLACES: (
        "reach",
        ("minimum_age = 18", 'minimum_age = 18\nfacts = ["size"]'),
        ('unit = "people"', 'unit = "places"'),
        ('mechanism = "blocked"\nblock_sizes = [4, 6]', 'mechanism = "constrained"\nbalance = ["size"]\naccept = 0.1'),
        ('direction = "higher"\n', 'direction = "higher"\nsettings = { cluster = true }\n'),
        ("people = 300\neffect = 0.2", "people = 1000\ncluster_size = 20\nicc = 0.05\neffect = 0.15"),
    ),
    STAGES: (
        "service",
        ('unit = "people"', 'unit = "circles"'),
        ('mechanism = "simple"', 'mechanism = "saturation"\nsaturation = [0.0, 0.5, 1.0]'),
    ),
}  # fmt: skip


def of_template(name):
    whole, *changes = GROUPED.get(name, (name,))
    text = template(whole)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def filled(name):
    text = of_template(name)
    for key in ("contact", "ethics"):
        text = re.sub(
            rf'^{key} = ""', f'{key} = "Mara, at the desk"', text, count=1, flags=re.MULTILINE
        )
    return text


def found(name, *changes):
    text = filled(name)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return [(one.where.partition(", ")[2] or one.where, one.what) for one in problems(read(text))]


@pytest.mark.parametrize("name", [*templates(), *GROUPED])
def test_a_template_lacks_only_what_nobody_else_can_know(name):
    where = [one.where.partition(", ")[2] for one in problems(read(of_template(name)))]

    assert where == ["study.contact", "study.ethics"]
    assert found(name) == []


def test_a_problem_says_where_what_and_how():
    text = filled(CIRCLES).replace('estimator = "difference"', 'estimator = "diference"', 1)

    (one,) = problems(read(text))

    line = text.split("\n").index('estimator = "diference"') + 1
    assert str(one) == (
        f"line {line}, outcomes[0].estimator: 'diference' is not known as how it is estimated. Did you "
        "mean difference? Write one of: difference, risk_difference, risk_ratio, mixed, cox, log_rank, "
        "recurrent, wcls, emee, compliers, randomisation, exposure, network."
    )


def test_an_empty_plan_lacks_everything_and_nothing_fails():
    assert {one.where.partition(".")[0] for one in problems(StudyPlan())} == {
        "study", "population", "arms", "randomisation", "outcomes", "analysis", "power", "stopping",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["title", "question"])
def test_a_study_says_what_it_is(name):
    assert found(CIRCLES, (f"{name} = ", f'{name} = "" # ')) == [
        (f"study.{name}", f"There is no {name}.")
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "where", "what"),
    [
        # The whole.
        (CIRCLES, "minimum_age = 18", "minimum_age = 16", "population.minimum_age", "People of 16 could join."),
        (CIRCLES, "minimum_age = 18", "", "population.minimum_age", "It is not said how old people must be."),
        (CIRCLES, 'who = "', 'who = "" # "', "population.who", "It is not said who may take part."),
        (CIRCLES, 'harm = "', 'harm = "" # "', "stopping.harm", "It is not said what harm would end it."),
        (CIRCLES, "[stopping]", '[stopping]\nspending = "pocock"', "stopping.spending", "The error is shared out among looks, and there are no looks."),
        (CIRCLES, "[stopping]", "[stopping]\nlooks = [0.5, 1]", "stopping.spending", "It is looked at before the end, and the error is not shared out among the looks."),
        (CIRCLES, "[stopping]", '[stopping]\nlooks = [0.5, 1]\nspending = "often"', "stopping.spending", "'often' is not known as a way to share out the error among looks."),
        (CIRCLES, "[stopping]", '[stopping]\nlooks = [0.5, 0.9]\nspending = "pocock"', "stopping.looks", "0.5, 0.9 are no shares of the information."),
        (CIRCLES, "[stopping]", '[stopping]\nlooks = [0.5, 0.5, 1]\nspending = "pocock"', "stopping.looks", "0.5, 0.5, 1 are no shares of the information."),
        # Arms.
        (CIRCLES, "features = { circle = true }", "features = { cirle = true }", "arms[1].features.cirle", "'cirle' is not known as a feature of kith that an arm can switch."),
        (CIRCLES, "features = { circle = true }", "features = { circle = 12 }", "arms[1].features", "Arms listing and circle are the same: no feature of kith differs."),
        (CIRCLES, 'name = "The list, and a circle now"', "", "arms[1].name", "Arm circle has no name."),
        # The draw.
        (CIRCLES, 'unit = "people"', 'unit = "person"', "randomisation.unit", "'person' is not known as what is drawn."),
        (CIRCLES, 'mechanism = "blocked"', 'mechanism = "simple"', "randomisation.block_sizes", "A simple draw has no blocks."),
        (CIRCLES, "[4, 6, 8]", "[]", "randomisation.block_sizes", "Blocks have no size."),
        (CIRCLES, "[4, 6, 8]", "[4, 5]", "randomisation.block_sizes", "Blocks of 4, 5 do not hold the arms in their ratio."),
        (CIRCLES, "[4, 6, 8]", "[4]", "randomisation.block_sizes", "All blocks have one size, so that whoever counts knows who comes next."),
        (CIRCLES, "block_sizes", "ratio = [1, 2, 3]\nblock_sizes", "randomisation.ratio", "1, 2, 3 is no ratio of 2 arms."),
        (CIRCLES, 'strata = ["site"]', 'strata = ["height"]', "randomisation.strata", "Nothing called height is known of people when they join."),
        (CIRCLES, 'strata = ["site"]', 'strata = ["change"]', "randomisation.strata", "change is not measured when people join."),
        (CIRCLES, 'strata = ["site"]', 'balance = ["site"]', "randomisation.balance", "A blocked draw does not balance."),
        (CIRCLES, "block_sizes", 'seed_commitment = "abc"\nblock_sizes', "randomisation.seed_commitment", "This is no sha256: 64 digits and letters a to f."),
        (CIRCLES, "block_sizes", "probability = [0.5, 0.5]\nblock_sizes", "randomisation.probability", "Probabilities are of decisions."),
        (CIRCLES, "block_sizes", "saturation = [0.5]\nblock_sizes", "randomisation.saturation", "A blocked draw has one stage."),
        (PLACES, 'balance = ["size"]', "", "randomisation.balance", "A constrained draw balances nothing."),
        (PLACES, "accept = 0.1", "accept = 0.0", "randomisation.accept", "0 is no share of the draws."),
        (PLACES, "accept = 0.1", "follow = 1.0", "randomisation.follow", "1 leaves nothing to chance, or nothing to balance."),
        (STAGES, "[0.0, 0.5, 1.0]", "[0.5, 0.5]", "randomisation.saturation", "The first stage must choose between different shares."),
        (PROMPTS, "[0.6, 0.4]", "[0.6, 0.3]", "randomisation.probability", "There is not one probability for each arm, together 1."),
        (PROMPTS, 'mechanism = "simple"', 'mechanism = "minimised"\nbalance = ["lonely"]', "randomisation.mechanism", "Each decision is drawn by itself."),
        # Measures.
        (CIRCLES, '"global_change"', '"global_chance"', "measures[3].instrument", "'global_chance' is not known as an instrument."),
        (CIRCLES, '"global_change"', '"EUROHIS-QOL-8"', "measures[3].instrument", "EUROHIS-QOL-8 is not free to use, so that kith cannot hold it."),
        (CIRCLES, '"global_change"', '"phq4:sleep"', "measures[3].instrument", "phq4 has no scale sleep."),
        (CIRCLES, '"global_change"', '"pacs"', "measures[3].instrument", "Some words of pacs in kith were never held against its paper."),
        (CIRCLES, '"global_change"', '"records"', "measures[3].kind", "There is no kind: what kind of value it has."),
        (CIRCLES, "schedule = { at_weeks = [12] }", "", "measures[3].schedule", "It is not said when change is asked."),
        (CIRCLES, "schedule = { at_weeks = [12] }", "schedule = { at_weeks = [12], every_weeks = 4 }", "measures[3].schedule", "change is asked by two schedules."),
        (CIRCLES, "schedule = { at_weeks = [12] }", "schedule = { at_weeks = [16] }", "measures[3].schedule.at_weeks", "change is asked in week 16, and the study ends with week 12."),
        (CIRCLES, "schedule = { at_weeks = [12] }", "schedule = { every_weeks = 13 }", "measures[3].schedule.every_weeks", "change is asked in week 13, and the study ends with week 12."),
        (CIRCLES, "schedule = { at_weeks = [12] }", "schedule = { at_weeks = [-1] }", "measures[3].schedule", "A number of the schedule is below 0."),
        (CIRCLES, "schedule = { at_weeks = [12] }", "schedule = { at_weeks = [12], expires_minutes = 9 }", "measures[3].schedule", "Windows and expiry are of questions on a day."),
        (PROMPTS, '"19:00-22:00"', '"22:00-19:00"', "measures[0].schedule.windows", "'22:00-19:00' is no window of a day."),
        (PROMPTS, '"19:00-22:00"', '"evening"', "measures[0].schedule.windows", "'evening' is no window of a day."),
        (PROMPTS, '"19:00-22:00"', '"19:00-25:00"', "measures[0].schedule.windows", "'19:00-25:00' is no window of a day."),
        (PROMPTS, ', "19:00-22:00"', "", "measures[0].schedule.windows", "3 questions a day have 2 windows."),
        (PROMPTS, '"19:00-22:00"', '"15:00-18:00"', "measures[0].schedule.windows", "Two windows overlap."),
        (PROMPTS, ", expires_minutes = 60", "", "measures[0].schedule.expires_minutes", "A question would never expire."),
        (PROMPTS, "expires_minutes = 60", "expires_minutes = 150", "measures[0].schedule.expires_minutes", "A question may be open for 150 minutes, and the next window begins 120 minutes after the last ends."),
        # Outcomes.
        (CIRCLES, 'role = "primary"', 'role = "main"', "outcomes", "There is no primary outcome."),
        (CIRCLES, 'direction = "lower"', 'direction = "down"', "outcomes[0].direction", "'down' is not known as which way is hoped for."),
        (CIRCLES, 'direction = "lower"', 'direction = "higher"', "outcomes[0].direction", "Higher is hoped for, and of UCLA three-item loneliness scale lower is better."),
        (CIRCLES, '"barc10"', '"ons4"', "outcomes[1].measure", "ons4 comes to no single number."),
        (CIRCLES, 'contrast = ["circle", "listing"]', "", "outcomes[0].contrast", "lonely_at_12 compares nothing."),
        (CIRCLES, 'contrast = ["circle", "listing"]', 'contrast = ["circle", "circle"]', "outcomes[0].contrast", "A contrast is of two arms."),
        (CIRCLES, 'contrast = ["circle", "listing"]', 'contrast = ["circle", "list"]', "outcomes[0].contrast", "'list' is not known as an arm of this plan."),
        (CIRCLES, "at_week = 12\n", "", "outcomes[0].at_week", "It is not said when lonely_at_12 is looked at."),
        (CIRCLES, "at_week = 12\n", "at_week = 13\n", "outcomes[0].at_week", "Week 13 is not within the study, which ends with week 12."),
        (CIRCLES, "at_week = 12\n", "at_week = 11\n", "outcomes[0].at_week", "lonely is not measured in week 11."),
        (CIRCLES, 'covariates = ["lonely", "site"]', 'covariates = ["lonely"]', "outcomes[0].subgroups", "Subgroup site is no covariate."),
        (CIRCLES, 'covariates = ["capital"]', 'covariates = ["change"]', "outcomes[1].covariates", "change is not measured when people join."),
        (CIRCLES, 'estimator = "difference"', 'estimator = "cox"', "outcomes[0].estimator", "cox is of event, and lonely is number."),
        (CIRCLES, 'estimator = "network"', 'estimator = "mixed"', "outcomes[2].estimator", "mixed is of number or count, and people is network."),
        (CIRCLES, 'estimator = "difference"', 'estimator = "wcls"', "outcomes[0].estimator", "wcls is of decisions that are drawn one by one, and here people is drawn."),
        (PROMPTS, 'estimator = "emee"', 'estimator = "risk_difference"\nat_week = 6', "outcomes[0].estimator", "Decisions are drawn, so that everybody is in every arm; risk_difference compares people."),
        (PROMPTS, 'estimator = "emee"', 'estimator = "wcls"', "outcomes[0].estimator", "wcls is of number or count, and reached is yes_no."),
        (CIRCLES, "settings = { cluster = true }", "", "outcomes[0].settings", "People are drawn one by one and then meet in circles: those who share one grow alike, and difference would not know it."),
        (PLACES, "settings = { cluster = true }", "", "outcomes[0].estimator", "Whole places are drawn, and risk_difference takes their people for independent: its interval would be too narrow."),
        # Analysis.
        (CIRCLES, "alpha = 0.05", "alpha = 5.0", "analysis.alpha", "5 is no error to accept."),
        (CIRCLES, 'multiplicity = "none"', 'multiplicity = "some"', "analysis.multiplicity", "'some' is not known as a rule for several primary outcomes."),
        (CIRCLES, 'population = "intention_to_treat"', 'population = "per_protocol"', "analysis.population", "Only those who did as drawn would count; who they are is no longer chance."),
        (CIRCLES, 'population = "intention_to_treat"', 'population = "all"', "analysis.population", "'all' is not known as who is counted in which arm."),
        (CIRCLES, 'missing = {', "# ", "analysis.missing", "There is no missing-data rule: whoever sees the data could choose one."),
        (CIRCLES, '"multiple_imputation"', '"guess"', "analysis.missing.rule", "'guess' is not known as a rule for missing answers."),
        (CIRCLES, '"multiple_imputation"', '"missing_is_event"', "analysis.missing.rule", "missing_is_event means: a missing answer counts as the event. That is nothing for lonely_at_12, number by difference."),
        (CIRCLES, '"multiple_imputation"', '"likelihood"', "analysis.missing.rule", "likelihood means: the model takes what there is, and nothing is filled in. That is nothing for lonely_at_12, number by difference."),
        (CIRCLES, ", range = [-1.0, 1.0]", "", "analysis.missing.range", "It is not said how different those who do not answer may be."),
        (CIRCLES, "range = [-1.0, 1.0]", "range = [0.5, 1.0]", "analysis.missing.range", "0.5, 1 is no range around no difference."),
        # Size.
        (CIRCLES, "people = 240", "people = 60", "power.people", "By formula the power is 35%, and 80% is aimed for."),
        (CIRCLES, "people = 240", "", "power.people", "There is no people."),
        (CIRCLES, "effect = -1.0", "", "power.effect", "There is no effect."),
        (CIRCLES, "sd = 1.9", "", "power.sd", "There is no sd."),
        (CIRCLES, "target = 0.8", "target = 0.5", "power.target", "A target of 0.5 would miss what matters too often."),
        (CIRCLES, "target = 0.8", "", "power.target", "There is no target."),
        (CIRCLES, "loss = 0.25", "loss = 25", "power.loss", "loss is a share, and 25 is none."),
        (PROMPTS, "availability = 0.6", "availability = 1.5", "power.availability", "1.5 is no share."),
        (PROMPTS, "sd = 0.4", "", "power.sd", "There is no sd."),
        (STAGES, "icc = 0.05", "", "power.icc", "Whole circles are drawn, and it is not said how alike their people are."),
        (PLACES, "baseline = 0.3", "baseline = 0.9", "power.effect", "From 0.9, +0.15 leads to 1.05, which is no share."),
        ("survival", "effect = 1.4", "effect = 1.0", "power.effect", "1 is no hazard ratio to look for."),
        ("survival", "baseline = 0.57", "", "power.baseline", "There is no baseline."),
    ],
)  # fmt: skip
def test_each_fault_is_found_where_it_is(name, old, new, where, what):
    assert (where, what) in found(name, (old, new))


@pytest.mark.parametrize("value", ["false", '"off"', "12"])
@pytest.mark.parametrize("feature", ["reach", "service", "listing"])
def test_help_asked_for_is_never_randomised_away(feature, value):
    said = found(CIRCLES, ("features = { circle = 12 }", f"features = {{ {feature} = {value} }}"))

    ((where, what),) = said
    assert where == f"arms[0].features.{feature}"
    assert what.endswith(f"{RULE}.")


@pytest.mark.parametrize("value", ["false", '"off"', "12", "true", '"warm"'])
@pytest.mark.parametrize("feature", ["pair", "prompts", "conversation"])
def test_what_kith_offers_by_itself_may_wait(feature, value):
    assert (
        found(CIRCLES, ("features = { circle = 12 }", f"features = {{ {feature} = {value} }}"))
        == []
    )


def test_no_moment_takes_away_what_is_asked_for():
    said = found(PROMPTS, ('features = { prompts = "invitation" }', "features = { reach = true }"))

    assert said == [
        ("arms[1].features.reach", f"reach cannot be drawn anew at each moment. {RULE}.")
    ]


def test_a_circle_is_no_matter_of_a_moment():
    said = found(PROMPTS, ('features = { prompts = "invitation" }', "features = { circle = true }"))

    assert said == [("arms[1].features.circle", "circle cannot be drawn anew at each moment.")]


@pytest.mark.parametrize(
    ("probability", "is_refused"),
    [("[1, 0]", True), ("[1.2, -0.2]", True), ("[0.99, 0.01]", False), ("[0.5, 0.5]", False)],
)
def test_no_decision_is_certain(probability, is_refused):
    what = "A probability is 0 or 1, or none at all: such a decision is no experiment."

    said = found(PROMPTS, ("[0.6, 0.4]", probability))

    assert (("randomisation.probability", what) in said) is is_refused


@pytest.mark.parametrize(("a_day", "is_refused"), [(5, False), (6, True)])
def test_nobody_is_asked_more_than_five_times_a_day(a_day, is_refused):
    windows = ", ".join(f'"{hour:02}:00-{hour + 1:02}:00"' for hour in range(8, 8 + 2 * a_day, 2))
    schedule = f"per_day = {a_day}, windows = [{windows}]"

    said = found(
        PROMPTS, ('per_day = 3, windows = ["08:00-11:00", "13:00-16:00", "19:00-22:00"]', schedule)
    )

    assert said == (
        [("measures[0].schedule.per_day", "People would be asked 6 times a day.")]
        if is_refused
        else []
    )


def test_five_a_day_are_for_all_measures_together():
    more = """[[measures]]
key = "craving"
instrument = "momentary:craving"
schedule = { per_day = 3, windows = ["07:00-07:30", "11:30-12:00", "17:00-17:30"], expires_minutes = 10 }

[[measures]]
key = "lonely\""""

    said = found(PROMPTS, ('[[measures]]\nkey = "lonely"', more))

    assert said == [("measures[1].schedule.per_day", "People would be asked 6 times a day.")]


@pytest.mark.parametrize("instrument", ["roster", "barc10"])
def test_no_long_instrument_is_asked_many_times_a_day(instrument):
    said = found(PROMPTS, ('"momentary:reached"', f'"{instrument}"'))

    assert (
        "measures[0].schedule.per_day",
        f"{instrument} takes too long to be asked many times a day.",
    ) in said


@pytest.mark.parametrize(
    ("key", "instrument"), [("suicidal", "records"), ("mood", "phq9"), ("mood", "C_SSRS")]
)
def test_nobody_is_asked_about_suicide_without_a_human_on_call(key, instrument):
    measure = (
        f'[[measures]]\nkey = "{key}"\ninstrument = "{instrument}"\nkind = "yes_no"\n\n[[outcomes]]'
    )

    alone = found(CIRCLES, ("[[outcomes]]", measure))
    answered = found(
        CIRCLES,
        ("[[outcomes]]", measure),
        ("weeks = 12", 'weeks = 12\non_call = "Jo, day and night"'),
    )

    asks = ("measures[4]", f"{key} asks about suicide, and no human is on call.")
    assert asks in alone
    assert asks not in answered


def test_several_primary_outcomes_share_the_error_out():
    both = ('role = "secondary"', 'role = "primary"')
    what = "2 primary outcomes are 2 chances to be wrong, and no rule shares the error out."

    assert ("analysis.multiplicity", what) in found(CIRCLES, both)
    assert found(CIRCLES, both, ('multiplicity = "none"', 'multiplicity = "in_order"')) == []


def test_log_rank_cannot_know_of_clusters():
    changes = (
        ('unit = "people"', 'unit = "places"'),
        ('"cox"', '"log_rank"'),
        ("settings = { strata", "settings = { cluster = true, strata"),
    )

    said = dict(found("survival", *changes))

    assert said["outcomes[0].estimator"] == (
        "Whole places are drawn, and log_rank takes their people for independent: its interval would be "
        "too narrow."
    )


def test_exposure_needs_people_who_meet():
    changes = (
        ("features = { circle = 12 }", 'features = { prompts = "off" }'),
        ("features = { circle = true }", "features = { prompts = true }"),
        ('"difference"', '"exposure"'),
        ("people = 240", "people = 9000"),
    )

    assert found(CIRCLES, *changes) == [
        (
            "outcomes[0].estimator",
            "No arm brings people together, so that nobody is exposed to another's.",
        )
    ]
    # In circles that are there already people meet whatever an arm does.
    said = ("settings = { cluster = true }", 'settings = { exposure = "circle" }')
    assert found(CIRCLES, *changes, said) == []


def test_two_stages_need_groups_and_two_arms():
    third = '[[arms]]\nkey = "third"\nname = "Third"\nfeatures = { prompts = "warm" }\n\n[randomisation]'

    said = found(STAGES, ('unit = "circles"', 'unit = "people"'), ("[randomisation]", third))

    assert ("randomisation.unit", "Two stages need groups, not people.") in said
    assert ("arms", "A saturation draw has two arms, not 3.") in said


def test_keys_are_plain_and_different():
    assert found(CIRCLES, ('key = "change"', 'key = "lonely"')) == [
        ("measures[3].key", "There is another measure called lonely.")
    ]
    assert found(CIRCLES, ('key = "change"', 'key = "a change"')) == [
        ("measures[3].key", "'a change' is no plain name.")
    ]
    assert found(CIRCLES, ('key = "change"', "")) == [
        ("measures[3].key", "This measure has no key.")
    ]


def test_an_unknown_measure_is_answered_with_the_nearest():
    text = filled(CIRCLES).replace('measure = "lonely"', 'measure = "lonley"', 1)

    (one,) = problems(read(text))

    assert one.how == "Did you mean lonely? Write one of: lonely, capital, people, change."


def test_whoever_held_the_words_against_the_paper_may_use_them():
    assert found(CIRCLES, ('"global_change"', '"pacs"\nwords_checked = true')) == []
