"""The words of the downloaded workbook: one for each column and state, short enough for where they stand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from parindex.documents.sheet_workbooks.layout import FigureColumn, ItemColumn
from parindex.documents.sheet_workbooks.sheet_workbook import WorkbookItem, WorkbookMeasure
from parindex.domain.criteria.criteria_set import MeasureKind, Source
from parindex.domain.scoring.score_sheet import EntryState
from parindex.wording.language import Language, use
from parindex.wording.workbook_words import measure_limits, points_limits, workbook_words


@pytest.mark.parametrize("language", list(Language))
def test_every_place_has_its_word(language: Language) -> None:
    use(language)
    try:
        words = workbook_words()
    finally:
        use(Language.VIETNAMESE)
    assert (len(words.items_heads), len(words.figures_heads)) == (len(ItemColumn), len(FigureColumn))
    assert set(words.states) == set(EntryState)
    assert set(words.sources) == set(Source)
    names = (words.items_sheet, words.figures_sheet, words.guide_sheet)
    assert len({*names, "parindex", "parindex_choices"}) == 5
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    # The programs cut the title of a hint after 32 letters.
    assert max(len(words.enter_here), len(words.refused)) <= 32
    assert all(heading and told.endswith(".") for heading, told in words.guidance)


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (WorkbookMeasure("a", "A", integer=True), "Số nguyên, từ 0 trở lên"),
        (WorkbookMeasure("a", "A", integer=True, minimum=Fraction(-2)), "Số nguyên, từ −2 trở lên"),
        (WorkbookMeasure("a", "A", maximum=Fraction(53_576)), "Số, có thể có phần thập phân, nhiều nhất 53.576"),
        (WorkbookMeasure("a", "A"), "Số, có thể có phần thập phân"),
        (
            WorkbookMeasure("a", "A", unit="%", minimum=Fraction(0), maximum=Fraction("99.5")),
            "Số, có thể có phần thập phân, từ 0 đến 99,5. Ghi 80, không ghi 80%",
        ),
        (WorkbookMeasure("a", "A", MeasureKind.CHOICE), "Chọn trong danh sách"),
        (WorkbookMeasure("a", "A", MeasureKind.LIST), "Mỗi mục một dòng; 0 nếu không có"),
    ],
)
def test_what_may_be_entered_for_a_measure(measure: WorkbookMeasure, words: str) -> None:
    assert measure_limits(measure) == words


def test_what_may_be_entered_as_points() -> None:
    item = WorkbookItem("1", "Một", 1, True, Fraction(3, 2))
    assert points_limits(item) == "Điểm, từ 0 đến 1,5"
    assert points_limits(WorkbookItem("1", "Một", 1, True)) == "Điểm, từ 0 trở lên"
