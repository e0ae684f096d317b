"""How a table numbers its rows: figures, Roman numerals, letters; anew in every group, or on through the groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

Path = tuple[str, ...]

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_ROMAN_STEPS = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))

#: A part with more digits than this numbers nothing.
_DIGITS_MAX = 6

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_VIETNAMESE = "abcdđeghiklmnopqrstuvxy"
#: Groups below figures that run on may be a slip; so many are no accident. Below "I", "II" they are a custom.
_RUN_ON_LEAST = 2


def ordinal(part: str, *, roman: bool = False) -> int | None:
    """The number of a part: ``"10"`` → 10, ``"IV"`` → 4 among Roman numerals; None for letters."""
    if part.isdecimal():
        return int(part) if len(part) <= _DIGITS_MAX else None
    if not roman or not part or any(letter not in _ROMAN for letter in part):
        return None
    values = [_ROMAN[letter] for letter in part]
    return sum(-one if one < two else one for one, two in zip(values, [*values[1:], 0], strict=True))


def roman_numeral(number: int) -> str:
    """4 → ``"IV"``."""
    text = ""
    for value, letters in _ROMAN_STEPS:
        text += letters * (number // value)
        number %= value
    return text


class Numerals:
    """The numbering of one table, as its printed codes show it."""

    def __init__(self, printed: Sequence[Path]) -> None:
        self.roman = printed[:1] == (("I",),) or ("II",) in printed
        single = {path[-1].casefold() for path in printed if len(path[-1]) == 1}
        if single & set("fjwz"):
            self.letters = _LATIN
        else:
            self.letters = _VIETNAMESE if "đ" in single else _VIETNAMESE.replace("đ", "")
        self.lettered = {path[:-1]: path[-1].isupper() for path in printed if path[-1] in ("a", "A")}
        self.run_on = {
            depth for depth in range(2, max(map(len, printed), default=0) + 1) if self._runs_on(printed, depth)
        }

    def number(self, path: Path) -> int | None:
        """The number of the last part; letters have one where their group begins with "a"."""
        part, parent = path[-1], path[:-1]
        if parent in self.lettered and part.isupper() == self.lettered[parent] and len(part) == 1:
            return self.letters.find(part.casefold()) + 1 or None
        return ordinal(part, roman=self.roman and not parent)

    def part(self, parent: Path, number: int) -> str:
        """The part that numbers child ``number`` of ``parent`` in this table's way."""
        if parent in self.lettered and number <= len(self.letters):
            letter = self.letters[number - 1]
            return letter.upper() if self.lettered[parent] else letter
        return roman_numeral(number) if self.roman and not parent else str(number)

    def _runs_on(self, printed: Sequence[Path], depth: int) -> bool:
        """Whether the rows of a depth are numbered on through their groups (I: 1, 2; II: 3, 4)."""
        groups: dict[Path, list[int]] = defaultdict(list)
        for path in printed:
            if len(path) == depth and path[-1].isdecimal() and (number := ordinal(path[-1])) is not None:
                groups[path[:-1]].append(number)
        numbers = list(groups.values())
        rising = all(group == sorted(group) for group in numbers)
        on = sum(two[0] == one[-1] + 1 for one, two in zip(numbers, numbers[1:], strict=False))
        anew = any(group[0] == 1 for group in numbers[1:])
        least = 1 if any(not parent[-1].isdecimal() for parent in groups) else _RUN_ON_LEAST
        return rising and not anew and on >= least and 2 * on >= len(numbers) - 1
