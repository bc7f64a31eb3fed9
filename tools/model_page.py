"""Write the tables of docs/science/model.md out of the code: `python -m tools.model_page`."""

from collections.abc import Iterator

import numpy as np
from tools.steps import ROOT

from kith.core.brain.parameters import meanings
from kith.core.model.calibration import PRIORS, posterior, targets
from kith.core.model.proof import evenness, learned
from kith.core.model.scenario import read
from kith.core.model.sensitivity import OUTCOMES
from kith.lab.proving import RANKS
from kith.lab.sensitivity import CHANCE
from kith.lab.simulate import shipped, text_of
from kith.lab.tables import read_table
from kith.lab.validating import NAME, asked_of, study_of

SCIENCE = ROOT / "docs/science"
PAGE = SCIENCE / "model.md"
# Rows of an outcome that stand in the page; the file has all.
MOST = 8


def parameters() -> Iterator[str]:
    """Yield the rows of all numbers of the brain."""
    yield "| name | default | range | unit | source | meaning |\n|---|---|---|---|---|---|"
    for one in meanings().values():
        ends = f"{one.lowest:g} to {one.highest:g}"
        yield f"| `{one.name}` | {one.default:g} | {ends} | {one.unit} | {one.source} | {one.meaning} |"


def calibration() -> Iterator[str]:
    """Yield what was counted beside what kept draws come to, and what is left of each prior."""
    kept = posterior()
    yield f"{len(kept.values)} draws kept.\n\n| target | counted of 109 | kept draws: median [95 %] |\n|---|---|---|"
    for target, counts in zip(targets(), kept.counts.T, strict=True):
        low, middle, high = np.quantile(counts, (0.025, 0.5, 0.975))
        yield f"| {target.name} | {target.count} | {middle:.0f} [{low:.0f}, {high:.0f}] |"
    yield "\n| number | flat prior | kept draws: median [95 %] |\n|---|---|---|"
    for (name, (lowest, highest)), values in zip(PRIORS.items(), kept.values.T, strict=True):
        low, middle, high = np.quantile(values, (0.025, 0.5, 0.975))
        yield f"| `{name}` | {lowest:g} to {highest:g} | {middle:.3g} [{low:.3g}, {high:.3g}] |"


def contrasts() -> Iterator[str]:
    """Yield what was expected of every scenario that kith brings, and what came out."""
    yield "| scenario | arm | than | outcome | said | difference [95 %]: verdict |\n|---|---|---|---|---|---|"
    for name in shipped():
        for one in read(text_of(name)).expected:
            said = f"{one.arm} | {one.than} | {one.outcome} | {one.direction}"
            yield f"| `{name}` | {said} | {one.found} |"


def proof() -> Iterator[str]:
    """Yield how much was learned of each number, and how even the ranks of known ones are."""
    path = SCIENCE / f"{RANKS}.csv"
    command, rows = path.read_text().splitlines()[0], list(read_table(path))
    keep = int(command.partition("--keep ")[2].split()[0])
    # Ranks are whole: the middle 50 % of them are not exactly half.
    due = evenness(np.arange(keep + 1), keep)
    yield f"`{command[2:]}`: {len(rows)} known numbers of each kind asked back.\n"
    middle = f"in the middle half (due {due.within_half:.0%}) | in the middle 90 % (due {due.within_90:.0%})"
    yield f"| number | posterior sd / prior sd | trades with | chi-squared of 9 bins | p | {middle} |"
    yield "|---|---|---|---|---|---|---|"
    for name, one in learned(posterior()).items():
        even = evenness(np.array([int(row[name]) for row in rows]), keep)
        trades = f"`{one.tied_to}` ({one.together:+.2f})"
        yield (
            f"| `{name}` | {one.left:.2f} | {trades} | {even.chi2:.1f} | {even.p:.2g}"
            f" | {even.within_half:.0%} | {even.within_90:.0%} |"
        )


def validation() -> Iterator[str]:
    """Yield what was counted in other studies beside what kept draws predict."""
    path = SCIENCE / f"{NAME}.csv"
    rows = list(read_table(path))
    apart = [row for row in rows if row["apart"]]
    held = [sum(row[at] == "within" for row in some) for at, some in (("verdict", rows), ("apart_verdict", apart))]  # fmt: skip
    yield f"`{path.read_text().splitlines()[0][2:]}`: {held[0]} of {len(rows)} counts, and {held[1]} of {len(apart)} differences between arms, lie within.\n"
    yield "| study | arm | asked | counted | predicted of as many [95 %] | the model says |\n|---|---|---|---|---|---|"
    for row in rows:
        ends = f"{row['middle']} [{row['lower']}, {row['upper']}]"
        yield f"| {study_of(row)} | {row['name']} | {asked_of(row)} | {row['count']} of {row['people']} | {ends} | {row['verdict']} |"
    yield "\n| study | arm against the first | counted [95 %], points | predicted [95 %] | the model says |\n|---|---|---|---|---|"
    for row in apart:
        counted, predicted = (
            _points(*(row[end] for end in ends))
            for ends in (
                ("counted_apart", "counted_lower", "counted_upper"),
                ("apart", "apart_lower", "apart_upper"),
            )
        )
        yield f"| {study_of(row)} | {row['name']} | {counted} | {predicted} | {row['apart_verdict']} |"


def _points(*ends: str) -> str:
    middle, lower, upper = (f"{100 * float(end):+.1f}" for end in ends)
    return f"{middle} [{lower}, {upper}]"


def sensitivity() -> Iterator[str]:
    """Yield of each outcome the numbers that move it most."""
    path = SCIENCE / "model-sensitivity.csv"
    yield "\n".join(f"`{line[2:]}`  " for line in path.read_text().splitlines()[:2])
    yield "\n| outcome | number | from, to | mu\\* | sigma | S1 | ST |\n|---|---|---|---|---|---|---|"
    rows = list(read_table(path))
    for outcome in OUTCOMES:
        some = [row for row in rows if row["outcome"] == outcome]
        shown = [row for row in some if row["name"] != CHANCE][:MOST]
        for row in (*shown, *(row for row in some if row["name"] == CHANCE)):
            ends = f"{row['lowest']} to {row['highest']}" if row["lowest"] else ""
            yield (
                f"| {outcome} | `{row['name']}` | {ends} | {_with(row, 'mu_star')} | {_two(row['sigma'])}"
                f" | {_with(row, 'first')} | {_with(row, 'total')} |"
            )


def _with(row: dict[str, str], name: str) -> str:
    """Return a figure with what it may be off by."""
    off = _two(row[f"{name}_conf"])
    return _two(row[name]) + (f" ± {off}" if off else "")


def _two(figure: str) -> str:
    return f"{float(figure):.2f}" if figure else ""


PARTS = {
    "parameters": parameters,
    "calibration": calibration,
    "proof": proof,
    "validation": validation,
    "sensitivity": sensitivity,
    "contrasts": contrasts,
}


def written(page: str) -> str:
    """Return the page with its tables as the code has them now."""
    for name, rows in PARTS.items():
        before, rest = page.split(f"<!-- {name} -->\n")
        after = rest.split(f"<!-- /{name} -->")[1]
        table = "\n".join(rows())
        page = f"{before}<!-- {name} -->\n{table}\n<!-- /{name} -->{after}"
    return page


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text()))
