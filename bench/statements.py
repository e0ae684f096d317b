"""How many slips of real papers ``parindex check-text`` finds, and how much of what it says is right.

    python -m bench.statements FOLDER            # the papers whose slips are kept in tests/papers/statements
    python -m bench.statements FOLDER --held-out 000 --held-out 003
    python -m bench.statements --planted 100     # drawn reports that are right, and each with one slip planted

Precision: findings that are slips, of all findings. Recall: slips found, of those that change a score or misstate a
figure and are no matter of doubt; beside it, of all slips that are no matter of doubt. What was missed and what was
said wrongly is listed. Paper 001 is held out unless it is asked for: the checker is not fitted to it.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.papers.planted_slips import PlantedScore, reports, score_planted
from tests.papers.statements_score import TRUTHS, Score, Truth, score, truths

from parindex.documents.arithmetic.checked import PrintedPaper, check_papers
from parindex.documents.arithmetic.findings import StatementFinding
from parindex.documents.formats import read_blocks
from parindex.documents.readers import text
from parindex.wording import statements as wording

HELD_OUT = "001"
VERDICTS = """# Năm văn bản thật, từng phát hiện một

Mỗi dòng là một phát hiện của `parindex check-text` và kết luận sau khi đọc lại bằng tay từng con số
(`tests/papers/statements`: lý do của từng kết luận, cả những chỗ chỉ có vẻ sai). Viết bằng
`python -m bench.statements THƯ-MỤC --with-held-out --verdicts TỆP`.
"""


def main() -> int:
    """Check, match, print; 1 where a paper stays under nine in ten."""
    parser = argparse.ArgumentParser(prog="python -m bench.statements", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="the papers: 000_….txt, 001_….txt …")
    parser.add_argument("--held-out", action="append", default=[], metavar="NR", help="leave this paper out")
    parser.add_argument("--with-held-out", action="store_true", help=f"score paper {HELD_OUT}, too")
    parser.add_argument("--found", action="store_true", help="list what was found rightly, too")
    parser.add_argument("--verdicts", type=Path, metavar="FILE", help="write every finding with its verdict (Markdown)")
    parser.add_argument("--planted", type=int, metavar="N", help="score so many drawn reports instead")
    options = parser.parse_args()
    if options.planted:
        return _planted(options.planted)
    if options.folder is None:
        parser.error("a folder, or --planted N")
    left_out = {*options.held_out, *(() if options.with_held_out else (HELD_OUT,))}
    enough = True
    verdicts: list[str] = []
    for known in sorted(TRUTHS.glob("*.yaml")):
        paths = sorted(options.folder.glob(f"{known.stem}_*"))
        if known.stem in left_out or not paths:
            continue
        reached = _scored(paths[0], known.stem, options.found)
        verdicts.append(_verdicts(known.stem, reached))
        enough = enough and all(10 * of >= 9 * whole for of, whole in (reached.precision, reached.recall))
    if options.verdicts:
        options.verdicts.write_text("\n".join([VERDICTS, *verdicts]), encoding="utf-8")
    return 0 if enough else 1


def _verdicts(document: str, reached: Score) -> str:
    """The findings on a paper with the verdict on each, and the slips that were missed, as tables."""
    head = f"## {document}\n\nĐộ chính xác {_share(reached.precision)}; tìm được {_share(reached.recall)} lỗi số liệu "
    head += f"chắc chắn hoặc nhiều khả năng ({_share(reached.recall_of_all)} mọi lỗi không phải loại còn nghi ngờ).\n"
    rows = ["| Dòng | Mục | Loại | Văn bản ghi | Tính lại | Câu | Kết luận |", "|---|---|---|---|---|---|---|"]
    for verdict, findings in (("đúng là lỗi", reached.hits), ("báo nhầm", reached.false)):
        for one in findings:
            cells = (one.place.line, one.place.code or "", wording.kind(one.kind), one.stated, one.found, one.text[:90])
            rows.append(f"| {' | '.join(_cell(cell) for cell in cells)} | {verdict} |")
    for lost in reached.missed:
        cells = (min(lost.lines), "", lost.kind, lost.stated, lost.found, lost.text[:90])
        rows.append(f"| {' | '.join(_cell(cell) for cell in cells)} | bỏ sót ({lost.sure}) |")
    return "\n".join([head, *rows, ""])


def _cell(value: object) -> str:
    return " ".join(str(value).replace("|", "¦").split())


def _planted(count: int) -> int:
    """Score drawn reports; 1 where less than nine in ten slips are found, or of what is said is right."""
    reached = PlantedScore()
    started = time.process_time()
    number = 0
    for seed in range(count):
        for report in reports(seed):
            blocks, _ = text.read(Path("bao-cao.txt"), report.text)
            score_planted(report, check_papers([PrintedPaper("bao-cao.txt", blocks)])[0].findings, reached)
            number += 1
    found, missed, false = reached.found, len(reached.missed), len(reached.false)
    print(f"{number} reports in {time.process_time() - started:.1f} s CPU")
    print(f"   precision {_share((found, found + false))}, recall {_share((found, found + missed))}")
    for told, sort in ((reached.missed, "MISSED"), (reached.false, "FALSE ")):
        for kind, times in Counter(kind for kind, _ in told).most_common():
            print(f"   {sort}  {times} {kind}: {next(words for name, words in told if name == kind)[:300]}")
    return 0 if 10 * found >= 9 * (found + max(missed, false)) else 1


def _scored(path: Path, document: str, with_found: bool) -> Score:
    started = time.process_time()
    blocks, _ = read_blocks(path)
    read = time.process_time()
    checked = check_papers([PrintedPaper(path.name, blocks)])[0]
    done = time.process_time()
    reached = score(checked.findings, truths(document))
    counts = ", ".join(f"{name} {count}" for name, count in checked.checked.items())
    print(f"== {document}: read {read - started:.2f} s, checked {done - read:.2f} s CPU; {counts}")
    print(f"   precision {_share(reached.precision)}, recall {_share(reached.recall)}", end="")
    print(f" (all slips: {_share(reached.recall_of_all)})")
    for line in _told(reached, with_found):
        print("   " + line)
    return reached


def _share(share: tuple[int, int]) -> str:
    of, whole = share
    return f"{of}/{whole}" + (f" = {100 * of / whole:.1f} %" if whole else "")


def _told(reached: Score, with_found: bool) -> Iterator[str]:
    for truth in reached.missed:
        yield f"{'MISSED' if truth.counts else 'missed'}  {_truth(truth)}"
    for at, one in enumerate(reached.false):
        trap = f" | TRAP: {reached.traps[at]}" if at in reached.traps else ""
        yield f"FALSE   {_finding(one)}{trap}"
    if with_found:
        for one in reached.hits:
            yield f"found   {_finding(one)}"


def _truth(one: Truth) -> str:
    lines = ",".join(map(str, sorted(one.lines)[:6]))
    return f"{lines} {one.kind}/{one.severity}/{one.sure}: {one.stated} -> {one.found} | {one.text[:90]!r}"


def _finding(one: StatementFinding) -> str:
    head = f"{one.place.line} {one.place.code or ''} {one.kind}/{one.severity}/{one.sure} [{one.why}]"
    return f"{head}: {one.stated} -> {one.found} | {one.text[:120]!r} | {wording.message(one)}"


if __name__ == "__main__":
    raise SystemExit(main())
