"""Why something is refused about opinions, votes and the appraisal of items."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from parindex.domain.values import exact_number
from parindex.wording import roles
from parindex.wording.appraisals import opinion_kind
from parindex.wording.language import mark, text
from parindex.wording.moments import day, moment
from parindex.wording.numbers import points_text

#: Reasons without figures.
PLAIN = {
    "kind_needed": mark("Chọn một ý kiến: đồng ý, điều chỉnh, yêu cầu giải trình hoặc tạm thời đồng ý."),
    "choice_needed": mark("Chọn tán thành, không tán thành hoặc không có ý kiến."),
    "vote_mode_needed": mark("Chọn cách biểu quyết: tại phiên họp hoặc bằng văn bản."),
    "only_chair": mark("Chỉ chủ tịch hội đồng làm được việc này."),
    "only_council": mark("Chỉ hội đồng thẩm định của kỳ này làm được việc này."),
    "only_secretary_and_chair": mark("Chỉ thư ký hoặc chủ tịch hội đồng làm được việc này."),
    "own_unit_not_appraised": mark("Bạn không thẩm định đơn vị mình, hoặc đơn vị đã khai có xung đột lợi ích."),
    "own_unit_kept_by_others": mark(
        "Việc của đơn vị bạn, hoặc đơn vị đã khai có xung đột lợi ích: người khác trong Chủ tịch và thư ký hội đồng "
        "gửi, rút câu hỏi và kiểm phiếu."
    ),
    "not_assigned": mark(
        "Mục này không phân công cho bạn. Thư ký hội đồng phân công; chủ tịch quyết định được mọi mục."
    ),
    "item_decided": mark(
        "Chủ tịch đã quyết định, hoặc hội đồng đã biểu quyết mục này, nên không cần thêm ý kiến. "
        "Chủ tịch quyết định lại được, nếu cần."
    ),
    "item_being_explained": mark("Đơn vị đang giải trình mục này. Cho ý kiến được khi đơn vị trả lời hoặc hết hạn."),
    "appraisal_changed": mark(
        "Chưa ghi: mục này đã có ý kiến mới hoặc giải trình mới sau khi bạn mở trang. Xem lại rồi cho ý kiến."
    ),
    "nothing_claimed": mark(
        "Đơn vị chưa có điểm ở mục này nên không có gì để chấp nhận. Điều chỉnh về 0, hoặc yêu cầu giải trình."
    ),
    "nothing_given": mark(
        "Cơ quan khác chưa cho điểm ở mục này nên không có gì để đồng ý. Đợi cơ quan đó cho điểm; hoặc điều chỉnh và "
        "ghi lý do."
    ),
    "reason_beside_question": mark(
        "Đã ghi lý do nhưng chọn yêu cầu giải trình, vốn không có lý do. Muốn hỏi thì chuyển ý đó vào câu hỏi rồi xóa "
        "lý do; muốn cho ý kiến thì chọn ý kiến khác."
    ),
    "replacement_changed": mark(
        "Chưa thay: từ lúc bạn xem, hội đồng đã cho ý kiến khác ở các mục đổi. Xem lại bảng dưới rồi thay."
    ),
    "result_finalised": mark(
        "Kết quả đã chốt theo bộ tiêu chí này. Chưa công bố thì chủ tịch hội đồng mở lại thẩm định, rồi thay."
    ),
    "result_published": mark(
        "Kết quả đã công bố theo bộ tiêu chí này nên không thay được nữa. Điểm nào sai vì bộ tiêu chí thì chủ tịch hội "
        "đồng đính chính kết quả công bố, ghi căn cứ là bản đính chính của bộ."
    ),
    "decided_above": mark(
        "Chủ tịch đã quyết định, hoặc hội đồng đã biểu quyết mục này. Cần hỏi đơn vị thì chủ tịch yêu cầu giải trình."
    ),
    "request_undecided": mark(
        "Đơn vị đề nghị không đánh giá mục này, chưa ai quyết định. Cơ quan thường trực (mục của chính cơ quan thường "
        "trực thì chủ tịch) duyệt hoặc không duyệt trước; không duyệt thì hội đồng cho ý kiến."
    ),
    "flag_needs_reason": mark("Mục này còn cảnh báo. Nêu lý do chấp nhận, hoặc bỏ cảnh báo kèm lý do trước."),
    "flag_gone": mark("Điều này không còn nữa: nguyên nhân đã hết hoặc đã khác. Tải lại trang để xem."),
    "flag_dismissed": mark("Điều này đã có người bỏ qua kèm lý do. Tải lại trang để xem."),
    "flag_not_dismissed": mark("Điều này chưa ai bỏ qua. Tải lại trang để xem."),
    "question_needed": mark("Chưa ghi câu hỏi. Ghi điều cần đơn vị giải trình."),
    "given_in_the_future": mark("Ngày cho ý kiến sau lúc này. Ghi ngày đã cho ý kiến."),
    "cited_not_there": mark(
        "Ý kiến được dẫn không phải quyết định về mục này trong một kỳ đã xong. Chọn quyết định khác, hoặc bỏ dẫn."
    ),
    "note_not_there": mark(
        "Ghi theo dõi này không phải về mục và đơn vị này trong năm, hoặc đã rút. Chọn ghi theo dõi khác."
    ),
    "nothing_to_appraise": mark(
        "Hội đồng không cho ý kiến ở mục này: điểm do điều tra cho, hoặc mục đã được duyệt không đánh giá."
    ),
    "minutes_needed": mark("Chưa ghi biên bản. Chủ tịch quyết định kèm nội dung biên bản."),
    "points_needed": mark("Chưa ghi điểm. Ghi điểm điều chỉnh, từ 0 đến điểm tối đa."),
    "opinion_of_other": mark("Chỉ người cho ý kiến hoàn tác được ý kiến của mình."),
    "opinion_followed": mark(
        "Không hoàn tác được: sau ý kiến này đã có ý kiến khác, câu hỏi đã gửi hoặc biểu quyết. Cho ý kiến mới để thay."
    ),
    "nothing_submitted": mark("Chưa đơn vị nào nộp phiếu nên chưa có gì để thẩm định."),
    "sheet_already_taken_up": mark("Phiếu này đã vào thẩm định."),
    "items_left": mark(
        "Chưa chấp nhận mục nào: có mục không còn trong bộ tiêu chí sau khi bạn mở trang. Danh sách dưới đây là mới; "
        "xem lại rồi xác nhận."
    ),
    "item_moved_on": mark("Mục này đã sang cấp khác hoặc người khác sau khi bạn mở trang. Chưa ghi gì của bạn."),
    "no_vote_without_council": mark("Kỳ này chưa lập hội đồng nên chưa biểu quyết được. Lập hội đồng trước."),
    "vote_already_open": mark("Mục này đang biểu quyết. Kết thúc lần biểu quyết đó trước."),
    "vote_closed": mark("Lần biểu quyết này đã kết thúc."),
    "vote_over": mark("Đã hết hạn bỏ phiếu."),
    "already_voted": mark("Thành viên này đã bỏ phiếu. Phiếu đã bỏ giữ nguyên."),
    "not_a_voter": mark("Chỉ thành viên hội đồng không bị loại trừ ở đơn vị này bỏ phiếu được."),
    "vote_in_writing": mark("Biểu quyết bằng văn bản: từng thành viên tự bỏ phiếu, thư ký không ghi thay."),
    "vote_in_session": mark("Biểu quyết tại phiên họp: thư ký ghi phiếu của từng thành viên."),
    "proposal_needed": mark("Chưa ghi nội dung xin ý kiến. Ghi nội dung để các thành viên biểu quyết."),
    "writing_needs_end": mark("Biểu quyết bằng văn bản cần hạn gửi phiếu. Ghi hạn sau lúc này."),
    "not_a_list_line": mark("Dòng này không thuộc danh sách của mục. Tải lại trang để xem."),
    "document_not_attached": mark("Tài liệu này không gắn với mục. Tải lại trang để xem."),
    "source_needed": mark("Chưa ghi nguồn của số liệu. Ghi cơ quan, văn bản hoặc hệ thống đã cho số liệu."),
    "figure_needed": mark("Chưa ghi số liệu. Ghi số liệu từ nguồn khác."),
    "external_withdrawn": mark("Số liệu này đã rút."),
    "given_points_withdrawn": mark("Điểm này đã rút."),
    "no_rows_given": mark("Bảng không có dòng nào. Ghi ít nhất một dòng: đơn vị, mục, điểm."),
}


def _not_taken_up(facts: dict[str, Any]) -> str:
    return text(
        "Phiếu đang ở trạng thái “{state}” nên hội đồng chưa thẩm định được.", state=roles.sheet_state(facts["state"])
    )


def _replaced(facts: dict[str, Any]) -> str:
    if facts["now"]:
        return text(
            "Chưa ghi gì: bộ tiêu chí đã thay sau khi bạn mở trang, mục {item} bạn đang xem nay là mục {now}. Mở mục "
            "đó rồi làm lại.",
            item=facts["item"], now=facts["now"],
        )  # fmt: skip
    return text(
        "Chưa ghi gì: bộ tiêu chí đã thay sau khi bạn mở trang, mục {item} bạn đang xem không còn trong bộ.",
        item=facts["item"],
    )


def _listed(items: Sequence[tuple[str, str]]) -> str:
    """``Sở Y tế (1.1, 2.3); Sở Tư pháp (4)``."""
    by_unit: dict[str, list[str]] = {}
    for unit, code in items:
        by_unit.setdefault(unit, []).append(code)
    return "; ".join(f"{unit} ({', '.join(codes)})" for unit, codes in by_unit.items())


#: Reasons with figures.
WORDED: dict[str, Callable[[dict[str, Any]], str]] = {
    "wrong_cycle_stage": lambda facts: text(
        "Kỳ đánh giá đang ở trạng thái “{state}” nên không làm được việc này.", state=roles.cycle_state(facts["state"])
    ),
    "cycle_not_in_appraisal": lambda facts: text(
        "Kỳ đánh giá đang ở trạng thái “{state}”. Chỉ cho ý kiến khi kỳ đang thẩm định.",
        state=roles.cycle_state(facts["state"]),
    ),
    "sheet_not_in_appraisal": _not_taken_up,
    "sheet_not_submitted_yet": _not_taken_up,
    "sheet_still_answered": lambda facts: text(
        "Đơn vị còn được giải trình đến {when}. Đưa phiếu vào thẩm định sau hạn đó.", when=moment(facts["deadline"])
    ),
    "sheets_still_open": lambda facts: text(
        "Chưa bắt đầu thẩm định được: {units} chưa nộp phiếu. Đợi nộp, hoặc đợi phiếu khóa khi hết hạn.",
        units=", ".join(facts["units"]),
    ),
    "requests_undecided": lambda facts: text(
        "Còn đề nghị không đánh giá chưa quyết định: {items}. Duyệt hoặc không duyệt từng đề nghị trước.",
        items=_listed(facts["items"]),
    ),
    "not_all_acceptable": lambda facts: text(
        "Chưa chấp nhận mục nào: có mục còn cảnh báo, không còn chờ ý kiến hoặc chưa có điểm: {items}. Bỏ chọn các mục "
        "này rồi làm lại.",
        items=_listed(facts["items"]),
    ),
    "settled_by_council": lambda facts: text(
        "Hội đồng đã kết luận mục này {points} điểm sau khi đề nghị không được duyệt, nên không duyệt lại được. Nếu "
        "mục thật sự không áp dụng, chủ tịch yêu cầu giải trình, đơn vị đề nghị lại rồi quyết định.",
        points=points_text(facts["points"]),
    ),
    "item_replaced": lambda facts: _replaced(facts),
    "items_changed": lambda facts: text(
        "Chưa chấp nhận mục nào: có mục đã thay đổi sau khi bạn mở trang: {items}. Danh sách dưới đây là mới; xem lại "
        "rồi xác nhận.",
        items=_listed(facts["items"]),
    ),
    "adjusted_to_claim": lambda facts: text(
        "{points} chính là điểm tự chấm nên không phải điều chỉnh. Chọn Đồng ý; lý do vẫn ghi được.",
        points=points_text(facts["points"]),
    ),
    "adjusted_to_given": lambda facts: text(
        "{points} chính là điểm cơ quan khác cho nên không phải điều chỉnh. Chọn Đồng ý; lý do vẫn ghi được.",
        points=points_text(facts["points"]),
    ),
    "points_beside_accept": lambda facts: text(
        "Đã ghi {typed} điểm nhưng chọn {kind}, tức là {accepted} điểm. Muốn cho {typed} thì chọn Điều chỉnh và ghi lý "
        "do; muốn giữ ý kiến đã chọn thì xóa điểm đã ghi.",
        typed=facts["typed"],
        kind=opinion_kind(facts["kind"]).lower(),
        accepted=points_text(facts["accepted"]),
    ),
    "points_beside_question": lambda facts: text(
        "Đã ghi {typed} điểm nhưng chọn yêu cầu giải trình, vốn chưa cho điểm. Muốn cho điểm thì chọn Điều chỉnh; muốn "
        "hỏi thì xóa điểm.",
        typed=facts["typed"],
    ),
    "question_beside_opinion": lambda facts: text(
        "Đã ghi câu hỏi hoặc hạn trả lời nhưng chọn {kind}, nên câu hỏi sẽ không được gửi. Muốn hỏi thì chọn Yêu cầu "
        "giải trình; không hỏi thì xóa câu hỏi và hạn.",
        kind=opinion_kind(facts["kind"]).lower(),
    ),
    "given_above_maximum": lambda facts: text(
        "Cơ quan khác cho {claimed}, mục này nay tối đa {most} nên không đồng ý nguyên được. Điều chỉnh điểm, hoặc đợi "
        "cơ quan đó cho lại.",
        claimed=points_text(exact_number(facts["claimed"])),
        most=points_text(facts["most"]),
    ),
    "adjusted_to_granted": lambda facts: text(
        "{points} chính là điểm cấp dưới đã cho nên không phải điều chỉnh. Chọn Đồng ý; lý do vẫn ghi được.",
        points=points_text(facts["points"]),
    ),
    "claim_above_maximum": lambda facts: text(
        "Đơn vị chấm {claimed}, mục này nay tối đa {most} nên không đồng ý nguyên được. Điều chỉnh điểm, hoặc yêu cầu "
        "giải trình.",
        claimed=points_text(exact_number(facts["claimed"])),
        most=points_text(facts["most"]),
    ),
    "points_unreadable": lambda facts: text("“{typed}” không phải là số. Ghi điểm dạng 0,5.", typed=facts["typed"]),
    "points_as_share": lambda facts: text(
        "“{typed}” là tỷ lệ, không phải số điểm. Ghi số điểm, dạng 0,5.", typed=facts["typed"]
    ),
    "points_out_of_range": lambda facts: text(
        "{typed} ngoài khoảng từ 0 đến {most}, điểm tối đa của mục.",
        typed=facts["typed"],
        most=points_text(facts["most"]),
    ),
    "day_unreadable": lambda facts: text(
        "“{typed}” không phải là ngày có thật. Ghi dạng 08/12/2020.", typed=facts["typed"]
    ),
    "due_in_the_past": lambda facts: text(
        "Hạn giải trình {when} đã qua. Chọn một thời điểm sau lúc này.", when=moment(facts["due"])
    ),
    "vote_still_running": lambda facts: text(
        "Còn thành viên chưa gửi phiếu và hạn đến {when}. Kết thúc khi đủ phiếu hoặc hết hạn.",
        when=moment(facts["until"]),
    ),
    "value_not_of_measure": lambda facts: text(
        "“{typed}” không phải giá trị của số liệu “{measure}”. Ghi lại đúng dạng của số liệu.",
        typed=facts["typed"],
        measure=facts["measure"],
    ),
    "source_in_the_future": lambda facts: text("Ngày {day} của nguồn sau hôm nay. Ghi lại.", day=day(facts["day"])),
}
