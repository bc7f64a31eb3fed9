"""Results in plain sentences."""

from kith.core.analysis.results import Effect, Share, UnderRule


def number(value: float) -> str:
    """Return a number with two places, and a true minus."""
    return f"{value:.2f}".replace("-", "\N{MINUS SIGN}")


def interval(effect: Effect) -> str:
    """Return an effect with its interval."""
    return f"{number(effect.value)} [{number(effect.lower)}, {number(effect.upper)}]"


def decision_line(effect: Effect, what: str) -> str:
    """Return what a prompt did soon after, in one sentence."""
    first, second = effect.arms
    ends = f"{effect.level * 100:g}% interval {number(effect.lower)} to {number(effect.upper)}"
    if effect.null == 1:
        return (
            f"At each decision, {what} came {number(effect.value)} times as often soon after {first} as "
            f"after {second}: {effect.scale} {number(effect.value)}, {ends}."
        )
    way = "higher" if effect.value > 0 else "lower"
    return (
        f"At each decision, {what} was {number(abs(effect.value))} {way} soon after {first} than after "
        f"{second}: difference {number(effect.value)}, {ends}."
    )


def primary_line(effect: Effect, shares: tuple[Share, ...], what: str) -> str:
    """Return the primary result with its interval, in one sentence."""
    first, second = effect.arms
    ends = f"{effect.level * 100:g}% interval {number(effect.lower)} to {number(effect.upper)}"
    if effect.scale == "hazard ratio" and shares:
        share = {one.arm: f"{one.yes / one.n:.0%}" for one in shares}
        return (
            f"{share[first]} of those drawn to {first} had the event ({what}) and {share[second]} of "
            f"those drawn to {second}: hazard ratio {number(effect.value)}, {ends}."
        )
    if effect.scale == "risk difference":
        points = f"{abs(effect.value) * 100:.0f} points {'higher' if effect.value > 0 else 'lower'}"
        return (
            f"The share with {what} was {points} with {first} than with {second}: difference "
            f"{number(effect.value)}, {ends}."
        )
    way = "higher" if effect.value > 0 else "lower"
    if effect.scale == "difference by exposure":
        return (
            f"On {what}, people scored {number(abs(effect.value))} {way} with {first} than with "
            f"{second}: difference {number(effect.value)}, {ends}."
        )
    if effect.scale == "difference of ties":
        return (
            f"Among people drawn to {first}, {what} was {number(abs(effect.value))} {way} than among "
            f"people drawn to {second}: difference {number(effect.value)}, {ends}."
        )
    if effect.null == 1:
        return (
            f"With {first} there was {number(effect.value)} times as much of {what} as with {second}: "
            f"{effect.scale} {number(effect.value)}, {ends}."
        )
    return (
        f"People drawn to {first} scored {number(abs(effect.value))} {way} on {what} than people "
        f"drawn to {second}: difference {number(effect.value)}, {ends}."
    )


def rule_line(under: tuple[UnderRule, ...]) -> str:
    """Return that the rule for missing data decides the result, with what each rule gives."""
    each = "; ".join(f"if {one.words}, {one.effect.scale} {interval(one.effect)}" for one in under)
    return f"The rule for missing data decides this result: {each}."


def room_line(effect: Effect) -> str:
    """Return whether the interval leaves room for no difference."""
    if effect.excludes_null:
        return "The interval leaves no room for no difference at all."
    return "The interval leaves room for no difference: nothing is shown either way."
