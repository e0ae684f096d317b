"""Names in the order of the Vietnamese alphabet, which neither code points nor a database without ICU knows.

The letters first (a ă â b c d đ e ê …), then the tones in the order of the dictionaries: none, huyền, hỏi, ngã, sắc,
nặng; so "Mường Ảng" stands before "Mường Chà" and "Mường Nhé".
"""

from __future__ import annotations

from unicodedata import normalize

_LETTERS = {letter: at for at, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}

#: Compares as dictionaries do: letters of the whole text first, tones only where those are the same.
Key = tuple[tuple[tuple[int, ...], ...], tuple[int, ...], str]


def alphabet_key(text: str) -> Key:
    """What to sort ``text`` by."""
    words, tones = [], []
    for word in text.casefold().split():
        letters = []
        for letter in normalize("NFC", "".join(one for one in normalize("NFD", word) if one not in _TONES)):
            # Whatever is no letter of the alphabet stands before it, by its code.
            letters.append(_LETTERS[letter] + 1 if letter in _LETTERS else ord(letter) - 0x110000)
        words.append(tuple(letters))
        tones += [_TONES[one] for one in normalize("NFD", word) if one in _TONES] or [0]
    return tuple(words), tuple(tones), text
