"""What of a study.toml this instance can do, and what has to be mended before it can be locked."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from kith.core import study as core
from kith.web.kit.features import MAY_WAIT
from kith.web.study.bridge.document import Plan, UnreadableError, read, waits
from kith.web.study.bridge.facts import KNOWN
from kith.web.study.choices import PROMPTS_A_DAY, Unit

_MECHANISMS: Final = frozenset({"simple", "blocked", "minimised"})
# What an arm can switch here, or says of something that kith does not give.
_SWITCHED: Final = frozenset({"circle", "pair", "outside"})


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
    if plan.unit == "decisions":
        yield _(
            "This instance cannot draw single moments yet: no prompt would be drawn, and nothing "
            "could be learnt. Write unit = 'people' in [randomisation]."
        )
    elif plan.unit != Unit.PEOPLE or plan.mechanism not in _MECHANISMS:
        yield _(
            "This instance draws people, one by one as they join: simply, in blocks or minimised. "
            "Nothing else can be drawn here yet. Change [randomisation]."
        )
    if plan.mechanism == "minimised" and len(set(plan.ratio)) > 1:
        yield _("A minimised draw gives each arm as many: take ratio out of [randomisation].")


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
    for name in sorted(_taken_away(plan) - MAY_WAIT - {"outside"}):
        yield _(
            "An arm takes away “%(name)s”. Only what kith offers by itself may be kept back "
            "(%(known)s): help that is asked for is never left to dice."
        ) % {"name": name, "known": ", ".join(sorted(MAY_WAIT))}
    for name in sorted(_differing(plan) - _SWITCHED):
        yield _(
            "Arms differ in “%(name)s”, and this instance cannot switch that yet: everybody would "
            "have the same. It can switch circle and pair. Change [[arms]]."
        ) % {"name": name}


def _taken_away(plan: Plan) -> set[str]:
    """Return which features an arm keeps back: what is false, "off", or waits for some weeks."""
    features = (one for arm in plan.arms for one in arm.features.items())
    return {name for name, value in features if waits(value) is not None}


def _differing(plan: Plan) -> set[str]:
    """Return which features are not the same in all arms, and all that come unasked at moments."""
    names = {name for arm in plan.arms for name in arm.features}
    unasked = names & {"prompts", "conversation"}
    said = {name: {repr(arm.features.get(name, True)) for arm in plan.arms} for name in names}
    return {name for name, values in said.items() if len(values) > 1} | unasked
