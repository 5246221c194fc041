"""The expert's program with every shortcut that NumPy lets one take, and that the engine takes too:

- a Poisson count per operator and chunk, repeated, where the expert searches a table for every candidate;
- a squeeze: the hazard at the chunk's highest z decides nearly every candidate without Phi;
- repeats found through a table with a place for every path and operator, where the expert sorts.
"""
import numpy as np
from scipy.special import ndtr, ndtri

from cascade import Cascade
from common import main

TABLE_PLACES = 1 << 22
LEAST_PATHS = 1 << 9


def simulate(workload, paths, rng, cascades):
    certain = workload.hazard >= 1
    live = np.flatnonzero((workload.hazard > 0) & ~certain)
    thresholds = ndtri(workload.hazard[live])
    loading, rest = np.sqrt(workload.rho), np.sqrt(1 - workload.rho)
    chunk = max(LEAST_PATHS, TABLE_PLACES // workload.operators)
    cascade = Cascade(workload, chunk) if cascades else None
    place = np.empty(chunk * workload.operators, dtype=np.int32)
    z = ndtri((np.arange(paths) + rng.random(paths)) / paths)
    losses = np.empty(paths)

    def hazards(operator_thresholds, at):
        return -np.log1p(-ndtr((operator_thresholds - loading * at) / rest))

    for start in range(0, paths, chunk):
        z_chunk = z[start : start + chunk]
        size = z_chunk.size
        most, least = hazards(thresholds, z_chunk[0]), hazards(thresholds, z_chunk[-1])
        counts = rng.poisson(most * size)
        operator = np.repeat(np.arange(live.size, dtype=np.int32), counts)
        path = rng.integers(0, size, operator.size, dtype=np.int32)
        mark = rng.random(operator.size) * np.repeat(most, counts)
        keep = mark < np.repeat(least, counts)
        open_ones = np.flatnonzero(~keep)
        keep[open_ones] = mark[open_ones] < hazards(thresholds[operator[open_ones]], z_chunk[path[open_ones]])
        path, operator = path[keep], live[operator[keep]]
        # Of equal keys the last one written stays, and only it finds itself again. Nothing needs to be cleared.
        key = path * np.int32(workload.operators) + operator
        own = np.arange(key.size, dtype=np.int32)
        place[key] = own
        first = place[key] == own
        path, operator = path[first], operator[first]
        if cascade is not None:
            path, operator = cascade.spread(path, operator, np.flatnonzero(certain), size)
        losses[start : start + size] = np.bincount(path, workload.loss[operator], size)
    if cascade is None:
        losses += workload.loss[certain].sum()
    return losses


main(simulate, can_cascade=True)
