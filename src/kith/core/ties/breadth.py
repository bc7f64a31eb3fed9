"""How many kinds of ties a person has."""

import numpy as np
from jaxtyping import Bool, Float64, Integer

from kith.core.ties.ends import ends
from kith.core.ties.table import Ties
from kith.errors import InvalidInputError


def of_people(
    ties: Ties,
    labels: Integer[np.ndarray, "..."],
    counts: Bool[np.ndarray, "_"] | None = None,
) -> Float64[np.ndarray, "people"]:
    """Return how many kinds of ties each person has, kinds of little strength counting little.

        exp(-sum over labels of p * log(p)),   p = the share of strength under that label

    With k equally strong kinds it is k; nobody to look at makes it 0. It is not good in itself:
    say with `counts` who is.

    Args:
        ties: Of all people.
        labels: The kind of each tie, any whole number for any kind, such as relation type times
            number of communities plus community; or two rows, as low and as high sees it: to
            each of them the community is the other's.
        counts: Which people count as somebody to be tied to; everybody where it is not said.

    Raises:
        InvalidInputError: If labels are not one or two for each tie, or counts not of all people.
    """
    n_ties = len(ties.low)
    if labels.shape not in ((n_ties,), (2, n_ties)):
        raise InvalidInputError(f"labels must be one or two for each of {n_ties} ties")
    seen = ends(ties, counts)
    label = np.broadcast_to(labels, (2, n_ties)).ravel()[seen.place]
    order = np.lexsort((label, seen.ego))
    ego, label, strength = seen.ego[order], label[order], seen.strength[order]
    is_new = np.append(True, (ego[1:] != ego[:-1]) | (label[1:] != label[:-1]))[: len(ego)]
    kind = np.cumsum(is_new) - 1
    person = ego[is_new]
    total = np.bincount(ego, strength, ties.people)
    share = np.bincount(kind, strength) / total[person]
    # A share too small to tell from 0 adds nothing.
    logs = np.log(share, out=np.zeros_like(share), where=share > 0)
    entropy = np.bincount(person, -share * logs, ties.people)
    return np.where(total > 0, np.exp(entropy), 0.0)
