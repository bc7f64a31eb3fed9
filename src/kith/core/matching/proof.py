"""How good the best possible choice of circles could be: a bound, and for few people a proof."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Float64, Int32, Int64
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csc_array

from kith.core.matching.loops import Rows, fill_tables
from kith.core.matching.points import Points
from kith.core.matching.pricing import Found, Tables, worth_more

_MOST_COLUMNS = 400_000
_EPSILON = 1e-3


class Proof(NamedTuple):
    """What is known of the best choice.

    Args:
        bound: No choice of circles is worth more.
        member, value: The best choice found, and what it is worth.
    """

    bound: int
    member: Int32[np.ndarray, "circles 8"]
    value: Int64[np.ndarray, "circles"]
    rounds: int
    columns: int


def tables(rows: Rows, points: Points) -> Tables:
    n = len(rows.worth)
    way, pairs, near = (np.zeros((n, n), kind) for kind in (np.uint8, np.int32, np.int32))
    tied, asks = np.zeros((n, n), np.bool_), np.zeros((n, n), np.bool_)
    fill_tables(rows, points.numbers, way, pairs, near, tied, asks)
    best = np.where(way > 0, pairs + near, 0).max(axis=1, initial=0).astype(np.int32)
    return Tables(rows.row, rows.worth, way, pairs, near, tied, asks, best)


def prove(rows, points, sizes, start: Found, most_rounds=200, verbose=False):
    t = tables(rows, points)
    n = len(rows.worth)
    least, most = sizes
    numbers = (points.bridge, points.role, points.ask)
    pool_m, pool_v = start
    best = start
    bound = np.inf
    center = None
    for turn in range(most_rounds):
        price, lp, x = _priced(pool_m, pool_v, n)
        sep = price if center is None else 0.5 * center + 0.5 * price
        while True:
            m, v, gain, seen = _more(t, sep, _EPSILON, sizes, numbers, 60, 100_000)
            top = np.sort(gain)[::-1][: n // least].sum()
            b = sep.sum() + max(top, 0)
            if b < bound:
                bound, center = b, sep
            rc = v - np.where(m >= 0, price[m], 0).sum(axis=1) if len(v) else np.zeros(0)
            if (rc > _EPSILON).any() or sep is price:
                break
            sep = price
        if verbose:
            print(turn, len(pool_v), lp / 60 / n, bound / 60 / n, len(v))
        if not (rc > _EPSILON).any() or bound - lp < 0.5:
            break
        pool_m, pool_v = np.concatenate([pool_m, m]), np.concatenate([pool_v, v])
    return pool_m, pool_v, price, lp, bound, t


def _more(t, price, above, sizes, numbers, each, room):
    found = Found(np.empty((room, 8), np.int32), np.empty(room, np.int64))
    gain = np.empty(len(t.worth))
    n, seen = worth_more(t, price, above, *sizes, numbers, each, found, gain)
    return found.member[:n], found.value[:n], np.maximum(gain, 0), seen


def _matrix(member, n):
    column, place = np.nonzero(member >= 0)
    return csc_array((np.ones(len(column)), (member[column, place], column)), shape=(n, len(member)))


def _priced(member, value, n):
    a = _matrix(member, n)
    r = linprog(-value.astype(float), A_ub=a, b_ub=np.ones(n), bounds=(0, None), method="highs")
    return -r.ineqlin.marginals, -r.fun, r.x


def whole(member, value, n):
    a = _matrix(member, n)
    r = milp(-value.astype(float), constraints=LinearConstraint(a, -np.inf, 1), integrality=np.ones(len(value)), bounds=Bounds(0, 1), options={"mip_rel_gap":0,"time_limit":60})
    return r
