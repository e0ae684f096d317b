"""How well the checker of papers does on a paper whose slips were found by hand: findings matched with truths."""

from __future__ import annotations

import re
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
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
#: A figure of so many digits is hardly another one by accident.
_TELLING = 3
#: What a recall that matters is counted over.
_GRAVE = frozenset({"changes_score", "wrong_figure"})


@dataclass(frozen=True, slots=True)
class Truth:
    """A slip found by hand: where it stands (``lines``: all lines that it can be told at), of what kind, how grave;
    ``also_stated``: other figures by which the same slip may be told (80 of 100 should be 81, or 20 of 100 be 19).
    """

    lines: frozenset[int]
    kind: str
    severity: str
    sure: str
    text: str
    stated: str
    found: str
    why: str
    also_stated: tuple[str, ...] = ()

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
            tuple(map(str, one.get("also_stated", ()))),
        )
        for one in data["wrong"]
    )
    right = tuple((int(one["line"]), str(one["text"]), str(one["why"])) for one in data["right"])
    return Truths(document, wrong, right)


def score(findings: Sequence[StatementFinding], known: Truths) -> Score:
    """Match every finding with the truths: a line of it is one of the truth's, and they speak of the same figure."""
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
    return _agrees(finding, truth)


def _agrees(finding: StatementFinding, truth: Truth) -> bool:
    """Whether a finding speaks of the figures of a truth: nearness alone proves nothing in a paper of one paragraph.

    Its stated or computed figure is one of the truth; or what the truth states is what the finding was computed from
    ("13,33/15 = 88,17%" is the ratio that does not hold, and the figure that has another value elsewhere). Where the
    truth is about words, the finding's text must hold them, or the other way round.
    """
    alike = same_kind(finding.kind.value, truth.kind)
    same = finding.kind.value == truth.kind
    own, stated = _figures(finding.stated, finding.found), _figures(truth.stated, *truth.also_stated)
    if own & (stated | _figures(truth.found) if alike else stated):
        return True
    if alike and _figures(finding.stated) & _figures(truth.text):
        return True
    # The sum that does not hold, where the truth knows which part is wrong.
    if alike and stated & _figures(str(finding.facts.get("parts", ""))):
        return True
    basis = _figures(*map(str, finding.facts.values()))
    if stated and stated <= own | basis and (len(stated) > 1 or same or all(map(_is_telling, stated))):
        return True
    if not own or not stated:  # one of them is told in words: "giảm" for "tăng", a column that is missing
        return (same and not own and not stated) or (alike and _speaks_of(finding.text, truth))
    return False


def _speaks_of(text: str, truth: Truth) -> bool:
    """Whether a sentence holds what the truth quotes, or all figures of it."""
    quoted = _figures(truth.text, truth.stated)
    return _holds(text, truth.text) or bool(quoted and quoted <= _figures(text))


def _is_telling(figure: str) -> bool:
    return len(re.sub(r"\D", "", figure)) >= _TELLING


def _figures(*texts: str) -> frozenset[str]:
    """The figures of texts; zeros before the first digit and behind the last decimal say nothing."""
    return frozenset(_plain(found[0]) for text in texts for found in _FIGURE.finditer(text))


def _plain(figure: str) -> str:
    """One spelling: no dots between thousands, a comma before decimals."""
    grouped = _THOUSANDS.search(figure) and not figure.startswith("0.")
    figure = _THOUSANDS.sub("", figure) if grouped else figure.replace(".", ",")
    whole, comma, decimals = figure.partition(",")
    decimals = decimals.rstrip("0")
    return (whole.lstrip("0") or "0") + (f",{decimals}" if comma and decimals else "")


def _holds(one: str, other: str) -> bool:
    one, other = (" ".join(text.split()) for text in (one, other))
    return bool(one and other) and (one in other or other in one)


def same_kind(one: str, other: str) -> bool:
    """Whether two kinds may stand for each other."""
    return one == other or any({one, other} <= group for group in _ALIKE)
