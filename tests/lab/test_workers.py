"""The same circles, whoever forms them: processes here, and a cluster of two on this machine."""

import json

import pytest
from benchmarks.crowd import crowd
from click.testing import CliRunner
from scipy.stats import ttest_ind

from kith.core.matching.check import violations
from kith.core.matching.regions import form_in_regions
from kith.core.matching.search import Effort
from kith.core.rng import stream
from kith.core.stats.power.simulation import simulated_power
from kith.lab.matching import match
from kith.lab.people_files import write_people
from kith.lab.workers import NoClusterError, across_dask, runner

QUICK = Effort(2.0, wide=16, few=16)
# Sockets and loops of the cluster close when they will, some after the test.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]


def found(some, across=map):
    circles = form_in_regions(some, seed=4, most=300, effort=QUICK, across=across)
    return circles.lists(), circles.hour.tolist(), circles.value.tolist()


@pytest.fixture(scope="module")
def cluster():
    """Somebody who gives work to two processes of a cluster."""
    from distributed import Client, LocalCluster  # noqa: PLC0415 - an extra

    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1",
            dashboard_address=None,
        ) as two,
        Client(two) as client,
    ):  # fmt: skip
        yield client


def test_processes_and_a_cluster_of_two_form_the_same_circles(cluster):
    some = crowd(1_000)
    here = found(some)

    with runner(threads=1, workers=2, dask=None) as processes:
        in_processes = found(some, processes)
    on_cluster = found(some, across_dask(cluster))
    address = cluster.cluster.scheduler_address
    with runner(threads=1, workers=None, dask=address) as by_address:
        on_address = found(some, by_address)

    assert in_processes == here
    assert on_cluster == here
    assert on_address == here
    circles = form_in_regions(some, seed=4, most=300, effort=QUICK)
    assert violations(some, circles, seed=4) == []


def made_up(seed):
    """The p of a study of 40 people, made up and analysed."""
    dice = stream(seed, "study")
    return float(ttest_ind(dice.normal(0.9, 1, 20), dice.normal(0, 1, 20)).pvalue)


def test_power_is_the_same_wherever_studies_are_made_up(cluster):
    here = simulated_power(made_up, seed=5, studies=60)

    with runner(threads=1, workers=2, dask=None) as processes:
        in_processes = simulated_power(made_up, seed=5, studies=60, mapped=processes)
    on_cluster = simulated_power(made_up, seed=5, studies=60, mapped=across_dask(cluster))

    assert 0.5 < here.power < 1
    assert in_processes == here
    assert on_cluster == here


def test_match_says_the_same_with_workers_as_without(tmp_path):
    write_people(crowd(2_000), tmp_path / "people.parquet")

    def said(*options):
        result = CliRunner().invoke(
            match,
            [
                str(tmp_path / "people.parquet"),
                "--json",
                "--effort",
                "0.05",
                "--region",
                "1000",
                *options,
            ],
        )
        assert result.exit_code == 0, result.output
        account = json.loads(result.stdout)
        return {name: account[name] for name in ("circles", "placed", "value", "violations")}

    assert said("--workers", "2") == said("--threads", "1")


def test_cluster_that_does_not_answer_is_said():
    with (
        pytest.raises(NoClusterError, match=r"no dask scheduler answers at tcp://127\.0\.0\.1:9"),
        runner(threads=1, workers=None, dask="tcp://127.0.0.1:9"),
    ):
        pass


@pytest.mark.parametrize(
    "options", [["--pairs", "--workers", "2"], ["--workers", "2", "--dask", "tcp://127.0.0.1:9"]]
)
def test_options_that_do_not_go_together_are_refused(options, tmp_path):
    result = CliRunner().invoke(match, [str(tmp_path / "people.parquet"), *options])

    assert result.exit_code == 2
