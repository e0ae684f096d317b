"""The demonstration in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from parindex.cli import terminal
from parindex.cli.check import finding_words
from parindex.cli.demo_facts import PUBLISHED_INDEX, Demo, RuledItem, ScoredSheet, ranked_views
from parindex.cli.demo_measured import measured_words
from parindex.documents.checked_papers import Checked
from parindex.domain.criteria.findings import Severity
from parindex.domain.index.explain import ItemDerivation
from parindex.domain.index.result import Result
from parindex.domain.values import Rounding
from parindex.wording import numbers
from parindex.wording.formulas import formula_text
from parindex.wording.language import mark, text
from parindex.wording.quantity_words import fraction_words

VERDICTS = {
    "agrees": mark("khớp"),
    "adjusted": mark("thẩm định điều chỉnh"),
    "differs": mark("KHÁC, cần xem lại"),
    "unknown": mark("không rõ quy tắc"),
}


def demo_words(demo: Demo) -> str:
    """All parts."""
    parts = [*_province(demo), *_paper(demo), *_simulation(demo), *measured_words(demo.satisfaction, demo.evaluation)]
    return "\n\n".join(parts)


# --- 1: the provincial index of 2020 -------------------------------------------------------------------------------


def _province(demo: Demo) -> Iterator[str]:
    sheet = demo.province
    yield terminal.heading(
        text("1. Chỉ số CCHC cấp tỉnh năm 2020: tính lại từ {count} mục", count=len(sheet.view.items))
    )
    yield terminal.table(
        ["", text("Điểm"), text("Điểm tối đa"), text("Tỷ lệ")], list(province_rows(sheet)), "<>>>", total=True
    )
    yield published_words(sheet)
    yield _areas(sheet)
    yield terminal.heading(text("Điểm tính từ số liệu theo quy tắc"), "─")
    yield terminal.wrapped(text("Phiếu năm 2020, {counts}:", counts=counts_words(sheet)), terminal.width())
    yield _ruled_table(sheet)
    yield text(
        "Bản phân tích năm 2024 (trích {items} mục), {counts}:",
        items=len(demo.extract.view.items),
        counts=counts_words(demo.extract),
    )
    yield _ruled_table(demo.extract)
    yield "\n".join(_flag_lines(demo))


def province_rows(sheet: ScoredSheet) -> Iterator[list[str]]:
    """Self points, the parts, the whole."""
    made, view = sheet.result.criteria_set, sheet.view
    report = view.parts[made.parts[0].id]
    yield [text("Tự đánh giá"), *_of(sheet.claimed, report.max_points)]
    titles = {part.id: part.title for part in made.parts}
    for part, of in view.parts.items():
        yield [text("Được công nhận: {part}", part=titles[part] or part), *_of(of.points, of.max_points)]
    index = numbers.percent(view.index, 5)
    yield [text("Chỉ số CCHC"), numbers.points_text(view.points), numbers.points_text(view.max_points), index]


def published_words(sheet: ScoredSheet) -> str:
    """The computed index beside the published one."""
    index = sheet.view.index or Fraction(0)
    same = Rounding(2).apply(index) == PUBLISHED_INDEX
    words = text(
        "Chỉ số tính lại {index}; đã công bố {published}.",
        index=numbers.percent(index, 5),
        published=numbers.percent(PUBLISHED_INDEX),
    )
    return words + " " + (text("Làm tròn hai chữ số thì trùng khớp.") if same else text("KHÔNG khớp."))


def counts_words(sheet: ScoredSheet) -> str:
    """How many items come from figures, by hand, from surveys."""
    words = text("{ruled} mục tính từ số liệu, {typed} mục nhập tay", ruled=len(sheet.ruled), typed=sheet.typed)
    if sheet.refused:
        words += text(", {refused} mục có số liệu bị từ chối", refused=len(sheet.refused))
    return words + (text(", {surveyed} mục từ điều tra", surveyed=sheet.surveyed) if sheet.surveyed else "")


def _areas(sheet: ScoredSheet) -> str:
    rows = []
    for area in sheet.result.criteria_set.areas:
        of = sheet.view.nodes[area.code]
        rows.append([area.code, area.display_title or area.title, *_of(of.points, of.max_points), _bar(of.per_cent)])
    rows.append(["", text("Cộng"), *_of(sheet.view.points, sheet.view.max_points), ""])
    heads = [text("Mã"), text("Lĩnh vực"), text("Điểm"), text("Tối đa"), text("Tỷ lệ"), ""]
    return terminal.table(heads, rows, "<<>>>>", total=True)


def _bar(per_cent: Fraction | None) -> str:
    return "" if per_cent is None else terminal.bar(per_cent / 100, 10)


def _of(points: Fraction, max_points: Fraction) -> list[str]:
    share = numbers.percent(points * 100 / max_points if max_points else None)
    return [numbers.points_text(points), numbers.points_text(max_points), share]


def _ruled_table(sheet: ScoredSheet) -> str:
    heads = [text("Mục"), text("Cách tính từ số liệu"), text("Tính"), text("Tự chấm"), text("T.định"), ""]
    rows = [
        [
            item.derivation.node.code,
            formula_text(item.derivation.trace, sheet.result.criteria_set.measures)
            if item.derivation.trace is not None
            else "",
            numbers.points_text(item.rule_points),
            numbers.points_text(item.claimed),
            numbers.points_text(item.granted),
            text(VERDICTS[item.verdict]) + (" *" if is_assumed(item) else ""),
        ]
        for item in sheet.ruled
    ]
    table = terminal.table(heads, rows, "<<>>><")
    return table + "\n" + text("* quy tắc giả định: văn bản chỉ in số liệu và điểm, không nêu cách tính")


def is_assumed(item: RuledItem) -> bool:
    """Whether the rule is a guess."""
    return item.derivation.rule is not None and item.derivation.rule.assumed


def _flag_lines(demo: Demo) -> Iterator[str]:
    for heading, lines in flag_groups(demo):
        yield terminal.wrapped(heading, terminal.width())
        for line in lines:
            yield terminal.wrapped(line, terminal.width(), "    ", "  • ")


def flag_groups(demo: Demo) -> list[tuple[str, list[str]]]:
    """What does not fit, by what it means: contradictions, figures refused, rules that nobody printed."""
    sheets = (demo.province, demo.extract)
    groups = [
        (
            text("Điểm in không theo số liệu in, nêu ra chứ không sửa:"),
            [flag_words(sheet, item) for sheet in sheets for item in sheet.flagged],
        ),
        (
            text("Số in ngược tử, mẫu: phần lớn hơn toàn bộ, quy tắc từ chối chứ không tự đảo:"),
            [refused_words(sheet, item) for sheet in sheets for item in sheet.refused],
        ),
        (
            text(
                "Tính theo quy tắc giả định không khớp: quy tắc thật (ngưỡng, đích) không có trong văn bản, "
                "điểm giữ như in:"
            ),
            [flag_words(sheet, item) for sheet in sheets for item in sheet.unexplained],
        ),
    ]
    return [(heading, lines) for heading, lines in groups if lines]


def refused_words(sheet: ScoredSheet, item: ItemDerivation) -> str:
    """The figures as they are printed, and the points that the paper gives all the same."""
    quantities = item.trace.quantities if item.trace is not None else ()
    turned = [one.denominator / one.numerator for one in quantities if one.numerator and one.denominator]
    return text(
        "{code} ({year}) {title}: {formula} vượt 100% (đảo lại: {turned}); điểm in {printed} giữ nguyên.",
        code=item.node.code,
        year=sheet.result.criteria_set.year,
        title=terminal.clean(item.node.title),
        formula=" + ".join(fraction_words(quantity) for quantity in quantities),
        turned=", ".join(numbers.percent(share * 100) for share in turned),
        printed=numbers.points_text(item.points),
    )


def flag_words(sheet: ScoredSheet, item: RuledItem) -> str:
    """Why an item is flagged."""
    node, trace = item.derivation.node, item.derivation.trace
    return text(
        "{code} ({year}) {title}: {formula}; in {printed}.",
        code=node.code,
        year=sheet.result.criteria_set.year,
        title=terminal.clean(node.title),
        formula=formula_text(trace, sheet.result.criteria_set.measures) if trace is not None else "",
        printed=numbers.points_text(item.granted if item.granted is not None else item.claimed),
    )


# --- 2: the findings on decision 2270 ------------------------------------------------------------------------------


def _paper(demo: Demo) -> Iterator[str]:
    yield terminal.heading(text("2. Kiểm tra Quyết định 2270/QĐ-UBND (2024): hai bảng như đã in"))
    rows = [[short_title(one), *map(str, structure_row(one))] for one in demo.checked]
    heads = [
        text("Bảng"),
        text("Lĩnh vực"),
        text("Tiêu chí"),
        text("TCTP"),
        text("Mục"),
        text("Lỗi"),
        text("Xác nhận"),
        text("Ghi chú"),
    ]
    yield terminal.table(heads, rows, "<>>>>>>>")
    for one in demo.checked:
        yield short_title(one)
        for finding in one.findings:
            if finding.severity is not Severity.NOTE:
                yield finding_words(finding)


def short_title(one: Checked) -> str:
    """The table's title without its capitals: "Bảng 1"."""
    return terminal.clean(one.criteria_set.title).split(".")[0]


def structure_row(one: Checked) -> list[int]:
    """What the table has, and how many findings of each severity."""
    found = one.structure
    counts = [sum(1 for finding in one.findings if finding.severity is severity) for severity in Severity]
    return [found.areas, found.criteria, found.subcriteria, found.items, *counts]


# --- 3: a simulated cycle ------------------------------------------------------------------------------------------


def _simulation(demo: Demo) -> Iterator[str]:
    yield terminal.heading(text("3. Kỳ đánh giá năm 2024: SỐ LIỆU MÔ PHỎNG, không phải kết quả thật"))
    yield terminal.wrapped(simulation_words(), terminal.width())
    for result in demo.simulated:
        yield group_title(result) + "\n" + _ranking(result)


def simulation_words() -> str:
    """What is real and what is not in the simulated cycle."""
    return text(
        "Bộ tiêu chí, tên đơn vị và cách xếp loại là thật (Quyết định 2270/QĐ-UBND); mọi số liệu, điểm và thứ hạng "
        "dưới đây do máy sinh ra để chạy thử phương pháp, không nói gì về đơn vị nào."
    )


def group_title(result: Result) -> str:
    """The group that is ranked."""
    groups = result.criteria_set.unit_groups
    return f"{groups[0].title if groups else result.criteria_set.title} ({len(result.units)})"


def _ranking(result: Result) -> str:
    rows = [
        [
            str(view.rank) if view.rank else "–",
            view.unit.title,
            numbers.points_text(view.points, 4),
            numbers.points_text(view.max_points, 4),
            numbers.percent(view.index),
            view.grade or "–",
            _bar(view.index),
        ]
        for view in ranked_views(result)
    ]
    heads = [
        text("Hạng"),
        text("Đơn vị (mô phỏng)"),
        text("Điểm"),
        text("Tối đa"),
        text("Chỉ số"),
        text("Xếp loại"),
        "",
    ]
    return terminal.table(heads, rows, "><>>><<")
