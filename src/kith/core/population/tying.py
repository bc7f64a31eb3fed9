"""Who is tied to whom: pairs by place and by common acquaintance, and what they are to each other."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float64, Int64

from kith.core.population.network import LAYERS, Network
from kith.core.population.places import Living, nearest
from kith.core.population.settings import TownSettings
from kith.core.rng import stream

# How often pairs are drawn anew because they were drawn before, and how many are asked where only
# somebody alike will do.
_ROUNDS, _ASKED = 4, 12
# The middle of each layer, as the logarithm of its odds; more for those one lives with.
_MIDDLES = {"trust": -0.4, "advice": -0.8, "company": -0.6, "using": -0.4}
_LIVED_WITH = 1.5
# Of all ties, those in which nobody is asked for advice.
_NO_ADVICE = 0.4
_MOST = np.float32(0.999)

Pairs = Int64[np.ndarray, "_ 2"]


@dataclass(frozen=True, slots=True)
class Crowd:
    """Those who may be tied, in order of their place.

    Args:
        first: The first person of each place; one more than there are places.
        easily: The running sum of how easily each person makes ties.
    """

    living: Living
    first: Int64[np.ndarray, "_"]
    easily: Float64[np.ndarray, "people"]
    is_using: Bool[np.ndarray, "people"]


class _Draw(NamedTuple):
    """Ties to be drawn. Args: near: places nearest to each; dice: of this draw."""

    crowd: Crowd
    settings: TownSettings
    near: Int64[np.ndarray, "places few"]
    dice: np.random.Generator


def tied(
    living: Living, is_using: Bool[np.ndarray, "people"], settings: TownSettings, *, seed: int
) -> Network:
    """Return ties within households, and as many others as the settings say."""
    dice = stream(seed, "town", "ties")
    people = len(living.home)
    easily = np.cumsum(np.exp(settings.spread * dice.standard_normal(people)))
    first = np.searchsorted(living.home, np.arange(len(living.places) + 1))
    draw = _Draw(Crowd(living, first, easily, is_using), settings, nearest(living.places), dice)
    homely = _housemates(living.household)
    many = round(settings.ties * people / 2)
    met = _others(draw, people, round(many * (1 - settings.triads)), homely)
    known = _closed(people, many - len(met), np.concatenate([homely, met]), dice)
    pairs = np.concatenate([homely, met, known])
    return weighed(pairs, len(homely), people, settings, stream(seed, "town", "layers"))


def weighed(
    pairs: Pairs, homely: int, people: int, settings: TownSettings, dice: np.random.Generator
) -> Network:
    """Return `pairs`, of which the first `homely` live together, as ties with their layers.

    How close two are is one number for both; what each layer is to each end is that and chance:

        logit w = middle + 1.5 * [live together] + b * close + sqrt(1 - b ** 2) * chance
    """
    many, alike = len(pairs), settings.layers_alike
    close = np.tile(dice.standard_normal(many), 2)
    lives = np.tile(np.arange(many) < homely, 2)
    holder, other = np.concatenate([pairs, pairs[:, ::-1]]).T
    asks = dice.random(2 * many) >= _NO_ADVICE
    uses = np.tile(dice.random(many) < settings.using_ties, 2)
    there = {"trust": True, "advice": asks, "company": True, "using": uses}
    order = np.argsort(holder * people + other)
    columns = []
    for layer in LAYERS:
        chance = dice.standard_normal(2 * many)
        logit = _MIDDLES[layer] + _LIVED_WITH * lives + alike * close
        weight = 1 / (1 + np.exp(-(logit + np.sqrt(1 - alike**2) * chance)))
        columns.append(np.minimum((weight * there[layer])[order].astype(np.float32), _MOST))
    start = np.zeros(people + 1, np.int64)
    np.cumsum(np.bincount(holder, minlength=people), out=start[1:])
    return Network(start, other[order].astype(np.int32), *columns)


def _housemates(household: np.ndarray) -> Pairs:
    """Return all two who live together: each with those who stand up to so many rows later."""
    found, step = [np.empty((0, 2), np.int64)], 1
    while step < len(household):
        one = np.flatnonzero(household[step:] == household[:-step])
        if not len(one):
            break
        found.append(np.stack([one, one + step], axis=1))
        step += 1
    return np.concatenate(found)


def _others(draw: _Draw, people: int, many: int, known: Pairs) -> Pairs:
    """Return about `many` pairs by place, none of them `known` and none twice."""
    taken, found = np.sort(_keys(known, people)), np.empty(0, np.int64)
    for _ in range(_ROUNDS):
        if len(found) >= many:
            break
        found = _distinct(
            np.concatenate([found, _new(_drawn(draw, many - len(found)), people, taken)])
        )
    return _pairs(_some(found, many, draw.dice), people)


def _drawn(draw: _Draw, many: int) -> Pairs:
    """Return `many` pairs: one by how easily they make ties, the other by place and as easily."""
    easily, dice = draw.crowd.easily, draw.dice
    one = np.searchsorted(easily, dice.random(many) * easily[-1], side="right")
    picky = np.flatnonzero(dice.random(many) < draw.settings.homophily)
    other = _met(draw, one)
    is_using = draw.crowd.is_using
    for _ in range(_ASKED):
        picky = picky[is_using[one[picky]] != is_using[other[picky]]]
        if not len(picky):
            break
        other[picky] = _met(draw, one[picky])
    # Whoever found nobody alike makes no tie.
    other[picky] = one[picky]
    return np.stack([one, other], axis=1)


def _met(draw: _Draw, one: Int64[np.ndarray, "some"]) -> Int64[np.ndarray, "some"]:
    """Return whom each of `one` meets: at home, in a place nearby, or anywhere."""
    crowd, settings, dice = draw.crowd, draw.settings, draw.dice
    home = crowd.living.home[one].astype(np.int64)
    where = dice.random(len(one))
    nearby = draw.near[home, dice.integers(0, draw.near.shape[1], len(one))]
    place = np.where(where < settings.near, home, nearby)
    is_anywhere = where >= settings.near + (1 - settings.near) * settings.region
    below = np.concatenate([[0.0], crowd.easily])
    begins = np.where(is_anywhere, 0.0, below[crowd.first[place]])
    ends = np.where(is_anywhere, below[-1], below[crowd.first[place + 1]])
    at = begins + dice.random(len(one)) * (ends - begins)
    return np.asarray(
        np.minimum(np.searchsorted(crowd.easily, at, side="right"), len(crowd.easily) - 1)
    )


def _closed(people: int, many: int, pairs: Pairs, dice: np.random.Generator) -> Pairs:
    """Return about `many` pairs more, each of two who both know somebody."""
    if not len(pairs) or many <= 0:
        return np.empty((0, 2), np.int64)
    holder, other = np.concatenate([pairs, pairs[:, ::-1]]).T
    order = np.argsort(holder, kind="stable")
    holder, other = holder[order], other[order]
    first = np.searchsorted(holder, np.arange(people + 1))
    taken, found = np.sort(_keys(pairs, people)), np.empty(0, np.int64)
    for _ in range(_ROUNDS):
        if len(found) >= many:
            break
        row = dice.integers(0, len(holder), many - len(found))
        one, middle = holder[row], other[row]
        degree = first[middle + 1] - first[middle]
        third = other[first[middle] + (dice.random(len(row)) * degree).astype(np.int64)]
        new = _new(np.stack([one, third], axis=1), people, taken)
        found = _distinct(np.concatenate([found, new]))
    return _pairs(_some(found, many, dice), people)


def _keys(pairs: Pairs, people: int) -> Int64[np.ndarray, "pairs"]:
    return np.asarray(
        np.minimum(pairs[:, 0], pairs[:, 1]) * people + np.maximum(pairs[:, 0], pairs[:, 1])
    )


def _new(pairs: Pairs, people: int, taken: Int64[np.ndarray, "taken"]) -> Int64[np.ndarray, "new"]:
    """Return the keys of `pairs` of two people that are not `taken`, each once, in order."""
    keys = _distinct(_keys(pairs[pairs[:, 0] != pairs[:, 1]], people))
    return np.asarray(keys[~_are_in(keys, taken)])


def _distinct(keys: Int64[np.ndarray, "some"]) -> Int64[np.ndarray, "few"]:
    """Return each once, in order. `np.unique` hashes, and takes ten times as long for millions."""
    keys = np.sort(keys)
    return keys[np.concatenate([[True], keys[1:] != keys[:-1]])] if len(keys) else keys


def _are_in(
    keys: Int64[np.ndarray, "some"], taken: Int64[np.ndarray, "taken"]
) -> Bool[np.ndarray, "some"]:
    """Return which of the keys are in `taken`, which is in order."""
    if not len(taken):
        return np.zeros(len(keys), np.bool_)
    at = np.minimum(np.searchsorted(taken, keys), len(taken) - 1)
    return np.asarray(taken[at] == keys)


def _some(
    keys: Int64[np.ndarray, "found"], many: int, dice: np.random.Generator
) -> Int64[np.ndarray, "some"]:
    """Return `many` of the keys by lot, or all if there are no more."""
    return dice.permutation(keys)[:many] if len(keys) > many else keys


def _pairs(keys: Int64[np.ndarray, "some"], people: int) -> Pairs:
    return np.stack([keys // people, keys % people], axis=1)
