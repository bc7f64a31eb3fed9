"""The rows of studies."""

from kith.web.study.models.asking import Decision, Prompt, Suggestion
from kith.web.study.models.report import Report
from kith.web.study.models.study import Study, Survey
from kith.web.study.models.taking_part import Assignment, Consent

__all__ = ["Assignment", "Consent", "Decision", "Prompt", "Report", "Study", "Suggestion", "Survey"]
