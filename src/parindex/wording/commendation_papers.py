"""The list of proposals for commendation in the words of an official paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from parindex.documents.commendations.paper import CommendationPaper
from parindex.documents.official_papers.proof import BundleMark
from parindex.wording.language import current, text
from parindex.wording.moments import day
from parindex.wording.numbers import index_text
from parindex.wording.official_papers import letter_head, printed_proof


@dataclass(frozen=True, slots=True)
class ProposedUnit:
    """A unit that is proposed, with its result in the publication that holds."""

    name: str
    index: Fraction | None
    rank: int | None
    grade: str
    award: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProposedPerson:
    """A person who is proposed."""

    name: str
    office: str
    award: str
    reason: str


@dataclass(frozen=True, slots=True)
class Submission:
    """What the submission is about; ``superior`` decides, ``issuer`` is the standing office; ``bundle`` is where
    everybody checks the result that it rests on.
    """

    superior: str
    issuer: str
    place: str
    year: int
    cycle: str
    decision_number: str
    decision_date: date
    units: Sequence[ProposedUnit]
    persons: Sequence[ProposedPerson]
    bundle: BundleMark | None = None


def commendation_paper(what: Submission) -> CommendationPaper:
    """Every text of the paper, in the language in use; number and date are written in when it is signed."""
    return CommendationPaper(
        language=current().value,
        **letter_head(),
        superior=what.superior,
        issuer=what.issuer,
        number=text("Số: {blank}/TTr", blank=" " * 12),
        place_and_date=text("{place}, ngày {blank} tháng {blank} năm {blank}", place=what.place, blank="....."),
        title=text("Tờ trình"),
        subject=text("Về việc đề nghị khen thưởng thành tích trong cải cách hành chính năm {year}", year=what.year),
        addressee=text("Kính gửi: {superior}.", superior=what.superior),
        statements=_statements(what),
        units_title=text("I. Tập thể"),
        units_heads=(text("TT"), text("Đơn vị"), text("Kết quả"), text("Hình thức đề nghị"), text("Thành tích")),
        units=tuple(
            (str(at), one.name, _result(one), one.award, one.reason) for at, one in enumerate(what.units, start=1)
        ),
        persons_title=text("II. Cá nhân") if what.units else text("I. Cá nhân"),
        persons_heads=(
            text("TT"),
            text("Họ và tên"),
            text("Chức vụ, nơi công tác"),
            text("Hình thức đề nghị"),
            text("Thành tích"),
        ),
        persons=tuple(
            (str(at), one.name, one.office, one.award, one.reason) for at, one in enumerate(what.persons, start=1)
        ),
        request=text("{issuer} kính trình {superior} xem xét, quyết định.", issuer=what.issuer, superior=what.superior),
        recipients_title=text("Nơi nhận:"),
        recipients=(text("- Như trên;"), text("- Lưu: VT.")),
        signer_title=text("Thủ trưởng cơ quan"),
        signed=text("(Ký, đóng dấu, ghi rõ họ tên)"),
        proof=printed_proof(what.bundle),
    )


def _statements(what: Submission) -> tuple[str, ...]:
    based = text(
        "Căn cứ Quyết định số {number} ngày {day} công bố kết quả {cycle};",
        number=what.decision_number, day=day(what.decision_date), cycle=what.cycle,
    )  # fmt: skip
    counted = text(
        "{issuer} đề nghị khen thưởng {units} tập thể, {persons} cá nhân có thành tích trong cải cách hành chính năm "
        "{year}, cụ thể như sau:",
        issuer=what.issuer, units=len(what.units), persons=len(what.persons), year=what.year,
    )  # fmt: skip
    return (based, counted)


def _result(one: ProposedUnit) -> str:
    parts = [index_text(one.index)]
    if one.rank is not None:
        parts.append(text("hạng {rank}", rank=one.rank))
    if one.grade:
        parts.append(text("xếp loại {grade}", grade=one.grade))
    return ", ".join(parts)
