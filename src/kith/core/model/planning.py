"""The study that a scenario is, as a study.toml: so that simulated and real people are analysed alike."""

import json
from collections.abc import Iterator

from kith.core.model.design import Design
from kith.core.model.recording import LOOK
from kith.core.model.scenario import Scenario

_HEAD = """\
# Simulated people, of a model whose numbers are mostly priors: what comes out is about the model.

[study]
title = {title}
question = {question}
summary = "Nobody took part in this: simulated people were drawn into arms, and a model lived their days."
contact = "whoever ran the simulation"
ethics = "none: no person took part"
weeks = {weeks}

[population]
who = "Simulated people who did not use at the start"
minimum_age = 18
"""
_TAIL = """
[randomisation]
unit = "people"
mechanism = "simple"

[[measures]]
key = "relapse"
instrument = "records"
kind = "event"

[[measures]]
key = "use_days"
instrument = "records"
kind = "number"
schedule = {{ every_weeks = 4 }}

[[measures]]
key = "lonely"
instrument = "records"
kind = "number"
schedule = {{ every_weeks = 4 }}
{outcomes}
[analysis]
alpha = 0.05
multiplicity = "none"
missing = {{ rule = "censored" }}

[power]
people = {people}
effect = 0.7
baseline = 0.7
target = 0.8

[stopping]
harm = "None: nobody took part."
"""
_ARM = """
[[arms]]
key = {key}
name = {name}
features = {{ outside = {feature} }}
"""
_COX = """
[[outcomes]]
key = "relapse_{key}"
measure = "relapse"
role = {role}
estimator = "cox"
contrast = [{arm}, {against}]
direction = "lower"
"""
_DIFFERENCE = """
[[outcomes]]
key = "{measure}_{key}"
measure = "{measure}"
role = "secondary"
estimator = "difference"
contrast = [{arm}, {against}]
at_week = {week}
direction = "lower"
"""


def plan_of(scenario: Scenario, people: int) -> str:
    """Return the study.toml of a scenario with two arms or more and `people` who take part."""
    weeks = scenario.run.days // LOOK * 4
    first = scenario.arms[0]
    about = scenario.about
    head = _HEAD.format(
        title=_quoted(about.title or "A simulation"),
        question=_quoted(about.question or "What would these designs do to simulated people?"),
        weeks=max(weeks, 1),
    )
    arms = "".join(
        _ARM.format(key=_quoted(arm.key), name=_quoted(arm.name or arm.key), feature=_quoted(_said(arm)))
        for arm in scenario.arms
    )  # fmt: skip
    outcomes = "".join(_outcomes(scenario.arms[1:], first.key, weeks))
    return head + arms + _TAIL.format(outcomes=outcomes, people=people)


def _outcomes(arms: tuple[Design, ...], against: str, weeks: int) -> Iterator[str]:
    for number, arm in enumerate(arms):
        said = {"key": arm.key, "arm": _quoted(arm.key), "against": _quoted(against)}
        yield _COX.format(**said, role=_quoted("secondary" if number else "primary"))
        for measure in ("use_days", "lonely") if weeks else ():
            yield _DIFFERENCE.format(**said, measure=measure, week=weeks)


def _said(arm: Design) -> str:
    dose, share = arm.said("contacts_a_week"), arm.said("at_cue")
    what = f"{arm.feature}, {dose:g} contacts a week, {share:.0%} of them at a cue"
    return f"simulated as {arm.key}: {what}"


def _quoted(text: str) -> str:
    """Return a text as TOML writes it; its escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)
