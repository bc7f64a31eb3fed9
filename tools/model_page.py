"""Write the tables of docs/science/model.md out of the code: `python -m tools.model_page`."""

from collections.abc import Iterator

import numpy as np
from tools.steps import ROOT

from kith.core.brain.parameters import meanings
from kith.core.model.calibration import PRIORS, posterior, targets
from kith.core.model.scenario import read
from kith.lab.simulate import shipped, text_of

PAGE = ROOT / "docs/science/model.md"


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


PARTS = {"parameters": parameters, "calibration": calibration, "contrasts": contrasts}


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
