"""What the page of a received bundle shows: what it is, whose key signed it, what it would give, where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from parindex.database.models import ReceivedBundle, TakenFigure
from parindex.database.queries.received_bundles import signed_by_other_key, taken_of
from parindex.database.queries.units import path_of
from parindex.documents.received_bundles.kept_checks import KeptChecks, checks_of
from parindex.domain.errors import InvalidValue
from parindex.domain.publication.bundle import Origin
from parindex.domain.publication.fed_measures import NotOffered
from parindex.domain.review.received_permissions import check_can_receive
from parindex.domain.review.refusal import Refusal, refusal
from parindex.usecases.actors import Session
from parindex.usecases.bundle_preview import Line, matched_units, preview_of
from parindex.usecases.received_bundles import deciding_offices, kept_bundle
from parindex.usecases.received_keys import TYPED_DIGITS, KeyFound, key_of, office_that_decides, sender_of
from parindex.web.received_bundles.origins import printed
from parindex.wording.moments import local_day
from parindex.wording.received_bundles import key_standing_words, origin_words, unfit_words, way_words
from parindex.wording.refusals import refusal_text
from parindex.wording.typed_values import value_text

#: So many names of units are shown of a long list; the others are counted.
_NAMES = 8


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A figure that the bundle offers, in words: what stands there, what would stand there, why it is not taken."""

    name: str
    sheet: int
    item: str
    title: str
    unit_of_measure: str
    unit: str
    stored: str
    given: str
    whole: str
    way: str
    lacking: str
    why: str
    before: Sequence[str]
    by_hand: bool
    is_taken: bool
    changes: bool
    in_doubt: bool

    @property
    def can_pick(self) -> bool:
        """Whether it may be taken now."""
        return not (self.why or self.is_taken)

    @property
    def is_picked(self) -> bool:
        """Whether it is picked to begin with; what somebody typed is not passed over without a look, and of a bundle
        that another one contradicts (``in_doubt``) nothing is taken that nobody has picked.
        """
        return self.can_pick and not self.in_doubt and not (self.by_hand and self.changes)


@dataclass(frozen=True, slots=True)
class BundlePage:
    """A bundle for who may receive it (``rows`` None for who only reads it)."""

    bundle: ReceivedBundle
    key: KeyFound
    key_words: str
    trust_refused: Refusal | None
    sender: str
    origins: Sequence[Origin]
    checks: KeptChecks | None
    taken: Sequence[TakenFigure]
    clashing: Sequence[ReceivedBundle]
    rows: Sequence[GivenRow] | None
    not_offered: Sequence[tuple[str, str]]
    units: Sequence[tuple[str, str, str]]
    seen: str

    @property
    def masked(self) -> str:
        """The fingerprint of the key without the digits that are typed from the paper, in groups of four."""
        shown = self.bundle.key_fingerprint[:-TYPED_DIGITS]
        return " ".join(shown[at : at + 4] for at in range(0, len(shown), 4))

    @property
    def typed_digits(self) -> int:
        """How many digits are typed from the paper."""
        return TYPED_DIGITS

    @property
    def pickable(self) -> int:
        """How many figures may be taken now."""
        return sum(one.can_pick for one in self.rows or ())

    @property
    def unmatched(self) -> int:
        """How many units of the bundle are not known here."""
        return sum(not ours for _, _, ours in self.units)


def bundle_page(session: Session, bundle: ReceivedBundle, at: datetime) -> BundlePage:
    """The page of a bundle."""
    receives = refusal(check_can_receive, session.actor, path_of(bundle.keeper_id, local_day(at))) is None
    shown = preview_of(by=session, at=at, bundle=bundle) if receives else None
    if shown is not None:
        key, sender = shown.key, shown.sender
    else:
        sender = sender_of(bundle, at)
        key = key_of(bundle, sender, deciding_offices(bundle))
    try:
        office_that_decides(session, bundle, at)
        trust_refused = None
    except Refusal as refused:
        trust_refused = refused
    return BundlePage(
        bundle=bundle,
        key=key,
        key_words=key_standing_words(key.standing),
        trust_refused=trust_refused,
        sender=sender.code if sender is not None else "",
        origins=(shown or kept_bundle(bundle)).manifest.origins,
        checks=checks_of(bundle.checked),
        taken=list(taken_of(bundle.pk)),
        clashing=shown.clashing if shown is not None else signed_by_other_key(bundle),
        rows=[_row(one, bool(shown.clashing)) for one in shown.lines] if shown is not None else None,
        not_offered=[_unfit(one) for one in shown.not_offered] if shown is not None else (),
        units=matched_units(shown) if shown is not None else (),
        seen=shown.seen if shown is not None else "",
    )


def _row(one: Line, in_doubt: bool) -> GivenRow:
    return GivenRow(
        name=one.name,
        sheet=one.sheet.pk,
        item=one.item,
        title=one.measure.title or one.measure.id,
        unit_of_measure=one.measure.unit,
        unit=one.sheet.unit_name,
        stored=printed(one.measure, one.stored),
        given=printed(one.measure, one.offer.value),
        whole=printed(one.measure, one.whole),
        way=way_words(one.offer.way, len(one.offer.of)),
        lacking="; ".join(one.offer.lacking),
        why=_why(one.refused),
        before=[origin_words(found.bundle) for found in one.before if found.bundle_id != one.bundle],
        by_hand=one.by_hand,
        is_taken=one.is_taken,
        changes=one.stored != one.whole,
        in_doubt=in_doubt,
    )


def _why(refused: Refusal | InvalidValue | None) -> str:
    if refused is None:
        return ""
    return value_text(refused) if isinstance(refused, InvalidValue) else refusal_text(refused)


def _unfit(one: NotOffered) -> tuple[str, str]:
    """What is not taken, and why."""
    names = list(one.units[:_NAMES])
    more = len(one.units) - len(names)
    what = one.measure or "; ".join(names) + (f" (+{more})" if more else "")
    return what, unfit_words(one)
