from datetime import datetime, time

from kith.core.schedule import Dated, Schedule


def test_nothing_fixed_is_by_arrangement():
    assert Schedule("UTC").is_by_arrangement
    assert Schedule("UTC", start=time(19)).is_by_arrangement


def test_a_rule_or_a_date_is_no_arrangement():
    assert not Schedule("UTC", rule="FREQ=DAILY").is_by_arrangement
    assert not Schedule("UTC", dated=(Dated(datetime(2026, 1, 1, 19), "UTC"),)).is_by_arrangement
