"""Who runs the parts of a large population: threads, processes, or a cluster."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

from kith.errors import KithError

Runner = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]


class NoClusterError(KithError):
    """A cluster was asked for and cannot be reached; the text says what to do."""


@contextmanager
def runner(*, threads: int, workers: int | None, dask: str | None) -> Iterator[Runner]:
    """Yield something like `map` that runs jobs beside each other.

    Raises:
        NoClusterError: If the cluster at `dask` cannot be reached.
    """
    if dask is not None:
        with client_of(dask) as client:
            yield across_dask(client)
    elif workers is not None:
        # Spawned, not forked: a fork of a process with threads may wait for itself for ever.
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            yield pool.map
    else:
        with ThreadPoolExecutor(threads) as pool_of_threads:
            yield pool_of_threads.map


def across_dask(client: Any) -> Runner:
    """Return something like `map` that runs jobs on a cluster of dask.distributed."""

    def across(work: Callable[[Any], Any], jobs: Iterable[Any]) -> Iterable[Any]:
        # Sent once each, to whoever is free; not all of them through the plan of the scheduler.
        sent = client.scatter(list(jobs), hash=False)
        answers: list[Any] = client.gather(client.map(work, sent, pure=False))
        return answers

    return across


def client_of(address: str) -> Any:
    """Return a client of the scheduler at `address`.

    Raises:
        NoClusterError: If it cannot be reached.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - an extra that not everybody has
    except ImportError as error:
        raise NoClusterError(
            "--dask needs the package distributed: install kith with the extra dask, kith[dask]"
        ) from error
    try:
        return Client(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise NoClusterError(
            f"no dask scheduler answers at {address}: start one with `dask scheduler`, and workers"
            " that have this version of kith with `dask worker`"
        ) from error
