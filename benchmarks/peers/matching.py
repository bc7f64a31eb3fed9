"""Other solvers on the same people: run in an environment of their own (see bench_matching.py).

    python benchmarks/peers/matching.py cpsat|kmeans|networkx DATA.npz

Prints one JSON object; clusters of k-means go back through DATA.out.npy.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np


def cpsat(data: Any, seconds: float = 60.0) -> dict[str, Any]:
    """Choose among all circles there could be, given to it as columns."""
    from ortools.sat.python import cp_model

    member, value = data["member"], data["value"]
    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in value]
    inside: dict[int, list[Any]] = {}
    for column, row in zip(chosen, member.tolist(), strict=True):
        for i in row:
            if i >= 0:
                inside.setdefault(i, []).append(column)
    for columns in inside.values():
        model.add_at_most_one(columns)
    model.maximize(sum(int(v) * c for v, c in zip(value, chosen, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    return {
        "value": solver.objective_value,
        "bound": solver.best_objective_bound,
        "is_proved": status == cp_model.OPTIMAL,
    }


def kmeans(data: Any, out: Path) -> dict[str, Any]:
    """Cluster what people have in common, four to six in each."""
    from k_means_constrained import KMeansConstrained

    features = data["features"]
    clusters = KMeansConstrained(
        n_clusters=max(1, len(features) // 5), size_min=4, size_max=6, random_state=1
    ).fit_predict(features)
    np.save(out, clusters)
    return {}


def networkx(data: Any) -> dict[str, Any]:
    """Pair exactly, in Python."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_weighted_edges_from(
        zip(*(data[n].tolist() for n in ("one", "other", "value")), strict=True)
    )
    pairs = nx.max_weight_matching(graph)
    return {"value": sum(graph.edges[pair]["weight"] for pair in pairs)}


def main() -> None:
    """Run one peer on one file."""
    which, path = sys.argv[1], Path(sys.argv[2])
    data = np.load(path)
    began = time.monotonic()
    if which == "kmeans":
        said = kmeans(data, path.with_suffix(".out.npy"))
    else:
        said = {"cpsat": cpsat, "networkx": networkx}[which](data)
    print(json.dumps({**said, "seconds": time.monotonic() - began}))


if __name__ == "__main__":
    main()
