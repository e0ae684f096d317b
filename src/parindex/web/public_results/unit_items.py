"""The items of a unit on its profile: what each has lost and why, and those that are not assessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Entry, Publication, UnitResult
from parindex.domain.values import exact_number
from parindex.web.public_results.derivation_page import rule_trace
from parindex.wording.language import text
from parindex.wording.numbers import points_text
from parindex.wording.reasons import conclusion


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item: what it has, what it has lost, why, and who leads."""

    code: str
    title: str
    state: str
    points: Fraction | None
    max_points: Fraction
    claimed: Fraction | None
    cause: str
    lead: str

    @property
    def lost(self) -> Fraction:
        """What is missing to the maximum."""
        return self.max_points - (self.points or Fraction(0))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An item that is not assessed: how much it would count, why, on what basis."""

    code: str
    title: str
    max_points: Fraction
    reason: str
    legal_basis: str


def lost_points(frozen: FrozenSet, detail: Mapping[str, Any]) -> Iterator[tuple[str, Fraction]]:
    """Every item that is assessed inside the hundred, with what it has lost, in reading order."""
    for code, one in detail["items"].items():
        if one["state"] in ("answered", "unanswered") and code in frozen.items and code not in frozen.plan.outside:
            points = exact_number(one["points"]) if one["points"] != "" else Fraction(0)
            yield code, exact_number(one["max_points"]) - points


def title_of(frozen: FrozenSet, code: str) -> str:
    """What an item is called."""
    node = frozen.items[code].node
    return node.display_title or node.title


def explained(
    publication: Publication, result: UnitResult, frozen: FrozenSet, detail: Mapping[str, Any], codes: Sequence[str]
) -> list[ItemLine]:
    """Items with the cause of what they have lost; a query for who leads."""
    leads = dict(
        Entry.objects.filter(sheet=result.sheet_id, item_code__in=codes)
        .exclude(part__lead_unit=result.sheet.unit_id)
        .values_list("item_code", "part__lead_name")
    )
    found = []
    for code in codes:
        one = detail["items"][code]
        points = exact_number(one["points"]) if one["points"] != "" else None
        claimed = exact_number(one["self"]) if one["self"] else None
        found.append(
            ItemLine(
                code,
                title_of(frozen, code),
                one["state"],
                points,
                exact_number(one["max_points"]),
                claimed if claimed != points else None,
                _cause(publication, result, frozen, code, one),
                leads.get(code, ""),
            )
        )
    return found


def _cause(publication: Publication, result: UnitResult, frozen: FrozenSet, code: str, item: Mapping[str, Any]) -> str:
    """Why an item has not all its points: the council's reason, what was not answered, the branch of the rule."""
    given = [one for one in item["granted"] if one["reason"]]
    if item["origin"] == "appraised" and given:
        said = given[-1]["reason"]
        adjusted = given[-1]["kind"] == "adjust"
        return (
            text("Hội đồng điều chỉnh: {reason}", reason=said) if adjusted else text("Hội đồng: {reason}", reason=said)
        )
    if item["state"] == "unanswered":
        return text("Không có điểm: đơn vị không trả lời mục này.")
    if item["origin"] == "survey":
        return text("Điểm của điều tra.")
    rule = frozen.items[code].rule
    trace = None if rule is None or rule.compares else rule_trace(publication, result, frozen, code, item)
    if trace is not None and trace.points is not None and item["rule"] == item["points"]:
        words = conclusion(trace, frozen.criteria_set.measures)
        return words[:1].upper() + words[1:]
    if item["origin"] == "external":
        return text("Theo số liệu của cơ quan quản lý.")
    if item["self"] and item["self"] == item["points"]:
        return text("Đơn vị tự chấm {points}.", points=points_text(exact_number(item["self"])))
    return ""


def left_out(frozen: FrozenSet, detail: Mapping[str, Any]) -> Iterator[LeftOut]:
    """The items that are not assessed, in reading order."""
    for code, one in detail["items"].items():
        if one["state"] == "not_assessed" and code in frozen.items:
            said = one["not_assessed"] or {}
            maximum = exact_number(one["max_points"])
            why = text("Lý do không công khai") if said.get("withheld") else said.get("reason", "")
            yield LeftOut(code, title_of(frozen, code), maximum, why, said.get("legal_basis", ""))
