"""Names of uploads: readable, harmless, true to the content."""

from __future__ import annotations

import unicodedata

import pytest

from parindex.documents.evidence_files.content import Content
from parindex.documents.evidence_files.safe_names import MAX_BYTES, safe_name


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Báo cáo số 401.PDF", "Báo cáo số 401.pdf"),
        (r"C:\Users\x\Hồ sơ\Quyết định 773.pdf", "Quyết định 773.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..", "tai-lieu.pdf"),
        ("", "tai-lieu.pdf"),
        ("...pdf", "tai-lieu.pdf"),
        ("hoa-don.exe.pdf", "hoa-don.pdf"),
        ("ảnh chụp.jpg", "ảnh chụp.pdf"),
        ("401/BC-UBND: trang 8?.pdf", "BC-UBND trang 8.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("lpt1.2020.pdf", "_lpt1.2020.pdf"),
        ("Bộ con.pdf", "Bộ con.pdf"),
        ("a\u202egnp.exe.pdf", "agnp.pdf"),
        ("bao\x00cao\x1b[31m.pdf", "baocao[31m.pdf"),
        ("dòng\nmới\ttab\u00a0cách.pdf", "dòng mới tab cách.pdf"),
        ('"; filename="x.exe', "filename= x.pdf"),
        ("<script>alert(1)</script>.pdf", "script.pdf"),
        ("-rf.pdf", "rf.pdf"),
        ("kế hoạch 2021.v2.pdf", "kế hoạch 2021.v2.pdf"),
        ("số liệu 1.5.2020", "số liệu 1.5.2020.pdf"),
    ],
)
def test_names(given: str, shown: str) -> None:
    assert safe_name(given, Content.PDF) == shown


def test_letters_with_their_accents_apart_are_put_together() -> None:
    given = unicodedata.normalize("NFD", "Kế hoạch Điện Biên.docx")
    assert safe_name(given, Content.DOCX) == "Kế hoạch Điện Biên.docx"


def test_the_extension_is_that_of_the_content() -> None:
    for content in Content:
        assert safe_name("x.exe", content) == f"x{content.extension}"


def test_long_names_are_cut_between_letters() -> None:
    name = safe_name("ế" * 300 + ".pdf", Content.PDF)
    assert name == "ế" * ((MAX_BYTES - 4) // 3) + ".pdf"
    assert len(name.encode()) <= MAX_BYTES
    # ◌̣ and ◌̃ on q have no letter of their own: the accents are not parted from it.
    cut = safe_name("ab" + "q\u0323\u0303" * 9, Content.PDF, max_bytes=4 + 2 + 7)
    assert cut == "abq\u0323\u0303.pdf"


def test_a_name_is_safe_for_itself() -> None:
    for given in ("a b.pdf", "x" * 500, "CON", "số 5: kế hoạch / 2020"):
        once = safe_name(given, Content.PDF)
        assert safe_name(once, Content.PDF) == once


def test_a_name_of_endless_length_costs_no_time() -> None:
    assert safe_name(".pdf" * 200_000 + "x", Content.PDF) == "tai-lieu.pdf"
