"""Ways to settle a finding, and edits, in words."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

import parindex
from parindex.documents.checked_papers import read_sets
from parindex.documents.criteria_drafts.draft import draft_of_paper
from parindex.documents.criteria_drafts.patches import Patch
from parindex.documents.read_paper import read_paper
from parindex.domain.criteria.comparison import Aspect, Difference, compare_sets
from parindex.domain.criteria.criteria_set import Outside, Part, Source
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.criteria.proposals import Ask, Proposal, proposals
from parindex.domain.errors import InvalidValue, Place
from parindex.wording import mends
from parindex.wording.set_differences import difference_words

PAPER = Path(parindex.__file__).parent / "data" / "papers" / "2270-QD-UBND.txt"


def test_the_findings_of_the_paper_with_their_first_ways() -> None:
    said = []
    for read in read_sets(read_paper(PAPER)):
        draft = draft_of_paper(read)
        for finding in draft.findings():
            ways = proposals(finding, draft.criteria_set)
            said.append((mends.headline(finding), mends.label(ways[0], finding), mends.reason(ways[0], finding)))
            assert all(mends.label(one, finding) for one in ways)
    assert said[0] == (
        "Mã 2.3.1 dùng cho 2 mục", "Đổi mã dòng 38 thành 2.3.2",
        "mã kế tiếp còn trống; 1,75 + 0,75 = 2,5 khớp điểm của 2.3",
    )  # fmt: skip
    assert ("Theo bảng: 81 + 19", "Điểm của từng mục giữ nguyên") in {one[1:] for one in said}
    assert ("Theo bảng: 10", "tổng mà văn bản ghi chỉ đúng với số này") in {one[1:] for one in said}
    assert ("Đặt nguồn là chỉ số hài lòng", "tiêu đề 8.3 và điểm các phần mà văn bản ghi") in {one[1:] for one in said}


def way(name: str, **facts: object) -> Proposal:
    return Proposal(name, lambda _: (), facts)


def test_what_speaks_for_a_code() -> None:
    place = Place(code="1.1")
    twice = Finding("duplicate_code", Severity.ERROR, place, "1.1", facts={"stored_as_number": True})
    assert mends.reason(way("rename", code="1.10"), twice) == "ô lưu dạng số đã làm mất số 0 cuối"
    plain = Finding("duplicate_code", Severity.ERROR, place, "1.1")
    assert mends.reason(way("rename", code="1.2"), plain) == "mã kế tiếp còn trống"
    dot = Finding("missing_dot", Severity.ERROR, place, "11")
    assert mends.reason(way("rename", code="1.1"), dot) == "mã hợp với chỗ đứng của dòng"
    assert mends.label(way("rename", code="1.1"), dot) == "Đổi mã 1.1 thành 1.1"
    sums = Finding("children_sum", Severity.ERROR, place, "1")
    assert mends.reason(way("points", points=Fraction(2)), sums) == "tổng điểm các mục con"
    assert mends.reason(way("other_points"), sums) == ""


def test_what_was_typed_stands_in_the_record() -> None:
    finding = Finding("duplicate_code", Severity.ERROR, Place(row=3), "1.1")
    asked = Proposal("other_code", lambda _: (), {}, ((Ask.CODE, ""),))
    assert mends.typed_words(asked, finding, {Ask.CODE: "1.7"}) == "Dùng mã khác: 1.7"
    assert mends.label(way("move_item", source=Source.OPINION_SURVEY), finding) == (
        "Chuyển điểm sang điều tra xã hội học, chọn mục"
    )


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (InvalidValue("answer_needed", ask=Ask.POINTS), "Chưa ghi “Điểm tối đa”."),
        (InvalidValue("unknown_code", code="9", near=[]), "Không có mục mang mã 9. Kiểm tra lại mã đã gõ."),
        (InvalidValue("anything_else"), "Không làm được việc này."),
    ],
)
def test_refusals(error: InvalidValue, said: str) -> None:
    assert mends.refused_text(error) == said


def test_edits_by_item_and_property() -> None:
    row = ("areas", (0, "1"), "children", (1, "1.2"))
    changed = [
        Patch((*row, "max_points"), "1.75", "2"),
        Patch((*row, "rule"), None, {"kind": "given"}),
        Patch(("title",), "Cũ", "Mới"),
        Patch((*row, "bonus"), None, True),
        Patch((*row, "bonus"), True, False),
        Patch(("declared", "parts", "report"), "80", "81"),
        Patch(("unknown_key",), "a", "b"),
    ]
    assert mends.patch_words(changed) == (
        "mục 1.2: điểm tối đa 1,75 → 2; mục 1.2: đã sửa cách tính điểm; tên Cũ → Mới; mục 1.2: đã sửa điểm thưởng; "
        "văn bản nêu 80 → 81; unknown_key a → b"
    )
    given_by = Patch((*row, "source"), "report", "external")
    assert mends.patch_words([given_by]) == "mục 1.2: nguồn điểm báo cáo → số liệu của cơ quan khác"
    assert mends.patch_words([Patch((*row, "outside"), None, "bonus")]) == (
        "mục 1.2: ngoài thang điểm – → cộng ngoài thang điểm"
    )
    assert mends.patch_words([Patch((*row, "title"), "report", "external")]) == "mục 1.2: tên report → external"
    assert mends.patch_words([Patch((*row, "bonus"), None, True)]) == "mục 1.2: điểm thưởng – → có"
    assert mends.patch_words([Patch((*row, "bonus"), True, False)]) == "mục 1.2: điểm thưởng có → không"


def test_rows_that_went_and_came_are_named() -> None:
    rows = [{"code": "1.1.1"}, {"code": "1.1.2"}]
    gone = Patch(("areas", (0, "1"), "children", (0, "1.1"), "children"), rows, rows[:1])
    assert mends.patch_words([gone]) == "mục 1.1: bỏ mục 1.1.2"
    come = Patch(("areas", (0, "1"), "children", (0, "1.1"), "children"), rows[:1], rows)
    assert mends.patch_words([come]) == "mục 1.1: thêm mục 1.1.2"
    other = Patch(("areas", (0, "1"), "children", (0, "1.1"), "children"), rows, [{"code": "1.1.3"}])
    assert mends.patch_words([other]) == "mục 1.1: bỏ mục 1.1.1, 1.1.2, thêm mục 1.1.3"


def test_what_differs_between_versions_is_said_by_official_words() -> None:
    old, new = (read_sets(read_paper(PAPER))[0].criteria_set for _ in range(2))
    pair = compare_sets(old, new).pairs[0]
    new = replace(new, parts=(Part("work", "Điểm thực hiện"),))
    said = [
        difference_words(Difference(aspect, before, after), pair, (old, new))
        for aspect, before, after in (
            (Aspect.SOURCE, Source.REPORT, Source.EXTERNAL),
            (Aspect.OUTSIDE, None, Outside.BONUS),
            (Aspect.PART, "satisfaction_index", "work"),
            (Aspect.PART, "", "work"),
        )
    ]
    assert said == [
        "nguồn điểm: báo cáo → số liệu của cơ quan khác",
        "ngoài thang điểm: – → cộng ngoài thang điểm",
        "phần điểm: chỉ số hài lòng → “Điểm thực hiện”",
        "phần điểm: – → “Điểm thực hiện”",
    ]
