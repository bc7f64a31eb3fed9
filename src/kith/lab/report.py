"""Results as one page that stands by itself: no script, no other file, no other address."""

import base64
import re
from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files

import numpy as np

from kith.core.analysis.public import FEW
from kith.core.analysis.results import Effect, Results
from kith.core.analysis.saying import interval, number
from kith.lab import figures

_KIT = files("kith") / "web" / "kit" / "static" / "kit"
# The same rules as for the page in an instance.
_OURS = files("kith") / "web" / "study" / "static" / "study" / "report.css"

# A table of so many columns fits a phone as it is.
_NARROW = 2


def page(results: Results) -> str:
    """Return the report as HTML."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(results.title)}</title><style>{_style()}</style></head>"
        f'<body><main class="report">{body(results)}</main></body></html>'
    )


def body(results: Results) -> str:
    """Return what stands in the report's page: no style, no script and no address in it."""
    drawn = pictures(results)
    parts = [_answer(results), '<div class="sgrid">', _flow(results), _outcomes(results)]
    if "survival" in drawn:
        parts.append(_survival(results, drawn["survival"]))
    parts += [_rules(results, drawn), _subgroups(results), _baseline(results)]
    parts += [_network(results, drawn), _seen(results), _plan(results), "</div>"]
    return "".join(parts)


def pictures(results: Results) -> dict[str, str]:
    """Return the figures of a report as SVG, by name."""
    made = {}
    if len(results.under_rules) > 1:
        made["rules"] = figures.rules(results.under_rules, "The primary result under each rule for missing data; the table below says the same.")  # fmt: skip
    if results.curves:
        made["survival"] = figures.survival(results.curves, "Kaplan-Meier curves with 95% bands and numbers at risk; the table below says the same.")  # fmt: skip
    if results.ties and results.ties.pairs:
        made["network"] = figures.network(results.ties, "Ties between people, without names or order.")  # fmt: skip
    return made


def _style() -> str:
    """Return kith's tokens with their letters inside, and the report's own rules."""
    tokens = (_KIT / "tokens.css").read_text(encoding="utf-8")

    def inside(found: re.Match[str]) -> str:
        data = (_KIT / found[1]).read_bytes()
        return f"url(data:font/woff2;base64,{base64.b64encode(data).decode()})"

    tokens = re.sub(r'url\("?(fonts/[^")]+)"?\)', inside, tokens)
    # Paper is light, whatever a screen prefers.
    tokens = re.sub(
        r"@media \(prefers-color-scheme", "@media screen and (prefers-color-scheme", tokens
    )
    own = (files("kith.lab") / "report.css").read_text(encoding="utf-8")
    return tokens + own + _OURS.read_text(encoding="utf-8")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], first_bold: bool = False) -> str:  # noqa: FBT001, FBT002
    wide = " wide" if len(head) > _NARROW else ""
    # Said by role too: on a phone rows are laid out one under the other, and stay a table.
    top = "".join(f'<th scope="col" role="columnheader">{escape(one)}</th>' for one in head)
    body = ""
    for n, (name, *cells) in enumerate(rows):
        cls = ' class="g"' if first_bold and n == 0 else ""
        said = "".join(
            f'<td role="cell" data-of="{escape(of)}">{_whole(one)}</td>'
            for of, one in zip(head[1:], cells, strict=True)
        )
        body += (
            f'<tr{cls} role="row"><th scope="row" role="rowheader">{escape(name)}</th>{said}</tr>'
        )
    return (
        f'<div class="tw{wide}" tabindex="0" role="region" aria-label="{escape(head[0])}: table">'
        f'<table role="table"><thead role="rowgroup"><tr role="row">{top}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _whole(cell: str) -> str:
    """Return a cell whose interval stays on one line."""
    return re.sub(r"\[(\S+), ", "[\\1,&nbsp;", escape(cell))


def _card(title: str, body: str, wide: str = "") -> str:
    return f'<section class="card {wide}"><h2>{escape(title)}</h2>{body}</section>'


def _small(text: str) -> str:
    return f'<p class="small">{escape(text)}</p>'


def _answer(results: Results) -> str:
    is_ex = results.status == "exploratory"
    title = "Exploratory" if is_ex else f"Plan locked {results.locked_at[:10]}, before the first person joined"  # fmt: skip
    first, *rest = results.headline
    cls = "decides" if results.is_decided_by_rule else "small"
    rest_of = "".join(f'<p class="{cls}">{escape(one)}</p>' for one in rest)
    return (
        f'<p class="kicker">{escape(results.title)}</p><h1>{escape(results.question)}</h1>'
        f'<div class="badge{" ex" if is_ex else ""}"><b>{escape(title)}</b><span class="small">'
        f"{escape(results.status_why)} SHA-256 of the plan {results.plan_hash[:4]}…{results.plan_hash[-4:]}.</span></div>"
        f'<section class="answer card" aria-label="The answer"><p class="voice">{escape(first)}</p><div>{rest_of}</div></section>'
    )


def _flow(results: Results) -> str:
    total = sum(arm.drawn for arm in results.flow)
    arms = ""
    for arm in results.flow:
        early = ", ".join(f"{FEW if n is None else n} {words}" for words, n in arm.ended_early) or "no early end is in these records"  # fmt: skip
        analysed = f"<b>all but {FEW}</b>" if arm.analysed is None else f"<b>{arm.analysed}</b>"
        arms += f'<div><div class="fb"><b>{arm.drawn}</b> {escape(arm.arm)}</div><div class="fl">{escape(early)}</div><div class="fb">{analysed} analysed</div></div>'  # fmt: skip
    body = f'<div class="flow"><div class="fb top-b"><b>{total}</b> randomised</div><div class="fsplit">{arms}</div></div>'
    said = "Everyone who is analysed counts in the arm they were drawn into. Who was asked and said no is not in these records."  # fmt: skip
    return _card("Who took part", body + _small(said), "c5")


def _outcomes(results: Results) -> str:
    rows = [_row(results.primary, "primary")]
    rows += [_row(effect, "primary") for effect, _ in results.also_primary]
    rows += [_row(effect, "secondary") for effect, _ in results.secondary]
    head = ("Outcome", "What is compared", "Result [interval]", "p", "Standing")
    body = _forest(results) + f"<details><summary>The same as a table</summary>{_table(head, rows, first_bold=True)}</details>"  # fmt: skip
    all_of = [(results.primary, results.shares), *results.also_primary, *results.secondary]
    shares = [
        (effect.key.replace("_", " "), one) for effect, pair in all_of for one in pair if one.n
    ]
    counts = _table(("How many", "Arm", "Had it", "Of"), [(key, one.arm, f"{one.yes} ({one.yes / one.n:.1%})", str(one.n)) for key, one in shares]) if shares else ""  # fmt: skip
    first = f"the interval of the primary outcome covers {results.primary.level * 100:g}%"
    said = _small(
        f"{first[0].upper()}{first[1:]}. The p values of secondary outcomes are adjusted by Holm."
    )
    return _card("Outcomes and planned subgroups", body + said + _beside(results) + counts, "c7")


def _beside(results: Results) -> str:
    """Return other effects out of the primary answers, as a table; nothing if there are none."""
    rows = [
        (words, interval(effect), f"{effect.arms[0]} against {effect.arms[1]}")
        for words, effect in results.beside
    ]
    return _table(("Beside the primary result, exploratory", "Result [interval]", "What is compared"), rows) if rows else ""  # fmt: skip


def _forest(results: Results) -> str:
    """Return a line for each outcome and subgroup, each on its own scale around no difference."""
    rows = [(results.primary, "first", f"{_named(results.primary)}, primary")]
    rows += [
        (effect, "within", f"{by.by.replace('_', ' ')}: {word}")
        for by in results.subgroups
        for word, effect in by.effects
    ]
    rows += [(effect, "", f"{_named(effect)}, primary") for effect, _ in results.also_primary]
    rows += [(effect, "", _named(effect)) for effect, _ in results.secondary]
    lines = "".join(
        f'<li class="{cls}"><span class="what">{escape(words)}</span>{_line(effect, cls)}'
        f'<span class="n">{_whole(interval(effect))}</span></li>'
        for effect, cls, words in rows
    )
    said = "The upright line is no difference. Each outcome has its own scale; a group has that of the outcome."  # fmt: skip
    return f'<ul class="forest">{lines}</ul>{_small(said)}'


def _named(effect: Effect) -> str:
    return effect.key.replace("_", " ")


def _line(effect: Effect, cls: str) -> str:
    """Return an effect with its interval as a line in a box of 200, no difference in its middle."""
    ends = np.array([effect.lower, effect.value, effect.upper])
    off = np.log(ends) if effect.null else ends
    reach = float(np.abs(off[np.isfinite(off)]).max(initial=0)) * 1.08 or 1.0
    low, at, high = (f"{100 + 100 * min(max(float(one) / reach, -1), 1):.1f}" for one in off)
    point = f'<path class="fo-d" d="M{low},13 L{at},6 L{high},13 L{at},20 Z"/>' if cls == "first" else f'<path class="fo-c" d="M{low},13 H{high}"/><rect class="fo-s" x="{float(at) - 4:.1f}" y="9" width="8" height="8"/>'  # fmt: skip
    return f'<svg viewBox="0 0 200 26" preserveAspectRatio="none" aria-hidden="true" focusable="false"><path class="fo-0" d="M100,0 V26"/>{point}</svg>'  # fmt: skip


def _row(effect: Effect, role: str) -> tuple[str, ...]:
    p = "< 0.001" if effect.adjusted_p < 0.001 else f"{effect.adjusted_p:.3f}"
    standing = "confirmatory" if effect.is_confirmatory else "exploratory"
    compared = f"{effect.scale}, {effect.arms[0]} against {effect.arms[1]}"
    return f"{effect.key.replace('_', ' ')}, {role}", compared, interval(effect), p, standing


def _survival(results: Results, svg: str) -> str:
    last = max(float(one.curve.times[-1]) for one in results.curves)
    ticks = np.linspace(0, last, 5)
    rows = []
    for one in results.curves:
        for tick, n in zip(ticks, figures.at_risk(one, ticks), strict=True):
            place = int(np.searchsorted(one.curve.times, tick, side="right")) - 1
            low, high = one.curve.lower[place], one.curve.upper[place]
            rows.append((f"{one.arm}, day {tick:.0f}", f"{one.curve.survival[place]:.2f} [{low:.2f}, {high:.2f}]", str(n)))  # fmt: skip
    table = f"<details><summary>The same as a table</summary>{_table(('Arm and day', 'Share without the event [95%]', 'At risk'), rows)}</details>"  # fmt: skip
    said = f"{results.primary.scale.capitalize()} {interval(results.primary)}. Bands are 95%. Numbers under the axis are people still at risk."  # fmt: skip
    return _card("Without the event", f"<figure>{svg}</figure>{_small(said)}{table}")


def _rules(results: Results, drawn: dict[str, str]) -> str:
    if "rules" not in drawn:
        return ""
    svg = drawn["rules"]
    rows = [
        (
            one.words, interval(one.effect),
            "; ".join(f"{s.arm} {s.yes / s.n:.0%}" for s in one.shares if s.n),
            "leaves out no difference" if one.effect.excludes_null else "has room for no difference",
        )
        for one in results.under_rules
    ]  # fmt: skip
    values = [one.effect.value for one in results.under_rules]
    said = f"From {number(min(values))} to {number(max(values))} over the rules. The diamond is the plan's own rule."  # fmt: skip
    if results.is_decided_by_rule:
        said += " Which rule is right cannot be known from these data, and it decides the answer."
    table = _table(("What is missing", "Result [interval]", "Shares with the event", "The interval"), rows, first_bold=True)  # fmt: skip
    return _card("If what is missing is taken otherwise", f"<figure>{svg}</figure>{_small(said)}{table}")  # fmt: skip


def _subgroups(results: Results) -> str:
    """Return the primary outcome within each subgroup of the plan; nothing if it names none."""
    said = "".join(
        _table((by.by.replace("_", " "), "Result [interval]", "People"), [(word, interval(one), str(one.n)) for word, one in by.effects])
        + _small(f"Whether the effect differs between them (interaction): p = {by.p:.3f}.")
        for by in results.subgroups
    )  # fmt: skip
    said += _small("An interval of a subgroup is no finding of its own; look at the interaction.") if said else ""  # fmt: skip
    return _card("Within subgroups", said) if said else ""


def _baseline(results: Results) -> str:
    head = ("At the draw", *(f"{arm.arm} ({arm.drawn})" for arm in results.flow))
    rows = [(f"{row.fact}: {row.word}", *row.cells) for row in results.baseline]
    body = _table(head, rows) if rows else _small("No facts about people came with the records.")
    return _card("Who they were", body + _small("No test: chance made the groups."))


def _network(results: Results, drawn: dict[str, str]) -> str:
    ties = results.ties
    if ties is None:
        return _card("Ties", _small("These records have no acts between people: no ties can be drawn."))  # fmt: skip
    said = "Each dot is a person, shown without name or order. Solid: it went both ways. Dotted: one way."  # fmt: skip
    picture = f"<figure>{drawn['network']}</figure>" if "network" in drawn else ""
    if not picture:
        said = f"No picture: {ties.people:,} people are too many for one that could be read."
    table = _table(("Ties", "Value"), [("people with a tie", str(ties.people)), ("ties", str(ties.count)), ("share that go both ways", f"{ties.reciprocity:.2f}")])  # fmt: skip
    return _card("Ties", f"{picture}{_small(said)}{table}")


def _seen(results: Results) -> str:
    scale = results.primary.scale
    said = f"<p>With the people it reached, the study had an 80% chance to see a {scale} of {number(results.least_seen)} or more from no difference. A smaller one it would often have missed.</p>"  # fmt: skip
    rows = [(number(one.effect), f"{one.power:.0%}") for one in results.chances]
    table = _table((f"True {scale}", "Chance to see it"), rows)
    return _card("What this study could and couldn’t see", f"{said}<figure>{_power(rows, results)}</figure>{table}")  # fmt: skip


def _power(rows: list[tuple[str, str]], results: Results) -> str:
    """Return how likely each effect was to be seen: the larger a dot, the likelier."""
    step = 440 / max(len(rows) - 1, 1)
    dots = "".join(
        f'<circle class="pw-d" cx="{40 + n * step:.0f}" cy="50" r="{3 + 11 * one.power:.1f}"/>'
        f'<text class="pw-t" x="{40 + n * step:.0f}" y="24" text-anchor="middle">{power}</text>'
        f'<text class="pw-t" x="{40 + n * step:.0f}" y="86" text-anchor="middle">{effect}</text>'
        for n, (one, (effect, power)) in enumerate(zip(results.chances, rows, strict=True))
    )
    return f'<svg viewBox="0 0 520 92" role="img" aria-label="How likely each true effect was to be seen; the table below says the same."><path class="pw-l" d="M40,50 H480"/>{dots}</svg>'  # fmt: skip


def _plan(results: Results) -> str:
    said = [*(f"Changed since the lock: {one}" for one in results.deviations), *results.not_analysed]  # fmt: skip
    items = "".join(f"<li>{escape(one)}</li>" for one in said)
    body = f"<ul>{items}</ul>" if said else _small("The analysis kept to the plan as it is written.")  # fmt: skip
    return _card("Deviations from the plan, and what it leaves open", body + _small(f"{results.status_why} Plan: {results.plan_hash}.").replace('class="small"', 'class="small mark"'))  # fmt: skip
