"""Every number has a range, a unit and a source; what is none of them is refused by name."""

import math
import pickle

import pytest

from kith.core.brain import parameters
from kith.core.brain.parameters import BadParameterError, meanings

# Ways to break a file of parameters: what is written, and what is said of it.
BROKEN = [
    ({"resolve.use": -0.1}, "resolve.use must be a number from 0 to 10 (logit per day of use), got -0.1"),
    ({"resolve.use": 10.5}, "resolve.use must be a number from 0 to 10 (logit per day of use), got 10.5"),
    ({"surge": math.nan}, "surge must be a number from 0 to 1 (reward), got nan"),
    ({"surge": math.inf}, "surge must be a number from 0 to 1 (reward), got inf"),
    ({"cost.drug": "cheap"}, "cost.drug must be a number from 0 to 2 (reward), got 'cheap'"),
    ({"cost.drug": True}, "cost.drug must be a number from 0 to 2 (reward), got True"),
    ({"cost.drug": None}, "cost.drug must be a number from 0 to 2 (reward), got None"),
    ({"fade.opioid": 0}, "fade.opioid must be a number from 0.01 to 0.6 (per epoch), got 0"),
    ({"set_point.raise": 0.01}, "'set_point.raise' is no parameter (there are set_point.rise,"),
    ({"surge": 10**400}, "surge must be a number from 0 to 1 (reward), got 1000"),
    ({"luck": 1}, "'luck' is no parameter, got 1"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "said"), BROKEN)
def test_what_is_no_parameter_is_refused_by_name_value_and_range(changes, said):
    with pytest.raises(BadParameterError) as refused:
        parameters(changes)

    assert said in str(refused.value)


@pytest.mark.parametrize("meaning", meanings().values(), ids=lambda meaning: meaning.name)
def test_every_default_lies_in_its_range_and_says_where_it_is_from(meaning):
    meaning.refuse(meaning.default)

    assert meaning.lowest < meaning.highest
    assert min(map(len, (meaning.unit, meaning.source, meaning.meaning))) > 0
    assert parameters({meaning.name: meaning.lowest})[meaning.name] == meaning.lowest
    with pytest.raises(BadParameterError, match=meaning.name):
        parameters({meaning.name: meaning.highest + 1})


def test_parameters_go_through_a_pipe():
    changed = parameters({"surge": 0.2, "resolve.use": 1})

    there = pickle.loads(pickle.dumps(changed))

    assert dict(there) == dict(changed)
    assert there.changed == {"surge": 0.2, "resolve.use": 1.0}


def test_changes_upon_changes_keep_the_others():
    first = parameters({"surge": 0.2})

    second = first.with_({"resolve.use": 1.0})

    assert second.changed == {"surge": 0.2, "resolve.use": 1.0}
    assert first.changed == {"surge": 0.2}
