"""Counts over what is named behind them in the same sentence: ``03 tiêu chí chưa đạt là tiêu chí số 13 và số 17``, ``có
04 đơn vị chậm báo cáo gồm Sở A, Sở B và Sở C``, ``03/06 chủ đầu tư đạt trên 90% (A 100%, B 92%)``.

Commas and "và" stand in names, too ("Sở Giáo dục và Đào tạo"): a count is wrong where no way to part the list has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from parindex.documents.arithmetic.figures import in_form_of
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit, is_about
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, NAME, PER_CENT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_change

_THINGS = (
    r"tiêu chí(?: thành phần)?|chỉ tiêu|chỉ số(?: thành phần)?|nội dung|nhiệm vụ|khoản(?: thu| chi)?|lĩnh vực|nhóm|mục"
    r"|đơn vị|cơ quan|địa phương|sở|ban|ngành|phòng|huyện|thị xã|quận|xã|phường|thị trấn|thôn|tỉnh|thành phố|trường"
    r"|bệnh viện|trung tâm|chi cục|chủ đầu tư|dự án|công trình|doanh nghiệp|hợp tác xã|tổ chức|đồng chí|người|cá nhân"
    r"|tập thể|nước|quốc gia"
    r"|kế hoạch|chương trình|đề án|nghị quyết|hội nghị|mô hình|sản phẩm|ứng dụng|phần mềm|điểm cầu"
    r"|khu công nghiệp|cụm công nghiệp"
)
#: A count, what is counted, a few words more, and what leads to the names.
_COUNTED = re.compile(
    rf"(?P<c>[{COUNT}{QUOTIENT}])\s(?:(?:trong|trên)(?: tổng)?(?: số)?\s{COUNT}\s)?(?P<unit>{_THINGS})(?!\w)"
    rf"(?P<gap>[^.;:(){COUNT}{QUOTIENT}]{{0,90}}?)"
    r"(?P<link>\s?\((?:gồm|là|đó là)?:?\s?|\s?:\s"
    r"|,?\s(?:bao gồm|gồm có|gồm|đó là|là|cụ thể là|cụ thể)(?: các [^\W\d_]+(?: [^\W\d_]+)?)?:?\s)"
)
#: A list with such words names only some, or groups of them.
_SOME = re.compile(
    r"(?<!\w)(?:như|chủ yếu|điển hình|tiêu biểu|nhất là|trong (?:số )?đó|một số|khác|còn lại|các|những|mỗi|đều"
    r"|cùng|từ|đến"
    r"|v\.v|tất cả|đứng đầu|cao nhất|thấp nhất|so với|toàn bộ|hàng|được|không|chưa|đã|đang|sẽ|để|do|vì"
    r"|theo|nên|việc)(?!\w)|…|\.\."
)
#: Words that tell of a count itself, and not what it is made of.
_NO_COUNT = re.compile(
    r"(?<!\w)(?:ít nhất|tối thiểu|tối đa|dưới|trên|hơn|gần|khoảng|thêm|mỗi|trở lên|một trong|trong)\s$"
)
_BETWEEN = re.compile(r"\s?(?:[,;]|(?<!\w)và(?!\w))(?:\s?và(?!\w))?\s?")
_COMMA = re.compile(r"\s?[,;]\s?")
_BRACKETS = re.compile(r"\s?\([^()]{0,120}\)")
_CODE = r"\d{1,2}(?:\.\d{1,2}){1,4}"
_NUMBERED = re.compile(
    rf"(?:(?:tiêu chí|chỉ tiêu|chỉ số|thành phần|nội dung|mục|nhóm|tctp|số|thứ) ){{0,4}}(?:[{NAME}{COUNT}]|{_CODE})"
)
#: Words that names of bodies and persons begin with; "xã hội" begins none.
_HEAD = re.compile(
    r"(?:sở|ban(?! hành)|phòng|ubnd|ủy ban|hđnd|xã(?! hội)|phường|thị trấn|thị xã|huyện|quận|thành phố|tỉnh|tp\.?|thôn"
    r"|chi cục|cục|trung tâm|trường|văn phòng|công an|thanh tra|bệnh viện|công ty|doanh nghiệp|bộ|kho bạc"
    r"|bảo hiểm xã hội"
    r"|tiêu chí|ông|bà|đồng chí|đ/c|dự án|viện|đài|hội(?! đồng)|mặt trận|liên đoàn)(?!\w)"
)
#: What may be told of a thing behind its name: its per cent, its points; a count would be how many of them it has.
#: One body with two in its name.
_DOUBLE = re.compile(r"hđnd và ubnd")
_LAST = rf"(?:\s(?:đạt |là |có |với )?(?:[{PER_CENT}{QUOTIENT}]|{COUNT}(?=\sđiểm))(?:\sđiểm)?)?"
_FIGURED = re.compile(rf"(?P<name>[^{MARKS}]+?){_LAST}$")
_DIGITS = re.compile(r"\d[\d.,/]*")
#: Marks of the pieces of a list, in their order; "đ" may be left out.
_MARKS_OF_PIECES = (
    tuple(rf"{letter}\)" for letter in "abcdđeghiklmnopq"),
    tuple(f"{number} là(?!\\w)" for number in ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")),
    tuple(f"thứ {number}(?!\\w)" for number in ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")),
)
#: A count that is further off is of more than those that are named.
_NEAR = 2
_LONGEST, _MOST_WORDS, _MOST = 400, 9, 30


def named_things(text: MarkedText) -> Iterator[Checked]:
    """Every count with its names behind it in the sentence."""
    for found in _COUNTED.finditer(text.text):
        at = found.start("c")
        figure = text.figure(at)
        stated = figure.readings[0]
        inverted = figure.over is not None and figure.over.readings[0] < stated
        if figure.places[0] or not 1 <= stated <= _MOST or figure.scale > 1 or inverted or is_change(text, at):
            continue
        if is_about(text.text, at) or _NO_COUNT.search(text.text, max(0, at - 24), at) or "," in found["gap"]:
            continue
        last = _end_of_list(text, found.end(), "" if "(" in found["link"] else ":")
        end = _end_of_list(text, found.end(), "" if "(" in found["link"] else ";:")
        counts = (
            _marked(text, found.end())
            or _in_pieces(text, found.end(), last)
            or _counts(text, found.end(), end, found["unit"])
        )
        if not counts:
            continue
        told = None
        near = min(counts, key=lambda one: abs(one - stated))
        if abs(near - stated) > max(_NEAR, near // _NEAR):
            continue  # some of many are named
        if stated not in counts:
            told = finding(
                text, at, min(end, found.end() + _LONGEST), StatementKind.COUNT, "count_listed",
                stated=figure.digits, found=in_form_of(figure, Fraction(near)),
                sure=Sure.LIKELY, facts={"unit": found["unit"]},
            )  # fmt: skip
        yield Checked("counts", Fit.WRONG if told else Fit.RIGHT, at, end, told)


def _end_of_list(text: MarkedText, start: int, ends: str) -> int:
    """Where a list ends: with its bracket, with one of the letters ``ends``, with its sentence."""
    last = min(text.period(start)[1], start + _LONGEST)
    depth = 0
    for at in range(start, last):
        letter = text.text[at]
        depth += (letter == "(") - (letter == ")")
        if depth < 0 or (not depth and letter in ends):
            return at
        if not depth and letter == "." and text.text[at + 1 : at + 2] in ("", " "):
            return at
    return last


def _marked(text: MarkedText, start: int) -> frozenset[int]:
    """How many pieces a list has that are marked "a) … b) …", "một là … hai là …" in the same paragraph."""
    for marks in _MARKS_OF_PIECES:
        if not re.match(marks[0], text.text[start:]):
            continue
        at, count = start, 0
        for mark in marks:
            found = re.compile(rf"(?<!\w){mark}").search(text.text, at)
            if found is None and mark != "đ\\)":
                break
            if found is not None:
                at, count = found.end(), count + 1
        return frozenset({count}) if count > 1 else frozenset()
    return frozenset()


def _in_pieces(text: MarkedText, start: int, end: int) -> frozenset[int]:
    """How many things a list parted by semicolons names, each with no more than a figure behind its name."""
    words = _BRACKETS.sub("", text.text[start:end]).strip(" .;")
    if ";" not in words or "," in words or end - start >= _LONGEST or _SOME.search(words):
        return frozenset()
    pieces = [piece.strip() for piece in words.split(";")]
    names = [_FIGURED.fullmatch(piece) for piece in pieces]
    if not all(name and len(name["name"].split()) <= _MOST_WORDS for name in names):
        return frozenset()
    printed = _DIGITS.sub("", _BRACKETS.sub("", text.printed(start, end)))
    capital = all(piece.strip()[:1].isupper() for piece in printed.strip(" .;").split(";"))
    return frozenset({len(pieces)}) if capital else frozenset()


def _counts(text: MarkedText, start: int, end: int, unit: str) -> frozenset[int]:
    """How many things a list may name; nothing where it may not name them all."""
    if text.text[end : end + 1] == ";" and text.printed(end + 1, end + 8)[:1].isupper():
        return frozenset()  # more names follow
    words = _BRACKETS.sub("", text.text[start:end]).strip(" .")
    bracketed = len(_BRACKETS.findall(text.text[start:end]))
    if not words or len(text.text[start:end]) >= _LONGEST:
        return frozenset()
    pieces, commas = _BETWEEN.split(words), _COMMA.split(words)
    if len(pieces) > 1 and all(_NUMBERED.fullmatch(piece) for piece in pieces):
        return frozenset({len(pieces)})
    if _SOME.search(words):
        return frozenset()
    names = [_FIGURED.fullmatch(piece) for piece in pieces]
    if not all(name and 1 <= len(name["name"].split()) <= _MOST_WORDS for name in names):
        return frozenset()
    heads = sum(_HEAD.match(piece) is not None for piece in pieces) - len(_DOUBLE.findall(words))
    if len(commas) > 2 and all(piece.startswith(f"{unit} ") for piece in commas):  # "Kế hoạch A, Kế hoạch B, …"
        return frozenset({len([piece for piece in pieces if piece.startswith(f"{unit} ")])})
    if heads and all(_HEAD.match(piece) for piece in commas if piece) and len(commas) + heads > 2:
        return frozenset({heads})
    if bracketed > 1 and bracketed in (len(pieces), len(commas)):
        return frozenset({bracketed})
    printed = text.printed(start, end)
    if len(pieces) > 1 and _are_names(_BRACKETS.sub("", printed).strip(" .")):
        return frozenset(range(min(heads or len(commas), len(commas)), len(pieces) + 1))
    return frozenset()


def _are_names(printed: str) -> bool:
    """Whether every piece of a list begins with a capital: names of places and bodies."""
    pieces = _BETWEEN.split(_DIGITS.sub("", printed))
    return all(piece[:1].isupper() for piece in pieces if piece)
