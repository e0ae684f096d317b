"""What was read of an explanation, as text: nothing is lost, and whatever reads is part of the reader's name."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import grimp
from hypothesis import given
from hypothesis import strategies as st

import parindex
from parindex.documents.explanation_readings import READ_BY, figures_of, reading_text
from parindex.documents.printed_explanations import PrintedFigures, printed_figures
from parindex.domain.review.printed_figures import PrintedCount
from parindex.usecases.flag_statements import statement_flags

ROOT = "parindex.documents.printed_explanations"
#: Rooms of the checker that a single explanation never comes to, though papers do.
NOT_FOR_EXPLANATIONS = "parindex.documents.arithmetic.tables"
#: These give the reader the names of rows and tables, and read nothing.
SHAPES = {
    f"parindex.domain.{one}"
    for one in (
        "criteria.criteria_set", "criteria.form_declarations", "criteria.survey_points", "procedures.printed_table",
        "review.flags", "survey.satisfaction_tables.printed_table", "units", "units.records", "units.unit",
    )
}  # fmt: skip

PRINTED = (
    "Tổng số hồ sơ trực tuyến đã tiếp nhận: 1.200 hồ sơ, đúng hạn 1500/1200 hồ sơ, đạt 85,00%, còn lại 1/3, "
    "theo Quyết định số 12/2019/QĐ-UBND ngày 05/3/2020 và Báo cáo số 9/BC-UBND ngày 31/02/2025."
)


def test_a_reading_comes_back_as_it_was() -> None:
    figures = printed_figures(PRINTED)
    back = figures_of(reading_text(figures))
    assert figures.counts
    assert len(figures.findings) > 1
    assert (back.counts, back.per_cents) == (figures.counts, figures.per_cents) == (back.counts, (Fraction(85),))
    assert statement_flags(back.findings, ()) == statement_flags(figures.findings, ())
    assert reading_text(back) == reading_text(figures)


def test_where_nothing_is_printed_nothing_is_written() -> None:
    assert reading_text(printed_figures("Đã ban hành kế hoạch.")) == ""
    assert figures_of("") == PrintedFigures()


@given(st.lists(st.fractions()), st.lists(st.tuples(st.text(), st.integers(), st.text())))
def test_numbers_are_exact(per_cents: list[Fraction], counts: list[tuple[str, int, str]]) -> None:
    figures = PrintedFigures(tuple(PrintedCount(*one) for one in counts), tuple(per_cents))
    assert figures_of(reading_text(figures)) == figures


def test_every_module_that_reads_is_part_of_the_readers_name() -> None:
    """Else a mended reader would leave standing what it read wrongly before."""
    graph = grimp.build_graph("parindex", cache_dir=None)
    for module in [one for one in graph.modules if one.startswith(NOT_FOR_EXPLANATIONS)]:
        graph.remove_module(module)
    reading = {ROOT, *graph.find_upstream_modules(ROOT)}
    inside = Path(parindex.__file__).parent
    named = [inside / one for one in READ_BY]
    assert all(one.exists() for one in named)
    for module in sorted(reading - SHAPES):
        path = inside.joinpath(*module.split(".")[1:])
        assert any(one in (path.with_suffix(".py"), path, *path.parents) for one in named), module
