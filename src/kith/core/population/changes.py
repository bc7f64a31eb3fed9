"""Those who join a town, leave it, move within it, and die: a new town each time.

Rows stay where they are, so that whoever has numbers of people may keep them.
"""

from dataclasses import replace

import numpy as np
from jaxtyping import Bool, Int32, Int64

from kith.core.population.network import LAYERS, Network
from kith.core.population.settings import TownSettings
from kith.core.population.town import COLUMNS, Here, Town, people_of
from kith.core.population.tying import weighed
from kith.core.rng import stream
from kith.errors import InvalidInputError

# Those who join or move are tied to this share of the usual number at once: the rest comes with
# time, by what they do together.
_AT_ONCE = 0.3


def joined(town: Town, many: int, settings: TownSettings, *, seed: int, turn: int) -> Town:
    """Return the town with `many` people more, in rows at the end, who know only a few.

    Each `turn`, one for each time it is done, has dice of its own.
    """
    if many < 0:
        raise InvalidInputError(f"many must be 0 or more, got {many}")
    new = people_of(settings, many, seed=seed, turn=turn)
    new["days"] = np.zeros(many, np.int32)
    dice = stream(seed, "town", "join", turn)
    like = dice.integers(0, town.people, many)
    new["home"] = town.home[like]
    new["household"] = (town.household.max(initial=-1) + 1 + np.arange(many)).astype(np.int32)
    columns = {name: np.concatenate([getattr(town, name), new[name]]) for name in COLUMNS}
    rows = np.arange(town.people, town.people + many)
    wider = Network(
        np.concatenate([town.network.start, np.full(many, town.network.start[-1])]),
        town.network.other,
        *(getattr(town.network, layer) for layer in LAYERS),
    )
    grown = Town(places=town.places, **columns, network=wider)
    return _with_few_ties(grown, rows, settings, dice)


def left(town: Town, rows: Int64[np.ndarray, "some"]) -> Town:
    """Return the town without the people of these rows: their ties end."""
    return _gone(town, rows, Here.LEFT)


def died(town: Town, rows: Int64[np.ndarray, "some"]) -> Town:
    """Return the town after the people of these rows died: their ties end."""
    return _gone(town, rows, Here.DIED)


def moved(
    town: Town, rows: Int64[np.ndarray, "some"], settings: TownSettings, *, seed: int, turn: int
) -> Town:
    """Return the town after these people moved to another place, each alone.

    Ties to those they lived near end; of the others all stay. A few new ones are made at once.
    """
    dice = stream(seed, "town", "move", turn)
    home, household = town.home.copy(), town.household.copy()
    home[rows] = _elsewhere(town, rows, dice)
    household[rows] = town.household.max(initial=-1) + 1 + np.arange(len(rows))
    is_moved = _marked(rows, town.people)
    holder, other = town.network.holder, town.network.other
    was_near = town.home[holder] == town.home[other]
    kept = town.network.only(~((is_moved[holder] | is_moved[other]) & was_near))
    after = replace(town, home=home, household=household, network=kept)
    return _with_few_ties(after, rows, settings, dice)


def _gone(town: Town, rows: Int64[np.ndarray, "some"], how: Here) -> Town:
    here = town.here.copy()
    here[rows] = how
    is_gone = _marked(rows, town.people)
    network = town.network
    kept = network.only(~(is_gone[network.holder] | is_gone[network.other]))
    return replace(town, here=here, network=kept)


def _marked(rows: Int64[np.ndarray, "some"], people: int) -> Bool[np.ndarray, "people"]:
    marked = np.zeros(people, np.bool_)
    marked[rows] = True
    return marked


def _elsewhere(
    town: Town, rows: Int64[np.ndarray, "some"], dice: np.random.Generator
) -> Int32[np.ndarray, "some"]:
    """Return another place for each, any as likely; the same where there is no other."""
    many = len(town.places)
    step = dice.integers(1, many, len(rows)) if many > 1 else 0
    return np.asarray(((town.home[rows] + step) % many).astype(np.int32))


def _with_few_ties(
    town: Town, rows: Int64[np.ndarray, "some"], settings: TownSettings, dice: np.random.Generator
) -> Town:
    """Return the town in which these people have a few ties to others of their place."""
    one = np.repeat(rows, dice.poisson(settings.ties * _AT_ONCE, len(rows)))
    order = np.argsort(town.home, kind="stable")
    order = order[town.is_here[order]]
    first, end = (
        np.searchsorted(town.home[order], town.home[one], side=side) for side in ("left", "right")
    )
    other = order[first + (dice.random(len(one)) * (end - first)).astype(np.int64)]
    n = town.people
    keys = np.unique((np.minimum(one, other) * n + np.maximum(one, other))[one != other])
    network = town.network
    keys = np.setdiff1d(keys, network.holder * n + network.other)
    pairs = np.stack([keys // n, keys % n], axis=1)
    return replace(town, network=_added(network, weighed(pairs, 0, n, settings, dice)))


def _added(network: Network, more: Network) -> Network:
    """Return the ties of both, in their order."""
    holder = np.concatenate([network.holder, more.holder])
    other = np.concatenate([network.other, more.other])
    order = np.lexsort((other, holder))
    columns = (np.concatenate([getattr(network, layer), getattr(more, layer)]) for layer in LAYERS)
    return Network(network.start + more.start, other[order], *(c[order] for c in columns))
