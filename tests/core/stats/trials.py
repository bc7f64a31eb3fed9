"""Micro-randomised trials: the published ones, and made-up ones of which the truth is known."""

import numpy as np
from tests.core.stats.published import columns

from kith.core.rng import stream
from kith.core.stats.micro_randomised import MicroRandomised

EFFECT, MODERATED = 0.3, 0.2


def trial(person, outcome, treated, probability, available=None, *, moderators=(), controls=()):
    """A trial of plain columns; moderators and controls are (name, column)."""
    rows = len(person)

    def table(named):
        return np.column_stack([np.asarray(c, float) for _, c in named] or [np.zeros((rows, 0))])

    return MicroRandomised(
        np.asarray(person, np.int64),
        np.asarray(outcome, float),
        np.asarray(treated, bool),
        np.broadcast_to(np.asarray(probability, float), rows).copy(),
        np.ones(rows, bool) if available is None else np.asarray(available, bool),
        table(moderators),
        table(controls),
        tuple(name for name, _ in moderators),
        tuple(name for name, _ in controls),
    )


def heart_steps(*, moderated=False):
    t = columns("mrt/data_mimicHeartSteps.csv")
    place = ("place", t["is_at_home_or_work"])
    controls = [("before", t["logstep_pre30min"])]
    if moderated:
        controls += [("lag", t["logstep_30min_lag1"]), place]
    return trial(
        t["userid"].astype(int),
        t["logstep_30min"],
        t["intervention"] == 1,
        t["rand_prob"],
        t["avail"] == 1,
        moderators=[place] if moderated else [],
        controls=controls,
    )


def yes_or_no():
    t = columns("mrt/data_binary.csv")
    return trial(
        t["userid"].astype(int),
        t["Y"],
        t["A"] == 1,
        t["rand_prob"],
        t["avail"] == 1,
        moderators=[("time_var1", t["time_var1"])],
        controls=[("time_var1", t["time_var1"]), ("time_var2", t["time_var2"])],
    )


def drawn(seed, *, people=30, times=40, binary=False):
    """A trial without interference: prompts' probability follows a mood that lasts, which tells
    the outcome too and by which the effect differs; so do people, for reasons nobody measured.

    The effect at a mood m of -1 or 1 is EFFECT + MODERATED * m; it is EFFECT on the whole.
    """
    dice = stream(seed, "micro-randomised trial")
    # A mood turns with probability 0.2, so half are good and half bad at any time.
    turns = np.where(dice.random((people, times)) < 0.2, -1, 1)
    turns[:, 0] = dice.choice([-1, 1], people)
    mood = np.cumprod(turns, axis=1).astype(float)
    available = dice.random((people, times)) < 0.8
    probability = 0.5 + 0.2 * mood
    treated = available & (dice.random((people, times)) < probability)
    own = dice.normal(size=(people, 1))
    effect = treated * (EFFECT + MODERATED * mood)
    if binary:
        risk = np.exp(-1.6 + 0.25 * np.tanh(own) + 0.2 * mood + effect)
        outcome = (dice.random((people, times)) < risk).astype(float)
    else:
        noise = dice.normal(size=(people, times))
        noise[:, 1:] += 0.5 * noise[:, :-1]
        outcome = own + 0.5 * mood + effect + noise
    person = np.repeat(np.arange(people), times)
    moods = mood.ravel()
    return trial(
        person, outcome.ravel(), treated.ravel(), probability.ravel(), available.ravel(),
        moderators=[("mood", moods)], controls=[("mood", moods)],
    )  # fmt: skip


def drawn_by_the_hour(seed, *, people=30, times=40):
    """A trial whose chances no logistic curve of its moderator tells: they hang on a mood too.

    The effect at an hour h from -1 to 1 is EFFECT + MODERATED * h.
    """
    dice = stream(seed, "micro-randomised trial by the hour")
    shape = (people, times)
    hour, mood = dice.uniform(-1, 1, shape), dice.choice([-1.0, 1.0], shape)
    available = dice.random(shape) < 0.8
    probability = 0.45 + 0.15 * mood + 0.25 * hour**3
    treated = available & (dice.random(shape) < probability)
    own = dice.normal(size=(people, 1))
    effect = treated * (EFFECT + MODERATED * hour)
    # Controls know the hour as a line; it tells the outcome as a curve.
    outcome = own + 0.5 * mood + np.exp(hour) + effect + dice.normal(size=shape)
    hours = ("hour", hour.ravel())
    return trial(
        np.repeat(np.arange(people), times), outcome.ravel(), treated.ravel(), probability.ravel(),
        available.ravel(), moderators=[hours], controls=[hours],
    )  # fmt: skip
