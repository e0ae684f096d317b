"""A number of tasks or dossiers over those in each state: ``Số nhiệm vụ được giao: 120`` over ``đã hoàn thành đúng
hạn: 80``, ``đã hoàn thành quá hạn: 5``, ``đang thực hiện trong hạn: 30``, ``đang thực hiện quá hạn: 5``.

The list is checked where its states leave nothing out: what is finished and what is not, in time and too late.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import product

from parindex.documents.arithmetic.figures import TextFigure, in_form_of, readings_of
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding

#: The count of an entry, with what leads to it and at most a few words behind it; the label stands before.
_COUNT = re.compile(
    r"\s?(?::|(?<!\w)là)\s?(?P<count>\d{1,3}(?:\.\d{3})+|\d{1,7})(?![\d/%]|[.,]\d)"
    r"(?:\s[^\W\d]+){0,4}\s?(?=[;.,]|$|\s[-+–•])",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[^:;.()\d\W][^:;.()\d]*$")
_LONGEST = 100
_WORK = r"hoàn thành|thực hiện|giải quyết|xử lý|triển khai"
_UNDONE = re.compile(rf"(?<!\w)(?:chưa|không)\s(?:{_WORK})(?!\w)")
_OPEN = re.compile(rf"(?<!\w)đang\s(?:{_WORK})(?!\w)")
_DONE = re.compile(rf"(?<!\w)(?:đã\s(?:được\s)?(?:{_WORK})|hoàn thành)(?!\w)")
_LATE = re.compile(r"(?<!\w)(?:(?:quá|trễ|chậm)\s(?:thời\s)?hạn|không đúng\s(?:thời\s)?hạn|chậm muộn)(?!\w)")
_IN_TIME = re.compile(r"(?<!\w)(?:đúng|trước|trong|còn|chưa đến)\s(?:thời\s)?hạn(?!\w)")
_COUNTED = re.compile(r"^(?:tổng )?số (?:lượng )?(?P<noun>[^\W\d]+(?: [^\W\d]+)?)(?: (?P<rest>.*))?$")
_GIVEN = re.compile(
    rf"^(?:được giao|phải (?:{_WORK})|giao|(?:đã )?tiếp nhận|nhận được|cần (?:{_WORK})|trong (?:năm|kỳ|quý|tháng))?"
    r"(?:\s(?:trong (?:năm|kỳ|quý|tháng)|cho .{1,40}))?$"
)
_FILLING = re.compile(r"(?<!\w)(?:tổng|số|lượng|nhưng|và|hoặc|thời gian|đến nay|còn|được|các)(?!\w)")
#: Letters between two entries of one list.
_APART = re.compile(r"^[\s;.,\-–+•*'\"“”()]{0,6}(?:trong đó:?\s?|gồm:?\s?|và\s?)?[\s\-–+•*]{0,3}$", re.IGNORECASE)
_MOST_PARTS = 12


class _State(Enum):
    DONE = "done"
    OPEN = "open"
    UNDONE = "undone"


class _Time(Enum):
    IN_TIME = "in time"
    LATE = "late"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A label with its count; where it stands; ``joins``: nothing but marks stands between it and the entry above."""

    text: MarkedText
    label: str
    digits: str
    start: int
    end: int
    joins: bool

    @property
    def value(self) -> int:
        return int(self.digits.replace(".", ""))


def states(texts: Sequence[MarkedText]) -> Iterator[tuple[MarkedText, Checked]]:
    """Every number over the numbers in each state, with the text that states it."""
    entries = _entries(texts)
    for at, whole in enumerate(entries):
        noun = _whole_noun(whole.label)
        if not noun:
            continue
        parts = _parts(entries[at + 1 : at + 1 + _MOST_PARTS], noun)
        sums = _sums(parts) if parts else None
        if sums:
            yield whole.text, _checked(whole, [entry for entry, _, _ in parts], sums)


def _entries(texts: Sequence[MarkedText]) -> list[_Entry]:
    out: list[_Entry] = []
    before: MarkedText | None = None
    open_end = True
    for text in texts:
        printed = text.passage.text
        end = 0
        follows = before is not None and before.passage.group == text.passage.group and open_end
        for found in _COUNT.finditer(printed):
            near = max(end, found.start() - _LONGEST)
            label = _LABEL.search(printed[near : found.start()])
            if label is None:
                continue
            start = near + label.start()
            joins = _APART.match(printed[end:start]) is not None and (follows or end > 0)
            name = " ".join(label[0].lower().split())
            out.append(_Entry(text, name, found["count"], start, found.end(), joins))
            end, follows = found.end(), True
        before, open_end = text, bool(end) and _APART.match(printed[end:]) is not None
    return out


def _whole_noun(label: str) -> str:
    """What a label counts that says of no state; "" where it counts nothing or only some."""
    found = _COUNTED.match(label)
    if found is None or _state(label) is not None or _time(label) is not _Time.ANY:
        return ""
    words, rest = found["noun"].split(), found["rest"] or ""
    if len(words) > 1 and _GIVEN.match(f"{words[1]} {rest}".strip()):
        return words[0]
    return " ".join(words) if _GIVEN.match(rest) else ""


def _parts(entries: Sequence[_Entry], noun: str) -> list[tuple[_Entry, _State, _Time]]:
    """The entries below with their states; none where one of the same noun has another state or none."""
    out: list[tuple[_Entry, _State, _Time]] = []
    for entry in entries:
        counted = _COUNTED.match(entry.label)
        if not entry.joins or (counted is not None and not _names(entry.label, noun)):
            break
        state = _state(entry.label)
        if state is None or not _is_plain(entry.label, noun):
            return []
        out.append((entry, state, _time(entry.label)))
    labels = [entry.label for entry, _, _ in out]
    return out if len(set(labels)) == len(labels) else []


def _names(label: str, noun: str) -> bool:
    return re.match(rf"(?:tổng )?số (?:lượng )?{re.escape(noun)}(?!\w)", label) is not None


def _is_plain(label: str, noun: str) -> bool:
    """Whether a label has no words but those of its state: others would say that it counts only some."""
    rest = label.replace(noun, " ", 1)
    for pattern in (_UNDONE, _OPEN, _DONE, _LATE, _IN_TIME, _FILLING):
        rest = pattern.sub(" ", rest)
    return not re.search(r"\w", rest)


def _state(label: str) -> _State | None:
    """The state that a label says; what is not done is told before what is."""
    told = ((_UNDONE, _State.UNDONE), (_OPEN, _State.OPEN), (_DONE, _State.DONE))
    return next((state for pattern, state in told if pattern.search(label)), None)


def _time(label: str) -> _Time:
    if _LATE.search(label):
        return _Time.LATE
    return _Time.IN_TIME if _IN_TIME.search(label) else _Time.ANY


def _sums(parts: Sequence[tuple[_Entry, _State, _Time]]) -> list[int] | None:
    """What the states may add up to, the likeliest first; None where they may leave something out."""
    of_state: list[list[int]] = []
    told = {state for _, state, _ in parts}
    if _State.DONE not in told or len(told) < 2:
        return None
    for state in told:
        times: dict[_Time, list[int]] = {}
        for entry, own, time in parts:
            if own is state:
                times.setdefault(time, []).append(entry.value)
        in_time, late, plain = (sum(times.get(one, ())) for one in (_Time.IN_TIME, _Time.LATE, _Time.ANY))
        if _Time.ANY not in times:
            if len(times) < 2:
                return None
            of_state.append([in_time + late])
        elif state is _State.OPEN and _State.UNDONE not in told:
            return None  # beside what is going on there may be what was not begun
        else:
            # Without a word of time a label may mean all of a state, or those in time.
            of_state.append([plain, plain + in_time + late, plain + late, plain + in_time])
    if _State.OPEN in told and _State.UNDONE in told:
        # What is going on may be a part of what is not done.
        kept = [sums for state, sums in zip(told, of_state, strict=True) if state is not _State.OPEN]
        return [sum(one) for choice in (of_state, kept) for one in product(*choice)]
    return [sum(one) for one in product(*of_state)]


def _checked(whole: _Entry, parts: Sequence[_Entry], sums: Sequence[int]) -> Checked:
    start, end = whole.text.letter(whole.start), whole.text.letter(whole.end)
    if whole.value in sums:
        return Checked("sums", Fit.RIGHT, start, end)
    read = readings_of(whole.digits)
    figure = TextFigure(whole.digits, 0, 0, tuple(value for value, _ in read), tuple(places for _, places in read))
    told = finding(
        whole.text, start, end, StatementKind.PART_OF_WHOLE, "parts_apart", stated=whole.digits,
        found=in_form_of(figure, Fraction(sums[0])), sure=Sure.CERTAIN,
        facts={"parts": " + ".join(entry.digits for entry in parts)},
    )  # fmt: skip
    return Checked("sums", Fit.WRONG, start, end, told)
