"""Letters that a text layer has lost: found by what is no Vietnamese syllable, restored only by the document's own
words.

A font without a map to Unicode drops single letters: "n ng cao", "bồi dư ng", "k  năng", " iải pháp", "P KN". A
syllable has a vowel, so a lower-case piece without one has lost a letter beside it; a piece that no syllable begins
with has lost its first.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from parindex.documents.score_sheets.lines import Line

_VOWELS = frozenset("aeiouy")
_CONSONANTS = "b c ch d đ g gh h k kh l m n ng ngh nh p ph r s t th tr v x"
_CLUSTERS = frozenset(_CONSONANTS.split())
_NO_BEGINNING = re.compile(r"^(?:i[aăâeoôơuưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệóòỏõọốồổỗộớờởỡợúùủũụứừửữự])")
#: After these a single letter names a point of a list: "điểm a, b Khoản 5".
_BEFORE_LETTERS = frozenset({"điểm", "khoản", "mục", "ý", "a", "b", "c", "d"})
_EDGES = ".,;:()[]“”\"'–-/"


@dataclass(frozen=True, slots=True)
class LostLetter:
    """One place where a letter is lost: the pieces as printed, and the only word that fits them, or ""."""

    printed: str
    restored: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one document, and which stand side by side."""

    words: Counter[str]
    pairs: frozenset[tuple[str, str]]
    #: Two pieces → the words that are these pieces with one letter between them.
    gapped: Mapping[tuple[str, str], tuple[str, ...]]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Vocabulary:
        """Count the words of the lines."""
        words: Counter[str] = Counter()
        pairs: set[tuple[str, str]] = set()
        for line in lines:
            cleaned = [_clean(word) for word in line.words]
            words.update(word for word in cleaned if word)
            pairs.update(zip(cleaned, cleaned[1:], strict=False))
        gapped: dict[tuple[str, str], list[str]] = {}
        for word in words:
            for at, letter in enumerate(word):
                if letter.isalpha():
                    gapped.setdefault((word[:at], word[at + 1 :]), []).append(word)
        return cls(words, frozenset(pairs), {pieces: tuple(found) for pieces, found in gapped.items()})


def lost_letters(lines: Sequence[Line], known: Vocabulary) -> tuple[LostLetter, ...]:
    """All places in the lines where a letter is lost; the lines are one row, in order."""
    words = [_clean(word) for line in lines for word in line.words]
    gaps: set[int] = set()
    offset = 0
    for line in lines:
        gaps |= {offset + at for at in line.gaps}
        offset += len(line.words)
    out: list[LostLetter] = []
    at = 0
    while at < len(words):
        found, used = _at(words, at, gaps, known)
        if found is not None:
            out.append(found)
        at += used
    return tuple(out)


def _at(words: Sequence[str], at: int, gaps: set[int], known: Vocabulary) -> tuple[LostLetter | None, int]:
    """What is lost at a position, and how many words that takes."""
    before, here, after, beyond = (words[i] if 0 <= i < len(words) else "" for i in range(at - 1, at + 3))
    open_end = at + 1 in gaps or (at + 1 < len(words) and not after)
    if not here or (len(here) == 1 and before.casefold() in _BEFORE_LETTERS):
        return None, 1
    if after and not open_end and _is_middle(here, after, known):
        return LostLetter(f"{here} {after}", _restored(here, after, before, beyond, known)), 2
    if open_end and (_is_cluster(here) or _lacks_end(here, known)):
        return LostLetter(here, _restored(here, "", before, after, known)), 1
    if at in gaps and (_is_cluster(here) or _NO_BEGINNING.match(here) or _lacks_start(here, known)):
        return LostLetter(here, _restored("", here, before, after, known)), 1
    return None, 1


def _is_middle(left: str, right: str, known: Vocabulary) -> bool:
    if not (left.isalpha() and right.isalpha()):
        return False
    if _is_cluster(right) and (_is_cluster(left.lower()) or _ends_in_vowel(left)):
        return bool(_fitting(left, right, known)) or (_is_cluster(left) and len(left + right) > 2)
    if _is_cluster(left) or (len(left) == 1 and _is_cluster(left.lower())):
        return bool(_fitting(left, right, known)) and known.words[right] <= known.words[left] * 3
    return len(left + right) >= 3 and (left + right).isupper() and bool(_fitting(left, right, known))


def _is_cluster(word: str) -> bool:
    return word in _CLUSTERS


def _ends_in_vowel(word: str) -> bool:
    return bool(word) and _base(word[-1]) in _VOWELS


def _lacks_end(word: str, known: Vocabulary) -> bool:
    return _is_acronym(word) and known.words[word] * 2 < sum(known.words[each] for each in _fitting(word, "", known))


def _lacks_start(word: str, known: Vocabulary) -> bool:
    return _is_acronym(word) and known.words[word] * 2 < sum(known.words[each] for each in _fitting("", word, known))


def _is_acronym(word: str) -> bool:
    return len(word) >= 2 and word.isalpha() and word.isupper()


def _fitting(left: str, right: str, known: Vocabulary) -> tuple[str, ...]:
    """The document's words that are the two pieces with one letter between them."""
    return known.gapped.get((left, right), ())


def _restored(left: str, right: str, before: str, after: str, known: Vocabulary) -> str:
    """The only word there is that fits, or the only one met beside these neighbours; "" where that is thin."""
    fitting = _fitting(left, right, known)
    if len({word.casefold() for word in fitting}) == 1 and len(left + right) > 2:
        return max(fitting, key=lambda word: known.words[word])
    met = [(word, (before, word) in known.pairs, (word, after) in known.pairs) for word in fitting]
    near = [each for each in met if each[1] or each[2]]
    if len(near) != 1:
        return ""
    word, met_before, met_after = near[0]
    inside = bool(left and right) and len(left + right) > 2
    return word if met_after and (met_before or inside) else ""


def _clean(word: str) -> str:
    return word.strip(_EDGES)


def _base(char: str) -> str:
    return unicodedata.normalize("NFD", char.lower())[0]
