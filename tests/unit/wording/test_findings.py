"""The sentences of findings: figures as papers print them, proposals where there are some."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from tests.builders import criteria_set, node, rule
from tests.spec.coherence.checked import only

from parindex.domain.criteria.criteria_set import (
    AreaDeclaration,
    CriteriaSet,
    Declared,
    Grade,
    Measure,
    Outside,
    Part,
    RuleData,
    Source,
)
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.errors import Place
from parindex.domain.scoring.check import check
from parindex.wording.finding_sentences import SENTENCES
from parindex.wording.findings import message, remedy

PARTS = (
    Part("report", "Kết quả thực hiện", (Source.REPORT,)),
    Part("opinion_survey", "", (Source.OPINION_SURVEY,)),
)


def bands(*rows: dict[str, str], **more: Any) -> CriteriaSet:
    data: dict[str, Any] = {"kind": "bands", "of": "x", "to": "y", **more}
    return criteria_set(node("1", "1", rule=rule(**{**data, "bands": list(rows)})))


def duplicate(total: str) -> CriteriaSet:
    rows = (
        node("1.1.1", "1.75", title="Thực hiện các hoạt động", place=Place(table="Bảng 1", row=37, line=389)),
        node("1.1.1", "0.75", title="Xử lý kết quả", place=Place(table="Bảng 1", row=38, line=390)),
    )
    return criteria_set(node("1", total, node("1.1", total, *rows)))


def surveyed(parts: dict[str, Fraction], title: str = "Khảo sát sự hài lòng") -> CriteriaSet:
    items = [node(f"1.1.{n}", "1", note="ĐTXHH", source=Source.OPINION_SURVEY) for n in (1, 2)]
    heading = node("1.1", "2", *items, title=title)
    more = (*PARTS, Part("satisfaction_index", "SIPAS", (Source.SATISFACTION_INDEX,)))
    return criteria_set(node("1", "3", heading, node("1.2")), parts=more, declared=Declared(parts=parts))


THIRTEEN = [node(f"1.{number}") for number in range(1, 14)]
PROPOSED = RuleData({"kind": "given"}, proposed=True)
COPIED = "Văn bản do các cơ quan chuyên môn thuộc UBND tỉnh tham mưu"

#: A set, the finding's message and its remedy.
SENTENCES_OF_SETS = {
    "duplicate_code": (
        duplicate("2.5"),
        "Mã 1.1.1 dùng cho 2 mục: “Thực hiện các hoạt động” (Bảng 1, dòng 37); “Xử lý kết quả” (Bảng 1, dòng 38).",
        "Đổi mã ở Bảng 1, dòng 38 thành 1.1.2, mã kế tiếp còn trống; 1,75 + 0,75 = 2,5 khớp điểm của 1.1.",
    ),
    "wrong_parent": (
        criteria_set(node("1", "2", node("1.1"), node("3.2")), node("2", "1")),
        "Mã 3.2 đứng trong nhóm 1 nhưng mang mã của nhóm 3.",
        "Đổi thành 1.2, hoặc chuyển dòng về nhóm 3.",
    ),
    "missing_dot": (
        criteria_set(node("1", "2", node("11"), node("1.2"))),
        "Mã 11 thiếu dấu chấm, đứng sau 1.",
        "Đổi thành 1.1.",
    ),
    "numbering_gap": (
        criteria_set(node("1", "2", node("1.1"), node("1.4"))),
        "Thiếu mã 1.2, 1.3 trước 1.4.",
        "Kiểm tra có sót dòng không; nếu không, đánh lại số.",
    ),
    "numbering_gap/children": (
        criteria_set(*(node(code, "1", node(f"{below}.1")) for code, below in (("1", 1), ("4", 2), ("3", 3)))),
        "Mục mang mã 4, nhưng các mục con của nó mang mã của 2 (2.1 …).",
        "Đổi 4 thành 2.",
    ),
    "tree_flat": (
        criteria_set(node("1"), node("1.1")),
        "2 mục đều đứng ngay dưới `areas`, dù mã cho thấy chúng thuộc nhau (1.1 thuộc 1).",
        "Đặt mỗi mục con vào khóa `children` của mục trên nó.",
    ),
    "options_as_subcriteria": (
        criteria_set(node("1", "1", node("1.1", "1", title="Đạt"), node("1.2", "0", title="Không đạt"))),
        "2 phương án của mục 1 được đánh mã như tiêu chí thành phần: 1.1 Đạt; 1.2 Không đạt.",
        "Bỏ mã của các phương án; mục 1 được chấm trực tiếp.",
    ),
    "code_as_number": (
        criteria_set(node("1", "10", *THIRTEEN[:9], replace(THIRTEEN[9], printed_code="1.1"))),
        "Mã in là 1.1, hiểu là 1.10: ô lưu dạng số làm mất số 0 cuối.",
        "Định dạng cột mã là văn bản và ghi 1.10.",
    ),
    "children_sum": (
        criteria_set(node("1", "3", node("1.1", "1.5"), node("1.2", "1.25"))),
        "Mục 1 ghi 3 điểm, các mục con cộng được 2,75 (1,5 + 1,25).",
        "Sửa điểm của mục 1 hoặc của một mục con; chênh −0,25.",
    ),
    "points_missing": (
        criteria_set(node("1", "3", node("1.1", None), node("1.2", "0.5"))),
        "Mục 1.1 không có điểm tối đa.",
        "Ghi 2,5: phần còn lại của mục cha.",
    ),
    "total_declared": (
        criteria_set(node("1", "60"), node("2", "39.5"), declared=Declared(max_points=Fraction(100))),
        "Văn bản ghi tổng 100 điểm, các lĩnh vực cộng được 99,5 (60 + 39,5).",
        "Sửa tổng điểm trong văn bản hoặc điểm của một lĩnh vực.",
    ),
    "parts_points": (
        replace(surveyed({"report": Fraction(0), "opinion_survey": Fraction(3)}, "Tác động"), parts=PARTS),
        "điều tra xã hội học: văn bản ghi 3, bảng cộng được 2 (lĩnh vực 1: 2 mục, 2 điểm). "
        "Kết quả thực hiện: văn bản ghi 0, bảng cộng được 1.",
        "Theo bảng: 1 + 2; hoặc chuyển điểm giữa các phần; hoặc hỏi cơ quan ban hành.",
    ),
    "parts_points/unmarked": (
        criteria_set(node("1", "1"), declared=Declared(parts={"khac": Fraction(1)})),
        "khac: văn bản ghi 1, nhưng bảng không đánh dấu mục nào là điều tra.",
        "Ghi nguồn điểm (khóa `source`) cho các mục lấy điểm từ điều tra.",
    ),
    "count_in_area": (
        criteria_set(
            node("1", "2", node("1.1"), node("1.2")),
            node("2", "1", node("2.1")),
            declared=Declared(criteria=3, by_area=(AreaDeclaration("Mục 1", 1), AreaDeclaration("Mục 2", 1))),
        ),
        "Lĩnh vực 1: văn bản ghi 1 tiêu chí, bảng có 2. Tổng 3 mà văn bản ghi chỉ đúng với 2: 2 + 1 = 3.",
        "Theo bảng: 2.",
    ),
    "count_areas": (
        criteria_set(node("1", "1"), node("2", "1"), declared=Declared(areas=3)),
        "Văn bản ghi 3 lĩnh vực, bảng có 2.",
        "Đã đếm các lĩnh vực 1, 2. Kiểm tra có sót hoặc thừa dòng không, rồi hỏi cơ quan ban hành.",
    ),
    "count_items": (
        criteria_set(node("1", "2", node("1.1"), node("1.2")), node("2", "1"), declared=Declared(items=4)),
        "Văn bản ghi 4 mục được chấm điểm, bảng có 3.",
        "Đã đếm theo lĩnh vực: 1 có 2, 2 có 1. Kiểm tra có sót hoặc thừa dòng không, rồi hỏi cơ quan ban hành.",
    ),
    "source_heading": (
        surveyed({"report": Fraction(1), "satisfaction_index": Fraction(2)}),
        "2 mục 1.1.1–1.1.2 có ghi chú “ĐTXHH” nhưng là kết quả chỉ số hài lòng (tiêu đề 1.1 và 2 điểm mà văn bản ghi).",
        "Đặt nguồn là chỉ số hài lòng.",
    ),
    "sentence_cut": (
        criteria_set(node("1", "1", title="Tỷ lệ máy trạm cài đặt phần mềm phòng, chống mã độc trung")),
        "Tên mục 1 có vẻ bị cắt: “…đặt phần mềm phòng, chống mã độc trung”.",
        "Giữ nguyên văn, thêm tên hiển thị đầy đủ (khóa `display_title`).",
    ),
    "bands_gap": (
        bands({"from": "60%", "share": "1"}, {"below": "50%", "share": "0"}),
        "Mục 1: giá trị giữa 50% và 60% không thuộc mức nào.",
        "Sửa mốc của các mức sao cho mỗi giá trị rơi vào đúng một mức.",
    ),
    "bands_overlap": (
        bands({"below": "60%", "share": "1"}, {"below": "50%", "share": "0"}, {"from": "60%", "share": "1"}),
        "Mục 1: mọi giá trị dưới 50% rơi vào hai mức.",
        "Sửa mốc của các mức sao cho mỗi giá trị rơi vào đúng một mức.",
    ),
    "bands_overlap/above": (
        bands({"from": "0", "share": "1"}, {"from": "50%", "share": "0"}),
        "Mục 1: mọi giá trị trên 50% rơi vào hai mức.",
        "Sửa mốc của các mức sao cho mỗi giá trị rơi vào đúng một mức.",
    ),
    "bands_overlap/everywhere": (
        bands({"share": "1"}, {"share": "0"}),
        "Mục 1: mọi giá trị rơi vào hai mức.",
        "Sửa mốc của các mức sao cho mỗi giá trị rơi vào đúng một mức.",
    ),
    "band_edge": (
        bands({"from": "50%", "share": "1"}, {"up_to": "50%", "share": "0"}),
        "Mục 1: đúng 50% thuộc hai mức.",
        "Ghi rõ “từ” hay “trên”, “đến” hay “dưới” ở mốc 50%.",
    ),
    "best_option_below_max": (
        criteria_set(node("1", "2", rule=rule(kind="option", of="m", options={"co": {"points": "1,25"}}))),
        "Mục 1: không phương án nào đạt điểm tối đa 2; cao nhất là 1,25.",
        "Sửa điểm của phương án hoặc điểm tối đa.",
    ),
    "rule_proposed": (
        criteria_set(node("1", "13", *(replace(one, rule=PROPOSED) for one in THIRTEEN))),
        "13 cách tính điểm được suy ra từ các dòng phương án, chưa ai xác nhận: "
        "1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 1.10, 1.11, 1.12 ….",
        "Đối chiếu từng cách tính với văn bản rồi bỏ dấu “đề xuất” (`proposed`).",
    ),
    "unknown_measure": (
        criteria_set(node("1", "1", rule=rule(kind="count", of="x", each="1")), measures={"y": Measure("y", "y")}),
        "Mục 1 dùng số liệu “x” chưa khai báo.",
        "Khai báo số liệu này trong “số liệu” (`measures`), hoặc sửa tên.",
    ),
    "grades_gap": (
        criteria_set(node("1", "1"), grades=(Grade("Yếu", Fraction(40)),)),
        "Xếp loại thấp nhất “Yếu” bắt đầu từ 40%: chỉ số thấp hơn không có xếp loại.",
        "Thêm mức xếp loại từ 0%.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SENTENCES_OF_SETS)
def test_the_sentence_of_a_finding(name: str) -> None:
    made, says, advises = SENTENCES_OF_SETS[name]
    finding = next(one for one in check(made) if one.kind == name.partition("/")[0])
    assert (message(finding), remedy(finding)) == (says, advises)


def test_a_copied_title_names_both_sets() -> None:
    mine = replace(criteria_set(node("1", "1", title=COPIED)), title="UBND các huyện, thị xã")
    theirs = replace(mine, title="Các cơ quan chuyên môn thuộc UBND tỉnh")
    assert message(only(mine, others=[theirs])) == (
        "Tên mục 1 giống hệt mục 1 của “Các cơ quan chuyên môn thuộc UBND tỉnh” "
        "(“các cơ quan chuyên môn thuộc UBND tỉnh”), trong khi đối tượng là của “UBND các huyện, thị xã”."
    )


def test_a_duplicate_without_a_group_has_a_plain_remedy() -> None:
    """Areas with the same code: there is nothing to add up."""
    made = criteria_set(node("1", "1", title="Chỉ đạo"), node("1", "1", title="Thể chế", place=Place(row=2)))
    assert remedy(only(made)) == "Đổi mã ở dòng 2 thành 2, mã kế tiếp còn trống."


def test_every_variant_is_reachable() -> None:
    """No sentence stands in the table that no set of facts can choose."""
    from parindex.wording.findings import _VARIANTS

    variants = {f"{kind}/{name}" for kind, names in _VARIANTS.items() for name, _ in names}
    assert {name for name in SENTENCES if "/" in name} == variants


def test_a_total_says_what_it_counts_beyond_the_scale() -> None:
    areas = (node("1", "100"), node("2", "5", outside=Outside.BONUS), node("3", "2", outside=Outside.PENALTY))
    printed = next(one for one in check(criteria_set(*areas, printed_total=Fraction(103))) if "total" in one.kind)
    assert message(printed) == (
        "Dòng tổng của bảng (103) gồm 100 điểm của thang điểm và 5 điểm thưởng, −2 điểm trừ ngoài thang điểm."
    )
    assert remedy(printed) == "Không phải sửa: chỉ số tính trên 100 điểm."


def _of_paper(kind: str, **facts: Any) -> Finding:
    return Finding(kind, Severity.ERROR, Place(), facts.pop("code", ""), facts["stated"], facts["found"], facts)


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (
            _of_paper("points_above_max", code="1.1", column="self_points", stated="5", found="4.5"),
            "Mục 1.1: điểm tự đánh giá 5 lớn hơn điểm tối đa 4,5.",
        ),
        (
            _of_paper("group_points_differ", code="1", column="appraised_points", stated="5", found="4"),
            "Mục 1: điểm thẩm định ghi 5, các mục con cộng được 4.",
        ),
        (
            _of_paper("total_points_differ", column="self_points", stated="5", found="7", without=["6", "7"]),
            "Dòng tổng: điểm tự đánh giá ghi 5, không gồm 6, 7; các mục cộng được 7.",
        ),
        (
            _of_paper(
                "grade_bands_gap", above="A", below="B", lower=Fraction(85), upper=Fraction(85), stated="85", found="85"
            ),
            "Hai mức xếp loại để hở: “A” và “B”; đúng 85 không thuộc mức nào.",
        ),
        (
            _of_paper(
                "grade_bands_overlap",
                above="A",
                below="B",
                lower=Fraction(80),
                upper=Fraction(85),
                stated="85",
                found="80",
            ),
            "Hai mức xếp loại chồng lên nhau: “A” và “B”; từ 80 đến 85 thuộc cả hai mức.",
        ),
    ],
)
def test_the_sentence_of_a_finding_on_a_paper(finding: Finding, words: str) -> None:
    assert message(finding) == words
    assert "{" not in remedy(finding)


def test_one_row_under_a_heading_is_named_alone() -> None:
    item = node("1.1.1", "1", note="ĐTXHH", source=Source.OPINION_SURVEY)
    made = criteria_set(node("1", "1", node("1.1", "1", item, title="Khảo sát sự hài lòng")))
    found = next(one for one in check(made) if one.kind == "source_heading")
    assert message(found).startswith("Mục 1.1.1 có ghi chú “ĐTXHH”")
