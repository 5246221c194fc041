"""The one-factor model as a textbook computes it: a normal for every path and operator, compared with a threshold.

X_i = sqrt(rho) Z + sqrt(1 - rho) eps_i; operator i faults where X_i < Phi^-1(p_i). The work is paths x operators
whatever the hazards are. Done in batches that stay in the processor's cache, without temporary arrays.
"""
import numpy as np
from scipy.special import ndtri

from common import main

BATCH_NUMBERS = 1 << 17


def simulate(workload, paths, rng, _cascades):
    thresholds = ndtri(workload.hazard)
    batch = max(1, BATCH_NUMBERS // workload.operators)
    x = np.empty((batch, workload.operators))
    losses = np.empty(paths)
    for start in range(0, paths, batch):
        rows = min(batch, paths - start)
        part = x[:rows]
        rng.standard_normal(out=part)
        z = rng.standard_normal((rows, 1))
        part *= np.sqrt(1 - workload.rho)
        part += np.sqrt(workload.rho) * z
        faults = part < thresholds
        losses[start : start + rows] = faults @ workload.loss
    return losses


main(simulate, can_cascade=False)
