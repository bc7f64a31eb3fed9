"""The words that a study file may use, and what each of them means."""

from collections.abc import Mapping
from types import MappingProxyType

UNITS = ("people", "circles", "places", "decisions")
MECHANISMS: Mapping[str, str] = MappingProxyType(
    {
        "simple": "each by itself, as a coin would",
        "blocked": "in blocks of random size within strata, so that arms fill alike",
        "minimised": "one by one, leaning to the arm that keeps the groups alike",
        "constrained": "all at once, from among the draws that keep the groups alike",
        "saturation": "in two stages: how many of a circle or place, then who",
    }
)
FEATURES: Mapping[str, str] = MappingProxyType(
    {
        "listing": "the list of gatherings",
        "circle": "a small steady circle, formed by kith",
        "pair": "a listening pair whose partner changes every week",
        "reach": "the button that rings people, with a plan for the cue",
        "service": "asks and offers of help",
        "prompts": "short questions and invitations on the phone",
        "conversation": "the deepening prompts in a room",
        "outside": "something that kith does not give, as a medicine: say what, in words",
    }
)
ESTIMATORS: Mapping[str, str] = MappingProxyType(
    {
        "difference": "the difference of means, adjusted for the covariates (ANCOVA)",
        "risk_difference": "the difference of two probabilities",
        "risk_ratio": "the ratio of two probabilities",
        "mixed": "a mixed model over all weeks, with each person's own level",
        "cox": "the hazard ratio of a Cox model",
        "log_rank": "whether two survival curves differ (log-rank)",
        "recurrent": "the rate ratio of events that come again, robust to people's differences",
        "wcls": "the effect of a prompt on what is measured soon after (WCLS)",
        "emee": "the same for yes and no, as a ratio (EMEE)",
        "compliers": "the effect on those who took what they were offered (instrumental variable)",
        "randomisation": "the difference, held against the very draw that was made",
        "exposure": "the difference between being offered it with others nearby, and neither",
        "network": "the difference of what ties look like",
    }
)
ROLES = ("primary", "secondary")
DIRECTIONS = ("higher", "lower", "either")
POPULATIONS = ("intention_to_treat", "per_protocol")
MULTIPLICITY: Mapping[str, str] = MappingProxyType(
    {
        "none": "nothing is done: there is one primary outcome",
        "bonferroni": "each is held to an equal share of the error",
        "holm": "from the surest on, each is held to a share among those left (Holm)",
        "in_order": "in the order of the file; after the first that is not shown, no other is",
    }
)
MISSING_RULES: Mapping[str, str] = MappingProxyType(
    {
        "complete_cases": "those who did not answer are left out",
        "multiple_imputation": "filled in many times from what is known of the person",
        "likelihood": "the model takes what there is, and nothing is filled in",
        "missing_is_event": "a missing answer counts as the event",
        "missing_is_no_event": "a missing answer counts as no event",
        "censored": "followed until the last answer",
    }
)
SPENDINGS: Mapping[str, str] = MappingProxyType(
    {
        "obrien_fleming": "hardly anything at first, nearly all of it at the end",
        "pocock": "about alike at each look",
    }
)
# What `kind` of measure there is; a battery's instrument knows its own.
KINDS = ("number", "yes_no", "count", "event", "network", "words")
# An instrument that is none of the battery: out of the log of acts; brought in with the data.
ACTS, RECORDS = "acts", "records"
# What an arm may keep back for a while: what kith offers by itself. What people ask for (a voice, a
# line, help, the list of gatherings) no arm may touch.
MAY_WAIT = ("circle", "pair", "prompts", "conversation", "outside")
# What can be drawn anew at each moment.
MOMENTARY_FEATURES = ("prompts", "conversation")
# Instruments that are not free to embed.
NOT_FREE = frozenset(
    {
        "eurohis_qol_8",
        "eurohis",
        "scs_r",
        "ios",
        "pprs",
        "general_belongingness",
        "gbs",
        "whoqol_bref",
    }
)
# Instruments with a question about suicide.
ASKS_ABOUT_SUICIDE = frozenset(
    {"phq9", "phq_9", "cssrs", "c_ssrs", "asq", "bdi", "bdi2", "sbq_r", "edinburgh"}
)
# What kinds of measure an estimator can take.
FITS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "difference": ("number", "count"),
        "risk_difference": ("yes_no",),
        "risk_ratio": ("yes_no",),
        "mixed": ("number", "count"),
        "cox": ("event",),
        "log_rank": ("event",),
        "recurrent": ("event",),
        "wcls": ("number", "count"),
        "emee": ("yes_no",),
        "compliers": ("number", "count", "yes_no"),
        "randomisation": ("number", "count", "yes_no"),
        "exposure": ("number", "count", "yes_no"),
        "network": ("network",),
    }
)
# Estimators with a time of their own; all others look at one week.
TIMED = frozenset({"mixed", "cox", "log_rank", "recurrent", "wcls", "emee"})
OF_DECISIONS = ("wcls", "emee")
# Estimators that hold a result against the very draw that was made, groups and all.
REAL_DRAW = frozenset({"randomisation", "exposure"})
GROUPED = frozenset({"circles", "places"})
