"""Problems of evidence and citations say what, where the other is, and what to do."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import parindex
from parindex.domain.errors import Place, Problem
from parindex.wording import problems
from parindex.wording.problems_of_evidence import EVIDENCE

PACKAGES = [Path(parindex.__file__).parent / "documents" / name for name in ("evidence_files", "citations")]
#: Where files come in, which names problems of its own.
UPLOADS = ("usecases/evidence_files.py", "web/evidence/uploads.py")
_KIND = re.compile(r"(?:evidence|citation|first_page|picture|page|file|upload|no)_[a-z_]+")
#: Words of that shape which are no kinds: operations of the separate process, functions that it calls.
_OTHERS = {"citation_findings", "page_image", "page_words"}


def test_every_kind_that_is_named_in_the_sources_is_worded_and_the_other_way_round() -> None:
    named = {word for package in PACKAGES for path in package.glob("*.py") for word in _words(path)}
    assert {word for word in named if _KIND.fullmatch(word)} - set(problems.SENTENCES) - _OTHERS == set()
    of_uploads = {word for name in UPLOADS for word in _words(Path(parindex.__file__).parent / name)}
    assert {kind.partition("/")[0] for kind in EVIDENCE} - named - of_uploads == set()


def _words(path: Path) -> set[str]:
    found = ast.walk(ast.parse(path.read_text("utf-8")))
    return {node.value for node in found if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_a_refused_program() -> None:
    problem = Problem("evidence_program", Place(file="bao-cao.pdf"), {"content": "EXE"})
    assert problems.message(problem) == "Tệp bao-cao.pdf là chương trình (EXE), không phải tài liệu."


def test_what_is_known_of_an_unknown_format_is_said() -> None:
    place = Place(file="x")
    assert "không nhận ra" in problems.message(Problem("evidence_unknown_format", place, {"content": ""})).lower()
    assert "dạng OLE" in problems.message(Problem("evidence_unknown_format", place, {"content": "OLE"}))


def test_the_place_of_the_other_citation_is_named_where_it_is_known() -> None:
    facts = {"number": "773/QĐ-UBND", "dates": ["07/07/2020", "08/07/2020"], "at": "1.3.1"}
    assert problems.message(Problem("citation_two_dates", Place(), facts)) == (
        "Văn bản số 773/QĐ-UBND được viện dẫn với các ngày khác nhau: 07/07/2020, 08/07/2020 (ngày trước ở mục 1.3.1)."
    )
    assert problems.message(Problem("citation_two_dates", Place(), {**facts, "at": ""})).endswith("08/07/2020.")
