"""What the check says of titles."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.builders import criteria_set, node
from tests.spec.coherence.checked import found_in, only

from parindex.domain.criteria.coherence.title_endings import cut_ending
from parindex.domain.criteria.findings import Severity
from parindex.domain.errors import Place
from parindex.domain.units import UnitGroup


def test_title_missing() -> None:
    """A row needs a title."""
    made = criteria_set(node("1", "1", node("1.1", title=" ")))
    finding = only(made)
    assert (finding.kind, finding.severity, finding.code) == ("title_missing", Severity.ERROR, "1.1")


def test_title_repeated() -> None:
    """A row has the title of its group or of a row beside it, whatever its capitals and marks.

    Decision 2270, Bảng 2: 5.8 and 5.8.1 are both "Tỷ lệ đạt chuẩn của cán bộ cấp xã".
    """
    group = node("1.1", "2", node("1.1.1", title="Tỷ lệ đạt chuẩn"), node("1.1.2"), title="TỶ LỆ ĐẠT CHUẨN.")
    finding = only(criteria_set(node("1", "2", group)))
    assert (finding.kind, finding.severity, finding.code) == ("title_repeated", Severity.WARNING, "1.1.1")
    assert (finding.facts["same_as"], finding.facts["is_parent"]) == ("1.1", True)
    beside = criteria_set(node("1", "1", title="Kế hoạch"), node("2", "1", title="Kế hoạch"))
    assert only(beside).facts["same_as"] == "1"


def test_titles_that_may_repeat() -> None:
    """ "Điểm thưởng sự hiệu quả" stands in every area by custom; the same words in another group are another matter."""
    bonus = [node(code, title="Điểm thưởng sự hiệu quả") for code in ("1.1", "1.2")]
    assert found_in(criteria_set(node("1", "2", *bonus))) == ()
    marked = [node(code, title="Thưởng", bonus=True) for code in ("1.1", "1.2")]
    assert found_in(criteria_set(node("1", "2", *marked))) == ()
    apart = [node(code, "1", node(f"{code}.1", title="Kế hoạch")) for code in ("1", "2")]
    assert found_in(criteria_set(*apart)) == ()


DEPARTMENTS = "Chỉ số CCHC các cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh"
DISTRICTS = "Chỉ số UBND các huyện, thị xã, thành phố"
COPIED = "Chất lượng văn bản do các cơ quan chuyên môn thuộc UBND tỉnh tham mưu"


def test_title_copied() -> None:
    """A title that stands word for word in another table of the paper and speaks of the units of that table.

    Decision 2270, Bảng 2: 2.5 is 2.5 of Bảng 1, "do các cơ quan chuyên môn thuộc UBND tỉnh tham mưu", in a set of
    districts. Titles that both sets share and that name nobody, or name both, are not copied.
    """
    shared = ("Kế hoạch", "Thực hiện chỉ đạo của cơ quan chuyên môn về ngân sách")
    rows = [node(f"1.{at}", title=title) for at, title in enumerate((COPIED, *shared), start=1)]
    departments = replace(criteria_set(node("1", "3", *rows)), title=DEPARTMENTS)
    districts = replace(departments, title=DISTRICTS)
    finding = only(districts, others=[departments])
    assert (finding.kind, finding.severity, finding.code) == ("title_copied", Severity.WARNING, "1.1")
    assert finding.facts["subject"] == "các cơ quan chuyên môn thuộc UBND tỉnh"
    assert found_in(departments, others=[districts]) == ()


def test_title_copied_with_a_name_of_three_words() -> None:
    """ "Các phòng chuyên môn" in the heading of one set: its name is known by three words, as bodies are called."""
    rows = [node("1.1", title="Tỷ lệ phòng chuyên môn có báo cáo"), node("1.2", title="Phòng cháy, chữa cháy")]
    offices = replace(criteria_set(node("1", "2", *rows)), title="Bộ tiêu chí của các phòng chuyên môn")
    communes = replace(offices, title="Bộ tiêu chí của UBND các xã")
    finding = only(communes, others=[offices])
    assert (finding.kind, finding.code, finding.facts["subject"]) == ("title_copied", "1.1", "phòng chuyên môn")
    assert found_in(offices, others=[communes]) == ()
    for title in ("Bộ tiêu chí theo phòng chuyên môn", "Bộ tiêu chí của các cơ quan chuyên môn"):
        assert found_in(communes, others=[replace(offices, title=title)]) == ()


def test_title_copied_by_the_unit_groups_of_the_sets() -> None:
    """Whom a set assesses is said by its title or its unit groups; the words as written are shown where they can be."""
    rows = [node("1.1", title="Điểm của Ủy ban nhân dân các xã, phường trong năm")]
    communes = criteria_set(node("1", "1", *rows), unit_groups=(UnitGroup("communes", "UBND các xã, phường"),))
    finding = only(criteria_set(node("1", "1", *rows)), others=[communes])
    assert (finding.kind, finding.facts["subject"]) == ("title_copied", "ubnd các xã phường")


def test_title_copied_and_settled() -> None:
    """A set that shows another title has settled it; a title that names both sets' units belongs to both."""
    departments = replace(criteria_set(node("1", "1", node("1.1", title=COPIED))), title=DEPARTMENTS)
    settled = criteria_set(node("1", "1", node("1.1", title=COPIED, display_title="Chất lượng")))
    assert found_in(replace(settled, title=DISTRICTS), others=[departments]) == ()
    only_small = criteria_set(node("1", "1", node("1.1", title=COPIED.upper(), display_title=COPIED)))
    assert only(replace(only_small, title=DISTRICTS), others=[departments]).kind == "title_copied"
    both = f"{COPIED} và UBND các huyện, thị xã"
    theirs = replace(criteria_set(node("1", "1", node("1.1", title=both))), title=DEPARTMENTS)
    assert found_in(replace(theirs, title=DISTRICTS), others=[theirs]) == ()


def test_sentence_cut() -> None:
    """A title that ends where no Vietnamese title can end.

    Decision 2270, 7.1.1 in both tables: "… phòng, chống mã độc trung" (tập trung). Settled by a display title.
    """
    title = "Tỷ lệ máy trạm cài đặt phần mềm phòng, chống mã độc trung"
    made = criteria_set(node("1", "1", node("1.1", title=title, place=Place(row=134))))
    finding = only(made)
    assert (finding.kind, finding.severity, finding.code) == ("sentence_cut", Severity.WARNING, "1.1")
    assert (finding.place.row, finding.facts["ending"]) == (134, "trung")
    shown = criteria_set(node("1", "1", node("1.1", title=title, display_title=title + " tập trung")))
    assert found_in(shown) == ()
    small = criteria_set(node("1", "1", node("1.1", title=title.upper(), display_title=title)))
    assert only(small).kind == "sentence_cut"  # the same words in small letters settle nothing


@pytest.mark.parametrize(
    ("title", "ending"),
    [
        ("Thực hiện kế hoạch của", "của"),
        ("Công khai, minh bạch,", ","),
        ("Sử dụng nguồn lực (nhân lực", "("),
        ("Chỉ số “hài lòng", "“"),
        ("Rà soát văn bản và", "và"),
        ("Thực hiện cơ cấu công chức theo vị trí việc", "việc"),
        ("Đánh giá đối với", "với"),
        ("Kế hoạch cải cách hành", "hành"),
        ("Ứng dụng công nghệ thông", "thông"),
        ("Cơ chế một", "một"),
        ("Tỷ lệ hồ sơ nộp trực tuyến trên tổng số", "số"),
        ("Tỷ lệ cán bộ, công chức, viên", "viên"),
        ("Hồ sơ đúng hạn của các cơ", "cơ"),
        ("Xử lý các vấn đề phát hiện qua thanh", "thanh"),
        ("Kết quả thực hiện nhiệm vụ được", "được"),
        ("Công khai trên Cổng dịch vụ công quốc", "quốc"),
    ],
)
def test_endings_that_are_cut(title: str, ending: str) -> None:
    assert cut_ending(title) == ending


@pytest.mark.parametrize(
    "title",
    [
        "Thực hiện chỉ đạo của cấp trên",
        "Xử lý tồn tại",
        "Cơ cấu theo vị trí việc làm",
        "Giải quyết công việc",
        "Văn bản do cơ quan ban hành",
        "Bảo đảm công bằng",
        "Án hình sự",
        "Tính tuân thủ",
        "Các đơn vị trực thuộc",
        "Cài đặt phần mềm diệt mã độc tập trung",
        "Kế hoạch CCHC (năm 2024)",
        "Tỷ lệ giảm biên chế so với năm 2021",
        "Của",
        "",
    ],
)
def test_endings_that_are_whole(title: str) -> None:
    assert cut_ending(title) is None
