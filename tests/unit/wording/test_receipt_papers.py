"""The words of a receipt: what it confirms, how the index came about, and what is not final."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

from tests.unit.documents.receipts.receipts_made import TOTAL, receipt

from parindex.documents.receipts.receipt import AreaLine, Withdrawal
from parindex.domain.scoring.score_sheet import Origin
from parindex.wording.receipt_papers import receipt_paper


def test_day_and_month_have_their_zeros_as_the_decree_wants() -> None:
    assert receipt_paper(receipt()).place_and_date == "Điện Biên, ngày 05 tháng 02 năm 2026"
    november = receipt_paper(receipt(issued_on=date(2026, 11, 21)))
    assert november.place_and_date == "Điện Biên, ngày 21 tháng 11 năm 2026"
    assert receipt_paper(receipt(issued_on=date(2026, 3, 1))).place_and_date == "Điện Biên, ngày 01 tháng 3 năm 2026"


def test_the_statement_says_who_received_what_when_and_by_which_set() -> None:
    received = "Sở Nội vụ xác nhận đã nhận phiếu chấm điểm của Sở Tài chính, nộp lúc 16:20 ngày 05/02/2026."
    assert receipt_paper(receipt()).statements == (f"{received} Phiếu lập theo Bộ tiêu chí của các sở.",)
    again = receipt_paper(receipt(submission=2, legal_basis="Quyết định số 2270/QĐ-UBND ngày 13/12/2024"))
    assert again.statements == (
        f"{received} Đây là lần nộp thứ 2, thay cho các lần nộp trước. "
        "Phiếu lập theo Bộ tiêu chí của các sở (Quyết định số 2270/QĐ-UBND ngày 13/12/2024).",
    )


def test_the_index_is_shown_with_what_it_is_made_of() -> None:
    assert receipt_paper(receipt()).claims == (
        "Chỉ số đơn vị tự đánh giá: 15,125/(18,5 − 0,5) ≈ 84,02778% (nguồn điểm: tự đánh giá; "
        "đã trừ 0,5 điểm của các mục không đánh giá).",
        "2 mục chưa nhập xong được tính 0 điểm và vẫn nằm trong điểm tối đa. "
        "Điểm này chưa được thẩm định; kết quả chính thức theo quyết định công bố.",
    )


def test_an_exact_index_without_anything_left_out() -> None:
    total = AreaLine("Tổng cộng", 4, Fraction(10), Fraction(17, 2))
    paper = receipt_paper(receipt(total=total, index=Fraction(85), origin=Origin.RULE))
    assert paper.claims == (
        "Chỉ số đơn vị tự đánh giá: 8,5/10 = 85,00% (nguồn điểm: tính theo quy tắc).",
        "Điểm này chưa được thẩm định; kết quả chính thức theo quyết định công bố.",
    )


def test_a_provisional_index_says_so_and_none_says_why() -> None:
    (_, remarks) = receipt_paper(receipt(pending=3)).claims
    assert remarks.startswith("Chỉ số này là tạm tính: chưa gồm 3 mục chờ kết quả. 2 mục chưa nhập")
    assert receipt_paper(receipt(index=None)).claims[0] == "Chưa có chỉ số: không mục nào được đánh giá."


def test_the_table_has_one_line_an_area_and_their_sum() -> None:
    paper = receipt_paper(receipt(areas=(AreaLine("A", 1, Fraction(1), None, code="II"), receipt().areas[1])))
    assert paper.rows == (
        ("II", "A", "1", "1", "–", "0", "0"),
        ("2", "Cải cách tài chính công", "8", "10", "7,625", "0", "2"),
    )
    assert paper.total == ("", TOTAL.title, "20", "18,5", "15,125", "1", "2")
    assert len(paper.heads) == len(paper.total)


def test_the_fingerprint_is_whole_in_groups_of_eight() -> None:
    paper = receipt_paper(receipt())
    assert "".join(paper.fingerprint) == receipt().fingerprint
    assert {len(group) for group in paper.fingerprint} == {8}


def test_how_to_verify_names_the_page_where_there_is_one() -> None:
    assert receipt_paper(receipt()).verify.startswith("Cách kiểm chứng: đăng nhập vào hệ thống")
    named = receipt_paper(receipt(verify_at="https://cchc.example.vn/p/1"))
    assert named.verify.startswith("Cách kiểm chứng: mở https://cchc.example.vn/p/1; so từng nhóm")


def test_recipients_end_with_the_archive() -> None:
    archive = "- Lưu: hồ sơ điện tử của kỳ đánh giá."
    assert receipt_paper(receipt()).recipients == ("- Sở Tài chính;", archive)
    assert receipt_paper(receipt(recipients=("A", "B"))).recipients == ("- A;", "- B;", archive)


def test_a_number_is_printed_only_where_there_is_one() -> None:
    assert receipt_paper(receipt()).number == ""
    assert receipt_paper(receipt(number="1/PXN")).number == "Số: 1/PXN"


def test_the_head_of_the_chain_is_one_text_that_the_command_takes() -> None:
    paper = receipt_paper(receipt(log_chain="cycle-4", log_number=96, log_hash="ab" * 32))
    assert paper.log_head == f"cycle-4:96:{'ab' * 32}"
    assert paper.log_title.startswith("Lần nộp này là bản ghi số 96 trong chuỗi cycle-4 của nhật ký.")
    assert (receipt_paper(receipt()).log_title, receipt_paper(receipt()).log_head) == ("", "")


def test_a_receipt_that_no_longer_holds_says_so_with_when_by_whom_and_why() -> None:
    assert receipt_paper(receipt()).standing == ""
    gone = Withdrawal(datetime(2026, 2, 6, 8, 5), "Lãnh đạo Sở Tài chính", "Sửa số liệu mục 2.1")
    assert receipt_paper(receipt(withdrawn=gone, replaced_by=2)).standing == (
        "KHÔNG CÒN HIỆU LỰC. Lãnh đạo Sở Tài chính rút hoặc trả lại lúc 08:05 ngày 06/02/2026. "
        "Lý do: Sửa số liệu mục 2.1"
    )
    assert receipt_paper(receipt(replaced_by=2)).standing == "KHÔNG CÒN HIỆU LỰC. Lần nộp thứ 2 đã thay lần này."
