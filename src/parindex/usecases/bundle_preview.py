"""What a received bundle would give to which sheets here, beside what stands there, and why something is not taken."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import Entry, Figure, ReceivedBundle, ScoreSheet, SheetPart, TakenFigure
from parindex.database.queries.received_bundles import (
    asking_sheets,
    offices_of,
    our_units,
    signed_by_other_key,
    standing_figures,
)
from parindex.database.queries.score_sheets import part_facts
from parindex.database.queries.units import path_of
from parindex.documents.bundles.reader import Bundle
from parindex.domain.criteria.criteria_set import Measure
from parindex.domain.errors import InvalidValue
from parindex.domain.publication.bundle import BundleKind, Manifest
from parindex.domain.publication.fed_measures import (
    ADDING,
    AskingSheet,
    Given,
    NotOffered,
    Offer,
    OurUnit,
    Way,
    added_up,
    offers,
)
from parindex.domain.review.received_permissions import check_can_take
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.stages import EDITABLE, SheetState
from parindex.domain.units.paths import is_within
from parindex.usecases.actors import Session
from parindex.usecases.child_figures import child_figures
from parindex.usecases.received_bundles import kept_bundle
from parindex.usecases.received_keys import KeyFound, key_of
from parindex.usecases.typed_values import figure_value
from parindex.usecases.unit_matching import names_in
from parindex.wording.moments import local_day

#: Stages of a part in which its figures may still change, whoever signs it next.
_CHANGEABLE = EDITABLE | {SheetState.AWAITING_SIGNATURE}


@dataclass(frozen=True, slots=True)
class Line:
    """A figure that a bundle offers to a sheet: its item (that it is entered in), what stands there now (``stored``)
    and would stand there then (``whole``), and what was taken of other bundles before.

    ``refused``: why this person cannot take it now.
    """

    bundle: int
    sheet: ScoreSheet
    offer: Offer
    measure: Measure
    item: str
    stored: str
    whole: str
    before: Sequence[TakenFigure]
    refused: Refusal | InvalidValue | None

    @property
    def name(self) -> str:
        """How a form calls it."""
        return f"{self.sheet.pk}:{self.offer.measure}"

    @property
    def is_taken(self) -> bool:
        """Whether it stands here as this bundle gives it."""
        given = (self.bundle, self.offer.value, self.offer.way)
        return any((one.bundle_id, one.value, one.way) == given for one in self.before) and not self.by_hand

    @property
    def by_hand(self) -> bool:
        """Whether what stands there came of no bundle, or was changed since."""
        return bool(self.stored) and self.stored != added_up([one.value for one in self.before])


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that a bundle offers, and what of it nothing here takes. ``matched``: which unit here each unit of the
    bundle is; ``clashing``: the same publication by another key; ``seen`` tells whether anything changes meanwhile, one
    more of these too.
    """

    bundle: ReceivedBundle
    manifest: Manifest
    sender: OurUnit | None
    key: KeyFound
    names: Mapping[str, str]
    matched: Mapping[str, OurUnit]
    lines: Sequence[Line]
    not_offered: Sequence[NotOffered]
    clashing: Sequence[ReceivedBundle]
    seen: str

    @property
    def pickable(self) -> list[Line]:
        """What can be taken now, and has not been."""
        return [one for one in self.lines if one.refused is None and not one.is_taken]


def preview_of(*, by: Session, at: datetime, bundle: ReceivedBundle, contents: Bundle | None = None) -> Preview:
    """What a bundle would give now, as this person may take it; ``contents``: what it holds, where it was read."""
    found, day = contents or kept_bundle(bundle), local_day(at)
    keeper = path_of(bundle.keeper_id, day)
    names = names_in(found)
    matched = our_units(keeper, bundle.keeper_id, bundle.sender_code, list(names), day)
    sender = matched.get(bundle.sender_code)
    asked = asking_sheets(bundle.keeper_id)
    stored = found.stored
    given = Given(stored.snapshot, stored.outcomes, bundle.kind == BundleKind.RESULT, sender, matched)
    sheets = [_asking(one) for one in asked]
    offered = offers(given, sheets)
    lines = _Lines(by, at, bundle, keeper, sender).of(_at_sheets(offered.offered, sheets, asked))
    clashing = signed_by_other_key(bundle)
    return Preview(
        bundle, found.manifest, sender, key_of(bundle, sender, offices_of(bundle.keeper_id, asked)), names, matched,
        lines, offered.not_offered, clashing, _seen(lines, clashing),
    )  # fmt: skip


def _asking(sheet: ScoreSheet) -> AskingSheet:
    frozen = frozen_set(sheet.group.set_version)
    asked = {measure for measures in frozen.measures_of.values() for measure in measures}
    measures = {name: one for name, one in frozen.criteria_set.measures.items() if name in asked}
    return AskingSheet(OurUnit(sheet.unit.code, sheet.unit_path), frozen.year, measures)


def _at_sheets(
    offered: Sequence[Offer], asking: Sequence[AskingSheet], sheets: Sequence[ScoreSheet]
) -> list[tuple[ScoreSheet, list[Offer]]]:
    """The offers by the sheet that they are entered on: the first of its unit that asks for them."""
    found: dict[int, list[Offer]] = {}
    for one in offered:
        at = next(
            at
            for at, asked in enumerate(asking)
            if (asked.unit.code, asked.year) == (one.unit, one.year) and one.measure in asked.measures
        )
        found.setdefault(at, []).append(one)
    return [(sheets[at], found[at]) for at in sorted(found)]


def _seen(lines: Sequence[Line], clashing: Sequence[ReceivedBundle]) -> str:
    told = [f"{one.name}|{one.stored}|{one.whole}|{one.offer.way}|{one.refused is None}" for one in lines]
    told += [one.fingerprint for one in clashing]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


class _Lines:
    """Offers beside what stands on the sheets: queries for every sheet and for every sender of what was
    taken before, not for every figure.
    """

    def __init__(self, by: Session, at: datetime, bundle: ReceivedBundle, keeper: str, sender: OurUnit | None) -> None:
        self.by, self.at, self.bundle, self.keeper, self.sender = by, at, bundle, keeper, sender
        self._senders: dict[str, OurUnit | None] = {}

    def of(self, offered: Sequence[tuple[ScoreSheet, Sequence[Offer]]]) -> list[Line]:
        """The lines in the order of the sheets."""
        units = {sheet.unit_id for sheet, _ in offered}
        measures = {one.measure for _, some in offered for one in some}
        rows = Figure.objects.filter(unit__in=units, measure__in=measures)
        stored = {(one.unit_id, one.measure, one.year): one.value for one in rows}
        standing = standing_figures(units, measures)
        found: list[Line] = []
        for sheet, some in offered:
            places = _Places(sheet, self.by, self.at, {one.measure for one in some})
            for one in some:
                before = standing.get((sheet.unit_id, (one.measure, one.year)), ())
                found.append(self._line(places, one, stored.get((sheet.unit_id, one.measure, one.year), ""), before))
        return found

    def _line(self, places: _Places, offer: Offer, stored: str, before: Sequence[TakenFigure]) -> Line:
        measure = places.frozen.criteria_set.measures[offer.measure]
        whole = added_up([*(one.value for one in self.beside(offer, before)), offer.value])
        item, closed = places.place_of(offer.measure)
        refused = closed or self._refused(offer, before) or places.misfit(measure, whole)
        return Line(self.bundle.pk, places.sheet, offer, measure, item, stored, whole, before, refused)

    def beside(self, offer: Offer, before: Sequence[TakenFigure]) -> list[TakenFigure]:
        """What stays beside the offer: parts of other senders of a figure that adds up."""
        return [one for one in before if not replaces(self.bundle, offer, one)]

    def _refused(self, offer: Offer, before: Sequence[TakenFigure]) -> Refusal | None:
        for one in before:
            same = one.bundle.sender_code == self.bundle.sender_code and one.bundle.kind == self.bundle.kind
            if same and one.bundle.published_at > self.bundle.published_at:
                return Refusal("newer_bundle_taken", number=one.bundle.number, unit=one.bundle.sender_name)
        for one in self.beside(offer, before):
            other = self._sender(one.bundle.sender_code)
            if other is not None and self.sender is not None and _overlap(other.path, self.sender.path):
                return Refusal("counted_in_other", unit=one.bundle.sender_name)
        return None

    def _sender(self, code: str) -> OurUnit | None:
        """Which unit here another sender is; asked once."""
        if code not in self._senders:
            found = our_units(self.keeper, self.bundle.keeper_id, code, [code], local_day(self.at))
            self._senders[code] = found.get(code)
        return self._senders[code]


def replaces(bundle: ReceivedBundle, offer: Offer, one: TakenFigure) -> bool:
    """Whether what is taken of ``bundle`` takes the place of ``one``: everything but the parts that other senders gave
    to a figure that adds up.
    """
    adds = offer.way in ADDING and Way(one.way) in ADDING
    return not adds or one.bundle.sender_code == bundle.sender_code


def _overlap(one: str, other: str) -> bool:
    return is_within(one, other) or is_within(other, one)


class _Places:
    """Where figures are entered on a sheet, and whether somebody may: three queries, and those of child figures."""

    def __init__(self, sheet: ScoreSheet, by: Session, at: datetime, offered: Collection[str]) -> None:
        self.sheet, self.frozen = sheet, frozen_set(sheet.group.set_version)
        parts = {one.pk: one for one in SheetPart.objects.filter(sheet=sheet).order_by("pk")}
        rows = Entry.objects.filter(sheet=sheet).order_by("position").values_list("item_code", "part")
        self.part_of = {code: parts[part] for code, part in rows}
        self.refused = {
            key: refusal(check_can_take, by.actor, part_facts(one, sheet, parts.values()), at)
            for key, one in parts.items()
        }
        known = self.frozen.criteria_set.measures
        self.children = child_figures(sheet, [known[one] for one in sorted(offered)])

    def place_of(self, measure: str) -> tuple[str, Refusal | None]:
        """The item that a figure is entered in, and why it cannot be; all items that read it must be open."""
        codes = [code for code in self._readers(measure) if code in self.part_of]
        open_to = [code for code in codes if self.refused[self.part_of[code].pk] is None]
        if not open_to:
            first = self.part_of[codes[0]]
            return codes[0], self.refused[first.pk]
        for code in codes:
            if self.part_of[code].state not in _CHANGEABLE:
                return open_to[0], Refusal("figure_signed", item=code, unit=self.part_of[code].lead_name)
        return open_to[0], None

    def _readers(self, measure: str) -> Iterator[str]:
        return (code for code, measures in self.frozen.measures_of.items() if measure in measures)

    def misfit(self, measure: Measure, value: str) -> InvalidValue | None:
        """Why a figure is none that the measure allows."""
        try:
            figure_value(measure, typed_text(value))
            children = self.children.get(measure.id)
            if children is not None:
                children.check(value)
        except InvalidValue as error:
            return error
        return None


def typed_text(value: str) -> str:
    """An exact text as somebody would type it: with a decimal comma, so that 1.234 is not a thousand."""
    return value.replace(".", ",")


def matched_units(preview: Preview) -> list[tuple[str, str, str]]:
    """Code and name of every unit of a bundle, and the code of the unit here that it is ("" for none)."""
    return [
        (code, name, preview.matched[code].code if code in preview.matched else "")
        for code, name in preview.names.items()
    ]
