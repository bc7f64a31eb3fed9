"""What of a study.toml this instance can do, and what has to be mended before it can be locked."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from kith.core import study as core
from kith.web.kit.features import MAY_WAIT
from kith.web.study.bridge.document import Plan, UnreadableError, read, style_of, waits
from kith.web.study.bridge.facts import KNOWN
from kith.web.study.choices import BRINGS_SOMEBODY, PROMPTS_A_DAY, QUIET, Style

_MECHANISMS: Final = frozenset({"simple", "blocked", "minimised"})
# What an arm can switch here, or says of something that kith does not give.
_SWITCHED: Final = frozenset({"circle", "pair", "prompts", "outside"})


def problems_of(text: str) -> list[str]:
    """Return what has to be mended before the study can be locked; nothing if nothing has to be."""
    try:
        plan = read(text)
    except UnreadableError as error:
        return [str(error)]
    said = core.read(text)
    promised = bool(said.randomisation.seed_commitment)
    return [*map(str, core.problems(said)), *_problems(plan), *_seed(is_promised=promised)]


def _problems(plan: Plan) -> Iterator[str]:
    yield from _draw(plan)
    yield from _known_when_drawn(plan)
    yield from _arms(plan)
    if sum(one.per_day for one in plan.measures) > PROMPTS_A_DAY:
        yield _("It asks more than five times a day. Nobody is asked more often than that.")


def _draw(plan: Plan) -> Iterator[str]:
    if plan.unit == "circles":
        yield _(
            "A circle is drawn when it is whole, and people join here one by one, so this instance "
            "cannot draw circles. Write unit = 'people' in [randomisation], or draw outside kith."
        )
    elif plan.unit == "places":
        yield _(
            "Places are drawn against each other, and this instance is one of them: it cannot draw "
            "places. Draw them outside kith, or write unit = 'people' in [randomisation]."
        )
    elif plan.draws_moments:
        yield from _moments(plan)
    elif plan.mechanism not in _MECHANISMS:
        yield _(
            "This instance draws people, one by one as they join: simply, in blocks or minimised. "
            "Nothing else can be drawn here yet. Change [randomisation]."
        )
    if plan.mechanism == "minimised" and len(set(plan.ratio)) > 1:
        yield _("A minimised draw gives each arm as many: take ratio out of [randomisation].")


def _moments(plan: Plan) -> Iterator[str]:
    if not plan.a_day:
        yield _(
            "Dice are thrown an hour before a check-in, which asks what happened since, and this "
            "study has none. Give a measure per_day in its schedule."
        )
    if plan.arms and style_of(plan.arms[0]) is not None:
        yield _(
            "Where nobody is available nothing comes, and that is the first arm. Write "
            "prompts = 'off' in the first of [[arms]]."
        )
    brings = {style_of(arm) for arm in plan.arms} & BRINGS_SOMEBODY
    if len(brings) > 1:
        yield _(
            "One arm brings in somebody for company and another somebody to help: who is there "
            "would not be the same for both. Keep one of them in [[arms]]."
        )


def _seed(*, is_promised: bool) -> Iterator[str]:
    if is_promised:
        yield _(
            "This instance draws a seed of its own when the study is locked, and shows its hash. "
            "Take seed_commitment out of [randomisation]."
        )


def _known_when_drawn(plan: Plan) -> Iterator[str]:
    for name in (*plan.strata, *plan.balance):
        if name not in KNOWN:
            yield _(
                "Nobody is known by “%(name)s” when their coin is tossed: that is when they join, "
                "before they answer anything. Balance by %(known)s, or by nothing."
            ) % {"name": name, "known": ", ".join(KNOWN)}


def _arms(plan: Plan) -> Iterator[str]:
    for value in _unknown_styles(plan):
        yield _(
            "An arm says prompts = “%(value)s”, and this instance knows no such style. Write one of "
            "%(known)s."
        ) % {"value": value, "known": ", ".join((QUIET, *Style.values))}
    for name in sorted(_taken_away(plan) - MAY_WAIT - {"outside"}):
        yield _(
            "An arm takes away “%(name)s”. Only what kith offers by itself may be kept back "
            "(%(known)s): help that is asked for is never left to dice."
        ) % {"name": name, "known": ", ".join(sorted(MAY_WAIT))}
    for name in sorted(_differing(plan) - _SWITCHED):
        yield _(
            "Arms differ in “%(name)s”, and this instance cannot switch that yet: everybody would "
            "have the same. It can switch %(known)s. Change [[arms]]."
        ) % {"name": name, "known": ", ".join(sorted(_SWITCHED - {"outside"}))}


def _unknown_styles(plan: Plan) -> list[str]:
    said = [arm.features["prompts"] for arm in plan.arms if "prompts" in arm.features]
    known = (QUIET, *Style.values)
    return sorted({str(value) for value in said if value is not False and value not in known})


def _taken_away(plan: Plan) -> set[str]:
    """Return which features an arm keeps back: what is false, "off", or waits for some weeks."""
    features = (one for arm in plan.arms for one in arm.features.items())
    return {name for name, value in features if waits(value) is not None}


def _differing(plan: Plan) -> set[str]:
    """Return which features are not the same in all arms, and what nothing here can switch."""
    names = {name for arm in plan.arms for name in arm.features}
    unasked = names & {"conversation"}
    said = {name: {repr(arm.features.get(name, True)) for arm in plan.arms} for name in names}
    return {name for name, values in said.items() if len(values) > 1} | unasked
