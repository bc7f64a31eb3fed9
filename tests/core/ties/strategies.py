"""Hypothesis strategies of acts among a few people."""

from hypothesis import strategies as st

from kith.core.records import Act, Help, Mode

PEOPLE = 5

# Few days, so that acts often fall on one moment; fractions, and gaps of years and centuries.
days = st.sampled_from([-40.0, 0.0, 0.25, 1.0, 1.5, 7.0, 90.0, 5_000.0, 90_000.0])
minutes = st.floats(0, 10_000, width=32)
modes = st.sampled_from(Mode)
helps = st.sampled_from(Help)


@st.composite
def acts(draw, pair=None):
    """Return an act of `pair` in one order or the other, or of any two people."""
    actor, other = draw(st.permutations(pair or range(PEOPLE)))[:2]
    return Act(draw(days), actor, other, draw(modes), draw(minutes), draw(helps))


logs = st.lists(acts(), max_size=60)
logs_of_a_pair = st.lists(acts(pair=(0, 1)), max_size=60)
