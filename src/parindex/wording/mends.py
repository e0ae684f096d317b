"""Ways to settle a finding in words: what would be done, and the reason that speaks for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from parindex.documents.criteria_drafts.patches import Patch
from parindex.domain.criteria.findings import Finding
from parindex.domain.criteria.proposals import Ask, Proposal
from parindex.domain.errors import InvalidValue
from parindex.wording import findings, terms
from parindex.wording.language import mark, text
from parindex.wording.numbers import points_text
from parindex.wording.yaml_paths import KEYS, value_words

_LABELS = {
    "rename": mark("Đổi mã {where} thành {code}"),
    "other_code": mark("Dùng mã khác"),
    "add_group": mark("Thêm dòng {code} phía trên các mục con của nó"),
    "fold_options": mark("Chuyển các dòng này thành phương án của mục"),
    "points": mark("Sửa điểm thành {points}"),
    "other_points": mark("Ghi điểm khác"),
    "as_table": mark("Theo bảng: {points}"),
    "parts_as_table": mark("Theo bảng: {found}"),
    "move_item": mark("Chuyển điểm sang {source}, chọn mục"),
    "source": mark("Đặt nguồn là {source}"),
    "title": mark("Ghi tên của mục"),
    "display_title": mark("Giữ nguyên văn, thêm tên hiển thị"),
    "confirm_rules": mark("Nhận cách tính đọc được của {count} mục"),
    "drop_measures": mark("Bỏ các số liệu không dùng"),
    "year": mark("Ghi năm đánh giá"),
    "keep": mark("Giữ nguyên văn"),
    "accept": mark("Đã xem, giữ bộ tiêu chí như đang có"),
}
#: What keeping means where there is nothing printed to keep.
_KEEP = {
    "rule_missing": mark("Gắn cách tính từ hướng dẫn chấm điểm; mục chưa có cách tính thì đơn vị tự chấm"),
    "rule_proposed": mark("Để từng mục tự xem lại sau"),
    "points_zero": mark("Mục chỉ theo dõi, không chấm điểm"),
}
_REASONS = {
    "points": mark("phần còn lại của mục cha"),
    "as_table": mark("đếm lại từ các dòng của bảng"),
    "parts_as_table": mark("Điểm của từng mục giữ nguyên"),
    "display_title": mark("Tên in trong văn bản không đổi; màn hình hiện tên đầy đủ"),
    "accept": mark("Chỗ sai chỉ ở văn bản, không ở bộ tiêu chí"),
    "confirm_rules": mark("Đọc từ các dòng phương án của bảng"),
}
ASKS = {
    Ask.CODE: mark("Mã mới"),
    Ask.TITLE: mark("Tên"),
    Ask.POINTS: mark("Điểm tối đa"),
    Ask.YEAR: mark("Năm"),
    Ask.ITEM: mark("Mã của mục"),
}
REFUSED = {
    "way_missing": mark("Chưa chọn cách xử lý."),
    "not_editable": mark("Không sửa được ô “{field}” ở đây. Sửa trong tệp YAML rồi tải lên."),
    "answer_needed": mark("Chưa ghi “{ask}”."),
    "unknown_code": mark("Không có mục mang mã {code}. Kiểm tra lại mã đã gõ."),
    "unknown_row": mark("Dòng này không còn trong bộ tiêu chí. Tải lại trang."),
    "unknown_measure": mark("Bộ tiêu chí không có số liệu {measure}."),
    "changed_since": mark("Chỗ này ({path}) đã được sửa tiếp sau đó. Hoàn tác lần sửa sau trước."),
    "code_malformed": mark("“{text}” không dùng làm mã được. Mã gồm chữ và số, cách nhau bằng dấu chấm, ví dụ 2.3.2."),
    "title_missing": mark("Chưa ghi tên."),
    "nowhere_to_move": mark("Dòng này đã ở đầu hoặc cuối nhóm của nó."),
    "year_out_of_range": mark("“{text}” không phải là năm. Ghi bốn chữ số, ví dụ 2025."),
    "below_zero": mark("Điểm không được nhỏ hơn 0."),
}


_HEADLINES = {
    "duplicate_code": mark("Mã {code} dùng cho {found} mục"),
    "parts_points": mark("{title}: văn bản ghi {stated}, bảng cộng được {found}"),
    "children_sum": mark("Mục {code} ghi {stated} điểm, các mục con cộng được {found}"),
    "total_declared": mark("Văn bản ghi tổng {stated} điểm, các lĩnh vực cộng được {found}"),
    "total_printed": mark("Dòng tổng của bảng ghi {stated} điểm, các lĩnh vực cộng được {found}"),
}


def headline(finding: Finding) -> str:
    """A finding in one short sentence, for headings and lists of links; its rows and sums stand below."""
    if finding.kind not in _HEADLINES or not (finding.kind != "parts_points" or finding.facts.get("title")):
        return findings.message(finding)
    facts = {name: findings.figure(getattr(finding, name)) for name in ("stated", "found")}
    title = finding.facts.get("title") or ""
    return text(_HEADLINES[finding.kind], code=finding.code, title=title, **facts)


def label(proposal: Proposal, finding: Finding) -> str:
    """What would be done: ``Đổi mã dòng 38 thành 2.3.2``."""
    if proposal.id == "keep" and finding.kind in _KEEP:
        return text(_KEEP[finding.kind])
    facts = {name: _word(name, value) for name, value in proposal.facts.items()}
    facts["where"] = _where(finding)
    return text(_LABELS[proposal.id], **facts)


def reason(proposal: Proposal, finding: Finding) -> str:
    """What speaks for it, "" where nothing more than the finding does."""
    if proposal.id == "rename":
        return _of_code(finding)
    if proposal.id == "source":
        return text("tiêu đề {code} và điểm các phần mà văn bản ghi", code=finding.code)
    if proposal.id == "as_table" and finding.facts.get("table_fits_total"):
        return text("tổng mà văn bản ghi chỉ đúng với số này")
    if proposal.id == "points" and finding.kind == "children_sum":
        return text("tổng điểm các mục con")
    return text(_REASONS[proposal.id]) if proposal.id in _REASONS else ""


def typed_words(proposal: Proposal, finding: Finding, typed: Mapping[Ask, Any]) -> str:
    """What was done, with what was typed: ``Dùng mã khác: 2.3.5``."""
    words = label(proposal, finding)
    shown = [_word(str(ask), typed[ask]) for ask, _ in proposal.asks if ask in typed]
    return f"{words}: {', '.join(shown)}" if shown else words


def refused_text(error: InvalidValue) -> str:
    """Why something typed cannot be done."""
    facts = dict(error.facts)
    if "ask" in facts:
        facts["ask"] = text(ASKS[facts["ask"]])
    return text(REFUSED[error.kind], **facts) if error.kind in REFUSED else text("Không làm được việc này.")


def _of_code(finding: Finding) -> str:
    facts = finding.facts
    if facts.get("stored_as_number"):
        return text("ô lưu dạng số đã làm mất số 0 cuối")
    if finding.kind != "duplicate_code":
        return text("mã hợp với chỗ đứng của dòng")
    if not facts.get("sum_fits"):
        return text("mã kế tiếp còn trống")
    addends = " + ".join(points_text(one) for one in facts["addends"])
    parent = facts["parent"]
    return text(
        "mã kế tiếp còn trống; {addends} = {points} khớp điểm của {code}",
        addends=addends,
        points=points_text(parent["points"]),
        code=parent["code"],
    )


def _where(finding: Finding) -> str:
    place = finding.facts.get("wrong") or finding.place
    return text("dòng {row}", row=place.row) if place.row is not None else place.code or findings.at(place)


def _word(name: str, value: Any) -> str:
    if name == "source":
        return terms.source(value)
    if isinstance(value, Fraction):
        return points_text(value)
    if isinstance(value, tuple):
        return " + ".join(points_text(one) for one in value)
    return str(value)


#: Values longer than this are not repeated in a sentence.
_LONGEST = 60


def patch_words(changed: Sequence[Patch]) -> str:
    """What an edit changed: ``mục 2.3.2: điểm tối đa 0,75 → 1; mục 2.3.2: đã sửa cách tính điểm``."""
    found: dict[tuple[str, str], list[Patch]] = {}
    for one in changed:
        rows = [step[1] for step in one.path if isinstance(step, tuple)]
        keys = [str(step) for step in one.path if not isinstance(step, tuple)]
        below = [key for key in keys if key not in ("areas", "children")]
        found.setdefault((rows[-1] if rows else "", below[0] if below else "children"), []).append(one)
    return "; ".join(_changed(code, key, ones) for (code, key), ones in found.items())


def _changed(code: str, key: str, ones: Sequence[Patch]) -> str:
    name = text(KEYS[key]) if key in KEYS else key
    one = ones[0]
    old, new = _plain(one.old, one.words_path), _plain(one.new, one.words_path)
    if len(ones) == 1 and len(old) + len(new) <= _LONGEST and not _is_tree(one):
        words = text("{name} {old} → {new}", name=name, old=old, new=new)
    else:
        words = _rows_words(one) or text("đã sửa {name}", name=name)
    return text("mục {code}: {words}", code=code, words=words) if code else words


def _rows_words(one: Patch) -> str:
    """Which rows a list of rows has lost and gained; "" for anything else."""
    before, after = (
        [row["code"] for row in rows if isinstance(row, dict) and "code" in row] if isinstance(rows, list) else []
        for rows in (one.old, one.new)
    )
    gone = [code for code in before if code not in after]
    come = [code for code in after if code not in before]
    words = [text("bỏ mục {codes}", codes=", ".join(gone))] if gone else []
    return ", ".join([*words, text("thêm mục {codes}", codes=", ".join(come))] if come else words)


def _is_tree(one: Patch) -> bool:
    return isinstance(one.old, dict | list) or isinstance(one.new, dict | list)


def _plain(value: Any, path: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return text("có") if value else text("không")
    written = value_words(path, str(value))
    return written.replace(".", ",") if re.fullmatch(r"-?\d+\.\d+", written) else written
