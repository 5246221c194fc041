"""What the NumPy baselines share: the workload file (see ../encode-workload.ts), the figures, the one line they print.

Usage of every baseline: python3 <file> <workload.bin> <paths> <seed> [--cascades]
"""
import json
import sys
import time

import numpy as np
import scipy

LEVELS = (0.99, 0.999)


class Workload:
    def __init__(self, path):
        data = np.fromfile(path, dtype=np.uint8)
        if data[:8].tobytes() != b"BALLAST1":
            raise SystemExit(f"{path} is no encoded workload")
        operators, services, positions, edges, weights, _ = data[8:32].view("<u4").tolist()
        self.operators, self.services = operators, services
        self.rho = float(data[32:40].view("<f8")[0])
        self._data, self._offset = data, 40
        self.hazard = self._take("<f8", operators)
        self.stake = self._take("<f8", operators)
        self.loss = self._take("<f8", operators)
        self.edge_stake = self._take("<f8", edges)
        self.edge_threshold = self._take("<f8", edges)
        self._take("<f8", weights + positions)
        self.edge_operator = self._take("<u4", edges).astype(np.int64)
        self.edge_service = self._take("<u4", edges).astype(np.int64)
        self.edge_mode = self._take("<u4", edges)

    def _take(self, kind, count):
        end = self._offset + count * np.dtype(kind).itemsize
        values = self._data[self._offset : end].view(kind)
        self._offset = end
        return values.copy()


def summarise(losses):
    """Mean, VaR and CVaR (Rockafellar and Uryasev: VaR + E[(L - VaR)+] / (1 - level))."""
    figures = {"el": float(losses.mean())}
    ranks = [max(0, int(np.ceil(level * losses.size)) - 1) for level in LEVELS]
    ordered = np.partition(losses, ranks)
    for level, rank in zip(LEVELS, ranks):
        value = float(ordered[rank])
        excess = ordered[rank:] - value
        figures[f"var{name(level)}"] = value
        figures[f"cvar{name(level)}"] = value + float(excess.sum()) / losses.size / (1 - level)
    return figures


def estimate_errors(losses):
    """Standard errors, as of independent paths: a stratified run is a little better than they say."""
    count = losses.size
    errors = {"el": float(losses.std() / np.sqrt(count))}
    ordered = np.sort(losses)
    for level in LEVELS:
        spread = np.sqrt(level * (1 - level) / count)
        low, middle, high = (
            ordered[min(count - 1, max(0, int(np.ceil(at * count)) - 1))]
            for at in (level - spread, level, level + spread)
        )
        excess = np.maximum(ordered - middle, 0)
        errors[f"var{name(level)}"] = float((high - low) / 2)
        errors[f"cvar{name(level)}"] = float(excess.std() / np.sqrt(count) / (1 - level))
    return errors


def name(level):
    return f"{level * 100:g}".replace(".", "")


def main(simulate, can_cascade):
    """Times `simulate(workload, paths, rng, cascades)` up to the figures; not the start, nor the reading of the file."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--cascades"]
    cascades = "--cascades" in sys.argv
    if len(arguments) != 3 or (cascades and not can_cascade):
        raise SystemExit(__doc__)
    workload = Workload(arguments[0])
    rng = np.random.Generator(np.random.SFC64(int(arguments[2])))
    # Once in small, so that nothing is measured that is done at a first call only.
    simulate(workload, 1000, np.random.Generator(np.random.SFC64(1)), cascades)

    begun = time.perf_counter()
    losses = simulate(workload, int(arguments[1]), rng, cascades)
    figures = summarise(losses)
    seconds = time.perf_counter() - begun
    print(
        json.dumps(
            {
                "paths": losses.size,
                "seconds": seconds,
                "figures": figures,
                "errors": estimate_errors(losses),
                "tool": f"Python {sys.version.split()[0]}, NumPy {np.__version__}, SciPy {scipy.__version__}",
            }
        )
    )
