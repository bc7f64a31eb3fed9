"""What whoever might take part reads: from the study's own words, or said from its document."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kith.web.study.bridge.document import Plan, plan_of
from kith.web.study.models import Study


@dataclass(frozen=True, slots=True)
class Check:
    """One of the three questions: what is asked, what may be answered, and what is so."""

    key: str
    asks: str
    answers: tuple[tuple[str, str], ...]
    right: str
    why: str


def consent_words(study: Study) -> list[tuple[str, str]]:
    """Return the five things to know, each with its answer in plain words."""
    plan = plan_of(study)
    return [
        (_("What happens?"), study.happens or _happens(plan)),
        (_("What do you ask of me?"), study.asks or _asks(plan)),
        (
            _("Could it hurt?"),
            study.hurts
            or _(
                "Questions can stir things up. A person may let you down. You can stop at any "
                "time, and “I need someone now” is on every page."
            ),
        ),
        (
            _("Who sees my answers?"),
            study.sees
            or _("The researchers, without your name. Not the police, not a clinic, not your circle."),
        ),
        (
            _("What don’t you know?"),
            study.unknown or _("If it works. Things like this have failed before."),
        ),
    ]  # fmt: skip


def three_questions(study: Study) -> list[Check]:
    """Return the three questions that show whether the page was clear; it is the page that is tested."""
    plan = plan_of(study)
    third = _who_decides(plan) if plan.draws else _can_i_stop()
    return [_if_no(), _who_reads(), third]


def wrong_ones(study: Study, said: Mapping[str, str]) -> list[Check]:
    """Return the questions that were not answered as it is."""
    return [one for one in three_questions(study) if said.get(one.key) != one.right]


def _happens(plan: Plan) -> str:
    if plan.draws_moments:
        return f"{plan.summary} {_at_moments()}"
    if not plan.draws_people:
        return plan.summary
    names = _(" and ").join(f"“{arm.name}”" for arm in plan.arms)
    tossed = _("A coin toss by computer decides between %(names)s.") % {"names": names}
    return f"{plan.summary} {tossed} " + _("All else on kith stays yours.")


def _at_moments() -> str:
    return _(
        "An hour before each check-in a coin toss by computer decides if something is suggested to "
        "you. It may name somebody who agreed that you may come to them. Nobody is told that a coin "
        "was tossed, and what you ask for yourself is never left to it."
    )


def _asks(plan: Plan) -> str:
    said = []
    if plan.a_day:
        said.append(_("Short check-ins of a few taps, five times a day at most."))
    if any(not one.per_day for one in plan.measures):
        said.append(_("Now and then a longer one, of some minutes."))
    said.append(_("You can skip any question."))
    return " ".join(said)


def _if_no() -> Check:
    answers = (
        ("nothing", _("Nothing")),
        ("less", _("I can use less of kith")),
        ("again", _("I am asked again every week")),
    )
    why = _("If you say no, nothing on kith changes for you, and nobody asks you why.")
    return Check("no", _("What changes on kith if you say no?"), answers, "nothing", why)


def _who_reads() -> Check:
    answers = (
        ("circle", _("The people in my circle")),
        ("researchers", _("The researchers, without my name")),
        ("clinic", _("My clinic or the police")),
    )
    why = _(
        "Only the researchers read them, and without your name. Nobody watches them live, so if "
        "you need somebody, ring: “I need someone now” is on every page."
    )
    return Check("who", _("Who reads your answers?"), answers, "researchers", why)


def _who_decides(plan: Plan) -> Check:
    answers = (
        ("chosen", _("The researchers choose")),
        ("earned", _("Whoever answers best")),
        ("coin", _("A coin toss by computer")),
    )
    if plan.draws_moments:
        why = _("Nobody chooses. A coin is tossed by computer for each hour by itself.")
        return Check("coin", _("Who decides when something comes?"), answers, "coin", why)
    why = _("Nobody chooses. A coin is tossed by computer, so that the groups are alike.")
    return Check("coin", _("Who decides which group you are in?"), answers, "coin", why)


def _can_i_stop() -> Check:
    answers = (
        ("end", _("Only at the end")),
        ("never", _("No")),
        ("any", _("At any time")),
    )
    why = _("You can stop at any time, and take your answers back, in two taps.")
    return Check("stop", _("Can you stop?"), answers, "any", why)
