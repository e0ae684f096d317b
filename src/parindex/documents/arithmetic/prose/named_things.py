"""Counts over what is named behind them in the same sentence: ``03 tiêu chí chưa đạt là tiêu chí số 13 và số 17``, ``có
04 đơn vị chậm báo cáo gồm Sở A, Sở B và Sở C``, ``03/06 chủ đầu tư đạt trên 90% (A 100%, B 92%)``.

Commas and "và" stand in names, too ("Sở Giáo dục và Đào tạo"): a count is wrong where no way to part the list has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit, is_about
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, NAME, PAPER, PER_CENT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_change

_THINGS = (
    r"tiêu chí(?: thành phần)?|chỉ tiêu|chỉ số(?: thành phần)?|nội dung|nhiệm vụ|khoản(?: thu| chi)?|lĩnh vực|nhóm|mục"
    r"|đơn vị|cơ quan|địa phương|sở|ban|ngành|phòng|huyện|thị xã|quận|xã|phường|thị trấn|thôn|tỉnh|thành phố|trường"
    r"|bệnh viện|trung tâm|chi cục|chủ đầu tư|dự án|công trình|doanh nghiệp|hợp tác xã|tổ chức|đồng chí|người|cá nhân"
    r"|tập thể|nước|quốc gia"
    r"|kế hoạch|chương trình|đề án|nghị quyết|hội nghị|mô hình|sản phẩm|ứng dụng|phần mềm|điểm cầu"
    r"|khu công nghiệp|cụm công nghiệp|thành viên"
)
#: What is named by plain words, and all of it where the names end a sentence: "03 hình thức: bãi bỏ, thay thế, …".
_PLAIN = (
    r"hình thức|nền tảng|hệ thống|phần mềm|ứng dụng|giải pháp|biện pháp|nguyên nhân|lý do|kênh|bước|khâu|cấp|nhóm"
    r"|chuyên đề|tiêu chuẩn|nguyên tắc|thủ tục|dịch vụ|quầy|tiêu chí|chỉ tiêu|nội dung|lĩnh vực|mục tiêu|phương thức"
    r"|công đoạn|trụ cột|khâu đột phá|hạng mục|phương án|mô hình|cơ sở dữ liệu|bộ phận|hợp phần|giai đoạn|tính năng"
    r"|phần|nguồn|vòng|mặt|trục|yếu tố|thành tố|đối tượng|loại hình|hoạt động|mũi nhọn|tuyến|mức|lớp"
    r"|chức năng|tiện ích|điều kiện|tồn tại|hạn chế|khó khăn|sản phẩm|khoản(?: thu| chi)?|loại|môn|nghề|ngành"
)
#: Words for numbers, with which a sentence begins or goes on; "năm" is a year unless it begins one.
NUMBERS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
#: A count, what is counted, a few words more, and what leads to the names.
_BEHIND = (
    rf"\s(?:(?:trong|trên)(?: tổng)?(?: số)?\s{COUNT}\s)?(?P<unit>{_THINGS}|{_PLAIN})(?!\w)"
    rf"(?P<gap>[^.;:(){COUNT}{QUOTIENT}]{{0,90}}?(?:\s(?:đạt|trên|dưới|được|từ)\s[{COUNT}{QUOTIENT}]\sđiểm)?)"
    r"(?P<link>\s?\((?:gồm|là|đó là)?:?\s?|\s?:\s"
    r"|,?\s(?:bao gồm|gồm có|gồm|đó là|là|cụ thể là|cụ thể)(?: các [^\W\d_]+(?: [^\W\d_]+)?)?:?\s)"
)
_COUNTED = re.compile(rf"[{COUNT}{QUOTIENT}]{_BEHIND}")
_NO_NUMBER = re.compile(
    r"(?<!\w)(?:m\w+i|thứ|tháng|quý|lần|hạng|loại|cấp|lớp|khóa|nhóm|đợt|kỳ|tuần|ngày|giai đoạn|trăm|linh|lẻ|vài|một"
    r"|hai|ba|bốn|năm|sáu|bảy|tám|chín)\s$"
)
_NO_YEAR, _BEFORE = re.compile(r"(?<!\w)(?:có|gồm|cả thảy|do|vì|thêm)\s$"), 24
_IN_WORDS = re.compile(_BEHIND)
_LEADS = re.compile(r": |gồm |là ")
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
#: "Mất điểm ở 04 tiêu chí": the count is not what was lost.
_STANDS_IN = re.compile(r"(?<!\w)(?:ở|tại|gồm|có|là)\s$")
#: Words behind which a list is of something else, or of some only.
_PASSES = re.compile(r",|(?<!\w)(?:như|điển hình|tiêu biểu|nổi bật|trong đó|và có|và đạt)(?!\w)")
#: What goes on behind the last name: "…, đều trên 90 điểm", "… từ ngày 01/3".
_TAIL = re.compile(rf",?\s(?:đều|với|(?:kể )?từ(?: ngày)?(?=\s{PAPER})|trong năm)\s[^,;]*$")
#: What goes on behind a list that "và" has closed, with figures of its own: "A, B và C; tổng kinh phí 120 triệu đồng".
_CLOSED = re.compile(rf"(?<=\svà\s)[^,;{MARKS}]+(?P<tail>[,;]\s[^,;{MARKS}]{{0,60}}[{MARKS}].*)$")
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
_LAST = rf"(?:\s(?:đạt |là |có |với |tăng |giảm )?(?:[{PER_CENT}{QUOTIENT}]|{COUNT}(?=\sđiểm))(?:\sđiểm)?)?"
_FIGURED = re.compile(rf"(?P<name>[^{MARKS}]+?){_LAST}$")
_DIGITS = re.compile(r"\d[\d.,/]*")
#: Marks of the pieces of a list, in their order; "đ" may be left out.
_MARKS_OF_PIECES = (
    tuple(rf"{letter}\)" for letter in "abcdđeghiklmnopq"),
    tuple(f"{number} là(?!\\w)" for number in ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")),
    tuple(f"thứ {number}(?!\\w)" for number in ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")),
)
#: What begins a list with dashes; what ends it; what no entry has inside.
_DASH, _STOP, _NO_ENTRY = re.compile(r"\s?([-–+•*])\s"), re.compile(r"\.(?=\s|$)"), re.compile(r"[.;:!?](?=\s|$)")
#: A count that is further off is of more than those that are named.
_NEAR = 2
#: A plain name, and what may join two of them, or part one otherwise.
_PLAIN_UNIT = re.compile(rf"(?:{_PLAIN}|chương trình|đề án|kế hoạch|nhóm việc)")
_PIECE = re.compile(rf"[^{MARKS}]{{2,}}")
_NOT_PARTED = re.compile(r"[:/+&]|\s[-–]\s|(?<!\w)(?:hoặc|hay|với|lẫn|cũng như|kết hợp|hai|ba|bốn|năm|sáu)(?!\w)")
_BRACKETED = re.compile(r"[^()]+\([^()]{1,120}\)\s?")
#: What begins a sentence that tells of what is counted, and names none of it.
_TELLS = re.compile(
    r"(?:đạt|được|đã|có|là|bảo đảm|đảm bảo|phục vụ|nhằm|góp phần|tạo|giúp|lý do|do|thành phần|nội dung|mục đích|gồm"
    r"|theo|trong|tại|từ|khi|vì|qua|đây|việc|phải|cần|nên|để|tăng|giảm|hoàn thành|vượt|xếp|chiếm)(?!\w)"
)
_LONGEST, _MOST_WORDS, _MOST, _FARTHEST = 400, 9, 30, 4_000


@dataclass(frozen=True, slots=True)
class _Counted:
    """A count from ``at`` to its names, which begin at ``start`` in a bracket or behind other words (``link``)."""

    at: int
    value: int
    printed: str
    unit: str
    link: str
    start: int


def named_things(text: MarkedText) -> Iterator[Checked]:
    """Every count with its names behind it in the sentence."""
    yield from _checked(text, _in_figures(text))


def named_in_words(text: MarkedText) -> Iterator[Checked]:
    """Every count in words with its names behind it: "Bốn đơn vị được khen thưởng là: …"."""
    if _LEADS.search(text.text):
        yield from _checked(text, _in_words(text))


def _checked(text: MarkedText, counted: Iterator[_Counted]) -> Iterator[Checked]:
    for one in counted:
        whole = _end_of_list(text, one.start, "")
        last = _end_of_list(text, one.start, "" if "(" in one.link else ":")
        end = _end_of_list(text, one.start, "" if "(" in one.link else ";:")
        counts = (
            _marked(text, one.start)
            or _dashed(text, one)
            or _in_pieces(text, one.start, last)
            or _counts(text, one.start, end, one.unit)
            or _plain(text, one, whole)
        )
        if not counts:
            continue
        told = None
        near = min(counts, key=lambda count: abs(count - one.value))
        if abs(near - one.value) > max(_NEAR, near // _NEAR):
            continue  # some of many are named
        if one.value not in counts:
            told = finding(
                text, one.at, min(end, one.start + _LONGEST), StatementKind.COUNT, "count_listed",
                stated=one.printed, found=in_words_of(one.printed, near), sure=Sure.LIKELY, facts={"unit": one.unit},
            )  # fmt: skip
        yield Checked("counts", Fit.WRONG if told else Fit.RIGHT, one.at, end, told)


def _in_figures(text: MarkedText) -> Iterator[_Counted]:
    for found in _COUNTED.finditer(text.text):
        at = found.start()
        figure = text.figure(at)
        stated = figure.readings[0]
        inverted = figure.over is not None and figure.over.readings[0] < stated
        if figure.places[0] or not 1 <= stated <= _MOST or figure.scale > 1 or inverted:
            continue
        if is_change(text, at) and not _STANDS_IN.search(text.text, max(0, at - 12), at):
            continue
        if is_about(text.text, at) or _NO_COUNT.search(text.text, max(0, at - 24), at) or _PASSES.search(found["gap"]):
            continue
        yield _Counted(at, int(stated), figure.digits, found["unit"], found["link"], found.end())


def _in_words(text: MarkedText) -> Iterator[_Counted]:
    """Counts in words: "Bốn đơn vị được khen thưởng là: …"."""
    for word, value in NUMBERS.items():
        at = text.text.find(f"{word} ")
        while at >= 0:
            end = at + len(word)
            found = _IN_WORDS.match(text.text, end)
            if found is not None and is_number(text, at, word) and not _PASSES.search(found["gap"]):
                printed = text.printed(at, end)
                yield _Counted(at, value, printed, found["unit"], found["link"], found.end())
            at = text.text.find(f"{word} ", end)


def is_number(text: MarkedText, at: int, word: str) -> bool:
    """Whether a word is a number that counts all of something: "năm" is one where it begins a sentence, or stands
    behind a word that no year stands behind.
    """
    before = text.text[max(0, at - _BEFORE) : at]
    if before[-1:].isalnum() or _NO_NUMBER.search(before):
        return False
    if _NO_COUNT.search(before) and not before.endswith("thêm "):
        return False
    if is_about(text.text, at) or is_change(text, at):
        return False
    begins = text.printed(at, at + 1).isupper() and (not before or before.endswith((". ", "- ")))
    return word != "năm" or begins or _NO_YEAR.search(before) is not None


def in_words_of(printed: str, count: int) -> str:
    """A count as another one is printed: in words, or with as many figures."""
    if printed.isdigit():
        return str(count).rjust(len(printed), "0")
    word = next((word for word, value in NUMBERS.items() if value == count), str(count))
    return word.title() if printed.istitle() else word


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


def _dashed(text: MarkedText, one: _Counted) -> frozenset[int]:
    """How many plain things a list names whose dashes stand in the same paragraph: "05 hình thức: - …; - …; - …."; none
    where a dash stands otherwise, too.
    """
    sign = _DASH.match(text.text, one.start)
    if sign is None or _PLAIN_UNIT.fullmatch(one.unit) is None or len(text.text) - one.start > _FARTHEST:
        return frozenset()
    dash = re.escape(sign[1])
    pieces = re.split(rf";\s?{dash}\s", text.text[sign.end() :])
    last = _STOP.split(pieces[-1], maxsplit=1)
    inside = [*pieces[:-1], last[0]]
    if any(_NO_ENTRY.search(piece) for piece in inside) or re.search(rf"\s{dash}\s", " ".join((*inside, *last[1:]))):
        return frozenset()
    return frozenset({len(pieces)}) if len(pieces) > 1 else frozenset()


def _in_pieces(text: MarkedText, start: int, end: int) -> frozenset[int]:
    """How many things a list parted by semicolons names, each with no more than a figure behind its name."""
    bracketed = [_BRACKETED.fullmatch(piece) for piece in text.text[start:end].strip(" .").split(";")]
    words = _BRACKETS.sub("", text.text[start:end]).strip(" .;")
    if ";" not in words or end - start >= _LONGEST or _SOME.search(words):
        return frozenset()
    pieces = [piece.strip() for piece in words.split(";")]
    names = [_FIGURED.fullmatch(piece) for piece in pieces]
    if not all(name and len(name["name"].split()) <= _MOST_WORDS for name in names):
        return frozenset()
    printed = _DIGITS.sub("", _BRACKETS.sub("", text.printed(start, end)))
    capital = all(piece.strip()[:1].isupper() for piece in printed.strip(" .;").split(";"))
    surely = "," not in words or all(bracketed) or _have_commas_inside(printed)
    return frozenset({len(pieces)}) if capital and surely else frozenset()


def _have_commas_inside(printed: str) -> bool:
    """Whether commas stand in the names that semicolons part: "Công tác chỉ đạo, điều hành", "Sở Văn hóa, Thể thao"."""
    pieces = [piece.strip().split(",") for piece in printed.strip(" .;").split(";")]
    behind = [part.strip() for piece in pieces for part in piece[1:]]
    if any(_HEAD.match(part.lower()) for part in behind):
        return False
    return all(part[:1].islower() for part in behind) or all(_HEAD.match(piece[0].lower()) for piece in pieces)


def _plain(text: MarkedText, one: _Counted, end: int) -> frozenset[int]:
    """How many things a list of plain names may name that ends its sentence; nothing where it may not be parted so.

    Commas and "và" stand in such names, too: no more are named than there are pieces, and one more is stated at once.
    """
    if "(" not in text.text[one.start : end] and (closed := _CLOSED.search(text.text, one.start, end)) is not None:
        end = closed.start("tail")
    words, printed = text.text[one.start : end], text.printed(one.start, end)
    of_them = text.text[max(0, one.at - len("của ")) : one.at] in ("của ", "cho ")  # what stands before may be listed
    if not _is_plain(one, words, of_them=of_them) or end - one.start >= _LONGEST or not _ends(text, end):
        return frozenset()
    bare = _BRACKETS.sub("", words).strip(" .;)")
    pieces = [piece for piece in (_BETWEEN.split(bare)) if piece]
    if _NOT_PARTED.search(bare) or _SOME.search(bare) or not all(_PIECE.fullmatch(piece) for piece in pieces):
        return frozenset()
    parts = [piece.strip() for piece in bare.split(";")]
    if len(parts) > 1:
        # A semicolon parts what has commas; each with its own bracket, or each with a capital, is one.
        alike = all(_BRACKETED.fullmatch(part) for part in words.strip(" .").split(";"))
        capital = all(part.strip()[:1].isupper() for part in printed.split(";"))
        least, most = len(parts), len(parts) if alike or capital else len(pieces)
    elif len({piece.split()[0] for piece in pieces}) == 1 and all(" " in piece for piece in pieces):
        least = most = len(pieces)  # "rõ người, rõ việc, rõ thời gian"
    else:
        least, most = 1, len(pieces)
    counts = frozenset(range(least, most + 1))
    return counts if most > 1 and least - 1 <= one.value <= most + 1 else frozenset()


def _is_plain(one: _Counted, words: str, *, of_them: bool) -> bool:
    """Whether plain names may follow: of such things, behind a colon or "gồm", told of by no
    verb; ``of_them``: the count is of what has something that is listed ("các mức của 04 nhóm: …").
    """
    leads = (":" in one.link or "gồm" in one.link) and not of_them
    return leads and _PLAIN_UNIT.fullmatch(one.unit) is not None and not _TELLS.match(words)


def _ends(text: MarkedText, end: int) -> bool:
    """Whether a list ends where its sentence does."""
    return text.text[end : end + 1] in ("", ".", ")", ",", ";") or not text.text[end:].strip()


def _counts(text: MarkedText, start: int, end: int, unit: str) -> frozenset[int]:
    """How many things a list may name; nothing where it may not name them all."""
    if text.text[end : end + 1] == ";" and text.printed(end + 1, end + 8)[:1].isupper():
        return frozenset()  # more names follow
    tail = _TAIL.search(text.text, start, end)
    end = tail.start() if tail is not None else end
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
