"""``parindex check-text``: every statement of official papers that does not add up."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from parindex.cli import output, terminal
from parindex.cli.failures import problem_data
from parindex.cli.progress import Progress
from parindex.documents.arithmetic.checked import PrintedPaper, check_papers
from parindex.documents.arithmetic.findings import SORTS, CheckedPaper, Severity, StatementFinding, Sure
from parindex.documents.formats import read_blocks
from parindex.documents.results.result_files import ResultTable, table
from parindex.domain.errors import InvalidInput, Problem
from parindex.wording import places, problems
from parindex.wording import statements as wording
from parindex.wording.language import text

FINE, FINDINGS = 0, 1
#: Doubts of readers that are printed one by one; JSON has all.
_DOUBTS = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``check-text``."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar=text("TỆP"),
        help=text("docx, xlsx, xls, ods, pdf, html, txt, tsv hoặc csv; nhiều tệp thì đối chiếu cả với nhau"),
    )
    output.add_output_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Read, check and write; exit code 1 where a figure or a total is wrong and not merely doubtful."""
    output.prepare(options, options.files)
    papers, doubts = _read(options.files, options.progress)
    with Progress(options.progress) as progress:
        checked = check_papers(
            papers,
            lambda done, of: progress.say(text("Đang kiểm tra: {done}/{of} văn bản", done=done, of=of)),
        )
    output.deliver(
        options,
        words=lambda: "\n\n".join([*check_words(checked), *_doubt_words(doubts)]),
        data=lambda: check_data(checked, doubts),
        tables=lambda: [_findings_table(checked)],
    )
    return FINDINGS if any(_is_grave(one) for paper in checked for one in paper.findings) else FINE


def _is_grave(finding: StatementFinding) -> bool:
    return finding.severity is not Severity.SLIP and finding.sure is not Sure.DOUBTFUL


def _read(files: Sequence[Path], progress_wanted: bool) -> tuple[list[PrintedPaper], list[Problem]]:
    """The papers and the doubts of their readers; all files that cannot be read are said at once."""
    papers, doubts, refused = [], [], []
    names = Counter(path.name for path in files)
    with Progress(progress_wanted) as progress:
        for path in files:
            progress.say(text("Đang đọc {file}…", file=path.name))
            try:
                blocks, unsure = read_blocks(path, _says(progress, path.name))
            except InvalidInput as error:
                refused.extend(error.problems)
                continue
            # Two files of one name are told apart by their folders.
            papers.append(PrintedPaper(path.name if names[path.name] == 1 else str(path), blocks))
            doubts.extend(unsure)
    if refused:
        raise InvalidInput(refused)
    return papers, doubts


def _says(progress: Progress, name: str) -> Callable[[int, int], None]:
    return lambda done, of: progress.say(text("Đang đọc {file}: {done}/{of}", file=name, done=done, of=of))


# --- data ----------------------------------------------------------------------------------------------------------


def check_data(checked: Sequence[CheckedPaper], doubts: Sequence[Problem] = ()) -> dict[str, Any]:
    """Findings and counts for machines."""
    counts = Counter(dict.fromkeys(SORTS, 0))
    for paper in checked:
        counts.update(paper.checked)
    return {
        "findings": [finding_data(one) for paper in checked for one in paper.findings],
        "checked": dict(sorted(counts.items())),
        "doubts": [problem_data(doubt) for doubt in doubts],
    }


def finding_data(one: StatementFinding) -> dict[str, Any]:
    """One finding; figures as printed, "" where there is none."""
    return {
        "kind": one.kind.value,
        "severity": one.severity.value,
        "sure": one.sure.value,
        "code": one.place.code,
        "place": one.place.as_data(),
        "text": one.text,
        "stated": one.stated,
        "found": one.found,
        "message": f"{wording.message(one)} {wording.remedy(one)}",
    }


def _findings_table(checked: Sequence[CheckedPaper]) -> ResultTable:
    columns = ["file", "severity", "sure", "kind", "code", "place", "text", "stated", "found", "message"]
    rows = [
        [
            paper.file,
            one.severity.value,
            one.sure.value,
            one.kind.value,
            one.place.code,
            places.place_text(one.place, file=False),
            one.text,
            one.stated,
            one.found,
            f"{wording.message(one)} {wording.remedy(one)}",
        ]
        for paper in checked
        for one in paper.findings
    ]
    return table("findings", columns, rows)


# --- words ---------------------------------------------------------------------------------------------------------


def check_words(checked: Sequence[CheckedPaper]) -> Iterator[str]:
    """Paper by paper: what was checked, then the findings, the gravest first."""
    for paper in checked:
        found = len(paper.findings)
        told = text("{count} chỗ không khớp", count=found) if found else text("không thấy chỗ nào sai")
        head = f"{terminal.clean(paper.file)}: {told}"
        yield "\n".join(
            [terminal.heading(head), terminal.wrapped(wording.checked_words(paper.checked), terminal.width())]
        )
        for severity in Severity:
            yield from _group(severity, [one for one in paper.findings if one.severity is severity])


def _group(severity: Severity, findings: Sequence[StatementFinding]) -> Iterator[str]:
    if findings:
        yield terminal.heading(f"{wording.severity(severity)} ({len(findings)})", "─")
    for number, one in enumerate(findings, start=1):
        yield finding_words(one, number)


def finding_words(one: StatementFinding, number: int) -> str:
    """One finding: place, the sentence with its figure marked, stated and recomputed, what is wrong and the remedy."""
    width = terminal.width()
    head = [places.place_text(one.place, file=False)]
    if one.place.code and one.place.code not in head[0].split():
        head.append(text("mục {code}", code=one.place.code))
    head += [wording.kind(one.kind), wording.sure(one.sure)]
    lines = [terminal.wrapped(" · ".join(filter(None, head)), width, "   ", f"{number}. ")]
    if one.text:
        lines.append(terminal.wrapped(f"“{wording.marked(one.text, one.stated)}”", width, "   ", "   "))
    figures = wording.both_figures(one)
    if figures:
        lines.append(terminal.wrapped(figures, width, "   ", "   "))
    lines.append(terminal.wrapped(wording.message(one), width, "   ", "   "))
    lines.append(terminal.wrapped(wording.remedy(one), width, "     ", "   → "))
    return "\n".join(lines)


def _doubt_words(doubts: Sequence[Problem]) -> Iterator[str]:
    if not doubts:
        return
    lines = [text("Khi đọc có {count} chỗ chưa chắc:", count=len(doubts))]
    for doubt in doubts[:_DOUBTS]:
        where = places.place_text(doubt.place)
        words = f"{where}: {problems.message(doubt)}" if where else problems.message(doubt)
        lines.append(terminal.wrapped(words, terminal.width(), "    ", "  • "))
    if len(doubts) > _DOUBTS:
        lines.append("  " + text("… và {count} chỗ khác (xem đủ bằng --format json).", count=len(doubts) - _DOUBTS))
    yield "\n".join(lines)
