from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kith.core.study import (
    BrokenLockError,
    canonical,
    differences,
    is_confirmatory,
    lock,
    lock_text,
    locked_hash,
    read,
    read_lock,
)

TEXT = """
[study]
title = "Circles"
summary = "One line and another"
weeks = 12
[[arms]]
key = "listing"
[[arms]]
key = "circle"
features = { circle = true, prompts = "warm" }
[[measures]]
key = "lonely"
instrument = "ucla3"
[[outcomes]]
key = "less"
measure = "lonely"
estimator = "difference"
settings = { cluster = true, least = 1 }
[[outcomes]]
key = "more"
measure = "lonely"
[analysis]
alpha = 0.01
[power]
effect = 1
"""
AT = datetime(2026, 11, 27, 1, 30, tzinfo=UTC)
SEED = "5" * 64


@pytest.fixture
def locked():
    return lock(read(TEXT), at=AT, by="Mara", seed_commitment=SEED)


def now(old, new):
    assert old in TEXT
    return read(TEXT.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[study]", "# why we ask\n[study]"),
        ('title = "Circles"', "title = 'Circles'  # a name"),
        ('"One line and another"', '"""One line\n    and another"""'),
        ("{ circle = true, prompts = \"warm\" }", "{ prompts = \"warm\", circle = true }"),
        ("effect = 1", "effect = 1.0"),
        ("least = 1", "least = 1.0"),
        ("alpha = 0.01", "alpha = 1e-2"),
        ("weeks = 12\n", "weeks = 12\non_call = ''\n"),
        ("[study]", "[stopping]\nlooks = []\n[study]"),
    ],
)  # fmt: skip
def test_a_file_that_says_the_same_has_the_same_hash(old, new):
    assert locked_hash(now(old, new)) == locked_hash(read(TEXT))


@pytest.mark.parametrize(
    ("old", "new", "where", "was", "is_"),
    [
        ('"Circles"', '"Pairs"', "study.title", '"Circles"', '"Pairs"'),
        ("alpha = 0.01", "", "analysis.alpha", "0.01", "0.05 (the default)"),
        ("alpha = 0.01", 'alpha = 0.01\nmultiplicity = "holm"', "analysis.multiplicity", "nothing", '"holm"'),
        ("cluster = true", "cluster = 1", "outcomes.less.settings.cluster", "true", "1"),
        ('key = "more"', 'key = "most"', "outcomes.more", '{"key": "more", "measure": "lonely"}', "nothing"),
        ('prompts = "warm"', 'prompts = "cold"', "arms.circle.features.prompts", '"warm"', '"cold"'),
    ],
)  # fmt: skip
def test_each_difference_is_named_section_by_section(locked, old, new, where, was, is_):
    found = differences(locked, now(old, new))

    assert (found[0].where, found[0].locked, found[0].now) == (where, was, is_)


def test_another_order_of_arms_is_another_plan(locked):
    plan = read(TEXT)
    turned = replace(plan, arms=plan.arms[::-1])

    assert locked_hash(turned) != locked.hash
    assert [str(one) for one in differences(locked, turned)] == [
        "arms (order): locked as listing, circle, now circle, listing"
    ]


def test_a_plan_is_no_different_from_itself(locked):
    assert differences(locked, read(TEXT)) == ()
    assert locked.hash == locked_hash(read(TEXT))


def test_the_hash_of_a_plan_stays_what_it_was():
    assert canonical(read('[study]\ntitle = "Ça"\n[power]\nloss = 0.20')) == (
        '{"format":1,"power":{"loss":0.2},"study":{"title":"Ça"}}'
    )
    assert (
        locked_hash(read("")) == "3f0a99256beeb89a6b9f2793885291a6454928fd74903159ab2e51452b13df6f"
    )


def test_a_lock_is_read_as_it_was_written(locked):
    assert read_lock(lock_text(locked)) == locked


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Circles", "Pairs", "hash is not that of the plan"),
        ('"hash"', '"hush"', "a part of it is missing"),
        ("{", "[", "no lock file"),
        (SEED, "5", "no sha256 of a seed"),
        ("2026-11-27T01:30:00+00:00", "2026-13-27", "no moment"),
        ("+00:00", "", "no time zone"),
    ],
)
def test_a_lock_that_was_touched_is_refused(locked, old, new, said):
    text = lock_text(locked)
    assert old in text

    with pytest.raises(BrokenLockError, match=said):
        read_lock(text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "less", "more"),
    [
        ("weeks = 12", "weeks = 12", True, True),
        ('"Circles"', '"Pairs"', True, True),
        ('"difference"', '"mixed"', False, True),
        ('"ucla3"', '"phq4"', False, False),
        ("alpha = 0.01", "alpha = 0.05", False, False),
        ("circle = true,", "", False, False),
        ('key = "more"', 'key = "most"', True, False),
    ],
)
def test_only_what_was_locked_can_be_confirmed(locked, old, new, less, more):
    plan = now(old, new)

    assert is_confirmatory(locked, plan, "less") is less
    assert is_confirmatory(locked, plan, "more") is more
    assert not is_confirmatory(locked, plan, "most")
