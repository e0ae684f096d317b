"""What is missing or doubtful before a claim is signed, in words."""

from __future__ import annotations

from fractions import Fraction

from parindex.domain.errors import Problem
from parindex.domain.scoring.outcome import NoPoints
from parindex.usecases.child_figures import ChildFigures
from parindex.usecases.claim_check import Matter, MatterKind
from parindex.wording import numbers, problems
from parindex.wording.language import mark, text
from parindex.wording.problem_facts import words_of
from parindex.wording.reason_words import no_points

_HEADS = {
    MatterKind.QUESTION: mark("Câu hỏi của hội đồng chưa trả lời"),
    MatterKind.UNANSWERED: mark("Chưa nhập"),
    MatterKind.NO_POINTS: mark("Đã nhập nhưng chưa có điểm"),
    MatterKind.LACKS_EVIDENCE: mark("Thiếu tài liệu kiểm chứng"),
    MatterKind.SUM_MOVED: mark("Số đang ghi khác tổng của các đơn vị trực thuộc"),
    MatterKind.JUMP: mark("Tăng, giảm trên 50% chưa nêu lý do"),
    MatterKind.CONTRADICTION: mark("Số liệu cần xem lại"),
    MatterKind.CITATION: mark("Viện dẫn chưa có tài liệu"),
    MatterKind.DOUBTFUL_CITATION: mark("Viện dẫn cần xem lại"),
    MatterKind.UNSCANNED: mark("Tài liệu chưa quét vi-rút"),
    MatterKind.REQUESTED: mark("Đề nghị không đánh giá đang chờ quyết định"),
}
_PLAIN = {
    MatterKind.QUESTION: mark("Trả lời ở trang của mục. Chưa trả lời hết thì chưa trình và chưa ký được."),
    MatterKind.UNANSWERED: mark("Tính 0 điểm và vẫn nằm trong điểm tối đa."),
    MatterKind.NO_POINTS: mark("Chưa đủ số liệu hoặc chưa ghi điểm tự đánh giá."),
    MatterKind.LACKS_EVIDENCE: mark("Có điểm nhưng chưa có tài liệu nào."),
    MatterKind.REQUESTED: mark(
        "Chờ cơ quan thường trực duyệt; trong lúc chờ tính như chưa nhập: 0 điểm và vẫn nằm trong điểm tối đa."
    ),
}
#: What the engine finds about one item, for who enters and signs it: without the unit, which heads the page, and
#: without what only the command line or somebody of another role can do.
_CONTRADICTIONS = {
    "rule_undecided": mark("Quy tắc chưa cho điểm: {reason}. Kiểm tra số liệu; nếu đúng, hội đồng cho điểm."),
    "rule_differs": mark(
        "Điểm {origin} ghi {points}, quy tắc tính từ số liệu được {rule_points}. Đối chiếu số liệu với văn bản; điểm "
        "đã ghi được giữ nguyên."
    ),
    "points_above_maximum": mark("Điểm {origin} ghi {points}, lớn hơn điểm tối đa {max_points}. Sửa lại điểm."),
    "answered_without_points": mark(
        "Ghi đã nhập mà không có điểm và cũng không tính được từ số liệu. Nhập điểm hoặc số liệu."
    ),
    "points_set_aside": mark(
        "Điểm {origin} {points} không được tính vì mục ở trạng thái “{state}”; điểm được giữ nguyên."
    ),
    "request_open": _PLAIN[MatterKind.REQUESTED],
    "pending": mark("Còn chờ kết quả điều tra hoặc hội đồng."),
}


def matter_head(kind: MatterKind) -> str:
    """What a group of matters is called."""
    return text(_HEADS[kind])


def _problem_words(problem: Problem) -> str:
    if problem.kind in _CONTRADICTIONS:
        return text(_CONTRADICTIONS[problem.kind]).format_map(words_of(problem.facts))
    return f"{problems.message(problem)} {problems.remedy(problem)}"


def matter_words(matter: Matter) -> str:
    """One matter as a sentence."""
    facts = matter.facts
    if "problem" in facts and isinstance(facts["problem"], Problem):
        return _problem_words(facts["problem"])
    reason, growth = facts.get("reason"), facts.get("growth")
    if isinstance(reason, NoPoints):
        return text("Quy tắc chưa cho điểm: {reason}.", reason=no_points(reason))
    if isinstance(growth, Fraction):
        more = mark("“{measure}” tăng {growth} so với năm trước.")
        less = mark("“{measure}” giảm {growth} so với năm trước.")
        return text(more if growth > 0 else less, measure=facts["measure"], growth=numbers.percent(abs(growth), 1))
    children = facts.get("children")
    if isinstance(children, ChildFigures):
        return _sum_words(matter, children)
    if "document" in facts:
        waits = mark("“{document}” đang chờ quét; nếu có mã độc thì bị bỏ khỏi mục, kể cả sau khi ký.")
        beyond = mark("“{document}” quá giới hạn của chương trình quét nên không ai mở được. Thay bằng tệp nhỏ hơn.")
        words = beyond if facts["is_beyond_scanner"] else waits
        return text(words, document=facts["document"])
    if "text" in facts:
        return text("“{citation}” chưa gắn với tệp nào.", citation=facts["text"])
    return text(_PLAIN[matter.kind])


def _sum_words(matter: Matter, children: ChildFigures) -> str:
    """A figure that is not the sum of the child units any more, or whose sum is not known yet."""
    figure = matter.facts["figure"]
    shown = numbers.exact_figure(figure) if isinstance(figure, Fraction) else ""
    said = {"measure": matter.facts["measure"], "figure": shown}
    if not children.parts:
        closed = mark(
            "“{measure}” đang ghi {figure}; {units} không có số, phiếu đã khóa hoặc đã ký. Xóa số này, hoặc mở khóa, "
            "rút phiếu để đơn vị ấy nhập."
        )
        return text(closed, **said, units="; ".join(name for name, _ in children.closed))
    if children.total is None:
        waits = mark("“{measure}” đang ghi {figure}; đơn vị trực thuộc chưa nhập: {units}.")
        return text(waits, **said, units="; ".join(children.missing))
    moved = mark("“{measure}” đang ghi {figure}; các đơn vị trực thuộc cộng được {sum}. Mở mục để lấy tổng.")
    return text(moved, **said, sum=numbers.exact_figure(children.total))
