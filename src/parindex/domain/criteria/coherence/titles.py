"""Titles: repeated, copied from the set of other units, cut."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from parindex.domain.criteria.coherence.half_words import HalfWords
from parindex.domain.criteria.coherence.outline import Line, Outline
from parindex.domain.criteria.coherence.places import place_of
from parindex.domain.criteria.coherence.title_endings import cut_ending
from parindex.domain.criteria.criteria_set import CriteriaSet, Node
from parindex.domain.criteria.findings import Finding, Severity

#: Words that name a body or its level: a phrase without one ("cơ quan chuyên môn") does not say who is assessed.
_BODIES = frozenset({"ubnd", "sở", "bộ", "tỉnh", "huyện", "quận", "xã", "phường", "thành", "phố"})
#: Words that a body's name begins with. Such a name is known by fewer words, where the heading says "các …".
_NAMES_BEGIN = frozenset({"phòng", "ban", "sở", "cục", "vụ", "chi", "trung", "trường", "viện", "bệnh", "trạm", "đơn"})
_EACH = frozenset({"các", "những", "của"})
_WORD = re.compile(r"\w+")
_BONUS = re.compile(r"^điểm (thưởng|cộng)", re.IGNORECASE)

#: A phrase of fewer words ("các cơ quan") is nobody's name.
SUBJECT_WORDS = 4
NAME_WORDS = 3


def title_findings(criteria_set: CriteriaSet, rows: Outline, others: Sequence[CriteriaSet]) -> Iterator[Finding]:
    """Everything about titles; ``others`` are the sets of other units in the same paper."""
    said: dict[tuple[int | None, tuple[str, ...]], Line] = {}
    halves = HalfWords(node.title for one in (criteria_set, *others) for node in one.walk())
    for line in rows.counted():
        yield from _missing(line)
        yield from _repeated(rows, line, said)
        yield from _cut(line, halves)
    for other in others:
        yield from _copied(criteria_set, rows, other)


@lru_cache(maxsize=8192)
def words(title: str) -> tuple[str, ...]:
    """The words of a title for comparison: no marks, no capitals, "Ủy ban nhân dân" as "ubnd"."""
    plain = " ".join(_WORD.findall(title.casefold()))
    return tuple(re.sub(r"\b(ủy|uỷ) ban nhân dân\b", "ubnd", plain).split())


def _missing(line: Line) -> Iterator[Finding]:
    if not line.node.title.strip():
        yield Finding("title_missing", Severity.ERROR, place_of(line), line.code)


# --- repeated ------------------------------------------------------------------------------------------------------


def _repeated(rows: Outline, line: Line, said: dict[tuple[int | None, tuple[str, ...]], Line]) -> Iterator[Finding]:
    """A title that an earlier row close by has: the parent or a sibling. Bonus lines share their title by custom.

    ``said`` grows with the first row of each title below each parent.
    """
    parent, title = rows.parent(line), words(line.node.title)
    first = said.setdefault((line.parent, title), line)
    twin = parent if parent is not None and words(parent.node.title) == title else first
    if title and twin is not line and not line.node.bonus and not _BONUS.match(line.node.title):
        facts = {
            "title": line.node.title,
            "same_as": twin.code,
            "is_parent": twin is parent,
            "places": (place_of(twin), place_of(line)),
        }
        yield Finding("title_repeated", Severity.WARNING, place_of(line), line.code, twin.code, line.code, facts)


# --- cut -----------------------------------------------------------------------------------------------------------


def _cut(line: Line, halves: HalfWords) -> Iterator[Finding]:
    """A title that cannot end where it ends; settled once the set shows another title."""
    ending = cut_ending(line.node.title) or halves.cut_ending(line.node.title)
    if ending is not None and not _shown_otherwise(line.node):
        facts = {"title": line.node.title, "ending": ending}
        yield Finding("sentence_cut", Severity.WARNING, place_of(line), line.code, line.node.title, None, facts)


def _shown_otherwise(node: Node) -> bool:
    """Whether another title is shown; the printed one in small letters says the same."""
    return bool(node.display_title) and words(node.display_title) != words(node.title)


# --- copied from the set of other units ----------------------------------------------------------------------------


def _copied(criteria_set: CriteriaSet, rows: Outline, other: CriteriaSet) -> Iterator[Finding]:
    """A title that stands word for word in the other set and speaks of the units of that set, not of this one's."""
    theirs = {words(node.title): node for node in other.walk()}
    own_subjects = _subjects_of(criteria_set)
    subjects = _subjects_of(other) - own_subjects
    for line in rows.counted():
        title = words(line.node.title)
        origin = theirs.get(title)
        if origin is None or _shown_otherwise(line.node):
            continue
        named = _phrases(title, NAME_WORDS) & subjects
        if named and not _phrases(title, NAME_WORDS) & own_subjects:
            _, longest = max((len(one), one) for one in named)
            facts = {
                "title": line.node.title,
                "subject": _as_written(longest, line.node.title),
                "other_title": other.title,
                "other_code": origin.code,
                "own_title": criteria_set.title,
            }
            yield Finding("title_copied", Severity.WARNING, place_of(line), line.code, origin.code, line.code, facts)


def _subjects_of(criteria_set: CriteriaSet) -> frozenset[tuple[str, ...]]:
    """Runs of words that name whom the set assesses, from its title and its unit groups."""
    return _subject_phrases((criteria_set.title, *(group.title for group in criteria_set.unit_groups)))


@lru_cache(maxsize=512)
def _subject_phrases(texts: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for text in texts:
        heading = words(text)
        found |= {phrase for phrase in _phrases(heading, SUBJECT_WORDS) if _BODIES.intersection(phrase)}
        for each, first, *more in zip(heading, *(heading[start:] for start in range(1, NAME_WORDS + 1)), strict=False):
            if each in _EACH and first in _NAMES_BEGIN:
                found.add((first, *more))
    return frozenset(found)


def _phrases(title: tuple[str, ...], least: int) -> set[tuple[str, ...]]:
    """All runs of at least ``least`` words."""
    return {title[start:end] for start in range(len(title)) for end in range(start + least, len(title) + 1)}


def _as_written(phrase: tuple[str, ...], title: str) -> str:
    """The part of ``title`` that reads like ``phrase``, as written there."""
    found = re.search(r"\W+".join(re.escape(word) for word in phrase), title, re.IGNORECASE)
    return found.group() if found else " ".join(phrase)
