"""Between the rows of a study and the core: its document, its dice, its questions, its records."""

from kith.web.study.bridge.arms import arm_features, who_waits_for
from kith.web.study.bridge.deciding import Decided, decide, is_as_thrown, one_of
from kith.web.study.bridge.dice import Drawn, commitment, draw_arm, draw_moments, is_promised
from kith.web.study.bridge.document import Arm, Plan, Schedule, hash_of, plan_of, read, style_of
from kith.web.study.bridge.export import records
from kith.web.study.bridge.facts import Fact, facts_asked, facts_said, lonely_hours
from kith.web.study.bridge.locks import lock_text
from kith.web.study.bridge.possible import problems_of
from kith.web.study.bridge.questions import longer_of, survey_key, surveys_of
from kith.web.study.bridge.words import Check, consent_words, three_questions, wrong_ones

__all__ = [
    "Arm",
    "Check",
    "Decided",
    "Drawn",
    "Fact",
    "Plan",
    "Schedule",
    "arm_features",
    "commitment",
    "consent_words",
    "decide",
    "draw_arm",
    "draw_moments",
    "facts_asked",
    "facts_said",
    "hash_of",
    "is_as_thrown",
    "is_promised",
    "lock_text",
    "lonely_hours",
    "longer_of",
    "one_of",
    "plan_of",
    "problems_of",
    "read",
    "records",
    "style_of",
    "survey_key",
    "surveys_of",
    "three_questions",
    "who_waits_for",
    "wrong_ones",
]
