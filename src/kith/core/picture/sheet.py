"""A picture as HTML for any page: what to beware of first, then each figure with its table.

No script, no style and no address stands in it. Whoever shows it brings the rules of its classes.
"""

from html import escape
from typing import Final

import numpy as np

from kith.core.brain.words import SYSTEMS
from kith.core.picture.drawing import (
    LOW_NARROW,
    LOW_WIDE,
    NARROW,
    SEEN,
    SMALL,
    TINY,
    WIDE,
    chart,
    off_nothing,
    paths,
    ties,
)
from kith.core.picture.gathering import PLAIN, TRIED, End, Picture
from kith.core.picture.living import HABITS, LINES
from kith.core.picture.pieces import (
    both_widths,
    card,
    folded,
    interval,
    lead_of,
    legend,
    line_of,
    note_of,
    ordered,
    percent,
    points,
    sentence,
    signed,
    some_weeks,
    spread_of,
    table,
)

CAUTION: Final = "This is a model. It is no evidence that anything helps anybody."
_BEWARE: Final = (
    "Nobody real is in it. The towns and all who live in them are made up.",
    (
        "It can show which question is worth a study with people. It cannot answer that question, and no"
        " money and no promise should rest on it."
    ),
    (
        "Most of its numbers are guesses that nobody has measured. The bands show chance between made-up"
        " towns, and nothing of whether the model is right."
    ),
    (
        "It was set to one count of 109 people in Ireland who had used opiates and came out of a"
        " residential detoxification. Most people in these towns have been without for months or years:"
        " what that makes of them is a guess beyond it, and so are alcohol, other drugs and other places."
    ),
    (
        "Held against other studies it was right about 4 of 16 counts, and said that too many would use"
        " about the other 12. Only how far two groups lay apart came out, in the three studies that"
        " compared company."
    ),
)
# The systems in the order in which kith draws them, and what each is called.
_SYSTEMS: Final = (
    ("opioid", "Mu-opioid"),
    ("dopamine", "Dopamine"),
    ("oxytocin", "Oxytocin"),
    ("serotonin", "Serotonin"),
    ("endocannabinoid", "Endocannabinoid"),
)
# Of each line: its title, its lead, and what so many of every hundred do.
_TOLD: Final = {
    "using": (
        "The same town, twice",
        (
            "How many of the living use on a day. Each thin line is one run; a run and its twin share"
            " every chance event, and only the design differs."
        ),
        "people use on a day",
    ),
    "relapsed": (
        "Back in regular use",
        "How many of the living used on three of the last seven days.",
        "people are back in regular use",
    ),
    "lonely": (
        "Lonely moments",
        "How many of all moments are lonely ones: the wish for company is there, and nobody is.",
        "moments are lonely",
    ),
}


def sheet(picture: Picture) -> str:
    """Return all that is shown of a picture, and first what to beware of."""
    return beware() + figures(picture)


def figures(picture: Picture) -> str:
    """Return the cards of a picture, for a page that says itself what to beware of."""
    cards = [_line(picture, name) for name in ("using", "relapsed", "lonely")]
    cards += [_ends(picture), _habits(picture), _needs(picture), _network(picture), _made(picture)]
    return f'<div class="sim-out">{"".join(cards)}</div>'


def beware() -> str:
    """Return what nobody who looks at a picture can miss."""
    items = "".join(f"<li>{escape(one)}</li>" for one in _BEWARE)
    return f'<section class="card beware" aria-labelledby="beware"><h2 id="beware">{escape(CAUTION)}</h2><ul>{items}</ul></section>'


def _line(picture: Picture, name: str) -> str:
    title, lead, what = _TOLD[name]
    plain, tried = picture.names
    key = legend((("b", plain), ("a", tried)))
    drawn = _both_arms(picture, name, what) + key + _difference(picture, name, what)
    head = ("Week", f"{plain} [95%]", f"{tried} [95%]", "Difference, of every 100 [95%]")
    at = LINES.index(name)
    rows = [
        (
            f"{week + 1}",
            percent(picture.lines, (PLAIN, at, week)),
            percent(picture.lines, (TRIED, at, week)),
            points(picture.differences, (at, week)),
        )
        for week in some_weeks(picture.weeks)
    ]
    return card(
        title, lead_of(lead) + drawn + _said(picture, name, what) + folded(title, head, rows)
    )


def _both_arms(picture: Picture, name: str, what: str) -> str:
    """Return the line of both arms, with every run of theirs."""
    at, (plain, tried) = LINES.index(name), picture.names
    lines = [
        line_of("b", plain, picture.lines, (PLAIN, at), picture.runs[:, PLAIN, at]),
        line_of("a", tried, picture.lines, (TRIED, at), picture.runs[:, TRIED, at]),
    ]
    says = f"Share: {what}, week by week, {plain} and {tried}. The table below says the same."
    both = both_widths(lines, weeks=_ends_of_weeks(picture), says=says, unit="%", sizes=(WIDE, NARROW))  # fmt: skip
    return f"<figure>{both}</figure>"


def _difference(picture: Picture, name: str, what: str) -> str:
    """Return the difference pair by pair, on a scale of its own around nothing."""
    at, (plain, tried) = LINES.index(name), picture.names
    runs = picture.runs[:, TRIED, at] - picture.runs[:, PLAIN, at]
    line = line_of("a", "Difference", picture.differences, (at,), runs)
    says = f"Difference between {tried} and {plain} in how many of every 100 {what}, week by week. The table below says the same."
    drawn = both_widths([line], weeks=_ends_of_weeks(picture), says=says, unit="+", sizes=(LOW_WIDE, LOW_NARROW))  # fmt: skip
    caption = f"The difference pair by pair, of every 100: {tried} less {plain}"
    return f'<figure class="off"><figcaption>{escape(caption)}</figcaption>{drawn}</figure>'


def _ends_of_weeks(picture: Picture) -> np.ndarray:
    return np.arange(1, picture.weeks + 1, dtype=float)


def _said(picture: Picture, name: str, what: str) -> str:
    """Return the difference at the end as a sentence: how much, how sure, how often it was worse."""
    at = LINES.index(name)
    mean, lower, upper = (100 * float(one[at, -1]) for one in picture.differences)
    worse = f"In {picture.worse_at_end(name)} of {picture.pairs} pairs more did so with it."
    within = f"95% interval {signed(lower)} to {signed(upper)}"
    if lower <= 0 <= upper:
        first = f"<b>No difference shown</b> in week {picture.weeks}: {signed(mean)} of every 100, {within}."
    else:
        first = f"<b>{abs(mean):.1f} {'fewer' if mean < 0 else 'more'}</b> of every 100 {what} in week {picture.weeks}, {within}."
    return f'<p class="pair-r">{first} <span>{worse}</span></p>'


def _ends(picture: Picture) -> str:
    title = "What differed, and what did not"
    plain, tried = picture.names
    lines = "".join(
        f'<li><span class="what">{escape(sentence(one.words))}</span>{off_nothing(*ordered(one))}'
        f'<span class="n">{spread_of(one)}<br>{_verdict(one)}</span></li>'
        for one in picture.ends
    )
    rows = [
        (
            sentence(one.words),
            f"{one.plain.mean:.4g}",
            f"{one.tried.mean:.4g}",
            spread_of(one),
            _verdict(one),
            f"{one.worse} of {picture.pairs}",
        )
        for one in picture.ends
    ]
    head = ("Over all weeks", plain, tried, "Difference [95%]", "In this model", "Pairs that did worse")  # fmt: skip
    lead = f"What {tried} changes against {plain}, pair by pair. Each has a scale of its own; the upright line is no difference."
    note = note_of("Twelve outcomes are looked at here, so one of them may seem to differ by chance alone.")  # fmt: skip
    return card(title, lead_of(lead) + f'<ul class="forest">{lines}</ul>{note}' + folded(title, head, rows))  # fmt: skip


def _verdict(one: End) -> str:
    return {"better": "better in this model", "worse": "worse in this model"}.get(one.verdict, one.verdict)  # fmt: skip


def _habits(picture: Picture) -> str:
    title = "Close up: one cue, two paths"
    plain, tried = picture.names
    half, last = picture.weeks // 2, picture.weeks
    marks = (
        ("Before", TRIED, 0),
        (f"Week {half}, {tried}", TRIED, half),
        (f"Week {last}, {tried}", TRIED, last),
        (f"Week {last}, {plain}", PLAIN, last),
    )
    drawn = ""
    for number, (words, arm, mark) in enumerate(marks):
        drug, person = (float(one) for one in picture.habits.mean[arm, :, mark])
        says = f"{words}: habit of using {drug:.2f}, habit of going to a person {person:.2f}."
        drawn += f'<li>{paths(drug, person, says=says, number=number)}<span class="small">{escape(words)}</span></li>'
    curves = "".join(_habit_curves(picture, arm) for arm in (PLAIN, TRIED))
    rows = [
        (f"{week}", *(interval(picture.habits, (arm, habit, week)) for arm in (PLAIN, TRIED) for habit in (0, 1)))
        for week in (0, *(one + 1 for one in some_weeks(picture.weeks)))
    ]  # fmt: skip
    head = ("Week", *(f"{name}: {act}" for name in picture.names for act in ("using", "a person")))
    lead = "At the cue for the drug, on average over everybody whom the design reaches. A path gets wider each time it is walked, and grows over when it isn’t."
    note = note_of("Habit strength from 0 to 1; the band is the 95% interval of the mean over pairs. How fast habits form comes from one study of everyday habits (Lally 2010) and not from drug cues: treat the shape as the finding, not the number.")  # fmt: skip
    body = f'<ul class="pathrow">{drawn}</ul>{legend((("b", "using"), ("a", "going to a person")))}<div class="twin">{curves}</div>{note}'
    return card(title, lead_of(lead) + body + folded(title, head, rows))


def _habit_curves(picture: Picture, arm: int) -> str:
    weeks = np.arange(picture.weeks + 1, dtype=float)
    none = np.empty((0, len(weeks)))
    lines = [line_of(cls, act, picture.habits, (arm, at), none) for at, (cls, act) in enumerate(zip("ba", HABITS, strict=True))]  # fmt: skip
    says = f"{picture.names[arm]}: habit of using and habit of going to a person at the drug's cue, week by week."
    drawn = chart(lines, weeks=weeks, size=SMALL, says=says, unit="", ends=(0.0, 1.0))
    return f"<figure><figcaption>{escape(picture.names[arm])}</figcaption>{drawn}</figure>"


def _needs(picture: Picture) -> str:
    title = "Need, system by system"
    plain, tried = picture.names
    weeks = np.arange(picture.weeks + 1, dtype=float)
    none, top = np.empty((0, len(weeks))), float(picture.needs.upper.max())
    drawn = ""
    for name, words in _SYSTEMS:
        at = SYSTEMS.index(name)
        lines = [line_of(cls, "", picture.needs, (arm, at), none) for arm, cls in ((PLAIN, "b"), (TRIED, "a"))]  # fmt: skip
        says = f"{words}: how far it stands under what people are used to, week by week, {plain} and {tried}."
        one = chart(lines, weeks=weeks, size=TINY, says=says, unit="", ends=(0.0, top))
        drawn += f"<figure><figcaption>{escape(words)}</figcaption>{one}</figure>"
    last = picture.weeks
    rows = [
        (words, *(interval(picture.needs, (arm, SYSTEMS.index(name), mark)) for arm, mark in ((PLAIN, 0), (PLAIN, last), (TRIED, last))))
        for name, words in _SYSTEMS
    ]  # fmt: skip
    head = ("System", "At the start", f"Week {last}, {plain}", f"Week {last}, {tried}")
    lead = "Five systems that answer to company and to the drug. Each line is the gap between what people are used to and what they have: 0 is no need. The drug moves what they are used to."
    note = note_of("Nobody has measured these in people day by day. All but the order of a few sizes is a guess.")  # fmt: skip
    return card(title, lead_of(lead) + f'{legend((("b", plain), ("a", tried)))}<div class="five">{drawn}</div>{note}' + folded(title, head, rows))  # fmt: skip


def _network(picture: Picture) -> str:
    title = "Who knows whom"
    sample = picture.sample
    if sample is None:
        return ""
    plain, tried = picture.names
    words = ("Before", f"Week {picture.weeks}, {plain}", f"Week {picture.weeks}, {tried}")
    drawn, rows = "", []
    for when, name in enumerate(words):
        strong = sample.strength[when] >= SEEN
        known = len(set(sample.ties[strong].ravel().tolist()))
        mean = float(sample.strength[when][strong].mean()) if strong.any() else 0.0
        many, uses = len(sample.rows), int(sample.is_using[when].sum())
        rows.append((name, str(int(strong.sum())), f"{mean:.2f}", str(many - known), str(uses)))
        says = f"{name}: {int(strong.sum())} ties among {many} simulated people, {uses} of them using. The table below says the same."
        drawn += f"<figure>{ties(sample, when, says=says)}<figcaption>{escape(name)}</figcaption></figure>"
    head = (f"Among {len(sample.rows)} people", "Ties", "Mean strength", "Nobody here", "Used in the last week")  # fmt: skip
    lead = "A corner of one simulated town. A dot is somebody, a hollow square somebody who used within seven days; a line is a tie, the wider the stronger. Ties grow by meeting and fade without, by the same rule as in the rest of kith."
    note = note_of("One corner of one town: an illustration, and no result.")
    return card(title, lead_of(lead) + f'<div class="threes">{drawn}</div>{note}' + folded(title, head, rows))  # fmt: skip


def _made(picture: Picture) -> str:
    """Return what somebody needs to make the same picture again."""
    title = "How it was made"
    asked, (plain, tried) = picture.scenario, picture.scenario.arms
    rows = [
        ("Town", f"{asked.about.question.partition(':')[0]}; {asked.town.people:,} people"),
        ("Held against", _design(plain.name or plain.key, plain.said("contacts_a_week"))),
        ("What is tried", _design(tried.name or tried.key, tried.said("contacts_a_week"))),
        ("How long, how often", f"{picture.weeks} weeks; {picture.pairs} pairs of runs, each in a town of its own" if asked.run.towns == "each" else f"{picture.weeks} weeks; {picture.pairs} pairs of runs in one town"),
        ("Seed", str(asked.run.seed)),
    ]  # fmt: skip
    lead = "The same numbers and the same seed give the same picture, on any machine’s processor of this kind."
    return card(title, lead_of(lead) + table(title, ("What", "Value"), rows))


def _design(name: str, contacts: float) -> str:
    return f"{name}; {contacts:g} contacts offered a week to each person, on average"
