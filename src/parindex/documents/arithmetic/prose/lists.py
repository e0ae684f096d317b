"""Lists under a sentence that announces them: what they count, and what they add up to.

``có 04 sáng kiến: - Sáng kiến 1 … - Sáng kiến 4 …``; ``08 lĩnh vực, 50 tiêu chí, 107 tiêu chí thành phần, cụ thể:``
over a bullet for each area with its counts; ``đạt 82,05/100 điểm`` over the points of the areas. A list stands in the
paragraphs that follow, or in the same one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, NAME, PAPER, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.named_things import NUMBERS, in_words_of, is_number
from parindex.documents.arithmetic.prose.parts.entries import of_entries
from parindex.documents.arithmetic.prose.parts.judge import judged
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_change, unit_behind

_MARK = re.compile(
    r"^(?:(?P<sign>[-–—+•*●▪])\s?(?P<second>\+\s)?|(?P<letter>[a-zđ])[.)]\s|(?P<number>\d{1,2})[.)]\s|\(\d{1,2}\)\s)"
)
_SURELY = re.compile(r"(?:như sau|sau đây|cụ thể(?: là| như sau)?|bao gồm|gồm(?: có)?|thành|trong đó|:)")
#: What leads from a count to its list; what lists are made of may also be told further before it: "06 hình thức, cụ
#: thể:", "07 nhóm nhiệm vụ, 38 nhiệm vụ cụ thể:".
_ANNOUNCED = re.compile(rf"^[^.;:,{MARKS}]{{0,40}}?(?:sau|như sau|sau đây|cụ thể|chính)?\s?:?\s?$")
_PAPERS = "văn bản|thông tư|quyết định|nghị quyết|nghị định|chỉ thị|kế hoạch|báo cáo|công văn|tờ trình"
_KINDS = (
    "nhóm|hình thức|giải pháp|biện pháp|nội dung|lĩnh vực|mục tiêu|mô hình|sáng kiến|nguyên nhân|phương thức|kênh"
    "|hạng mục|nhiệm vụ|kết quả|bài học"
)
_ANNOUNCED_APART = re.compile(
    rf"^\s(?:{_KINDS}|(?P<papers>{_PAPERS}))(?!\w)[^.;:,{MARKS}]{{0,40}}?,?\s"
    rf"(?:(?:và |với |gồm )?{COUNT}[^.;:,{MARKS}]{{2,30}}?\s)?"
    r"(?:cụ thể|gồm|bao gồm|như sau|sau|sau đây|đó là)(?: là| như sau)?\s?:\s?$"
)
#: An entry that begins with a paper and its number, and one that goes on with another.
_OF_PAPER = re.compile(rf"(?:[^\s,;:]{{1,3}}\s)?[^{MARKS},;:]{{0,40}}số {PAPER}")
_OF_MORE_PAPERS = re.compile(rf"(?:[,;/]|\svà)\s[^{MARKS},;:]{{0,40}}số {PAPER}")
#: Numbered pieces in one paragraph: "(1) … (2) …", "thứ nhất … thứ hai".
_NUMBERED = re.compile(r"(?<![\w.,])\((\d{1,2})\)(?=\s?[^\W\d])")
#: What leads from a count to its numbered pieces, and how near the count stands.
_LEADS = re.compile(r"(?::|gồm|sau|là|cụ thể)\s{0,2}$", re.IGNORECASE)
_HEAD = 60
_OTHERS = re.compile(r"(?<!\w)(?:các|những)(?!\w)")
#: What a count stands behind that is not what was lost; two counts of what is listed.
_CAUSED = re.compile(r"(?<!\w)(?:do|vì|bởi|ở|tại|có|gồm|với|là)\s$")
_AND_MORE = re.compile(rf"{COUNT}\s[^.;:{MARKS}]{{2,40}}\svà\s{COUNT}\s[^.;:{MARKS}]{{2,60}}:?\s?$")
#: Counts in words that end a head, of what lists are made of.
_WORDED = re.compile(
    rf"(?P<word>{'|'.join(NUMBERS)})\s(?P<unit>nguyên nhân|nội dung|giải pháp|biện pháp|nhiệm vụ|nhóm|tiêu chí|lĩnh vực"
    rf"|kết quả|hình thức|bài học|kiến nghị|đề xuất|vấn đề|tồn tại|hạn chế|yêu cầu|mục tiêu|bước|việc)(?!\w)"
    rf"[^.;:,{MARKS}]{{0,50}}:?\s?$"
)
#: What begins the entries of a list that are paragraphs without marks.
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_FEWEST = 2
_MOST = 60
_MOST_COUNTED = 40
_LOOK_BACK = 3
#: The last entry of a list in one paragraph stands within so many letters.
_FARTHEST = 15_000
_WORDS = 3


@dataclass(frozen=True, slots=True)
class Listed:
    """An announcing text and the entries below it."""

    head: MarkedText
    entries: tuple[MarkedText, ...]


def lists(texts: Sequence[MarkedText]) -> Iterator[tuple[MarkedText, Checked]]:
    """Every stated count or total over a list in the paragraphs below it, with the text that states it."""
    for at in range(len(texts)):
        entries = _entries(texts, at) or _ordinals(texts, at)
        if len(entries) >= _FEWEST:
            listed = Listed(texts[at], entries)
            for checked in _counted(listed):
                yield texts[at], checked
            before = texts[at - 1] if at and texts[at - 1].passage.group == texts[at].passage.group else None
            for text, claims in of_entries(before, texts[at], entries):
                if (judgement := judged(text, claims)) is not None:
                    yield text, judgement
            yield from _points(texts, at, entries)


def _entries(texts: Sequence[MarkedText], at: int) -> tuple[MarkedText, ...]:
    """The entries below ``texts[at]``: paragraphs with one mark, those of other marks between them passed over."""
    head = texts[at]
    out: list[MarkedText] = []
    if at + 1 >= len(texts) or not (head.text.rstrip().endswith(":") or _SURELY.search(head.text[-60:])):
        return ()
    sort = _sort(texts[at + 1])
    if sort is None or sort == _sort(head):
        return ()
    for text in texts[at + 1 : at + 1 + _MOST]:
        here = _sort(text)
        if text.passage.group != head.passage.group or (here is not None and here == _sort(head)):
            break
        if here == sort:
            out.append(text)
        elif here is None and out and _begins_anew(text):
            break
    return tuple(out)


def _ordinals(texts: Sequence[MarkedText], at: int) -> tuple[MarkedText, ...]:
    """The paragraphs below ``texts[at]`` that begin "Thứ nhất, …", "Thứ hai, …"."""
    if at + 1 >= len(texts) or not texts[at + 1].text.startswith(f"thứ {_ORDINALS[0]}"):
        return ()
    out: list[MarkedText] = []
    for text in texts[at + 1 : at + 1 + _MOST]:
        if text.passage.group != texts[at].passage.group or (out and text.text.startswith(f"thứ {_ORDINALS[0]}")):
            break
        if len(out) < len(_ORDINALS) and re.match(rf"thứ {_ORDINALS[len(out)]}(?!\w)", text.text):
            out.append(text)
    return tuple(out)


def _begins_anew(text: MarkedText) -> bool:
    """Whether a paragraph without a mark is another head, or a line of its own."""
    printed = text.passage.text
    return not printed[:1].islower() and (len(printed) < _MOST or printed.rstrip().endswith(":"))


def _sort(text: MarkedText) -> str | None:
    """What sort of mark a paragraph begins with; None where it has none."""
    found = _MARK.match(text.passage.text)
    if found is None:
        return None
    name = next((name for name in ("sign", "letter", "number") if found[name]), "bracket")
    return f"{found['sign']}{'+' if found['second'] else ''}" if name == "sign" else name


# --- how many ---------------------------------------------------------------------------------------------------------


def _counted(listed: Listed) -> Iterator[Checked]:
    """A count at the end of the head whose entries are named by its unit: "09 chỉ số" over "Chỉ số 1 …"."""
    head, count = listed.head, len(listed.entries)
    for at, figure in head.figures(max(0, len(head.text) - 200), len(head.text), COUNT):
        unit = unit_behind(head, at)
        stated = figure.readings[0]
        if not unit or figure.places[0] or not 1 < stated <= _MOST_COUNTED or _is_of_more(head, at):
            continue
        named = sum(_begins_with(entry, unit) for entry in listed.entries)
        announced = _ANNOUNCED.search(head.text[at + 1 :]) is not None or (
            abs(count - stated) <= 1 and _is_announced_apart(listed, at)
        )
        if 2 * named < count and not (announced and _closes(head.text)):
            continue
        counted = named if 2 * named >= count else count
        told = None
        if counted != stated and (named or abs(counted - stated) <= 2):
            sure = Sure.CERTAIN if 2 * named >= count else Sure.LIKELY
            told = finding(
                head, at, min(len(head.text), at + 40), StatementKind.COUNT, "count_listed", stated=figure.digits,
                found=in_form_of(figure, Fraction(counted)), sure=sure, facts={"unit": unit},
            )  # fmt: skip
        elif counted != stated:
            continue
        yield Checked("counts", Fit.WRONG if told else Fit.RIGHT, at, at + 1, told)
    yield from _counted_in_words(listed)


def _is_announced_apart(listed: Listed, at: int) -> bool:
    """Whether the list is led to further behind its count; of papers where each entry is one."""
    found = _ANNOUNCED_APART.search(listed.head.text[at + 1 :])
    if found is None or not found["papers"]:
        return found is not None
    texts = [entry.text for entry in listed.entries]
    return all(_OF_PAPER.match(text) and not _OF_MORE_PAPERS.search(text) for text in texts)


def _is_of_more(head: MarkedText, at: int) -> bool:
    """Whether a count is by how much something changed, or one of two whose things are listed together."""
    changed = is_change(head, at) and not _CAUSED.search(head.text, max(0, at - 12), at)
    return changed or _AND_MORE.search(head.text, max(0, at - 40)) is not None


def _counted_in_words(listed: Listed) -> Iterator[Checked]:
    """A count in words that the head ends in: "bốn nguyên nhân sau:"."""
    head, count = listed.head, len(listed.entries)
    found = _WORDED.search(head.text, max(0, len(head.text) - 120)) if _closes(head.text) else None
    if found is None or not is_number(head, found.start(), found["word"]):
        return
    stated, told = NUMBERS[found["word"]], None
    if abs(stated - count) > 1:
        return
    if stated != count:
        printed = head.printed(found.start(), found.end("word"))
        told = finding(
            head, found.start(), len(head.text), StatementKind.COUNT, "count_listed", stated=printed,
            found=in_words_of(printed, count), sure=Sure.LIKELY, facts={"unit": found["unit"]},
        )  # fmt: skip
    yield Checked("counts", Fit.WRONG if told else Fit.RIGHT, found.start(), found.end(), told)


def _closes(text: str) -> bool:
    return bool(re.search(r"(?:sau|như sau|sau đây|gồm|cụ thể)\s?:?\s?$", text)) or text.rstrip().endswith(":")


def _begins_with(entry: MarkedText, unit: str) -> bool:
    """Whether an entry begins with the name of what is counted and its number: "- Sáng kiến 1:"."""
    begins = entry.text[_mark_length(entry) :].lstrip("* ").split(" ")
    words = unit.split()
    for count in range(min(_WORDS, len(words)), 0, -1):
        if begins[:count] == words[:count]:
            return len(begins) > count and bool(re.match(rf"[{COUNT}{NAME}]|thứ|\d", begins[count]))
    return False


def _mark_length(entry: MarkedText) -> int:
    found = re.match(r"[-–—+•*●▪()\sa-zđ\d.]{0,1}[-–—+•*●▪).]?\s?", entry.text)
    return found.end() if found and not entry.text[:2].isalpha() else 0


def in_line(text: MarkedText) -> Iterator[Checked]:
    """A count over numbered names in the same paragraph: "có 04 sáng kiến …: - Sáng kiến 1: … - Sáng kiến 4: …"."""
    for at, figure in text.figures(0, len(text.text), COUNT):
        stated, unit = figure.readings[0], unit_behind(text, at)
        if not unit or figure.places[0] or figure.over or not 1 < stated <= _MOST_COUNTED or is_change(text, at):
            continue
        words = unit.split()
        numbers = _numbers_of(text, at, " ".join(words[:2]) if len(words) > 1 else words[0])
        if len(numbers) < _FEWEST or numbers[0] not in (1, numbers[-1] - stated + 1):
            continue
        counted = numbers[-1] - numbers[0] + 1
        told = None
        if counted != stated:
            told = finding(
                text, at, min(len(text.text), at + 40), StatementKind.COUNT, "count_listed", stated=figure.digits,
                found=in_form_of(figure, Fraction(counted)), sure=Sure.LIKELY, facts={"unit": unit},
            )  # fmt: skip
        yield Checked("counts", Fit.WRONG if told else Fit.RIGHT, at, at + 1, told)


def numbered(text: MarkedText) -> Iterator[Checked]:
    """A count over numbered pieces in the same paragraph: "07 hoạt động, gồm: (1) …; (2) …"."""
    printed = text.passage.text
    marks = [(int(found[1]), found.start(), found.end()) for found in _NUMBERED.finditer(printed)]
    for number, (value, start, _) in enumerate(marks):
        if value != 1:
            continue
        last = _last_of_run(marks, number)
        head = printed[max(0, start - _HEAD) : start]
        if last < _FEWEST or not _LEADS.search(head):
            continue
        begin, end = text.letter(max(0, start - _HEAD)), text.letter(start)
        counts = [at for at, _ in text.figures(begin, end, COUNT)]
        at = counts[-1] if counts and not _OTHERS.search(text.text[counts[-1] : end]) else None
        if at is None or is_change(text, at) or not unit_behind(text, at):
            continue
        figure = text.figure(at)
        if figure.places[0] or figure.over or not 1 < figure.readings[0] <= _MOST_COUNTED:
            continue
        told = None
        if figure.readings[0] != last:
            told = finding(
                text, at, text.letter(start), StatementKind.COUNT, "count_listed", stated=figure.digits,
                found=in_form_of(figure, Fraction(last)), sure=Sure.LIKELY, facts={"unit": unit_behind(text, at)},
            )  # fmt: skip
        yield Checked("counts", Fit.WRONG if told else Fit.RIGHT, at, at + 1, told)


def _last_of_run(marks: Sequence[tuple[int, int, int]], first: int) -> int:
    """The last number of a run 1, 2, 3 …"""
    last = 0
    for value, _, _ in marks[first:]:
        if value != last + 1:
            break
        last = value
    return last


def _numbers_of(text: MarkedText, at: int, unit: str) -> list[int]:
    """The numbers behind ``unit`` in the list that follows: one more each time, a colon behind each."""
    out: list[int] = []
    if text.text.count(unit, at + 1, at + _FARTHEST) < _FEWEST:
        return out  # as mostly: no pattern need be made
    for found in re.finditer(
        rf"(?<!\w){re.escape(unit)}\s(?P<number>{NAME}|{COUNT})\s?[:.]", text.text[at + 1 : at + _FARTHEST]
    ):
        number = text.figure(at + 1 + found.start("number")).readings[0]
        if number.denominator != 1 or (out and number != out[-1] + 1):
            break
        out.append(int(number))
    return out


# --- points -----------------------------------------------------------------------------------------------------------


def _points(
    texts: Sequence[MarkedText], at: int, entries: Sequence[MarkedText]
) -> Iterator[tuple[MarkedText, Checked]]:
    """Points of areas or parts against the score above them, where their maxima add up to its maximum."""
    quotients = [_first_quotient(entry) for entry in entries]
    given = [each for each in quotients if each is not None]
    if len(given) < _FEWEST or len(given) < len(entries) - 1:
        return
    for back in range(_LOOK_BACK + 1):
        if at - back < 0:
            return
        text = texts[at - back]
        for place, score in text.figures(0, len(text.text), QUOTIENT):
            if "điểm" not in text.text[max(0, place - 120) : place + 12] or score.over is None:
                continue
            checked = _score_checked(text, place, score, given)
            if checked is not None:
                yield text, checked
                return


def _first_quotient(entry: MarkedText) -> TextFigure | None:
    found = [figure for _, figure in entry.figures(0, len(entry.text), QUOTIENT) if figure.over is not None]
    return found[0] if found else None


def _score_checked(text: MarkedText, place: int, score: TextFigure, given: Sequence[TextFigure]) -> Checked | None:
    over = score.over
    if over is None:
        return None
    maximum, total, slack = Fraction(0), Fraction(0), Fraction(0)
    listed: list[TextFigure] = []
    for figure in given:
        maximum += figure.over.value if figure.over is not None else 0
        total += figure.value
        slack += figure.step() if figure.places[0] else 0
        listed.append(figure)
        if maximum >= over.value:
            break
    if maximum != over.value or len(listed) < _FEWEST:
        return None
    right = abs(total - score.value) <= slack or total == score.value
    told = None
    if not right:
        told = finding(
            text, max(0, place - 40), place + 1, StatementKind.TOTAL, "score_parts_apart", at=place,
            stated=score.digits,
            found=in_form_of(score, total, max(score.places[0], *(figure.places[0] for figure in listed))),
            facts={"parts": " + ".join(figure.digits for figure in listed), "whole": over.digits},
        )  # fmt: skip
    return Checked("sums", Fit.RIGHT if right else Fit.WRONG, place, place + 1, told)
