"""What the numbers kith goes by are called, and how sure anyone is of them, in plain words.

Why a default is what it is stands in the table of the core, in English, like the notes on findings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kith.web.kit import bridge
from kith.web.kit.bridge import Parameter, ParameterGrade, Value


@dataclass(frozen=True, slots=True)
class Group:
    """Some parameters that belong together: what about, and each by key with its name."""

    about: Promise
    names: Mapping[str, Promise]


GROUPS: Final = (
    Group(
        _("Reaching a person"),
        {
            "reachout.time_to_human_seconds": _("How soon a human voice should be there"),
            "reachout.taps_max": _("How many taps it takes at most"),
            "reachout.parallel_contacts": _("How many people are rung at once"),
            "reachout.channel_default": _("How people are rung unless they choose"),
            "reachout.fallback_seconds": _("After how long the open room and the lines come"),
            "reachout.recipient_expectation_text": _("Say that people are glad to be rung"),
        },
    ),
    Group(
        _("My plan"),
        {
            "plan.refresh_days": _("After how long a plan is asked about again"),
            "plan.repair_person": _("The person in a plan agreed first"),
            "plan.format": _("How a plan is made"),
            "plan.effect_expectation": _("How much a plan may do"),
        },
    ),
    Group(
        _("Service"),
        {
            "service.prompt_after_days": _("After how long somebody is invited to help"),
            "service.min_per_month": _("How often somebody is invited to help"),
            "reciprocity.balance_nudge": _("When giving or receiving runs one way"),
        },
    ),
    Group(
        _("Pairs and deep talk"),
        {
            "pair.listen_turn_minutes": _("Listening pair: how long each speaks"),
            "pair.listen_total_minutes": _("Listening pair: how long it takes"),
            "pair.listen_days_per_week": _("Listening pair: on how many days of a week"),
            "pair.listen_partner_rotation_days": _(
                "Listening pair: after how long partners change"
            ),
            "pair.listen_course_weeks": _("Listening pair: how many weeks"),
            "pair.gaze_exercise_minutes": _("Looking at each other: how long"),
            "fastfriends.total_minutes": _("Questions that deepen: how long"),
            "fastfriends.sets": _("Questions that deepen: how many sets"),
            "fastfriends.match_on_attitudes": _(
                "Questions that deepen: pair people who think alike"
            ),
            "talk.subgroup_max": _("How many people can hold one conversation"),
        },
    ),
    Group(
        _("Circles"),
        {
            "circle.size_target": _("How many people a circle is made for"),
            "circle.size_max": _("How many people a circle has at most"),
            "circle.join_policy": _("Whether a circle takes in people later"),
            "circle.core_share_min": _("What share was there the last time"),
            "circle.course_sessions": _("How many evenings before each is asked again"),
            "circle.expect_completion": _("What share stays to the end"),
            "singing.icebreaker": _("Singing as a beginning"),
        },
    ),
    Group(
        _("Who is brought together"),
        {
            "matching.weight.schedule_place": _("How much hours and places weigh"),
            "matching.weight.shared_practice": _("How much a shared practice weighs"),
            "matching.weight.perceived_similarity": _("How much it weighs that people feel alike"),
            "matching.weight.demographic": _("Whether age and the like weigh"),
            "matching.weight.recovery_stage": _(
                "How those who are new and those who are steady mix"
            ),
            "matching.weight.weak_tie_diversity": _("How much a new kind of tie weighs"),
            "matching.exploration_share": _("What share is left to chance"),
            "network.new_sober_ties_target": _("How many new ties to hope for"),
            "network.breadth_metric": _("How breadth is measured"),
            "network.breadth_caution": _("Which ties count as breadth"),
            "status.visible_scores": _("Which ranks people see"),
        },
    ),
    Group(
        _("For studies and the model"),
        {
            "friend.hours.casual": _("Hours together until people are casual friends"),
            "friend.hours.friend": _("Hours together until people are friends"),
            "friend.hours.close": _("Hours together until people are close friends"),
            "mode.weight.in_person": _("What an hour in person weighs"),
            "mode.weight.video": _("What an hour by video weighs"),
            "mode.weight.voice": _("What an hour by voice weighs"),
            "mode.weight.text": _("What an hour in writing weighs"),
            "day.extra_positive_contacts_target": _("Good contacts more than usual, on a good day"),
            "day.negative_exchange_flag": _("Protect people from quarrels"),
            "ema.prompts_per_day": _("How often a day a study may ask"),
            "jitai.location_alert": _("Warnings about places"),
            "jitai.effect_prior_opioid": _("What to expect of such an app by itself"),
            "naltrexone.model_effect": _("What naltrexone does in the simulator"),
        },
    ),
)
NAMES: Final = {key: name for group in GROUPS for key, name in group.names.items()}

# What kith asks for by name; a test holds that it is so. The others wait for the part that will.
AT_WORK: Final[frozenset[str]] = frozenset({"plan.refresh_days"})

GRADES: Final[Mapping[ParameterGrade, Promise]] = {
    ParameterGrade.A_META: _("Strong: many studies of people, put together"),
    ParameterGrade.A_TRIAL: _("Strong: people were given it or not by the fall of dice"),
    ParameterGrade.B_TRIAL: _("Fair: a small trial with people"),
    ParameterGrade.B: _("Fair: people were watched, nothing was changed"),
    ParameterGrade.C: _("Weak: from animals, or only in a roundabout way"),
    ParameterGrade.D: _("None: it is our choice"),
}

_UNITS: Final[Mapping[str, Promise]] = {
    "min": _("minutes"),
    "s": _("seconds"),
    "h": _("hours"),
    "days": _("days"),
    "weeks": _("weeks"),
    "people": _("people"),
    "sets": _("sets"),
    "taps": _("taps"),
    "acts": _("times a month"),
    "prompts": _("questions a day"),
    "sessions of 2 h": _("evenings"),
    "fraction": _("as a share of one"),
    "relative": _("against an hour in person"),
    "tie per month": _("a month"),
    "contacts above own mean": _("contacts more than usual"),
    "Hedges g": _("standard deviations (Hedges’ g)"),
    "g on felt connection": _("standard deviations (Hedges’ g)"),
    "odds ratio": _("odds ratio"),
}
_WORDS: Final[Mapping[str, Promise]] = {
    "on": _("on"),
    "off": _("off"),
    "voice": _("by voice"),
    "video": _("by video"),
    "open": _("open to more"),
    "closed": _("closed"),
}


def said(value: Value | str) -> str:
    """Return a value as a page says it."""
    if isinstance(value, bool):
        value = "on" if value else "off"
    if isinstance(value, str):
        return str(_WORDS.get(value, value))
    return _plain(value)


def unit_of(parameter: Parameter) -> str:
    """Return what its number counts; "" for words."""
    return str(_UNITS.get(parameter.unit, ""))


def range_of(parameter: Parameter) -> str:
    """Return between what others may choose, to end a sentence: "from 3 to 7 minutes"; or ""."""
    limits = bridge.bounds(parameter)
    if limits is None or not bridge.may_change(parameter):
        return ""
    unit = unit_of(parameter)
    lowest = _plain(limits.lowest)
    if limits.highest is None:
        return gettext("of at least %(lowest)s %(unit)s") % {"lowest": lowest, "unit": unit}
    highest = _plain(limits.highest)
    between = gettext("from %(lowest)s to %(highest)s %(unit)s")
    return between % {"lowest": lowest, "highest": highest, "unit": unit}


def _plain(value: float) -> str:
    return str(number_format(int(value) if value == int(value) else value, use_l10n=True))
