"""A small study, for tests of whatever reads and writes one."""

import numpy as np

from kith.core.records import (
    ActLog,
    Assignments,
    Decisions,
    FollowUp,
    Measure,
    Observations,
    Prompts,
    StudyRecords,
)
from kith.lab.records_columns import Names

NAN = np.nan


def i32(*rows):
    return np.array(rows, np.int32)


def f64(*rows):
    return np.array(rows, np.float64)


def i8(*rows):
    return np.array(rows, np.int8)


def small_study():
    """Return what a study of three people left behind."""
    return StudyRecords(
        people=3,
        acts=ActLog(
            3, f64(1.5, 2.0), i32(0, 2), i32(1, 0), np.array([1, 3], np.uint8),
            np.array([12.5, 0], np.float32), i8(1, 0),
        ),
        assignments=Assignments(
            3, ("listing", "circle"), i32(0, 1, 2), np.array([1, 0, 1], np.int16), f64(0, 0, 0.25),
            f64(0.5, 0.5, 0.5), i32(0, 0, -1), i32(-1, -1, 4),
        ),
        decisions=Decisions(
            3, i32(0, 1), i32(1, -1), f64(3, 3.5), np.array([True, True]), np.array([True, False]),
            i8(1, 0), f64(0.4, 0.6), f64(0.5, 1),
        ),
        prompts=Prompts(
            3, i32(0, 1), f64(3, 3.5), f64(3, 3.5), f64(3.01, NAN), f64(3.02, NAN), f64(3.1, 3.6),
            i32(0, -1),
        ),
        observations=Observations(
            3,
            (Measure("lonely", least=3.0, most=9.0), Measure("did", words=("other", "reached", "used"))),
            i32(0, 0, 1), np.array([0, 1, 0], np.int16), f64(0, 3.02, 0), f64(7, 1, NAN), i8(0, 0, 1),
            i32(-1, 0, -1), np.array([1, 1, 2], np.int16),
        ),
        follow_up=FollowUp(3, i32(0, 1, 2), f64(0, 0, 0.25), f64(84, 20, 84), i8(0, 3, 0)),
    )  # fmt: skip


def small_names():
    return Names(
        np.array(["p7", "p1", "p4"], object), {"age_band": np.array(["30-39", "18-29", "30-39"])}
    )


def same(one, other):
    """Return whether two records hold the same, column for column."""
    return all(
        same(getattr(one, key), getattr(other, key))
        if hasattr(getattr(one, key), "__slots__")
        else np.array_equal(getattr(one, key), getattr(other, key), equal_nan=True)
        if getattr(getattr(one, key), "dtype", np.dtype(object)).kind == "f"
        else np.array_equal(getattr(one, key), getattr(other, key))
        for key in one.__slots__
    )
