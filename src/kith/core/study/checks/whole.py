"""What the study is, whom it is about, and when it stops."""

from collections.abc import Iterator
from itertools import pairwise

from kith.core.study.checks.found import Found, one_of
from kith.core.study.plan import LONGEST_WEEKS, StudyPlan
from kith.core.study.words import ASKS_ABOUT_SUICIDE, SPENDINGS

_SAYS = {
    "title": "Write what people call it, in a few words.",
    "question": "Write the question, as you would ask it at a meeting.",
    "summary": "Write in plain words what happens to those who take part.",
    "contact": "Write whom people ask and tell, and how: a person, not only an office.",
    "ethics": "Write which board approved it, with its number; or why none had to.",
}


def about(plan: StudyPlan) -> Iterator[Found]:
    """Find what a reader of the study would not learn."""
    for name, how in _SAYS.items():
        if not getattr(plan.study, name).strip():
            yield Found(f"study.{name}", f"There is no {name}.", how)
    if plan.study.weeks < 1:
        yield Found(
            "study.weeks",
            "Nobody knows how long it takes.",
            "Write weeks, from joining to the last question, as weeks = 12.",
        )
    if plan.study.weeks > LONGEST_WEEKS:
        how = f"Write at most {LONGEST_WEEKS}."
        yield Found("study.weeks", f"{plan.study.weeks} weeks are more than ten years.", how)


def population(plan: StudyPlan) -> Iterator[Found]:
    """Find that it is not said who may take part."""
    if not plan.population.who.strip():
        how = "Write who may take part, and who not, as they would say it of themselves."
        yield Found("population.who", "It is not said who may take part.", how)
    age = plan.population.minimum_age
    if age < 18:
        yield Found(
            "population.minimum_age",
            f"People of {age} could join." if age else "It is not said how old people must be.",
            "Write 18 or more: kith asks consent of the person alone, and of nobody's guardian.",
        )


def safety(plan: StudyPlan) -> Iterator[Found]:
    """Find a question about suicide that nobody would answer to."""
    if plan.study.on_call.strip():
        return
    for number, measure in enumerate(plan.measures):
        named = measure.key.lower(), measure.asks.lower()
        if any("suicid" in name or name in ASKS_ABOUT_SUICIDE for name in named):
            yield Found(
                f"measures[{number}]",
                f"{measure.key} asks about suicide, and no human is on call.",
                "Write in [study] on_call who answers and when, day and night, or do not ask it. An "
                "answer that nobody reads in time is worse than no question.",
            )


def stopping(plan: StudyPlan) -> Iterator[Found]:
    """Find a study that would end early by no rule, or by a wrong one."""
    looks, spending = plan.stopping.looks, plan.stopping.spending
    if not plan.stopping.harm.strip():
        how = "Write what ends the study at once, and who decides it, as a number where you can."
        yield Found("stopping.harm", "It is not said what harm would end it.", how)
    if spending and not looks:
        yield Found(
            "stopping.spending",
            "The error is shared out among looks, and there are no looks.",
            "Write looks, as looks = [0.5, 1], or leave spending out and look once, at the end.",
        )
    if looks and not spending:
        yield Found(
            "stopping.spending",
            "It is looked at before the end, and the error is not shared out among the looks.",
            f"Write one of: {', '.join(SPENDINGS)}. Looking again without it finds effects that are not there.",
        )
    elif spending:
        yield from one_of(
            "stopping.spending", spending, SPENDINGS, "a way to share out the error among looks"
        )
    rises = all(sooner < later for sooner, later in pairwise((0.0, *looks)))
    if looks and (not rises or looks[-1] != 1):
        yield Found(
            "stopping.looks",
            f"{', '.join(f'{look:g}' for look in looks)} are no shares of the information.",
            "Write shares above 0 that rise, the last of them 1, as looks = [0.5, 1].",
        )
