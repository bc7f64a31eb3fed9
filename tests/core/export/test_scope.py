import numpy as np
import pytest

from kith.core.export.scope import BeyondConsentError, Consents, Scope, refuse_beyond, who_leaves
from kith.core.records import End, FollowUp

PEOPLE = 14


def agreed(*, answers=PEOPLE, ties=PEOPLE):
    """All share; the first so many agreed to answers, and to ties."""
    to = [(person, Scope.SHARE) for person in range(PEOPLE)]
    to += [(person, Scope.ANSWERS) for person in range(answers)]
    to += [(person, Scope.TIES) for person in range(ties)]
    return Consents.of(PEOPLE, to)


def followed(**ends):
    person = np.arange(PEOPLE, dtype=np.int32)
    why = np.full(PEOPLE, End.STUDY_ENDED, np.int8)
    for name, someone in ends.items():
        why[someone] = End[name]
    return FollowUp(PEOPLE, person, np.zeros(PEOPLE), np.ones(PEOPLE), why)


def test_who_did_not_agree_to_share_and_who_revoked_are_not_in_it():
    consents = Consents.of(PEOPLE, [(n, Scope.SHARE) for n in range(1, PEOPLE)])

    is_in = who_leaves(consents, followed(REVOKED=2, LEFT=3))

    assert np.flatnonzero(~is_in).tolist() == [0, 2]


def test_what_all_agreed_to_may_be_asked_for():
    consents = agreed()

    refuse_beyond(consents, who_leaves(consents, followed()), ["answers", "ties"])


def test_what_some_did_not_agree_to_is_refused_with_its_reason():
    consents = agreed(ties=3)

    with pytest.raises(BeyondConsentError) as refused:
        refuse_beyond(consents, who_leaves(consents, followed()), ["ties"])

    assert str(refused.value) == (
        "ties: 11 of those who agreed to share did not agree to this. Do not ask for ties by name: "
        "each person's rows then go as far as their own consent."
    )


def test_refusal_does_not_tell_of_few():
    consents = agreed(ties=PEOPLE - 1)

    with pytest.raises(BeyondConsentError, match="ties: fewer than 11 of those"):
        refuse_beyond(consents, who_leaves(consents, followed()), ["ties"])


def test_who_is_not_in_it_stands_in_nobodys_way():
    consents = agreed(ties=PEOPLE - 1)
    is_in = who_leaves(consents, followed(REVOKED=PEOPLE - 1))

    refuse_beyond(consents, is_in, ["ties"])


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("edges", "who is tied to whom does not leave"),
        ("names", "names and keys of people do not leave"),
        ("text", "free text does not leave"),
        ("times", "exact times do not leave"),
        ("circles", "who is in one circle does not leave"),
        ("photos", "nobody was asked about that. There are: answers, draw, ties, share"),
    ],
)
def test_what_nobody_agrees_to_is_refused_whoever_agreed(name, why):
    consents = agreed()

    with pytest.raises(BeyondConsentError, match=why):
        refuse_beyond(consents, who_leaves(consents, followed()), [name])
