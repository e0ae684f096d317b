"""A path into a criteria set file in words: the item, then each key by its official word beside its name there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parindex.domain.criteria.criteria_set import Outside, Source
from parindex.wording import terms
from parindex.wording.language import mark, text
from parindex.wording.rule_kinds import KINDS, kind_text

#: What the keys of the file format are called.
KEYS = {
    "above": mark("trên"),
    "absent_parts": mark("phần không đo trong kỳ"),
    "abstract": mark("trích yếu"),
    "alternatives": mark("các cách tính thay thế"),
    "areas": mark("lĩnh vực"),
    "assumed": mark("tự đặt"),
    "at_most": mark("không vượt"),
    "bands": mark("các mức"),
    "below": mark("dưới"),
    "bonus": mark("điểm thưởng"),
    "bonus_cap": mark("mức tối đa của điểm thưởng"),
    "by_area": mark("theo lĩnh vực"),
    "cap": mark("mức tối đa của chỉ số"),
    "children": mark("các mục con"),
    "choices": mark("các lựa chọn"),
    "classes": mark("các loại vi phạm"),
    "clause": mark("điều khoản"),
    "code": mark("mã"),
    "criteria": mark("tiêu chí"),
    "date": mark("ngày"),
    "declared": mark("văn bản nêu"),
    "display_title": mark("tên hiển thị"),
    "each": mark("điểm mỗi đơn vị"),
    "ends": mark("kết thúc"),
    "evidence": mark("tài liệu kiểm chứng"),
    "excerpt": mark("trích"),
    "floor": mark("mức sàn"),
    "column": mark("cột"),
    "columns": mark("các cột"),
    "feeds": mark("số liệu cho bộ khác"),
    "format": mark("dạng tệp"),
    "forms": mark("phiếu, hồ sơ chấm điểm"),
    "from": mark("từ"),
    "grade": mark("xếp loại"),
    "graded_by": mark("xếp loại theo"),
    "grades": mark("xếp loại"),
    "head": mark("đầu cột"),
    "id": mark("mã"),
    "identities": mark("đẳng thức số liệu"),
    "index": mark("chỉ số"),
    "integer": mark("số nguyên"),
    "issuer": mark("cơ quan ban hành"),
    "item": mark("mục"),
    "items": mark("các mục"),
    "kind": mark("loại"),
    "left": mark("vế trái"),
    "legal_basis": mark("căn cứ pháp lý"),
    "level": mark("cấp"),
    "lower": mark("cận dưới"),
    "max_points": mark("điểm tối đa"),
    "maximum": mark("giá trị lớn nhất"),
    "measure": mark("số liệu"),
    "measures": mark("số liệu"),
    "minimum": mark("giá trị nhỏ nhất"),
    "missing": mark("khi chưa báo cáo"),
    "mode": mark("cách thức"),
    "note": mark("ghi chú"),
    "nothing_arose": mark("khi không phát sinh"),
    "nothing_when": mark("không phát sinh khi"),
    "number": mark("số"),
    "of": mark("tử số"),
    "of_result": mark("lấy từ kết quả đánh giá khác"),
    "options": mark("các phương án"),
    "outside": mark("ngoài thang điểm"),
    "over": mark("khi vượt tổng thể"),
    "part": mark("phần điểm"),
    "parts": mark("các phần điểm"),
    "per": mark("cho mỗi"),
    "penalty_cap": mark("mức tối đa của điểm trừ"),
    "places": mark("số chữ số"),
    "periods": mark("kỳ có kết quả riêng"),
    "points": mark("điểm"),
    "printed_code": mark("mã như văn bản in"),
    "printed_total": mark("dòng tổng của bảng"),
    "proposed": mark("đề xuất"),
    "provided_by": mark("cơ quan cung cấp"),
    "quantity": mark("đại lượng"),
    "questionnaire": mark("phiếu khảo sát"),
    "reference": mark("văn bản dẫn chiếu"),
    "respondents": mark("nhóm người trả lời"),
    "right": mark("vế phải"),
    "round": mark("làm tròn"),
    "rounding": mark("làm tròn"),
    "rule": mark("cách tính điểm"),
    "scored": mark("đối tượng chấm"),
    "scores": mark("các mức điểm"),
    "share": mark("tỷ lệ điểm"),
    "source": mark("nguồn điểm"),
    "sources": mark("nguồn điểm"),
    "starts": mark("bắt đầu"),
    "subcriteria": mark("tiêu chí thành phần"),
    "sum_of_children": mark("cộng từ đơn vị trực thuộc"),
    "survey": mark("lấy điểm từ khảo sát"),
    "target": mark("mức đạt điểm tối đa"),
    "tie_tolerance": mark("chênh lệch cùng hạng"),
    "timetable": mark("tiến độ"),
    "title": mark("tên"),
    "to": mark("mẫu số"),
    "totals": mark("tổng theo nhóm mục"),
    "unit": mark("đơn vị tính"),
    "unit_group": mark("nhóm đối tượng"),
    "unit_groups": mark("nhóm đối tượng"),
    "up_to": mark("đến"),
    "weight": mark("trọng số"),
    "without_figures": mark("đơn vị chưa có số liệu"),
    "within_group": mark("so trong nhóm"),
    "year": mark("năm"),
    "zero_base": mark("khi mẫu số bằng 0"),
}
#: Keys whose values are named by the file: a number after them is a name.
_OF_NAMES = ("choices", "measures")
#: Positions in lists are below this, years of dated numbers above.
_FIRST_YEAR = 1000
#: Values of the file format that a key may have, or that may be keys themselves.
_VALUES = {"penalty": mark("điểm trừ"), "allow": mark("cho phép"), "choice": mark("lựa chọn")}
#: No place in a good file lies deeper; a file of thousands of brackets must not fill a page.
_MOST_STEPS = 12
_KEYS_IN_BRACKETS = re.compile(r" \((?:\w+ )?`\w+`\)")
_KEY = re.compile(r"`(\w+)(?:: (\w+))?`")


def path_words(path: str, code: str | None = None) -> str:
    """``areas/2/2.1/max_points`` → ``mục 2.1, “điểm tối đa” (`max_points`)``; positions count from 1."""
    steps = path.split("/")
    words = []
    if code is not None:
        words.append(text(mark("mục {code}"), code=code))
        if code in steps:
            steps = steps[len(steps) - steps[::-1].index(code) :]
    for at, step in enumerate(steps[:_MOST_STEPS]):
        if words and _is_position(steps, at):
            words[-1] = text(mark("{list} thứ {position}"), list=words[-1], position=int(step) + 1)
        else:
            words.append(key_words(step) if step in KEYS else f"“{_name(step)}”")
    return ", ".join(words) + ("…" if len(steps) > _MOST_STEPS else "")


def key_words(key: str) -> str:
    """A key by its word and its name in the file: ``“điểm tối đa” (`max_points`)``; else its name alone."""
    return f"“{text(KEYS[key])}” (`{key}`)" if key in KEYS else f"`{key}`"


def without_keys(words: str) -> str:
    """``“điểm tối đa” (`max_points`)`` → ``“điểm tối đa”``: for readers of a table, who have no file before them.

    A key that stands without its word is said by it: ```outside: penalty``` → ``“ngoài thang điểm: điểm trừ”``.
    """
    return _KEY.sub(_said, _KEYS_IN_BRACKETS.sub("", words))


def _said(found: re.Match[str]) -> str:
    key, value = found.groups()
    if key not in KEYS:
        return found[0]
    return f"“{text(KEYS[key])}”" if value is None else f"“{text(KEYS[key])}: {_name(value)}”"


def _name(step: str) -> str:
    """A name of the file: a source of points and other fixed values by their words, anything else as it is."""
    if step in set(Source):
        return terms.source(Source(step))
    return text(_VALUES[step]) if step in _VALUES else step


def value_words(path: str, value: str) -> str:
    """A value of the file by its official word, where what stands at ``path`` is a code; else as it is written."""
    key = path.rpartition("/")[2]
    if key == "source" and value in set(Source):
        return terms.source(Source(value))
    if key == "outside" and value in set(Outside):
        return terms.outside(Outside(value))
    if key == "kind" and value in KINDS:
        return kind_text(value)
    return value


def _is_position(steps: Sequence[str], at: int) -> bool:
    """Whether the step counts an entry of the list before it."""
    if not steps[at].isdecimal() or int(steps[at]) >= _FIRST_YEAR:
        return False
    return steps[at - 1] not in _OF_NAMES and not (steps[at - 1] == "options" and "rule" in steps[:at])
