"""The papers that the product prints itself yield nothing: receipts and sheets of results."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

from tests.unit.documents.receipts.receipts_made import receipt

from parindex.documents.arithmetic.checked import PrintedPaper, check_papers
from parindex.documents.formats import read_blocks
from parindex.documents.receipts.receipt_pdf import receipt_pdf
from parindex.documents.result_sheets.paper import result_sheet_pdf
from parindex.documents.result_sheets.result_sheet import AreaResult, LeftOutItem, LostItem, ResultSheet, YearBefore
from parindex.wording import statements
from parindex.wording.receipt_papers import receipt_paper
from parindex.wording.result_sheet_papers import result_sheet_paper

F = Fraction


def said(folder: Path, pdf: bytes) -> list[str]:
    path = folder / "van-ban.pdf"
    path.write_bytes(pdf)
    (checked,) = check_papers([PrintedPaper(path.name, read_blocks(path)[0])])
    return [f"{one.text}: {statements.message(one)}" for one in checked.findings]


def test_a_receipt(tmp_path: Path) -> None:
    assert said(tmp_path, receipt_pdf(receipt_paper(receipt(number="15/PXN-SNV")))) == []


def test_a_sheet_of_results(tmp_path: Path) -> None:
    sheet = ResultSheet(
        issuer="Ủy ban nhân dân tỉnh", place="Điện Biên", issued_on=date(2026, 3, 5), unit="Sở Y tế",
        group="Sở, ngành", year=2025, number=1, decision_number="345/QĐ-UBND", decision_date=date(2026, 3, 5),
        index=F(85), points=F(17), max_points=F(20), grade="Tốt", rank=2, tied=2, ranked=19,
        before=(YearBefore(F(8296, 100), 5, "Khá"),),
        areas=(AreaResult("1", "Chỉ đạo", F(8), F(10), F(0)), AreaResult("2", "Thể chế", F(9), F(10), F(0))),
        lost=(LostItem("1.1", "Kế hoạch", F(1, 2), F(1), "Ban hành chậm"),),
        not_assessed=(LeftOutItem("2.1", "Một cửa", F(2), "Không phát sinh", "Điều 5"),), fingerprint="ab" * 32,
    )  # fmt: skip
    assert said(tmp_path, result_sheet_pdf(result_sheet_paper(sheet))) == []
