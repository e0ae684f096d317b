"""What is kept from the public of a cycle, and what stands in the place of a stored detail or snapshot without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from parindex.database.models import Finalisation, UnitResult, WithheldText
from parindex.database.queries.prepared import prepared
from parindex.database.queries.publications import detail_of

#: What an opinion shows of itself in words.
_SAID = ("reason", "body", "illustration")


@dataclass(frozen=True, slots=True)
class Withheld:
    """The opinions of a cycle whose words are kept from the public, by their keys; and the reasons for which items are
    not assessed, by sheet and item.
    """

    opinions: frozenset[int]
    reasons: Mapping[tuple[int, str], frozenset[str]]

    def keeps(self, sheet: int, item: str, reason: str) -> bool:
        """Whether a reason that was stored of an item is kept from the public; where it was so before the result was
        finalised, "" was stored.
        """
        known = self.reasons.get((sheet, item), frozenset())
        return bool(known) and (reason == "" or reason in known)


@prepared
def _rows(cycle: int) -> QuerySet[WithheldText, tuple[int | None, int | None, str | None, str | None]]:
    rows = WithheldText.objects.filter(cycle=cycle).order_by("pk")
    return rows.values_list("opinion_id", "request__entry__sheet_id", "request__entry__item_code", "request__reason")


def withheld_in(cycle: int) -> Withheld:
    """What is kept from the public of a cycle. One query."""
    opinions: set[int] = set()
    reasons: dict[tuple[int, str], set[str]] = {}
    for opinion, sheet, item, reason in _rows(cycle=cycle):
        if opinion is not None:
            opinions.add(opinion)
        elif sheet is not None and item is not None:
            reasons.setdefault((sheet, item), set()).add(reason or "")
    return Withheld(frozenset(opinions), {key: frozenset(of) for key, of in reasons.items()})


def count_withheld(cycle: str) -> Subquery:
    """How many texts of a cycle are kept from the public, beside rows that name the cycle ``cycle``; None for none.

    No row is ever taken away, so the count grows with each; keys need not become visible in their order.
    """
    rows = WithheldText.objects.filter(cycle=OuterRef(cycle)).order_by().values("cycle")
    return Subquery(rows.annotate(count=Count("pk")).values("count"))


# --- details of results ----------------------------------------------------------------------------------------------


def public_detail(result: UnitResult, withheld: Withheld) -> dict[str, Any]:
    """The details of a unit as everybody may read them: :func:`detail_of`, where words that are kept from the public
    are "", with ``withheld`` beside them. No query where the details are loaded.
    """
    detail = detail_of(result)
    if not withheld.opinions and not withheld.reasons:
        return detail
    for code, item in detail["items"].items():
        for said in ("granted", "earlier"):
            if said in item:
                item[said] = _without_words(item[said], withheld)
        out = item["not_assessed"]
        if out is not None and withheld.keeps(result.sheet_id, code, out["reason"]):
            item["not_assessed"] = {**out, "reason": "", "legal_basis": "", "withheld": True}
    return detail


def _without_words(said: Sequence[Mapping[str, Any]], withheld: Withheld) -> list[Mapping[str, Any]]:
    nothing = dict.fromkeys(_SAID, "")
    return [
        {**one, **nothing, "withheld": True} if one.get("opinion") in withheld.opinions else one for one in said
    ]  # fmt: skip


# --- snapshots -------------------------------------------------------------------------------------------------------


def withheld_places(finalisation: Finalisation) -> frozenset[tuple[str, str, str, str]]:
    """The reasons that a snapshot holds and that are kept from the public: group, unit, item, the reason. One query,
    another where there are such.
    """
    reasons = withheld_in(finalisation.cycle_id).reasons
    if not reasons:
        return frozenset()
    rows = UnitResult.objects.filter(finalisation=finalisation, sheet__in={sheet for sheet, _ in reasons}).order_by()
    places = {sheet: (group, unit) for sheet, group, unit in rows.values_list("sheet", "group_code", "unit_code")}
    return frozenset(
        (*places[sheet], item, one) for (sheet, item), known in reasons.items() if sheet in places for one in known
    )
