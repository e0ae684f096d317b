"""Option lines under an item ("Đạt yêu cầu: 2", "Từ 50% - dưới 100%: 0,5", "mỗi … 0,5 điểm"): what each is worth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.criteria_tables import option_ranges
from parindex.documents.printed_text import folded, joined
from parindex.domain.values import number_text, parse_number

_NUMBER = r"\d{1,4}(?:[.,]\d{1,4})?"
_WORTH = (
    rf"(?:{_NUMBER}\s*%\s*(?:số\s+|tổng\s+)*điểm(?:\s+(?:tối đa|chuẩn|của mục))?|{_NUMBER}\s*(?:điểm|đ)?"
    r"|điểm tối đa|không (?:được )?(?:có |tính |cho |được |chấm )?điểm)"
)
#: "label: worth", "label = worth", and "label … được worth điểm".
_LINE = re.compile(rf"^(?P<label>.*\S)\s*[:=]\s*(?P<minus>trừ\s+|-\s*)?(?P<worth>{_WORTH})\s*[.;,]?$", re.IGNORECASE)
_SENTENCE = re.compile(
    r"^(?P<label>.*\S)\s+(?:[-–]\s*)?(?P<verb>(?:thì\s+)?(?:được|tính|cộng|đạt|chấm|cho|trừ)\s+)?"
    rf"(?:tối đa\s+)?(?P<worth>{_WORTH})\s*[.;,]?$",
    re.IGNORECASE,
)
#: "Cộng 0,5 điểm cho mỗi sáng kiến", "1 điểm nếu hoàn thành 100%".
_WORTH_FIRST = re.compile(
    rf"^(?P<verb>(?:được|tính|cộng|chấm|cho|trừ)\s+)?(?P<worth>{_NUMBER}\s*(?:%\s*(?:số\s+)?)?điểm)"
    r"\s+(?:nếu|khi|cho|đối với|với)\s+(?P<label>\S.*)$",
    re.IGNORECASE,
)
_PER = re.compile(r"^(?:cứ\s+)?(?:mỗi|một|01|1)\s", re.IGNORECASE)
_CAP = re.compile(
    rf"[(,;]?\s*(?:nhưng\s+)?(?:tối đa|không quá)\s*(?:là\s*)?(?P<cap>{_NUMBER})\s*(?:điểm|đ)\s*\)?", re.IGNORECASE
)
#: What looks like the end of an option even where the option is not understood.
_ENDS_IN_POINTS = re.compile(r"[:=]\s*\d[\d,.]*\s*$|\d\s*điểm\s*$|điểm\b.*tỷ lệ", re.IGNORECASE)
FULFILLED = {"co": "Có", "khong": "Không"}
_BULLET = re.compile(r"^(?:[-–+*•·▪♦]+|[a-eđ]\))\s*")
_STARTS = re.compile(r"^(?:[-–+*•·]|từ\s|dưới\s|trên\s|đạt\s|không\s|mỗi\s|quá\s|trong\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One option line: its label and what it is worth, in points or as a share of the maximum.

    ``per`` is True for points for each case ("mỗi … 0,5 điểm"), ``minus`` for points taken off, ``cap`` the most
    it can give.
    """

    label: str
    points: Fraction | None = None
    share: Fraction | None = None
    per: bool = False
    minus: bool = False
    cap: Fraction | None = None

    def worth(self) -> dict[str, str]:
        """``{"points": …}`` or ``{"share": …}`` as rule data."""
        if self.share is not None:
            return {"share": option_ranges.percent_text(self.share)}
        return {"points": number_text(self.points or Fraction(0))}


def read_line(text: str) -> OptionLine | None:
    """One option line; None where the line does not say what something is worth."""
    line = _BULLET.sub("", joined(text))
    cap_found = _CAP.search(line) if _PER.match(line) else None
    cap = parse_number(cap_found["cap"]) if cap_found else None
    if cap_found:
        line = (line[: cap_found.start()] + line[cap_found.end() :]).strip(" ,;.")
    found = _LINE.match(line)
    if found is None:
        found = _WORTH_FIRST.match(line) or _SENTENCE.match(line)
        if found is None or not ("điểm" in found["worth"].lower() or found["verb"]):
            return None
    parts = found.groupdict()
    points, share = _worth(parts["worth"])
    minus = bool(parts.get("minus")) or (parts.get("verb") or "").strip().lower().endswith("trừ")
    label = re.sub(r"\s+(?:được|thì|bị)$", "", parts["label"].strip(" :-–")).strip()
    if re.search(r"(?:^|\s)trừ$", label):
        minus, label = True, label[: -len("trừ")].strip(" :,-")
    per = bool(_PER.match(label)) and (minus or _is_each(line) or folded(label).startswith("moi "))
    return OptionLine(label, points, share, per, minus, cap)


def one_by_one(text: str) -> list[str]:
    """The options of a line that lists several ("đúng hạn: 2 điểm; quá 01 tháng: 1 điểm; không: 0"), else the line.

    Where one piece ends with what it is worth and another is not understood, all pieces are given: the line must not
    pass for one option.
    """
    commas = [piece.strip() for piece in re.split(r",\s+", joined(text))]
    if len(commas) > 1 and all(_LINE.match(piece) for piece in commas):
        return commas  # "Có: 3 điểm, Không: 0 điểm"
    pieces = [piece.strip() for piece in re.split(r";\s+|\s/\s", joined(text)) if piece.strip(" ;.")]
    worth = [read_line(piece) is not None or _ENDS_IN_POINTS.search(piece) is not None for piece in pieces]
    return pieces if any(worth[:-1]) else [text]


def _is_each(line: str) -> bool:
    """ "Mỗi" always counts; "một", "01" only before a verb of giving (else it is an option about one)."""
    return folded(line).startswith(("moi ", "cu ")) or bool(re.search(r"\b(được|cộng|tính)\b", line))


def _worth(text: str) -> tuple[Fraction | None, Fraction | None]:
    words = folded(text)
    if words.startswith("khong"):
        return Fraction(0), None
    if words.startswith("diem toi da"):
        return None, Fraction(1)
    number = re.match(_NUMBER, text)
    value = parse_number(number[0]) if number else Fraction(0)
    return (None, value / 100) if "%" in text else (value, None)


def is_option(text: str, points: str = "") -> bool:
    """Whether a row without a code is an option line, its points in the text or in the column of points."""
    if points:
        return read_line(f"{text}: {points}") is not None and option_ranges.read_range(text) is not None
    return read_line(text) is not None


def says_points(text: str, most: Fraction) -> bool:
    """Whether a line that stands in no cell is an option of an item with at most ``most`` points, beyond doubt: it
    speaks of points, a range or a yes, and gives no more than that.
    """
    lines = [read_line(piece) for piece in one_by_one(text)]
    return bool(lines) and all(
        line is not None
        and (line.points or 0) <= most
        and (
            "điểm" in text.lower()
            or folded(line.label) in FULFILLED
            or option_ranges.read_range(line.label) is not None
        )
        for line in lines
    )


def split_title(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines of a title cell apart: the title, and the option lines under it."""
    title: list[str] = list(lines[:1])
    options: list[str] = []
    at = 1
    while at < len(lines):
        line = lines[at]
        both = f"{line} {lines[at + 1]}" if at + 1 < len(lines) else ""
        if read_line(line) is not None and (options or _STARTS.match(line) or ":" in line):
            options.append(line)
        elif both and _STARTS.match(line) and _is_one(both, lines[at + 1]):
            options.append(both)
            at += 1
        elif options:
            options[-1] = joined(f"{options[-1]} {line}")
        else:
            title.append(line)
        at += 1
    return title, options


def _is_one(both: str, second: str) -> bool:
    """Whether two lines are one option line, broken before a small letter or before its worth."""
    goes_on = second[:1].islower() or read_line(second) is None
    return read_line(both) is not None and goes_on
