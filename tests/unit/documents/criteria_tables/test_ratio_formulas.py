"""Ratios that a cell writes out, and what is none."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from parindex.documents.criteria_tables.criteria_table import to_criteria_set
from parindex.documents.criteria_tables.proposed_rules import propose
from parindex.documents.criteria_tables.ratio_formulas import RatioFormula, read_formula
from parindex.documents.read_paper import read_paper
from parindex.domain.scoring.check import check
from parindex.wording import findings as wording

ON_TIME = RatioFormula("số hồ sơ đúng hạn", "tổng số hồ sơ")


@pytest.mark.parametrize(
    "text",
    [
        "(số hồ sơ đúng hạn/tổng số hồ sơ) x 2",
        "(số hồ sơ đúng hạn : tổng số hồ sơ) × 2,0 điểm",
        "Tính theo công thức: (số hồ sơ đúng hạn/tổng số hồ sơ)\nx 100% x 2",
        "Số điểm đạt được = [số hồ sơ đúng hạn ÷ tổng số hồ sơ] * điểm tối đa",
        "số hồ sơ đúng hạn / tổng số hồ sơ x 2",
        "2 x (A/B), trong đó A là số hồ sơ đúng hạn, B là tổng số hồ sơ",
        "Điểm = (b/a) x điểm chuẩn. Trong đó: a: tổng số hồ sơ; b: số hồ sơ đúng hạn.",
        "(b/a) x 2, với a là tổng số hồ sơ và b là số hồ sơ đúng hạn",
    ],
)
def test_a_count_over_another_times_the_maximum(text: str) -> None:
    assert read_formula(text, Fraction(2)) == ON_TIME


@pytest.mark.parametrize(
    "text",
    [
        "(số hồ sơ đúng hạn/tổng số hồ sơ) x 3",  # not the maximum
        "(A/B) x 2",  # nobody says what A is
        "(Tỷ lệ % x 2)/100%",
        "(Tỷ lệ: số hồ sơ) x 2",
        "2 - (số vi phạm/tổng số) x 2",
        "(số hồ sơ/số hồ sơ) x 2",
        "Từ 80% trở lên: (số hồ sơ đúng hạn/tổng số hồ sơ) x 2",
        "Quyết định số 12/QĐ-UBND x 2",
        "Chấm theo hướng dẫn",
    ],
)
def test_everything_else_stays_text(text: str) -> None:
    assert read_formula(text, Fraction(2)) is None


def test_without_a_maximum_nothing_says_what_the_number_is() -> None:
    assert read_formula("(số hồ sơ đúng hạn/tổng số hồ sơ) x 2", None) is None


def test_the_rule_names_a_measure_for_each_count() -> None:
    formula = ("Điểm = (số hồ sơ đúng hạn/tổng", "số hồ sơ) x 2")
    proposal = propose("3.1", "Giải quyết hồ sơ", formula, Fraction(2))
    assert proposal is not None
    assert proposal.rule.data == {"kind": "ratio", "of": "m_3_1", "to": "m_3_1_total"}
    assert (proposal.rule.clause, proposal.rule.proposed) == (" ".join(formula), True)
    assert [measure.title for measure in proposal.measures] == [
        "Giải quyết hồ sơ: số hồ sơ đúng hạn (số liệu đề xuất khi đọc văn bản)",
        "Giải quyết hồ sơ: tổng số hồ sơ (số liệu đề xuất khi đọc văn bản)",
    ]


def test_what_is_printed_and_not_understood_is_not_called_missing(tmp_path: Path) -> None:
    path = tmp_path / "tieu-chi.txt"
    path.write_text(
        "STT\tTiêu chí\tCách tính điểm\tĐiểm tối đa\n1\tCẢI CÁCH THỦ TỤC\t\t5\n"
        "1.1\tGiải quyết hồ sơ\t(số hồ sơ đúng hạn/tổng số hồ sơ) x 2\t2\n"
        "1.2\tCông khai thủ tục\tChấm theo mức độ\t2\n1.3\tXin lỗi khi trễ hẹn\t\t1\n",
        encoding="utf-8",
    )
    (read,) = read_paper(path).tables
    made = to_criteria_set(read, id="paper")
    rules = {item.code: item.rule.data["kind"] for item in made.items() if item.rule is not None}
    assert rules == {"1.1": "ratio"}
    (missing,) = [finding for finding in check(made) if finding.kind == "rule_missing"]
    assert (missing.facts["codes"], missing.facts["unread"]) == (("1.2", "1.3"), ("1.2",))
    assert wording.message(missing) == (
        "2 trên 3 mục không có cách tính điểm: 1.2, 1.3. Có ghi mà chưa hiểu được: 1.2."
    )
