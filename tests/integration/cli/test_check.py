"""``parindex check``."""

from __future__ import annotations

import csv
import io

from tests.integration.cli.running import PAPER, SET, run

from parindex.documents.checked_papers import not_found_too
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.errors import Place, Problem


def test_check_finds_the_three_errors_of_the_paper() -> None:
    done = run("check", PAPER, "--format", "json")
    assert done.code == 1
    errors = [
        (one["table"], one["kind"], one["code"], one["stated"], one["found"])
        for one in done.data["findings"]
        if one["severity"] == "error"
    ]
    assert [(table, code) for table, kind, code, *_ in errors if kind == "duplicate_code"] == [
        (1, "2.3.1"),
        (2, "2.3.1"),
    ]
    assert [(table, stated, found) for table, kind, _, stated, found in errors if kind == "parts_points"] == [
        (1, "20", "19")
    ]
    assert len(errors) == 3
    counted = [
        {key: one[key] for key in ("areas", "criteria", "subcriteria", "items", "max_points")}
        for one in done.data["structure"]["tables"]
    ]
    assert counted == [
        {"areas": 7, "criteria": 47, "subcriteria": 99, "items": 113, "max_points": "100"},
        {"areas": 8, "criteria": 50, "subcriteria": 107, "items": 123, "max_points": "100"},
    ]
    for finding in done.data["findings"]:
        assert finding["message"]
        assert finding["remedy"]


def test_check_a_shipped_set_by_its_id_and_a_wrong_id() -> None:
    assert run("check", "dien-bien-2020-province").code in (0, 1)
    wrong = run("check", "dien-bien-2020-provinc")
    assert (wrong.code, "Có phải dien-bien-2020-province?" in wrong.err) == (2, True)


def test_check_a_set_without_contradiction_is_fine() -> None:
    done = run("check", SET)
    assert done.code == 0
    assert "0 lỗi" in done.out


def test_findings_as_a_table() -> None:
    rows = list(csv.DictReader(io.StringIO(run("check", PAPER, "--format", "csv").out)))
    assert rows[0]["severity"] == "error"
    assert list(rows[0]) == ["table", "severity", "kind", "code", "place", "stated", "found", "message", "remedy"]


def test_a_doubt_that_a_finding_repeats_for_the_same_rows_is_not_said_again() -> None:
    def doubt(kind: str, *codes: str) -> Problem:
        return Problem(kind, Place(code=codes[0]), {"codes": list(codes)} if len(codes) > 1 else {})

    def finding(kind: str, *codes: str) -> Finding:
        return Finding(kind, Severity.WARNING, Place(), codes[0], facts={"codes": codes})

    repeated = doubt("source_at_odds", "8.3.1", "8.3.2")
    other_rows = doubt("source_at_odds", "9.1", "9.2")
    restored, elsewhere = doubt("code_restored", "1.10"), doubt("code_restored", "2.10")
    proposed = doubt("rule_proposed", "3.1")
    own = doubt("title_continued", "8.3.1")
    findings = [
        finding("source_heading", "8.3", "8.3.1", "8.3.2"),
        finding("code_as_number", "1.10"),
        finding("rule_proposed", "", "3.1"),
    ]
    kept = not_found_too([repeated, other_rows, restored, elsewhere, proposed, own], findings)
    assert kept == (other_rows, elsewhere, own)
