"""What findings on tables of other measurements say: evaluations of procedures (nine indicators), satisfaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from parindex.domain.criteria.findings import Finding
from parindex.domain.survey.satisfaction_tables.printed_table import RowLevel
from parindex.domain.values import parse_number
from parindex.wording.language import mark, text
from parindex.wording.numbers import points_text

_ORIGINAL = mark("Đối chiếu phiếu gốc của đơn vị rồi sửa ô này.")

#: Message and remedy; ``{name}`` is a fact in words.
SENTENCES: dict[str, tuple[str, str]] = {
    # evaluations of procedures
    "evaluation_missing": (mark("{unit} ({code}): {column} để trống."), mark("Ghi {column} của đơn vị.")),
    "evaluation_missing/proposal": (
        mark("{unit} ({code}): {column} để trống."),
        mark("Ghi {proposal}: giá trị theo các ô còn lại của dòng."),
    ),
    "evaluation_missing/unread": (
        mark("{unit} ({code}): {column} ghi “{unread}”, không phải là số."),
        mark("Ghi {column} của đơn vị bằng số."),
    ),
    "evaluation_missing/unread_proposal": (
        mark("{unit} ({code}): {column} ghi “{unread}”, không phải là số."),
        mark("Ghi {proposal}: giá trị theo các ô còn lại của dòng."),
    ),
    "evaluation_value_range": (
        mark("{unit} ({code}): {column} ghi {stated}, ngoài khoảng 0–{max_points}."),
        _ORIGINAL,
    ),
    "evaluation_value_range/proposal": (
        mark("{unit} ({code}): {column} ghi {stated}, ngoài khoảng 0–{max_points}."),
        mark("Sửa thành {proposal}: khi đó dòng cộng đúng tổng điểm đã in."),
    ),
    "evaluation_total": (
        mark("{unit} ({code}): tổng điểm ghi {stated}, các chỉ số cộng được {found} ({addends})."),
        mark("Sửa tổng điểm thành {found}, hoặc sửa điểm của một chỉ số; chênh {difference}."),
    ),
    "evaluation_totals_unknown": (
        mark("{found} trên {stated} dòng có tổng điểm không bằng tổng các chỉ số: bảng không cộng theo cách này."),
        mark("Hỏi cơ quan lập bảng cách tính tổng điểm (trọng số, tỷ lệ, chỉ số không in)."),
    ),
    "evaluation_grade": (
        mark("{unit} ({code}): xếp loại ghi “{stated}”, nhưng {total} điểm là “{found}” (từ {lower} điểm)."),
        mark("Sửa xếp loại thành “{found}”, hoặc sửa điểm."),
    ),
    "evaluation_grade/order": (
        mark("{unit} ({code}): xếp loại “{stated}” với {total} điểm, không theo thứ tự điểm của các đơn vị khác."),
        mark("Đối chiếu mức điểm của từng loại trong quy định rồi sửa xếp loại hoặc điểm."),
    ),
    "evaluation_order": (
        mark("{unit} ({code}): {total} điểm, đứng thứ {stated} trong khi theo tổng điểm phải đứng thứ {found}."),
        mark("Chuyển dòng về vị trí {found}, hoặc sửa tổng điểm."),
    ),
    "evaluation_order/swapped": (
        mark(
            "{unit} ({code}): {total} điểm, đứng thứ {stated} trong khi theo tổng điểm phải đứng thứ {found}; "
            "đổi chỗ với {swapped}."
        ),
        mark("Đổi chỗ hai dòng, hoặc sửa tổng điểm."),
    ),
    "evaluation_order/ranked": (
        mark(
            "{unit} ({code}): {total} điểm, dòng đứng thứ {stated} trong khi theo tổng điểm phải đứng thứ {found}; "
            "xếp hạng khớp với tổng điểm."
        ),
        mark("Nếu bảng sắp theo thứ hạng, chuyển dòng về vị trí {found}; nếu không, giữ nguyên."),
    ),
    "evaluation_order/ranked_swapped": (
        mark(
            "{unit} ({code}): {total} điểm, dòng đứng thứ {stated} trong khi theo tổng điểm phải đứng thứ {found}, "
            "đổi chỗ với {swapped}; xếp hạng khớp với tổng điểm."
        ),
        mark("Nếu bảng sắp theo thứ hạng, đổi chỗ hai dòng; nếu không, giữ nguyên."),
    ),
    "evaluation_rank": (
        mark("{unit} ({code}): xếp hạng ghi {stated}, theo {total} điểm là {found}."),
        mark("Sửa xếp hạng thành {found}, hoặc sửa tổng điểm."),
    ),
    "evaluation_rank/swapped": (
        mark(
            "{unit} ({code}): xếp hạng ghi {stated}, theo {total} điểm là {found}; đổi chỗ với {swapped} "
            "({swapped_code})."
        ),
        mark("Đổi lại xếp hạng của hai đơn vị: {unit} hạng {found}, {swapped} hạng {stated}."),
    ),
    "evaluation_number": (
        mark("{unit}: số thứ tự ghi “{stated}”, theo thứ tự phải là {found}."),
        mark("Sửa số thứ tự thành {found}."),
    ),
    "evaluation_number/gap": (
        mark("{unit}: số thứ tự ghi “{stated}”, thiếu số {found}."),
        mark("Kiểm tra có sót đơn vị không; nếu không, đánh lại số."),
    ),
    "evaluation_number/swapped": (
        mark("{unit}: số thứ tự ghi “{stated}”, theo thứ tự phải là {found}; đổi chỗ với {swapped}."),
        mark("Đổi chỗ hai dòng, hoặc đánh lại số."),
    ),
    "evaluation_unit_repeated": (
        mark("{unit} đứng hai lần trong một nhóm ({same_as} và {code})."),
        mark("Bỏ một dòng, hoặc sửa tên đơn vị."),
    ),
    "evaluation_mean": (
        mark("Dòng trung bình{where}: {column} ghi {stated}, trung bình của {count} đơn vị là {found}."),
        mark("Sửa thành {found}, hoặc sửa điểm của một đơn vị."),
    ),
    "evaluation_count": (
        mark("Văn bản ghi {stated} đơn vị loại {grade}{where}, bảng có {found}."),
        mark("Sửa câu trong văn bản theo bảng ({found}), hoặc sửa xếp loại trong bảng. Đã đếm: {counted}."),
    ),
    "evaluation_count/better": (
        mark("Văn bản ghi {stated} đơn vị từ loại {grade} trở lên{where}, bảng có {found}."),
        mark("Sửa câu trong văn bản theo bảng ({found}), hoặc sửa xếp loại trong bảng."),
    ),
    # satisfaction
    "satisfaction_missing": (mark("{row}: thiếu {figure}{of_year}."), mark("Ghi {figure} của dòng này.")),
    "satisfaction_missing/proposal": (
        mark("{row}: thiếu {figure}{of_year}."),
        mark("Ghi {proposal}: giá trị theo các ô còn lại của dòng."),
    ),
    "satisfaction_missing/unread": (
        mark("{row}: {figure}{of_year} ghi “{unread}”, không phải là số."),
        mark("Ghi {figure} bằng số, ví dụ 82,96%; nếu không đo lường, ghi rõ ngay dưới bảng."),
    ),
    "satisfaction_missing/unread_proposal": (
        mark("{row}: {figure}{of_year} ghi “{unread}”, không phải là số."),
        mark("Ghi {proposal}: giá trị theo các ô còn lại của dòng."),
    ),
    "satisfaction_range": (
        mark("{row}: ghi {stated}%{of_year}, ngoài khoảng 0–100%."),
        mark("Đối chiếu kết quả khảo sát rồi sửa ô này."),
    ),
    "satisfaction_range/proposal": (
        mark("{row}: ghi {stated}%{of_year}, ngoài khoảng 0–100%."),
        mark("Sửa thành {proposal}%: giá trị theo các ô còn lại của dòng."),
    ),
    "satisfaction_item": (
        mark("{row}: ghi {stated}%{of_year}; mức tăng/giảm và các số trung bình ở trên đều chỉ đúng với {found}%."),
        mark("Sửa thành {found}%."),
    ),
    "satisfaction_mean": (
        mark("{row}: ghi {stated}%{of_year}, trung bình {below} là {found}%."),
        mark("Sửa thành {found}%, hoặc sửa một số ở dưới."),
    ),
    "satisfaction_mean/items": (
        mark(
            "{row}: ghi {stated}%{of_year}, trung bình {below} là {found}%; các số trung bình ở trên khớp với "
            "{stated}%."
        ),
        mark("Sửa tiêu chí ghi sai trong nhóm này; chênh cả nhóm {spread} điểm phần trăm."),
    ),
    "satisfaction_rollup_unknown": (
        mark("{found} trên {stated} số trung bình không bằng trung bình các tiêu chí: bảng không tính theo cách này."),
        mark("Hỏi cơ quan lập bảng cách tính (trọng số, số phiếu từng tiêu chí)."),
    ),
    "satisfaction_difference": (
        mark("{row}: mức tăng/giảm ghi {stated}, {later} trừ {earlier} là {found}."),
        mark("Sửa mức tăng/giảm thành {found}."),
    ),
    "satisfaction_difference/sign": (
        mark("{row}: mức tăng/giảm ghi {stated}, ngược dấu: {later} trừ {earlier} là {found}."),
        mark("Sửa dấu: {found}."),
    ),
    "satisfaction_differences_unknown": (
        mark("{found} trên {stated} mức tăng/giảm không bằng {later} trừ {earlier}."),
        mark("Hỏi cơ quan lập bảng cột này so với năm nào, tính theo điểm phần trăm hay tỷ lệ."),
    ),
    "satisfaction_number": (
        mark("“{title}”: đánh số {stated}, theo thứ tự phải là {found}."),
        mark("Kiểm tra có sót dòng không; nếu không, đánh lại số."),
    ),
    "satisfaction_item_repeated": (
        mark("{row} đứng hai lần trong một nhóm, lần đầu ở số {same_as}."),
        mark("Sửa nội dung của một dòng, hoặc bỏ một dòng."),
    ),
    "satisfaction_stated": (
        mark("Văn bản ghi {what}{of_year} là {stated}, bảng cho {found}."),
        mark("Sửa câu trong văn bản theo bảng ({found}), hoặc sửa bảng."),
    ),
}

_COLUMNS = {
    "total": mark("tổng điểm"),
    "grade": mark("xếp loại"),
    "official": mark("điểm trung bình của công chức"),
    "rank": mark("xếp hạng"),
}
_WHAT = {
    "overall": mark("chỉ số hài lòng chung (%)"),
    "difference": mark("mức tăng/giảm của chỉ số chung (điểm phần trăm)"),
    "groups": mark("số nhóm tiêu chí"),
    "items": mark("số tiêu chí"),
    "rising": mark("số tiêu chí tăng"),
    "falling": mark("số tiêu chí giảm"),
}
_FIGURES = {"value": mark("tỷ lệ hài lòng"), "difference": mark("mức tăng/giảm")}
_LEVELS = {
    RowLevel.ITEM: mark("Tiêu chí {code}"),
    RowLevel.GROUP: mark("Nhóm {code}"),
    RowLevel.PART: mark("Phần {code}"),
    RowLevel.OVERALL: mark("Chung"),
}

_Facts = Mapping[str, Any]
_Variants = tuple[tuple[str, Callable[[_Facts], bool]], ...]


def _known(name: str) -> Callable[[_Facts], bool]:
    return lambda facts: facts.get(name) is not None


def _true(name: str) -> Callable[[_Facts], bool]:
    return lambda facts: bool(facts.get(name))


VARIANTS: dict[str, _Variants] = {
    **{
        f"{table}_missing": (
            ("unread_proposal", lambda facts: facts["unread"] is not None and facts["proposal"] is not None),
            ("unread", _known("unread")),
            ("proposal", _known("proposal")),
        )
        for table in ("evaluation", "satisfaction")
    },
    **{
        f"{table}_{kind}": (("proposal", _known("proposal")),)
        for table, kind in (
            ("evaluation", "value_range"),
            ("satisfaction", "range"),
        )
    },
    "evaluation_grade": (("order", lambda facts: facts["lower"] is None),),
    "evaluation_order": (
        ("ranked_swapped", lambda facts: bool(facts["ranked"] and facts["swapped"])),
        ("ranked", _true("ranked")),
        ("swapped", _true("swapped")),
    ),
    "evaluation_rank": (("swapped", _true("swapped")),),
    "evaluation_number": (("swapped", _true("swapped")), ("gap", _true("gap"))),
    "evaluation_count": (("better", _true("or_better")),),
    "satisfaction_mean": (("items", _true("items_wrong")),),
    "satisfaction_difference": (("sign", _true("sign")),),
}


def words(finding: Finding) -> dict[str, str]:
    """The facts that these sentences say in their own way."""
    facts = finding.facts
    out: dict[str, str] = {}
    if "column" in facts:
        column = facts["column"]
        out["column"] = text(_COLUMNS[column]) if column in _COLUMNS else text("chỉ số {number}", number=column)
    if finding.kind == "evaluation_mean":
        out["where"] = f" ({facts['unit']})" if facts["unit"] else ""
    if "points" in facts:
        out["addends"] = " + ".join(points_text(one) for one in facts["points"])
        out["difference"] = points_text(abs(_number(finding.stated) - _number(finding.found)))
    if "group" in facts:
        group = facts["group"]
        out["where"] = f" ({group})" if group else ""
        out["counted"] = ", ".join(facts["counted"][:_LISTED]) + (" …" if len(facts["counted"]) > _LISTED else "")
    return out | _of_satisfaction(finding)


def _of_satisfaction(finding: Finding) -> dict[str, str]:
    """What only sentences on satisfaction tables say."""
    facts = finding.facts
    out: dict[str, str] = {}
    if "year" in facts:
        out["of_year"] = " " + text("của năm {year}", year=facts["year"]) if facts["year"] else ""
    if "figure" in facts:
        figure = facts["figure"]
        out["figure"] = text(_FIGURES[figure])
    if "what" in facts:
        out["what"] = text(_WHAT[facts["what"]])
    if "level" in facts:
        name = text(_LEVELS[RowLevel(facts["level"])], code=finding.code)
        out["row"] = f"{name} “{_shortened(facts['title'])}”" if facts["title"] else name
    for end in ("later", "earlier"):
        if end in facts:
            out[end] = text("năm {year}", year=facts[end]) if facts[end] else text(_ENDS[end])
    if "items_wrong" in facts:
        out["spread"] = points_text(abs(_number(finding.stated) - _number(finding.found)) * facts["count"])
        out["below"] = text(_BELOW[RowLevel(facts["of"])], count=facts["count"])
    if finding.kind == "satisfaction_number":
        out |= {"stated": finding.stated or "–", "found": finding.found or "–"}
    return out


_BELOW = {
    RowLevel.ITEM: mark("{count} tiêu chí"),
    RowLevel.GROUP: mark("{count} nhóm"),
    RowLevel.PART: mark("{count} phần"),
}
_ENDS = {"later": mark("năm sau"), "earlier": mark("năm trước")}
_LISTED = 12
_TITLE = 60


def _number(value: str | None) -> Fraction:
    return parse_number(value or "0")


def _shortened(title: str) -> str:
    return title if len(title) <= _TITLE else title[:_TITLE].rsplit(" ", 1)[0] + " …"
