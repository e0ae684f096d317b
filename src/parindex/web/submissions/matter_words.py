"""What is missing or doubtful before a claim is signed, in words."""

from __future__ import annotations

from fractions import Fraction

from parindex.domain.errors import Problem
from parindex.domain.scoring.outcome import NoPoints
from parindex.usecases.claim_check import Matter, MatterKind
from parindex.wording import numbers, problems
from parindex.wording.language import mark, text
from parindex.wording.reason_words import no_points

_HEADS = {
    MatterKind.UNANSWERED: mark("Chưa nhập"),
    MatterKind.NO_POINTS: mark("Đã nhập nhưng chưa có điểm"),
    MatterKind.LACKS_EVIDENCE: mark("Thiếu tài liệu kiểm chứng"),
    MatterKind.JUMP: mark("Tăng, giảm trên 50% chưa nêu lý do"),
    MatterKind.CONTRADICTION: mark("Số liệu cần xem lại"),
    MatterKind.CITATION: mark("Viện dẫn chưa có tài liệu"),
    MatterKind.DOUBTFUL_CITATION: mark("Viện dẫn cần xem lại"),
    MatterKind.REQUESTED: mark("Đề nghị không đánh giá đang chờ quyết định"),
}
_PLAIN = {
    MatterKind.UNANSWERED: mark("Tính 0 điểm và vẫn nằm trong điểm tối đa."),
    MatterKind.NO_POINTS: mark("Chưa đủ số liệu hoặc chưa ghi điểm tự đánh giá."),
    MatterKind.LACKS_EVIDENCE: mark("Có điểm nhưng chưa có tài liệu nào."),
    MatterKind.REQUESTED: mark("Trong lúc chờ, mục tính 0 điểm và vẫn nằm trong điểm tối đa."),
}


def matter_head(kind: MatterKind) -> str:
    """What a group of matters is called."""
    return text(_HEADS[kind])


def matter_words(matter: Matter) -> str:
    """One matter as a sentence."""
    facts = matter.facts
    if "problem" in facts and isinstance(facts["problem"], Problem):
        return f"{problems.message(facts['problem'])} {problems.remedy(facts['problem'])}"
    reason, growth = facts.get("reason"), facts.get("growth")
    if isinstance(reason, NoPoints):
        return text("Quy tắc chưa cho điểm: {reason}.", reason=no_points(reason))
    if isinstance(growth, Fraction):
        more = mark("“{measure}” tăng {growth} so với năm trước.")
        less = mark("“{measure}” giảm {growth} so với năm trước.")
        return text(more if growth > 0 else less, measure=facts["measure"], growth=numbers.percent(abs(growth), 1))
    if "text" in facts:
        return text("“{citation}” chưa gắn với tệp nào.", citation=facts["text"])
    return text(_PLAIN[matter.kind])
