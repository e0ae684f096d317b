"""The districts of the demonstration in their appraisal: simulated claims and opinions, each of which says so.

Every state of the queue is met: waiting, accepted one by one and several at once, adjusted, provisional, disputed,
asked of the unit. One district has not handed in and is locked by the clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from parindex.database.models import Cycle, ItemAppraisal, ScoreSheet, Unit, User
from parindex.domain.review.opinions import AppraisalState, OpinionKind
from parindex.domain.review.stages import SheetState
from parindex.usecases import submissions
from parindex.usecases.actors import session_of
from parindex.usecases.appraisals import begin_appraisal
from parindex.usecases.demonstration_councils import HOME_AFFAIRS, JUSTICE, SECRETARY, Line, seat_council
from parindex.usecases.demonstration_cycles import DATA, bodies_cycle
from parindex.usecases.demonstration_progress import Standing, simulate_progress
from parindex.usecases.further_explanations import send_questions
from parindex.usecases.monitoring import NoteData, record_note
from parindex.usecases.opinions import Said, accept_all, give_opinion
from parindex.wording.moments import VIET_NAM

_OPENED, _AROUND, _HANDED_IN = timedelta(days=40), timedelta(days=20), timedelta(days=10)
_BEGUN, _SAID = timedelta(days=7), timedelta(days=2)
_ANSWER = timedelta(days=6)
#: The fourth of the list has not come to its end when the time is over.
_STANDINGS: tuple[Standing, ...] = tuple(
    (SheetState.OPEN if place == 3 else SheetState.SUBMITTED, 12) for place in range(10)
)
#: Each appraises the items of its areas over all districts; new solutions are looked at by both, area 1 once more.
_LINES: tuple[Line, ...] = (
    *((1, JUSTICE, area) for area in ("1.8", "2", "3")),
    *((1, HOME_AFFAIRS, area) for area in ("1", "4", "5", "6", "7", "8")),
    (2, SECRETARY, "1"),
)
#: Place of the district in the list, areas that one of the two has accepted as far as nothing speaks against it.
_ACCEPTED = ((0, JUSTICE, ("2.", "3.")), (1, JUSTICE, ("2.",)), (0, HOME_AFFAIRS, ("4.", "5.")))
_ADJUSTED = "Minh họa: tài liệu kiểm chứng chưa thể hiện đủ nội dung"
_PROVISIONAL = "Minh họa: tạm thời đồng ý, sẽ rà soát, đánh giá lại"
_ENOUGH = "Minh họa: đồng ý kết quả tự đánh giá"
_QUESTION = "Minh họa: đề nghị giải trình và bổ sung tài liệu kiểm chứng"
#: Place of the district, who records (a lead unit, the office), item, day of the year that is appraised, what was
#: found.
_NOTES = (
    (1, "lanh-dao-so-tu-phap", "3.1", date(2024, 11, 5), "Minh họa: chưa rà soát hết thủ tục trong kế hoạch"),
    (4, "co-quan-thuong-truc", "7.2.2", date(2024, 10, 14), "Minh họa: còn nhận hồ sơ giấy thay cho hồ sơ trực tuyến"),
)
_SPOKEN: tuple[tuple[int, str, str, Said], ...] = (
    (0, JUSTICE, "1.8", Said(OpinionKind.ADJUST, points="1", reason=_ADJUSTED)),
    (0, HOME_AFFAIRS, "1.8", Said(OpinionKind.ACCEPT, reason=_ENOUGH)),
    (0, HOME_AFFAIRS, "1.2", Said(OpinionKind.ACCEPT, reason=_ENOUGH)),
    (1, JUSTICE, "3.1", Said(OpinionKind.ADJUST, points="0.25", reason=_ADJUSTED)),
    (1, HOME_AFFAIRS, "4.1.2", Said(OpinionKind.ACCEPT_PROVISIONALLY, reason=_PROVISIONAL)),
    (2, JUSTICE, "2.3.1", Said(OpinionKind.ASK, question=_QUESTION)),
    (2, HOME_AFFAIRS, "7.3", Said(OpinionKind.ASK, question=_QUESTION)),
)


def load_districts(users: Mapping[str, User], units: Mapping[str, Unit], at: datetime) -> None:
    """Load the cycle of the districts, some of it appraised."""
    office = session_of(users["co-quan-thuong-truc"], at)
    cycle = bodies_cycle(office, units["dien-bien"], "districts", at - _OPENED, at - _AROUND)
    folder = DATA / "examples" / "dien-bien-2024" / "districts"
    simulate_progress(cycle, folder, _STANDINGS, by=office, at=at - _HANDED_IN)
    begun = at - _BEGUN
    submissions.lock_overdue(at=begun)
    seat_council(users, cycle, lines=_LINES, at=begun)
    begin_appraisal(by=office, at=begun, cycle_id=cycle.pk)
    _appraise(cycle, users, at - _SAID)


def _appraise(cycle: Cycle, users: Mapping[str, User], at: datetime) -> None:
    sheets = list(ScoreSheet.objects.filter(cycle=cycle).order_by("position", "pk"))
    for place, name, areas in _ACCEPTED:
        waiting = ItemAppraisal.objects.filter(sheet=sheets[place], state=AppraisalState.WAITING, flags=0)
        claimed = waiting.exclude(entry__points="").values_list("pk", "version", "item_code")
        mine = [(pk, version) for pk, version, code in claimed if code.startswith(areas)]
        accept_all(by=session_of(users[name], at), at=at, picked=mine)
    notes = {(place, code): _noted(sheets[place], users[name], code, day, words, at)
             for place, name, code, day, words in _NOTES}  # fmt: skip
    for place, name, code, spoken in _SPOKEN:
        one = ItemAppraisal.objects.get(sheet=sheets[place], item_code=code)
        said = replace(spoken, note=notes.get((place, code)))
        give_opinion(by=session_of(users[name], at), at=at, entry_id=one.pk, said=said, seen=one.version)
    asked = [
        sheet.pk for place, sheet in enumerate(sheets) if any(one[0] == place and one[3].question for one in _SPOKEN)
    ]
    secretary = session_of(users[SECRETARY], at)
    ends = (at + _ANSWER).astimezone(VIET_NAM).replace(hour=17, minute=0, second=0, microsecond=0)
    send_questions(by=secretary, at=at, sheet_ids=asked, ends_at=ends)


def _noted(sheet: ScoreSheet, user: User, code: str, day: date, words: str, at: datetime) -> int:
    """A finding of the year in the register; an adjustment of the same item stands on it."""
    data = NoteData(sheet.unit_id, sheet.cycle.year, day, words, code)
    return record_note(by=session_of(user, at), at=at, owner_id=sheet.cycle.owner_id, data=data).pk
