"""How well the checker of papers does on a paper whose slips were found by hand: findings matched with truths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from parindex.documents.arithmetic.findings import StatementFinding

#: Where the slips of five papers are kept as data.
TRUTHS = Path(__file__).parent / "statements"
#: So many lines a statement may begin before or end after the line that is named: printed lines are broken.
NEAR = 2
#: What one reader calls by one name and another by another: within a group a kind may stand for each other.
_ALIKE = (
    frozenset({"table_sum", "parent_sum", "total", "partial_total", "count"}),
    frozenset({"ratio", "swapped_ratio", "part_of_whole", "formula", "rule_points"}),
    frozenset({"difference", "rank_change", "ratio"}),
    frozenset({"same_quantity", "count", "total", "part_of_whole", "wrong_unit"}),
    frozenset({"two_dates", "impossible_date", "document_number", "code", "other"}),
    frozenset({"lost_column", "doubled_column"}),
)
#: A stated figure of so many letters is the same one where the sentence of the finding holds it.
_TELLING = 4
#: What a recall that matters is counted over.
_GRAVE = frozenset({"changes_score", "wrong_figure"})


@dataclass(frozen=True, slots=True)
class Truth:
    """A slip found by hand: where it stands (``lines``: all lines that it can be told at), of what kind, how grave."""

    lines: frozenset[int]
    kind: str
    severity: str
    sure: str
    text: str
    stated: str
    found: str
    why: str

    @property
    def counts(self) -> bool:
        """Whether it changes or misstates a figure and is no matter of doubt."""
        return self.severity in _GRAVE and self.sure != "doubtful"


@dataclass(frozen=True, slots=True)
class Truths:
    """The slips of a paper, and what only seems one: (line, text, why it is right)."""

    document: str
    wrong: tuple[Truth, ...]
    right: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Findings against truths; every share is a pair (of, all), all may be 0."""

    hits: tuple[StatementFinding, ...]
    false: tuple[StatementFinding, ...]
    found: tuple[Truth, ...]
    missed: tuple[Truth, ...]
    traps: Mapping[int, str] = field(default_factory=dict)

    @property
    def precision(self) -> tuple[int, int]:
        """Findings that are slips, of all findings."""
        return len(self.hits), len(self.hits) + len(self.false)

    @property
    def recall(self) -> tuple[int, int]:
        """Slips found, of those that change or misstate a figure and are no matter of doubt."""
        return _share(self, lambda truth: truth.counts)

    @property
    def recall_of_all(self) -> tuple[int, int]:
        """Slips found, of all that are no matter of doubt."""
        return _share(self, lambda truth: truth.sure != "doubtful")


def _share(score: Score, wanted: Any) -> tuple[int, int]:
    found = sum(1 for truth in score.found if wanted(truth))
    return found, found + sum(1 for truth in score.missed if wanted(truth))


def truths(document: str, folder: Path = TRUTHS) -> Truths:
    """The truths about a document, by its number (``000``)."""
    data = yaml.safe_load((folder / f"{document}.yaml").read_text("utf-8"))
    wrong = tuple(
        Truth(
            frozenset({int(one["line"]), *map(int, one["also"])}),
            one["kind"],
            one["severity"],
            one["sure"],
            str(one["text"]),
            str(one["stated"]),
            str(one["found"]),
            str(one["why"]),
        )
        for one in data["wrong"]
    )
    right = tuple((int(one["line"]), str(one["text"]), str(one["why"])) for one in data["right"])
    return Truths(document, wrong, right)


def score(findings: Sequence[StatementFinding], known: Truths) -> Score:
    """Match every finding with the truths: a line of it is one of the truth's, and the kinds fit or the sentence holds
    the figure that is stated wrong.
    """
    hits: list[StatementFinding] = []
    false: list[StatementFinding] = []
    hit: set[int] = set()
    for finding in findings:
        matched = [at for at, truth in enumerate(known.wrong) if _is_of(finding, truth)]
        (hits if matched else false).append(finding)
        hit.update(matched)
    found = tuple(truth for at, truth in enumerate(known.wrong) if at in hit)
    missed = tuple(truth for at, truth in enumerate(known.wrong) if at not in hit)
    traps = {
        at: why
        for at, one in enumerate(false)
        for line, _, why in known.right
        if one.place.line is not None and abs(line - one.place.line) <= NEAR
    }
    return Score(tuple(hits), tuple(false), found, missed, traps)


def _is_of(finding: StatementFinding, truth: Truth) -> bool:
    line = finding.place.line
    if line is None or not any(abs(line - one) <= NEAR for one in truth.lines):
        return False
    # "13,33/15 = 88,17%" is the ratio that does not hold, and the figure that has another value elsewhere.
    return same_kind(finding.kind.value, truth.kind) or (len(truth.stated) >= _TELLING and truth.stated in finding.text)


def same_kind(one: str, other: str) -> bool:
    """Whether two kinds may stand for each other."""
    return one == other or any({one, other} <= group for group in _ALIKE)
