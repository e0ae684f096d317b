"""Words in the pages of a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.papers import evidence_files as made

from parindex.documents.evidence_files import pdf_search
from parindex.documents.evidence_files.content import Content
from parindex.documents.evidence_files.found_pages import FoundPage, found_page
from parindex.domain.errors import InvalidInput


@pytest.fixture
def report(tmp_path: Path) -> Path:
    words = ("Báo cáo", "Tỷ lệ hồ sơ đúng hạn", "Kết luận", "Tỷ lệ hồ sơ trực tuyến")
    return made.pdf(tmp_path / "a.pdf", [((72, 72, one),) for one in words])


@pytest.mark.parametrize(
    ("words", "after", "page"),
    [
        ("tỷ lệ", 0, 2),
        ("TY LE  ho so", 2, 4),
        ("tỷ lệ", 4, 2),
        ("báo cáo", 3, 1),
        ("không có", 0, None),
        (" ", 0, None),
    ],
)
def test_the_next_page_with_the_words_whatever_their_accents(
    report: Path, words: str, after: int, page: int | None
) -> None:
    found = found_page(report, Content.PDF, name="a.pdf", words=words, after=after)
    assert (found.page, found.pages) == (page, 4)


def test_a_page_beyond_the_last_begins_anew(report: Path) -> None:
    assert found_page(report, Content.PDF, name="a.pdf", words="báo cáo", after=99).page == 1


def test_only_a_pdf_has_words(tmp_path: Path) -> None:
    picture = made.picture(tmp_path / "a.png", format="PNG")
    assert found_page(picture, Content.PNG, name="a.png", words="x") == FoundPage(None, 0, 1)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 torn")
    with pytest.raises(InvalidInput) as error:
        found_page(tmp_path / "a.pdf", Content.PDF, name="báo cáo.pdf", words="x")
    (problem,) = error.value.problems
    assert (problem.kind, problem.place.file) == ("file_damaged", "báo cáo.pdf")


def test_searching_ends_in_time_and_says_how_far_it_came(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_search, "_SECONDS", -1)
    assert pdf_search.find(report, words="kết luận", after=0) == ({"page": 0, "searched": 0, "pages": 4}, b"")
