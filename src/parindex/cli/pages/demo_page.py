"""The page of the demonstration: one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import jinja2

from parindex.cli import demo_measured as measured
from parindex.cli import demo_words as words
from parindex.cli.demo_facts import PUBLISHED_INDEX, Demo, RuledItem, ScoredSheet, ranked_views
from parindex.cli.measured_tables import CheckedMeasured
from parindex.cli.pages import measured_page
from parindex.cli.pages.charts import Bar, Chart, Compared, Edge, Share, bar_chart, comparison_chart, stacked_chart
from parindex.documents.checked_papers import Checked
from parindex.documents.criteria_sets.criteria_set_file import fingerprint
from parindex.domain.criteria.findings import Severity
from parindex.domain.index.result import Result
from parindex.wording import findings, formulas, numbers, places, terms
from parindex.wording.language import current, text


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding as the page shows it."""

    severity: str
    word: str
    code: str
    message: str
    place: str
    remedy: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item scored from figures as the page shows it."""

    code: str
    title: str
    formula: str
    computed: str
    claimed: str
    granted: str
    verdict: str
    word: str
    assumed: bool


def demo_page(demo: Demo) -> str:
    """The page as HTML, in the language in use."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("parindex.cli", "pages"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["points"] = numbers.points_text
    environment.filters["percent"] = numbers.percent
    environment.globals["_"] = text
    return environment.get_template("demo.html.j2").render(
        language=current().value,
        province=demo.province,
        extract=demo.extract,
        published=PUBLISHED_INDEX,
        published_words=words.published_words(demo.province),
        counts_words=words.counts_words,
        province_rows=list(words.province_rows(demo.province)),
        areas=_area_rows(demo.province),
        area_chart=_area_chart(demo.province),
        item_rows=_item_rows,
        flag_groups=words.flag_groups(demo),
        differing_chart=_differing_chart(demo),
        checked=[(words.short_title(one), words.structure_row(one), _finding_rows(one)) for one in demo.checked],
        findings_chart=_findings_chart(demo.checked),
        simulation_words=words.simulation_words(),
        groups=[
            (words.group_title(result), _ranking_chart(result), _ranking_rows(result)) for result in demo.simulated
        ],
        **_measured(demo),
        fingerprints=[(one.criteria_set.id, fingerprint(one.criteria_set)) for one in _results(demo)],
    )


def _measured(demo: Demo) -> dict[str, Any]:
    """What the two tables of other measurements show."""
    satisfaction, evaluation = measured.satisfaction_of(demo.satisfaction), measured.evaluation_of(demo.evaluation)
    return {
        "satisfaction_words": measured.same_words(satisfaction),
        "satisfaction_heads": measured_page.satisfaction_heads(satisfaction),
        "satisfaction_lines": measured_page.satisfaction_lines(satisfaction),
        "evaluation_groups": measured_page.evaluation_groups(evaluation),
        "evaluation_indicators": evaluation.indicators,
        "evaluation_findings": _finding_rows(demo.evaluation),
    }


def _results(demo: Demo) -> Sequence[Result]:
    return (demo.province.result, demo.extract.result, *demo.simulated)


# --- 1 -------------------------------------------------------------------------------------------------------------


def _area_rows(sheet: ScoredSheet) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for area in sheet.result.criteria_set.areas:
        of = sheet.view.nodes[area.code]
        title = area.display_title or area.title
        rows.append(
            (area.code, title, *map(numbers.points_text, (of.points, of.max_points)), numbers.percent(of.per_cent))
        )
    return rows


def _area_chart(sheet: ScoredSheet) -> Chart:
    areas = [(area, sheet.view.nodes[area.code].per_cent or Fraction(0)) for area in sheet.result.criteria_set.areas]
    lowest = min(areas, key=lambda pair: pair[1])
    highest = max(areas, key=lambda pair: pair[1])
    bars = [
        Bar(f"{area.code}. {area.display_title or area.title}", share, numbers.percent(share), area is lowest[0])
        for area, share in areas
    ]
    return bar_chart(
        bars,
        text(
            "Cao nhất là {best} ({most}), thấp nhất là {worst} ({least}).",
            best=highest[0].display_title or highest[0].title,
            most=numbers.percent(highest[1]),
            worst=lowest[0].display_title or lowest[0].title,
            least=numbers.percent(lowest[1]),
        ),
    )


def _item_rows(sheet: ScoredSheet) -> list[ItemRow]:
    return [
        ItemRow(
            code=item.derivation.node.code,
            title=item.derivation.node.title,
            formula=""
            if item.derivation.trace is None
            else formulas.formula_text(item.derivation.trace, sheet.result.criteria_set.measures),
            computed=numbers.points_text(item.rule_points),
            claimed=numbers.points_text(item.claimed),
            granted=numbers.points_text(item.granted),
            verdict=item.verdict,
            word=text(words.VERDICTS[item.verdict]),
            assumed=words.is_assumed(item),
        )
        for item in sheet.ruled
    ]


def _differing_chart(demo: Demo) -> Chart:
    differing = [
        (sheet, item) for sheet in (demo.province, demo.extract) for item in sheet.ruled if item.verdict != "agrees"
    ]

    def share(points: Fraction | None, item: RuledItem) -> Fraction | None:
        return None if points is None else points / item.derivation.max_points

    compared = [
        Compared(
            f"{item.derivation.node.code} ({sheet.result.criteria_set.year}) {item.derivation.node.title}",
            item.rule_points / item.derivation.max_points,
            share(item.claimed, item),
            share(item.granted, item),
        )
        for sheet, item in differing
    ]
    codes = ", ".join(f"{item.derivation.node.code} ({sheet.result.criteria_set.year})" for sheet, item in differing)
    sentence = text("{count} mục có điểm in khác điểm tính từ số liệu: {codes}.", count=len(differing), codes=codes)
    return comparison_chart(compared, sentence)


# --- 2 -------------------------------------------------------------------------------------------------------------


def _finding_rows(one: Checked | CheckedMeasured) -> list[FindingRow]:
    return [
        FindingRow(
            finding.severity.value,
            terms.severity(finding.severity),
            finding.code,
            findings.message(finding),
            places.place_text(finding.place, file=False),
            findings.remedy(finding),
        )
        for finding in one.findings
    ]


def _findings_chart(checked: Sequence[Checked]) -> Chart:
    shares = [
        Share(
            words.short_title(one),
            terms.severity(severity),
            sum(1 for finding in one.findings if finding.severity is severity),
        )
        for one in checked
        for severity in Severity
    ]
    sentence = "; ".join(f"{one.name}: {one.count} {one.part}" for one in shares) + "."
    return stacked_chart(shares, [terms.severity(severity) for severity in Severity], sentence)


# --- 3 -------------------------------------------------------------------------------------------------------------


def _ranking_rows(result: Result) -> list[tuple[str, str, str, str, str, str]]:
    return [
        (
            str(view.rank) if view.rank else "–",
            view.unit.title,
            numbers.points_text(view.points, 4),
            numbers.points_text(view.max_points, 4),
            numbers.percent(view.index),
            view.grade or "–",
        )
        for view in ranked_views(result)
    ]


def _ranking_chart(result: Result) -> Chart:
    views = ranked_views(result)
    best = max((grade.lower for grade in result.criteria_set.grades), default=Fraction(100))
    bars = [
        Bar(
            f"{view.rank or '–'}. {view.unit.title}",
            view.index or Fraction(0),
            numbers.percent(view.index),
            view.index is not None and view.index >= best,
        )
        for view in views
    ]
    edges = [Edge(grade.lower, grade.title) for grade in result.criteria_set.grades if grade.lower >= 50]
    top = views[0]
    sentence = text("Mô phỏng: cao nhất {unit} ({index}).", unit=top.unit.title, index=numbers.percent(top.index))
    return bar_chart(bars, sentence, edges)
