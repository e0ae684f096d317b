"""The same count under the same name with two values that a slip of the pen makes of each other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.quantities.named_counts import NamedCount, named_counts
from parindex.documents.arithmetic.references.named_papers import quoted

#: A name with fewer telling words may be that of several things.
_LEAST_TELLING = 5
#: Two numbers of so many digits are hardly alike by chance; where two digits are changed round, fewer will do.
_LEAST_DIGITS, _LEAST_SWAPPED = 4, 3
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATED = re.compile(r"(?:tháng|quý|ngày)\s\d{1,2}|\d{1,2}/\d{1,2}(?:/\d{2,4})?")
_CHANGED = re.compile(r"điều chỉnh|cập nhật|chênh lệch|trước đó|trước đây|số cũ|đính chính|lần đầu", re.IGNORECASE)
_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class NamedHere:
    """A named count with the passage and the paper that it stands in."""

    count: NamedCount
    passage: Passage
    file: int

    @property
    def sentence(self) -> str:
        """The sentence that tells it."""
        return quoted(self.passage.text, self.count.figure.start, self.count.figure.end)

    @property
    def value(self) -> int:
        """The likeliest reading; named counts are whole."""
        return int(self.count.figure.value)


def named_here(passage: Passage, file: int) -> Iterator[NamedHere]:
    """The counts of a passage whose names say enough to be the same thing elsewhere."""
    for one in named_counts(passage):
        if len(one.words) >= _LEAST_TELLING:
            yield NamedHere(one, passage, file)


def values_apart(counts: Sequence[NamedHere]) -> Iterator[tuple[int, StatementFinding]]:
    """The rarer value of a name that stands with two, the later one in a draw, with the paper that it stands in."""
    groups: dict[tuple[object, ...], list[NamedHere]] = defaultdict(list)
    for one in counts:
        groups[_key(one)].append(one)
    told = 0
    for group in groups.values():
        values = Counter(one.value for one in group)
        if len(values) != 2 or any(_CHANGED.search(one.sentence) for one in group):
            continue
        usual, rare = (value for value, _ in values.most_common())
        how = _slip(usual, rare)
        if how and told < _MOST_TOLD:
            told += 1
            one = next(each for each in group if each.value == rare)
            other = next(each for each in group if each.value == usual)
            yield one.file, _finding(one, other)


def _key(one: NamedHere) -> tuple[object, ...]:
    """What must be the same: name, what is counted, and the time that the sentence speaks of."""
    when = frozenset(_YEAR.findall(one.sentence)), frozenset(_DATED.findall(one.sentence))
    return one.count.name, one.count.unit.partition(" ")[0], *when


def _slip(one: int, other: int) -> bool:
    """Whether one number is the other with two neighbours changed round, one digit misread, lost or doubled."""
    short, long = sorted((str(one), str(other)), key=len)
    if len(short) == len(long):
        differ = [at for at in range(len(short)) if short[at] != long[at]]
        if len(differ) == 2 and differ[1] - differ[0] == 1 and short[differ[0]] == long[differ[1]]:
            return len(short) >= _LEAST_SWAPPED and short[differ[1]] == long[differ[0]]
        return len(differ) == 1 and len(short) >= _LEAST_DIGITS
    lost = any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    return len(long) - len(short) == 1 and lost and len(short) >= _LEAST_SWAPPED


def _finding(one: NamedHere, other: NamedHere) -> StatementFinding:
    figure = one.count.figure
    place = other.passage.place_at(other.count.figure.start)
    facts = {"at": place, "file": place.file if one.file != other.file else "", "name": one.count.name}
    return StatementFinding(
        StatementKind.SAME_QUANTITY, Severity.WRONG_FIGURE, Sure.LIKELY, one.passage.place_at(figure.start),
        one.sentence, figure.text, other.count.figure.text,
        "name_with_two_values_in_papers" if facts["file"] else "name_with_two_values", facts,
    )  # fmt: skip
