"""The province's year 2020 as it happened: claims, signatures, further explanations, opinions, publication.

What the paper prints is taken from ``data/examples/dien-bien-2020``: claims, explanations, opinions with their points,
one body and one time, the points of the surveys; the decision that published the index. What it does not print is
marked as an illustration: who sat on the council by which decision, the questions, body and time of every other
opinion, what became of the provisional one. Persons are roles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from parindex.database.models import ItemAppraisal, Question, ScoreSheet, SheetPart, Unit, User
from parindex.domain.review.opinions import OpinionKind
from parindex.usecases import submissions
from parindex.usecases.actors import Session, session_of
from parindex.usecases.appraisals import begin_appraisal
from parindex.usecases.demonstration_claims import enter_claims, enter_figures
from parindex.usecases.demonstration_councils import HOME_AFFAIRS, SECRETARY, seat_council
from parindex.usecases.demonstration_cycles import DATA, frozen_version, leader_of, provincial_sheet, rows_of
from parindex.usecases.demonstration_parts import divide_provincial_sheet
from parindex.usecases.finalising import finalise
from parindex.usecases.further_explanations import send_questions, write_answer
from parindex.usecases.given_points import give_points
from parindex.usecases.given_rows import GivenRow
from parindex.usecases.illustrations import ILLUSTRATION
from parindex.usecases.opinions import Said, give_opinion
from parindex.usecases.publishing import publish
from parindex.wording.moments import VIET_NAM

_PAPERS = DATA / "examples" / "dien-bien-2020"
_TITLE = "Phiếu chấm điểm cấp tỉnh năm 2020"


def _on(day: int, month: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2021, month, day, hour, minute, tzinfo=VIET_NAM)


#: The guidance of the ministry, Công văn 383/BNV-CCHC.
_OPENED = _on(28, 1)
#: After the last papers that the claims cite, of 18/02/2021.
_SIGNED = _on(26, 2)
_BEGUN = _on(15, 3)
_ASKED = _on(22, 3)
#: After the last paper that the further explanations cite, of 30/03/2021.
_ANSWERED = _on(31, 3)
_ANSWERED_UNTIL = _on(2, 4, 17)
_JUDGED = _on(6, 4)
_SETTLED = _on(18, 5)
_FINALISED = _on(20, 5)
#: Quyết định 641/QĐ-BNV.
_PUBLISHED = _on(25, 5)
_DECISION = "641/QĐ-BNV"

#: What the paper prints of the satisfaction index stands beside its points; of the other survey it prints nothing.
_SURVEY = "Điều tra xã hội học năm 2020"
_QUESTION = "Minh họa: đề nghị giải trình bổ sung. Phiếu công bố chỉ in giải trình bổ sung, không in câu hỏi."
_BODY = f"{ILLUSTRATION}: phiếu công bố không in đơn vị, thời điểm cho ý kiến"
_OPINION = f"{ILLUSTRATION}: phiếu công bố không in ý kiến này"
_LATER_WORD = "Minh họa: phiếu công bố không in ý kiến sau; điểm tạm thời đồng ý được giữ nguyên trong kết quả công bố."
_COUNCIL = "Minh họa: phiếu công bố không in quyết định thành lập"
_MINUTES = "Minh họa: biên bản không in trong phiếu công bố"
_OUTCOME = "Thống nhất kết quả thẩm định cấp tỉnh năm 2020 (minh họa)."


@dataclass(frozen=True, slots=True)
class _Year:
    """The sheet of 2020 and the people around it, each by the name of their account."""

    sheet: ScoreSheet
    users: Mapping[str, User]

    def as_of(self, username: str, at: datetime) -> Session:
        return session_of(self.users[username], at)

    @property
    def cycle(self) -> int:
        return self.sheet.cycle_id


def load_province_of_2020(users: Mapping[str, User], units: Mapping[str, Unit]) -> None:
    """Take the cycle of 2020 through every act, from the claim to the publication."""
    office = session_of(users["co-quan-thuong-truc"], _OPENED)
    version = frozen_version("dien-bien-2020-province", units["dien-bien"], office, _OPENED)
    sheet = provincial_sheet(office, version, _TITLE, _OPENED, _SIGNED)
    divide_provincial_sheet(by=office, at=_OPENED, sheet=sheet, units=units)
    enter_figures(sheet, _PAPERS, by=office, at=_SIGNED)
    enter_claims(sheet, _PAPERS, by=office, at=_SIGNED)
    year = _Year(sheet, users)
    _sign(year, _SIGNED)
    _give_survey_points(year)
    seat_council(users, sheet.cycle, number=_COUNCIL, lines=((2, HOME_AFFAIRS, ""),), at=_BEGUN)
    begin_appraisal(by=year.as_of("co-quan-thuong-truc", _BEGUN), at=_BEGUN, cycle_id=year.cycle)
    _explain_further(year)
    _give_opinions(year)
    _publish(year)


def _sign(year: _Year, at: datetime) -> None:
    """Every part that waits is signed by its leader, the whole by the province's head."""
    for part in SheetPart.objects.filter(sheet=year.sheet, state__in=["open", "returned"]).select_related("lead_unit"):
        leader = session_of(leader_of(part.lead_unit, part.lead_name, at), at)
        submissions.submit_part(by=leader, at=at, part_id=part.pk)
    submissions.compile_sheet(by=year.as_of("co-quan-thuong-truc", at), at=at, sheet_id=year.sheet.pk)
    submissions.submit_sheet(by=year.as_of("lanh-dao-tinh", at), at=at, sheet_id=year.sheet.pk)


def _give_survey_points(year: _Year) -> None:
    said = {row["item"]: row["opinion"] for row in rows_of(_PAPERS / "opinions.csv") if row["kind"] == "survey"}
    rows = [
        GivenRow(line, row["unit"], row["item"], row["points"], row["se"], said.get(row["item"], _SURVEY))
        for line, row in enumerate(rows_of(_PAPERS / "points.csv"), 1)
    ]
    give_points(by=year.as_of("khao-sat", _BEGUN), at=_BEGUN, cycle_id=year.cycle, rows=rows)


def _explain_further(year: _Year) -> None:
    """The council asks where the paper has a further explanation; the units answer with its words, and sign again."""
    answers = {row["item"]: row["explanation"] for row in rows_of(_PAPERS / "further_explanations.csv")}
    appraiser = year.as_of(HOME_AFFAIRS, _ASKED)
    for one in ItemAppraisal.objects.filter(sheet=year.sheet, item_code__in=answers):
        said = Said(OpinionKind.ASK, question=_QUESTION, body=_OPINION)
        give_opinion(by=appraiser, at=_ASKED, entry_id=one.pk, said=said, seen=one.version)
    secretary = year.as_of(SECRETARY, _ASKED)
    send_questions(by=secretary, at=_ASKED, sheet_ids=[year.sheet.pk], ends_at=_ANSWERED_UNTIL)
    officers = {"dien-bien": "can-bo-tinh", "so-thong-tin-va-truyen-thong": "can-bo-tttt"}
    for asked in Question.objects.filter(entry__sheet=year.sheet).select_related("entry__part__lead_unit"):
        officer = year.as_of(officers[asked.entry.part.lead_unit.code], _ANSWERED)
        answer = answers[asked.entry.item_code]
        write_answer(by=officer, at=_ANSWERED, question_id=asked.pk, answer=answer, seen=asked.answer_version)
    _sign(year, _ANSWERED)


def _give_opinions(year: _Year) -> None:
    """Every opinion as it is printed; the provisional one is settled later, which the paper does not print."""
    rows = {row["item"]: row for row in rows_of(_PAPERS / "opinions.csv") if row["kind"] != "survey"}
    found = {one.item_code: one for one in ItemAppraisal.objects.filter(sheet=year.sheet, item_code__in=rows)}
    provisional = []
    for code, row in sorted(rows.items(), key=lambda pair: pair[1]["given_at"]):
        printed = datetime.fromisoformat(row["given_at"]).replace(tzinfo=VIET_NAM) if row["given_at"] else None
        at = printed or _JUDGED
        kind, appraiser = OpinionKind(row["kind"]), year.as_of(HOME_AFFAIRS, at)
        said = Said(
            kind, points=row["points"] if kind is OpinionKind.ADJUST else "", reason=row["opinion"],
            body=row["body"] or _BODY, given_at=printed,
        )  # fmt: skip
        now = give_opinion(by=appraiser, at=at, entry_id=found[code].pk, said=said, seen=found[code].version)
        if kind is OpinionKind.ACCEPT_PROVISIONALLY:
            provisional.append(now)
    for one in provisional:
        later = Said(OpinionKind.ACCEPT, reason=_LATER_WORD, body=_OPINION)
        again = year.as_of(HOME_AFFAIRS, _SETTLED)
        give_opinion(by=again, at=_SETTLED, entry_id=one.pk, said=later, seen=one.version)


def _publish(year: _Year) -> None:
    finalise(
        by=year.as_of("chu-tich-hoi-dong", _FINALISED), at=_FINALISED, cycle_id=year.cycle, minutes_number=_MINUTES,
        minutes_date=_FINALISED.date(), minutes=_OUTCOME,
    )  # fmt: skip
    publish(
        by=year.as_of("chu-tich-hoi-dong", _PUBLISHED), at=_PUBLISHED, cycle_id=year.cycle, decision_number=_DECISION,
        decision_date=_PUBLISHED.date(),
    )  # fmt: skip
