"""The one-factor model as somebody writes it who knows NumPy and knows that faults are rare.

Only faults are drawn. The paths are stratified over the factor and taken in chunks of neighbouring z. Within a chunk
the conditional chances p_i(z) are largest at the lowest z: candidates come from one Poisson process with the hazards
-log(1 - p_i) there, and are thinned to the hazards at the path's own z. The cost is that of the faults, not of
paths x operators.
"""
import numpy as np
from scipy.special import ndtr, ndtri

from cascade import Cascade
from common import main

CHUNK_PATHS = 1 << 12


def simulate(workload, paths, rng, cascades):
    certain = workload.hazard >= 1
    # An infinite hazard is no rate: who faults on every path is not sampled.
    live = np.flatnonzero((workload.hazard > 0) & ~certain)
    thresholds = ndtri(workload.hazard[live])
    loading, rest = np.sqrt(workload.rho), np.sqrt(1 - workload.rho)
    cascade = Cascade(workload, CHUNK_PATHS) if cascades else None
    z = ndtri((np.arange(paths) + rng.random(paths)) / paths)
    losses = np.empty(paths)

    def hazards(operator_thresholds, at):
        return -np.log1p(-ndtr((operator_thresholds - loading * at) / rest))

    for start in range(0, paths, CHUNK_PATHS):
        z_chunk = z[start : start + CHUNK_PATHS]
        size = z_chunk.size
        most = hazards(thresholds, z_chunk[0])
        cumulative = np.cumsum(most)
        total = cumulative[-1] if live.size > 0 else 0.0
        count = rng.poisson(total * size)
        # Which path, which operator, and whether it is one at this path's z.
        path = rng.integers(0, size, count)
        operator = np.searchsorted(cumulative, rng.random(count) * total, side="right")
        operator = np.minimum(operator, live.size - 1)
        keep = rng.random(count) * most[operator] < hazards(thresholds[operator], z_chunk[path])
        # An operator faults at most once on a path.
        key = path[keep] * workload.operators + live[operator[keep]]
        key.sort()
        key = key[np.diff(key, prepend=-1) > 0]
        path, operator = key // workload.operators, key % workload.operators
        if cascade is not None:
            path, operator = cascade.spread(path, operator, np.flatnonzero(certain), size)
        losses[start : start + size] = np.bincount(path, workload.loss[operator], size)
    if cascade is None:
        losses += workload.loss[certain].sum()
    return losses


main(simulate, can_cascade=True)
