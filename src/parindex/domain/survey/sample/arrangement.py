"""The respondents of a sample in the order of its clusters and domains, cut into blocks that a processor's cache holds.

Every sum of an estimate is one over such groups of neighbouring rows; so rows are sorted once, and a block of rows is
read from memory once for all its sums.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from parindex.domain.survey.arrays import Codes, Floats
from parindex.domain.survey.sample.design import Sample

#: Numbers in one block: with its working copies it stays inside a cache of 1 MB.
CELLS = 32_768


@dataclass(frozen=True, slots=True, eq=False)
class Domains:
    """The subpopulations that respondents belong to: ``code`` by respondent (−1: to none), out of ``count``."""

    code: Codes
    count: int

    @classmethod
    def everyone(cls, respondents: int) -> Domains:
        """One domain that all belong to."""
        return cls(np.zeros(respondents, np.intp), 1)


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Rows grouped by a key: how to order them, where each group starts, how many it has, and its key."""

    order: Codes | None
    starts: Codes
    counts: Codes
    keys: Codes

    @classmethod
    def by(cls, keys: Codes) -> Groups:
        """The groups of rows with equal ``keys``, by rising key."""
        order = None
        if (keys[1:] < keys[:-1]).any():
            order = np.argsort(keys, kind="stable")
            keys = keys[order]
        starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])[: len(keys)])
        return cls(order, starts, np.diff(np.append(starts, len(keys))), keys[starts])

    def ordered(self, values: Floats) -> Floats:
        """``values`` (a row each) in the order of the groups."""
        return values if self.order is None else values[self.order]

    def sums(self, values: Floats) -> Floats:
        """Sums of ``values`` (already in order) by group."""
        return np.add.reduceat(values, self.starts, axis=0) if len(self.starts) else values[:0]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Neighbouring rows that hold whole groups: both as slices, the groups' starts inside the block, their sizes.

    ``own`` are the domains that occur, each once, and ``local`` says by group which of them it is.
    """

    rows: slice
    groups: slice
    starts: Codes
    counts: Codes
    own: Codes
    local: Codes

    def by_row(self, of_domain: Floats) -> Floats:
        """What ``of_domain`` (domains × variables) says for each row; one row for all where there is one domain."""
        mine: Floats = of_domain[self.own]
        if len(self.own) > 1:
            mine = mine[np.repeat(self.local, self.counts)]
        return mine

    def by_group(self, values: Floats) -> Floats:
        """Sums of ``values`` (rows × variables) by group."""
        return np.asarray(np.add.reduceat(values, self.starts, axis=0))

    def by_domain(self, of_groups: Floats) -> Floats:
        """Sums of ``of_groups`` (groups × variables) by domain of ``own``."""
        if len(self.own) == 1:
            return np.asarray(of_groups.sum(axis=0, keepdims=True))
        groups = Groups.by(self.local)
        return groups.sums(groups.ordered(of_groups))

    def weighted_sums(self, weight: Floats, values: Floats) -> Floats:
        """Sums of weight × value by domain of ``own``."""
        if len(self.own) == 1:
            return np.asarray(weight @ values)[None]
        return self.by_domain(self.by_group(values * weight[:, None]))

    def products(self, left: Floats, right: Floats) -> Floats:
        """Sums of the products of two matrices (rows × variables) by domain of ``own``."""
        if len(self.own) == 1:
            return np.asarray(np.einsum("ij,ij->j", left, right))[None]
        return self.by_domain(self.by_group(left * right))

    def counted(self, gaps: Codes, variables: int, weight: Floats) -> tuple[Floats, Floats]:
        """How many of the cells ``gaps`` (positions in rows × variables) fall to each domain of ``own`` and variable,
        and their weight.
        """
        rows, columns = np.divmod(gaps, variables)
        if len(self.own) > 1:
            columns += np.repeat(self.local, self.counts)[rows] * variables
        shape = len(self.own), variables
        found = [np.bincount(columns, of, minlength=shape[0] * variables) for of in (None, weight[rows])]
        return found[0].reshape(shape).astype(np.float64), found[1].reshape(shape).astype(np.float64, copy=False)


@dataclass(frozen=True, slots=True, eq=False)
class Arrangement:
    """The respondents of the domains in order; those in no domain and those of weight 0 are left out.

    A group is what one cluster of the last stage has of one domain, with ``place`` its cluster; where every respondent
    is a cluster of its own (``single``), it is what the cluster above has of the domain, and ``place`` that parent.
    """

    rows: Codes | None
    weight: Floats
    starts: Codes
    counts: Codes
    place: Codes
    domain: Codes
    domains: int
    single: bool

    @classmethod
    def of(cls, sample: Sample, domains: Domains) -> Arrangement:
        """The arrangement of a sample by clusters and domains."""
        last = sample.levels[-1].parent
        single = len(last) == len(sample)
        place = last[sample.cluster] if single else sample.cluster
        used = (domains.code >= 0) & (sample.weight != 0)
        rows = None if used.all() else np.flatnonzero(used)
        keys = place * domains.count + domains.code
        groups = Groups.by(keys if rows is None else keys[rows])
        if groups.order is not None:
            rows = groups.order if rows is None else rows[groups.order]
        weight = sample.weight if rows is None else sample.weight[rows]
        found = groups.keys // domains.count, groups.keys % domains.count
        return cls(rows, weight, groups.starts, groups.counts, *found, domains.count, single)

    def again_for(self, sample: Sample, domains: Domains) -> Arrangement | None:
        """The same groups of the sample under other domains; None where these domains make other groups."""
        code = domains.code if self.rows is None else domains.code[self.rows]
        mine = code[self.starts]
        if np.count_nonzero((domains.code >= 0) & (sample.weight != 0)) != len(code) or (mine < 0).any():
            return None
        if not np.array_equal(np.repeat(mine, self.counts), code):
            return None
        if len(np.unique(self.place * domains.count + mine)) != len(mine):
            return None
        return Arrangement(
            self.rows, self.weight, self.starts, self.counts, self.place, mine, domains.count, self.single
        )

    def taken(self, values: Floats, block: Block) -> Floats:
        """The rows of a block out of ``values`` (respondents × variables), one after the other in memory: a view where
        they stand so.
        """
        return np.ascontiguousarray(values[block.rows] if self.rows is None else values[self.rows[block.rows]])

    def blocks(self, variables: int) -> list[Block]:
        """The blocks for so many variables: at most ``CELLS`` numbers unless one group has more, and one domain to a
        block where domains come one after the other.
        """
        if not len(self.starts):
            return []
        ends = self.starts + self.counts
        change = np.flatnonzero(self.domain[1:] != self.domain[:-1]) + 1
        most = max(CELLS // max(variables, 1), 1)
        edges = np.append(change if len(change) * 128 < ends[-1] else change[:0], len(ends))
        cuts = [0]
        for edge in edges.tolist():
            while cuts[-1] < edge:
                fit = int(np.searchsorted(ends, self.starts[cuts[-1]] + most, side="right"))
                cuts.append(min(max(fit, cuts[-1] + 1), edge))
        return [self._block(first, last) for first, last in zip(cuts, cuts[1:], strict=False)]

    def as_cut(self, blocks: list[Block]) -> list[Block]:
        """The blocks of an arrangement with the same groups, with the domains of this one."""
        return [self._block(block.groups.start, block.groups.stop) for block in blocks]

    def _block(self, first: int, last: int) -> Block:
        rows = slice(int(self.starts[first]), int(self.starts[last - 1] + self.counts[last - 1]))
        domain = self.domain[first:last]
        if (domain == domain[0]).all():
            own, local = domain[:1], np.zeros(len(domain), np.intp)
        else:
            own, local = np.unique(domain, return_inverse=True)
        starts = self.starts[first:last] - rows.start
        return Block(rows, slice(first, last), starts, self.counts[first:last], own, local)


def clusters_and_strata(sample: Sample, domains: Domains) -> tuple[Codes, Codes]:
    """By domain: how many first-stage clusters, and how many strata, have a respondent of it (of weight above 0)."""
    used = (domains.code >= 0) & (sample.weight != 0)
    first = sample.cluster
    for level in reversed(sample.levels[1:]):
        first = level.parent[first]
    keys = _once((first * domains.count + domains.code)[used])
    strata = _once(sample.levels[0].parent[keys // domains.count] * domains.count + keys % domains.count)
    clusters, of_strata = (np.bincount(found % domains.count, minlength=domains.count) for found in (keys, strata))
    return clusters, of_strata


def _once(keys: Codes) -> Codes:
    """Each key once; most repetitions are neighbours and need no search."""
    return np.unique(keys[np.append(True, keys[1:] != keys[:-1])]) if len(keys) else keys
