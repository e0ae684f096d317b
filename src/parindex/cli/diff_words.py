"""``parindex diff`` for a reader: what was added, what is gone, what changed, and how the sets differ as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from parindex.cli import terminal
from parindex.cli.diff_data import Compared
from parindex.domain.criteria.comparison import Aspect, Pair, SetComparison, SetDifference, Side
from parindex.wording import numbers, places, terms
from parindex.wording.language import text
from parindex.wording.set_differences import Sets, difference_words, property_words, summary


def diff_words(old: Compared, new: Compared, compared: SetComparison) -> str:
    """The comparison for a reader."""
    width = terminal.width()
    sets = (old.criteria_set, new.criteria_set)
    blocks = ["\n".join([*_set_words("A", old, width), *_set_words("B", new, width)])]
    if compared.is_empty:
        return "\n\n".join([*blocks, text("Hai bộ tiêu chí như nhau.")])
    blocks.append(summary(compared))
    for title, sides, sign in ((text("Thêm"), compared.added, "+"), (text("Bỏ"), compared.gone, "−")):
        if sides:
            blocks.append("\n".join([title, *(_side_words(side, sign, width) for side in sides)]))
    if compared.changed:
        lines = (line for pair in compared.changed for line in _pair_words(pair, sets, width))
        blocks.append("\n".join([text("Thay đổi"), *lines]))
    if compared.set_differences:
        lines = (_property_words(one, width) for one in compared.set_differences)
        blocks.append("\n".join([text("Khác ở cấp bộ"), *lines]))
    return "\n\n".join(blocks)


def _set_words(name: str, one: Compared, width: int) -> Iterator[str]:
    """The title of a set; of a paper also what was read, with how many doubts."""
    yield terminal.wrapped(f"{name}: {one.criteria_set.title}", width)
    if one.paper is not None:
        rows = sum(1 for _ in one.criteria_set.walk())
        where = places.place_text(one.paper)
        read = text("Đã đọc {where}: {rows} dòng, {doubts} chỗ chưa chắc.", where=where, rows=rows, doubts=one.doubts)
        yield terminal.wrapped(read, width, "   ", "   ")


def _code(code: str) -> str:
    """A code in its column; a longer one with a space after it."""
    return terminal.padded(code, 8) if len(code) < 8 else f"{code} "


def _side_words(side: Side, sign: str, width: int) -> str:
    node = side.node
    words = f"{node.title} ({terms.level(side.level)}, {numbers.points_text(node.max_points)})"
    return terminal.wrapped(words, width, " " * 12, f"  {sign} {_code(node.code)}")


def _pair_words(pair: Pair, sets: Sets, width: int) -> Iterator[str]:
    code = pair.new.node.code if not pair.moved else f"{pair.old.node.code} → {pair.new.node.code}"
    yield terminal.wrapped(pair.new.node.title, width, " " * 12, f"  ~ {_code(code)}")
    for one in pair.differences:
        if one.aspect is not Aspect.CODE:
            yield terminal.wrapped(difference_words(one, pair, sets), width, " " * 16, " " * 12)


def _property_words(one: SetDifference, width: int) -> str:
    return terminal.wrapped(property_words(one), width, " " * 16, " " * 12)
