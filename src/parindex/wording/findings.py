"""Findings of a check in words: what is contradicted, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from parindex.domain.criteria.criteria_set import Source
from parindex.domain.criteria.findings import Finding
from parindex.domain.errors import Place, Problem
from parindex.domain.values import parse_number
from parindex.wording import problems, terms
from parindex.wording.column_names import column_word
from parindex.wording.finding_sentences import SENTENCES
from parindex.wording.findings_of_measured import SENTENCES as MEASURED
from parindex.wording.findings_of_measured import VARIANTS as MEASURED_VARIANTS
from parindex.wording.findings_of_measured import words as measured_words
from parindex.wording.language import mark, text
from parindex.wording.numbers import points_text, share
from parindex.wording.places import place_text
from parindex.wording.yaml_paths import path_words

#: So many codes are named before "…"; so many words of a cut title are shown.
_LIST_MAX = 12
_TAIL_WORDS = 8

_COUNTED = {"criteria": mark("tiêu chí"), "subcriteria": mark("tiêu chí thành phần")}


def message(finding: Finding) -> str:
    """What is contradicted, with the figures."""
    return _worded(finding, 0)


def remedy(finding: Finding) -> str:
    """What to do about it; a proposal where the facts allow one."""
    return _worded(finding, 1)


def _worded(finding: Finding, which: int) -> str:
    variant = _variant(finding)
    sentence = SENTENCES[f"{finding.kind}/{variant}" if variant else finding.kind][which]
    return text(sentence, **_words(finding))


def _variant(finding: Finding) -> str:
    """The fullest sentence that the facts allow; "" for the plain one."""
    chosen = (name for name, holds in _VARIANTS.get(finding.kind, ()) if holds(finding.facts))
    return next(chosen, "")


def _has(name: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda facts: bool(facts.get(name))


_PROPOSAL = (("proposal", _has("proposal")),)
_BY_POINTS = (("points", lambda facts: "top" in facts),)
_VARIANTS: dict[str, tuple[tuple[str, Callable[[Mapping[str, Any]], bool]], ...]] = {
    "duplicate_code": (
        ("stored_as_number", _has("stored_as_number")),
        ("sum_fits", lambda facts: bool(facts.get("sum_fits") and facts.get("proposal"))),
        *_PROPOSAL,
    ),
    "wrong_parent": (("duplicate", _has("duplicate_of")),),
    "numbering_gap": (("children", _has("children")), *_PROPOSAL),
    "points_missing": _PROPOSAL,
    "points_negative": (("penalty", _has("penalty")), *_PROPOSAL),
    "total_with_outside": (("printed", lambda facts: facts["of"] == "total_printed"),),
    "unknown_part": (("none", lambda facts: not facts["known"]),),
    "points_zero": _PROPOSAL,
    "grades_gap": _BY_POINTS,
    "grades_same_edge": _BY_POINTS,
    "grade_unreachable": _BY_POINTS,
    "children_sum": _PROPOSAL,
    "parts_points": (("unmarked", lambda facts: not facts["marked"]),),
    "count_in_area": (("confirmed", _has("table_fits_total")),),
    "source_heading": (
        ("parts_fit_heading", _has("parts_fit_heading")),
        ("parts_fit_note", _has("parts_fit_note")),
    ),
    "band_edge": (("twice", _has("twice")),),
    "rule_missing": (("unread", _has("unread")), ("all", _has("all"))),
    "evidence_missing": (
        ("unsourced_all", lambda facts: facts["unsourced"] and facts["all"]),
        ("unsourced", _has("unsourced")),
        ("all", _has("all")),
    ),
    "grade_bands_overlap": (("edge", lambda facts: facts["lower"] == facts["upper"]),),
    "grade_bands_gap": (("edge", lambda facts: facts["lower"] == facts["upper"]),),
    "total_points_differ": (("without", _has("without")),),
    "unknown_measure": (("identity", _has("identity")), ("near", _has("near"))),
    **MEASURED_VARIANTS,
}


# --- facts as words ------------------------------------------------------------------------------------------------


def _words(finding: Finding) -> dict[str, str]:
    """Every fact as text, by name; what a kind says in its own way replaces it."""
    facts = finding.facts
    words = {name: _word(value) for name, value in facts.items()}
    words["code"] = finding.code
    words["stated"], words["found"] = figure(finding.stated), figure(finding.found)
    own = _OWN.get(finding.kind)
    return words | own(finding) if own is not None else words


def _word(value: Any) -> str:
    if isinstance(value, Fraction):
        return points_text(value)
    if isinstance(value, Place):
        return at(value)
    if isinstance(value, list | tuple):
        return _listed(str(one) for one in value)
    return "" if value is None else str(value)


def at(place: Place) -> str:
    """Where a row stands, inside a sentence about it: the row of the table says enough where it is known."""
    short = place if place.row is None else replace(place, line=None, cell=None, page=None)
    return place_text(short, file=False)


def figure(value: str | None) -> str:
    """A stated or found figure: a number as it is printed, anything else as it is."""
    if value is None:
        return "–"
    return points_text(parse_number(value)) if value.lstrip("-").replace(".", "", 1).isdecimal() else value


def _listed(values: Iterable[str]) -> str:
    names = list(values)
    return ", ".join(names[:_LIST_MAX]) + (" …" if len(names) > _LIST_MAX else "")


def _sum(points: Iterable[Fraction | None]) -> str:
    """``1,75 + 0,75``."""
    return " + ".join(points_text(one) for one in points)


def _codes_as_printed(finding: Finding) -> dict[str, str]:
    return {"stated": finding.stated or "", "found": finding.found or ""}


def _duplicate(finding: Finding) -> dict[str, str]:
    rows = [f"“{row['title']}” ({at(row['place'])})" for row in finding.facts["rows"]]
    parent = finding.facts.get("parent")
    words = {"rows": "; ".join(rows), "wrong": at(finding.facts["wrong"])}
    if parent is not None and parent["points"] is not None:
        words["parent"] = parent["code"]
        words["addends"] = f"{_sum(finding.facts['addends'])} = {points_text(parent['points'])}"
    return words


def _options(finding: Finding) -> dict[str, str]:
    return {"options": "; ".join(f"{one['code']} {one['title']}" for one in finding.facts["options"])}


def _children(finding: Finding) -> dict[str, str]:
    return {"children": _sum(child["points"] for child in finding.facts["children"])}


def _areas(finding: Finding) -> dict[str, str]:
    return {"areas": _sum(area["points"] for area in finding.facts["areas"])}


def _parts(finding: Finding) -> dict[str, str]:
    facts = finding.facts
    parts = facts["parts"]
    by_area = "; ".join(
        text(mark("lĩnh vực {code}: {items} mục, {points} điểm"), **(area | {"points": points_text(area["points"])}))
        for area in facts["by_area"]
    )
    others = (
        text(
            mark("{title}: văn bản ghi {stated}, bảng cộng được {found}"),
            title=_part_title(part),
            stated=points_text(part["stated"]),
            found=points_text(part["found"]),
        )
        for part in parts
        if part["part"] != facts["part"]
    )
    return {
        "title": _part_title(facts),
        "by_area": f" ({by_area})",
        "parts": ". ".join(others),
        "as_table": _sum(part["found"] for part in parts),
    }


def _part_title(part: Mapping[str, Any]) -> str:
    """The declared title of a part, the word for its source where it has none."""
    name = part["part"]
    return part["title"] or (terms.source(Source(name)) if name in set(Source) else str(name))


def _area_count(finding: Finding) -> dict[str, str]:
    facts = finding.facts
    counts = " + ".join(str(count) for count in facts["found_by_area"])
    total = str(facts["declared_total"])
    counted = _listed(facts["counted"]) or text(mark("không có dòng nào"))
    return {"counted": counted, "what": text(_COUNTED[facts["what"]]), "total": total, "addends": f"{counts} = {total}"}


def _source(finding: Finding) -> dict[str, str]:
    codes = finding.facts["codes"]
    several = mark("{count} mục {first}–{last}")
    shown = text(several, count=len(codes), first=codes[0], last=codes[-1]) if len(codes) > 1 else ""
    return {
        "codes": shown or text(mark("Mục {code}"), code=codes[0]),
        "found": terms.source(Source(str(finding.found))),
    }


def _cut(finding: Finding) -> dict[str, str]:
    return {"tail": " ".join(finding.facts["title"].split()[-_TAIL_WORDS:])}


def _band(finding: Finding) -> dict[str, str]:
    facts = finding.facts
    written = share if facts["is_share"] else points_text
    low, high = facts["low"], facts["high"]
    if low is None:
        shown = (
            text(mark("mọi giá trị dưới {high}"), high=written(high)) if high is not None else text(mark("mọi giá trị"))
        )
    elif high is None:
        shown = text(mark("mọi giá trị trên {low}"), low=written(low))
    else:
        shown = text(mark("giá trị giữa {low} và {high}"), low=written(low), high=written(high))
    ends = {"low": low, "high": high}
    return {"range": shown, **{name: "–" if end is None else written(end) for name, end in ends.items()}}


def _problem(finding: Finding) -> dict[str, str]:
    """What reading the rule said, in the words of problems of input."""
    facts = finding.facts
    problem = Problem(facts["problem"], Place(path=facts["path"]), facts["facts"])
    advice = problems.remedy(problem)
    if facts["path"] and finding.place.path is None:  # else the place says where
        advice = text(mark("Ở {path}: {advice}"), path=path_words(facts["path"]), advice=advice)
    return {"what": problems.message(problem), "advice": advice}


def _outside(finding: Finding) -> dict[str, str]:
    """``5 điểm thưởng, -2 điểm trừ``: what a total counts beyond the hundred."""
    bonus, penalty = finding.facts["bonus"], finding.facts["penalty"]
    counted = ((mark("{points} điểm thưởng"), bonus), (mark("{points} điểm trừ"), penalty))
    return {"more": ", ".join(text(words, points=points_text(points)) for words, points in counted if points)}


def _cap(finding: Finding) -> dict[str, str]:
    words = path_words(finding.facts["name"].replace(".", "/"))
    return {"name": words[:1].upper() + words[1:]}


def _floor(finding: Finding) -> dict[str, str]:
    written = share if finding.facts["is_share"] else points_text
    return {name: written(finding.facts[name]) for name in ("floor", "target")}


def _counted_areas(finding: Finding) -> dict[str, str]:
    """``1, 2, 3``: the areas that were counted."""
    return {"areas": _listed(area["code"] for area in finding.facts["by_area"])}


def _counted_by_area(finding: Finding) -> dict[str, str]:
    """``1 có 3, 2 có 4``: how many were counted in each area."""
    words = mark("{code} có {count}")
    return {"by_area": ", ".join(text(words, **area) for area in finding.facts["by_area"])}


def _column(finding: Finding) -> dict[str, str]:
    return {"column": column_word(finding.facts["column"])}


_OWN: dict[str, Callable[[Finding], dict[str, str]]] = {
    "count_areas": _counted_areas,
    "count_criteria": _counted_by_area,
    "count_subcriteria": _counted_by_area,
    "count_items": _counted_by_area,
    "points_above_max": _column,
    "group_points_differ": _column,
    "total_points_differ": _column,
    "duplicate_code": _duplicate,
    "code_as_number": _codes_as_printed,
    "printed_code": _codes_as_printed,
    "options_as_subcriteria": _options,
    "children_sum": _children,
    "total_declared": _areas,
    "total_printed": _areas,
    "parts_points": _parts,
    "count_in_area": _area_count,
    "source_heading": _source,
    "sentence_cut": _cut,
    "bands_overlap": _band,
    "bands_gap": _band,
    "band_edge": _band,
    "band_unreachable": _band,
    "rule_unreadable": _problem,
    "floor_above_target": _floor,
    "total_with_outside": _outside,
    "cap_negative": _cap,
    **dict.fromkeys((name.partition("/")[0] for name in MEASURED), measured_words),
}
