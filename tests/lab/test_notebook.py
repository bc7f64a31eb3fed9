import subprocess
import sys

import numpy as np
import pytest

from kith import lab
from kith.core.picture import CAUTION, MalformedPictureError

SMALL = {"people": 200, "weeks": 4, "pairs": 2, "engine": "numpy"}


@pytest.fixture(scope="module")
def tried():
    """A small town, tried once, and what was told meanwhile."""
    told = []
    found = lab.try_design(design="circles", tell=lambda *far: told.append(far), **SMALL)
    assert told == [(1, 2), (2, 2)]
    return found


def test_dataset_has_every_pair_by_name(tried):
    data = tried.dataset

    assert dict(data.sizes) == {
        "pair": 2, "arm": 2, "line": 3, "week": 4, "habit": 2, "mark": 5, "system": 5, "outcome": 12,
    }  # fmt: skip
    assert data.attrs["caution"] == CAUTION
    using = data.lines.sel(line="using", arm="circles")
    np.testing.assert_array_equal(using.values, [one.lines[1, 0] for one in tried.pairs])


def test_picture_is_of_the_same_numbers_as_the_dataset(tried):
    by_arm = tried.dataset.outcomes.sel(outcome="relapsed")

    difference = (by_arm.sel(arm="circles") - by_arm.sel(arm="nothing")).mean("pair")

    assert tried.picture.end("relapsed").difference.mean == pytest.approx(float(difference))


def test_notebook_shows_the_page_in_a_frame_that_may_do_nothing(tried):
    shown = tried._repr_html_()

    assert shown.startswith('<iframe title="What came of it" sandbox srcdoc="')
    assert "&lt;!doctype html&gt;" in shown
    assert CAUTION in shown


def test_two_arms_of_a_shipped_scenario_are_tried():
    with pytest.raises(Exception, match="There is no arm 'never'"):
        lab.try_scenario("isolation", ("together", "never"))


def test_value_that_is_not_allowed_is_told_with_its_range():
    with pytest.raises(MalformedPictureError, match=r"pairs is 1\. It must be 2 to 40"):
        lab.try_design(pairs=1)


def test_package_has_no_other_names():
    with pytest.raises(AttributeError, match="no attribute 'simulates'"):
        lab.simulates  # noqa: B018 - it is asked for


def test_importing_the_lab_brings_no_compiler_and_no_numbers():
    asked = "import sys; from kith import lab; print([name for name in ('numba', 'numpy', 'xarray', 'django') if name in sys.modules])"

    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert said.stdout == "[]\n"
