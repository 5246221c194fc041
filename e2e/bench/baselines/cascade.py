"""How faults spread, for a chunk of paths at once.

An operator falls through an edge once the share of the service's stake that is at fault reaches the edge's threshold.
Only services whose share has just grown past their lowest threshold are looked at again.
"""
import numpy as np


class Cascade:
    def __init__(self, workload, chunk):
        conducts = workload.edge_mode > 0
        operator = workload.edge_operator[conducts]
        service = workload.edge_service[conducts]
        stake = workload.edge_stake[conducts]
        threshold = workload.edge_threshold[conducts]
        self.operators, self.services = workload.operators, workload.services
        total = np.bincount(service, stake, self.services)
        lowest = np.full(self.services, np.inf)
        np.minimum.at(lowest, service, threshold)
        self.lowest = lowest
        # The edges in order of their operator, and again in order of their service.
        self.by_operator = Rows(operator, self.operators, service, stake / total[service])
        self.by_service = Rows(service, self.services, operator, threshold)
        self.share = np.zeros(chunk * self.services)
        self.fallen = np.zeros(chunk * self.operators, dtype=bool)

    def spread(self, path, operator, certain, size):
        """All (path, operator) at fault in the end, from those at fault in the beginning."""
        if certain.size > 0:
            path = np.concatenate([path, np.repeat(np.arange(size), certain.size)])
            operator = np.concatenate([operator, np.tile(certain, size)])
        paths, operators = [path], [operator]
        while path.size > 0:
            self.fallen[path.astype(np.int64) * self.operators + operator] = True
            source, service, part = self.by_operator.expand(operator)
            place = path[source].astype(np.int64) * self.services + service
            if len(paths) == 1:
                # Nearly all of the work: one pass over everything is cheaper than adding at scattered places.
                self.share[: size * self.services] = np.bincount(place, part, size * self.services)
            else:
                np.add.at(self.share, place, part)
            hot = np.unique(place[self.share[place] >= self.lowest[service]])
            path, service = hot // self.services, hot % self.services
            source, operator, threshold = self.by_service.expand(service)
            falls = self.share[hot[source]] >= threshold
            key = path[source[falls]] * self.operators + operator[falls]
            key = np.unique(key[~self.fallen[key]])
            path, operator = key // self.operators, key % self.operators
            paths.append(path)
            operators.append(operator)
        path, operator = np.concatenate(paths), np.concatenate(operators)
        self.fallen[path.astype(np.int64) * self.operators + operator] = False
        return path, operator


class Rows:
    """Edges grouped by a row number: a column of indices and one of numbers."""

    def __init__(self, row, rows, index, number):
        order = np.argsort(row, kind="stable")
        self.index, self.number = index[order], number[order]
        self.length = np.bincount(row, minlength=rows)
        self.start = np.concatenate([[0], np.cumsum(self.length)[:-1]]).astype(np.int64)

    def expand(self, rows):
        """For every edge of every given row: the place in `rows` it comes from, its index, its number."""
        lengths = self.length[rows]
        source = np.repeat(np.arange(rows.size), lengths)
        first = np.cumsum(lengths) - lengths
        edge = np.arange(source.size) + np.repeat(self.start[rows] - first, lengths)
        return source, self.index[edge], self.number[edge]
