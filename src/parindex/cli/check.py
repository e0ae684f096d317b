"""``parindex check``: every contradiction of a criteria set or of the tables of a paper."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from parindex.cli import measured_tables as measured
from parindex.cli import output, terminal
from parindex.cli.failures import problem_data
from parindex.cli.measured_tables import CheckedMeasured, checked_measured
from parindex.cli.read import KINDS, measured_title, paper_of
from parindex.cli.sets import set_path
from parindex.documents.checked_papers import Checked, checked_paper, checked_set
from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.documents.results.result_files import ResultTable, decimal_text, table
from parindex.domain.criteria.criteria_set import Declared
from parindex.domain.criteria.findings import Finding, Severity
from parindex.wording import findings as wording
from parindex.wording import places, terms
from parindex.wording.language import text
from parindex.wording.structures import structure_lines

FINE, FINDINGS = 0, 1

AnyChecked = Checked | CheckedMeasured


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``check``."""
    parser.add_argument(
        "file", metavar=text("TỆP"), help=text("bộ tiêu chí (YAML hoặc mã bộ có sẵn), hoặc văn bản đọc được bằng read")
    )
    parser.add_argument(
        "--kind", choices=KINDS, default="auto", help=text("loại bảng cần kiểm tra trong văn bản (mặc định: tự nhận)")
    )
    output.add_output_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Check and write; exit code 1 where a finding is an error."""
    output.prepare(options, [options.file])
    checked = checked_tables(options.file, options.kind, options.progress)
    output.deliver(
        options,
        words=lambda: check_words(options.file, checked),
        data=lambda: check_data(checked),
        tables=lambda: [_findings_table(checked)],
    )
    return FINDINGS if any(one.severity is Severity.ERROR for part in checked for one in part.findings) else FINE


def checked_file(name: str) -> list[Checked]:
    """Every criteria table of a paper, or the one set of a YAML file or shipped id."""
    return [one for one in checked_tables(name) if isinstance(one, Checked)]


def checked_tables(name: str, kind: str = "auto", progress_wanted: bool = False) -> list[AnyChecked]:
    """Every table of a paper that is of ``kind``, or the one set of a YAML file or shipped id."""
    path = Path(name)
    if path.suffix.lower() in (".yaml", ".yml") or not path.exists():
        return [checked_set(load_criteria_set(set_path(name)))]
    paper = paper_of(path, kind, progress_wanted)
    checked: list[AnyChecked] = [*checked_paper(paper)]
    for each in paper.measured:
        found = checked_measured(each)
        checked.append(found if checked else replace(found, doubts=(*paper.doubts, *found.doubts)))
    return checked


# --- data ----------------------------------------------------------------------------------------------------------


def check_data(checked: Sequence[AnyChecked]) -> dict[str, Any]:
    """Structure and findings for machines."""
    return {
        "structure": {"tables": [_structure_data(one) for one in checked]},
        "findings": [
            _finding_data(finding, number) for number, one in enumerate(checked, 1) for finding in one.findings
        ],
        "doubts": [problem_data(doubt) for one in checked for doubt in one.doubts],
    }


def _structure_data(one: AnyChecked) -> dict[str, Any]:
    if isinstance(one, CheckedMeasured):
        return measured.structure_data(one.read)
    found = one.structure
    return {
        "title": one.criteria_set.title,
        "areas": found.areas,
        "criteria": found.criteria,
        "subcriteria": found.subcriteria,
        "items": found.items,
        "max_points": decimal_text(found.max_points),
        "parts": {part: decimal_text(points) for part, points in found.parts.items()},
        "parts_as_printed": {part: decimal_text(points) for part, points in found.parts_as_printed.items()},
        "declared": _declared_data(found.declared),
        "by_area": [
            {
                "code": area.code,
                "title": area.title,
                "criteria": area.criteria,
                "subcriteria": area.subcriteria,
                "items": area.items,
                "max_points": decimal_text(area.max_points),
                "declared_criteria": area.declared_criteria,
                "declared_subcriteria": area.declared_subcriteria,
            }
            for area in found.by_area
        ],
    }


def _declared_data(declared: Declared) -> dict[str, Any]:
    return {
        "areas": declared.areas,
        "criteria": declared.criteria,
        "subcriteria": declared.subcriteria,
        "items": declared.items,
        "max_points": decimal_text(declared.max_points),
        "parts": {part: decimal_text(points) for part, points in declared.parts.items()},
    }


def _finding_data(finding: Finding, number: int) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "severity": finding.severity.value,
        "code": finding.code,
        "place": finding.place.as_data(),
        "stated": finding.stated,
        "found": finding.found,
        "message": wording.message(finding),
        "remedy": wording.remedy(finding),
        "table": number,
    }


def _findings_table(checked: Sequence[AnyChecked]) -> ResultTable:
    columns = ["table", "severity", "kind", "code", "place", "stated", "found", "message", "remedy"]
    rows = [
        [
            number,
            finding.severity.value,
            finding.kind,
            finding.code or None,
            places.place_text(finding.place),
            finding.stated,
            finding.found,
            wording.message(finding),
            wording.remedy(finding),
        ]
        for number, one in enumerate(checked, start=1)
        for finding in one.findings
    ]
    return table("findings", columns, rows)


# --- words ---------------------------------------------------------------------------------------------------------


def check_words(name: str, checked: Sequence[AnyChecked]) -> str:
    """The findings for a reader: how many, then table by table what was counted and what contradicts it."""
    everything = [finding for one in checked for finding in one.findings]
    counts = ", ".join(
        f"{sum(1 for one in everything if one.severity is severity)} {terms.severity(severity)}"
        for severity in Severity
    )
    blocks = [f"{name}: {counts}."]
    blocks.extend("\n\n".join(table_words(one)) for one in checked)
    doubts = sum(len(one.doubts) for one in checked)
    if doubts:
        blocks.append(text("Khi đọc có {count} chỗ chưa chắc: xem bằng parindex read.", count=doubts))
    return "\n\n".join(blocks)


def table_words(one: AnyChecked) -> Iterator[str]:
    """One table: heading, structure against declaration, findings."""
    title = measured_title(one.read) if isinstance(one, CheckedMeasured) else one.criteria_set.title
    yield "\n".join([terminal.wrapped(title, terminal.width()), "─" * terminal.width()])
    yield measured.structure_words(one.read) if isinstance(one, CheckedMeasured) else structure_words(one)
    for finding in one.findings:
        yield finding_words(finding)
    if not one.findings:
        yield text("Không tìm thấy mâu thuẫn nào.")


def structure_words(one: Checked) -> str:
    """What the text declares beside what the table holds."""
    rows = [
        [terminal.clean(line.what), line.stated, line.found, "" if line.same else text("khác")]
        for line in structure_lines(one.criteria_set, one.structure)
    ]
    return terminal.table(["", text("Văn bản nêu"), text("Đếm được"), ""], rows, "<>><")


def finding_words(finding: Finding) -> str:
    """One finding: severity, message, place, remedy."""
    width = terminal.width()
    lines = [terminal.wrapped(wording.message(finding), width, "   ", f"[{terms.severity(finding.severity)}] ")]
    where = places.place_text(finding.place, file=False)
    if where:
        lines.append(terminal.wrapped(where, width, "   ", "   "))
    lines.append(terminal.wrapped(wording.remedy(finding), width, "     ", "   → "))
    return "\n".join(lines)
