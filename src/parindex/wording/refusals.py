"""Why somebody may not do something, in words: what is so, and what to do instead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from parindex.domain.review.entry_marks import EntryMark
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.stages import SIGNED, Act
from parindex.wording import (
    refusals_of_accounts,
    refusals_of_appraisals,
    refusals_of_councils,
    refusals_of_cycles,
    refusals_of_further_explanations,
    refusals_of_notes,
    refusals_of_received,
    refusals_of_results,
    refusals_of_sets,
    roles,
)
from parindex.wording.language import mark, text
from parindex.wording.moments import day, moment

#: Reasons without figures.
_PLAIN = {
    **refusals_of_accounts.PLAIN,
    **refusals_of_cycles.PLAIN,
    **refusals_of_appraisals.PLAIN,
    **refusals_of_councils.PLAIN,
    **refusals_of_further_explanations.PLAIN,
    **refusals_of_notes.PLAIN,
    **refusals_of_received.PLAIN,
    **refusals_of_results.PLAIN,
    **refusals_of_sets.PLAIN,
    "only_standing_office": mark("Chỉ cơ quan thường trực của kỳ đánh giá này làm được việc này."),
    "only_those_who_run_cycle": mark(
        "Bảng này dành cho cơ quan thường trực, hội đồng thẩm định và kiểm toán. Mở phiếu của đơn vị bạn."
    ),
    "cycle_of_others": mark("Đơn vị bạn không tham gia kỳ đánh giá này."),
    "sheet_of_other_unit": mark("Phiếu này của đơn vị khác. Mở phiếu của đơn vị bạn trong Việc của tôi."),
    "sheet_not_submitted": mark("Đơn vị chưa nộp phiếu. Hội đồng xem được sau khi đơn vị nộp."),
    "sheet_being_answered": mark(
        "Đơn vị đang trả lời phần bị trả lại nên phiếu có nội dung chưa ký. Hội đồng xem bản đã nộp gần nhất; bản trả "
        "lời xem được khi đơn vị ký nộp lại."
    ),
    "self_scoring_over": mark(
        "Kỳ đang thẩm định: giai đoạn tự chấm điểm đã qua, không đổi mốc của giai đoạn này được nữa. Giữ nguyên các "
        "dòng tự chấm điểm; đơn vị nào cần thêm thời gian giải trình thì gia hạn cho đơn vị đó."
    ),
    "inside_unit_only": mark("Trao đổi nội bộ chỉ người của đơn vị đọc được."),
    "only_unit_and_office": mark("Trao đổi này giữa đơn vị và cơ quan thường trực."),
    "comment_empty": mark("Chưa viết gì. Ghi nội dung rồi gửi lại."),
    "assignee_of_other_unit": mark("Chỉ giao mục cho cán bộ, lãnh đạo của đơn vị chủ trì. Chọn người khác."),
    "item_by_survey": mark("Mục này chấm từ điều tra, không đề nghị ở đây được."),
    "already_requested": mark("Mục này đã có đề nghị không đánh giá. Chờ quyết định hoặc rút đề nghị."),
    "request_not_open": mark("Đề nghị này không còn chờ quyết định. Tải lại trang để xem trạng thái mới."),
    "no_such_proposal": mark("Cơ quan thường trực không đề xuất bỏ mục này cho đơn vị bạn."),
    "not_a_list": mark("Số liệu này không phải là danh sách."),
    "line_empty": mark("Chưa ghi nội dung của dòng. Ghi rồi bấm Thêm."),
    "nothing_to_restore": mark("Không có nội dung cũ để khôi phục."),
    "account_changed": mark(
        "Trang này mở bằng tài khoản khác với tài khoản đang đăng nhập. Đăng nhập lại bằng tài khoản đã mở trang."
    ),
    "part_of_other_unit": mark("Mục này do đơn vị khác chủ trì. Bạn xem được, không sửa được."),
    "entered_by_unit": mark("Đơn vị tự nhập; cơ quan thường trực và hội đồng chỉ xem."),
    "cycle_not_open": mark("Kỳ đánh giá chưa mở. Cơ quan thường trực mở kỳ thì đơn vị nhập được."),
    "cycle_already_open": mark("Kỳ đánh giá đã mở, không sửa phần này được nữa."),
    "cycle_without_self_scoring": mark(
        "Mốc thời gian chưa có giai đoạn tự chấm điểm nên phiếu không có hạn. Thêm giai đoạn này rồi mở kỳ."
    ),
    "timetable_without_self_scoring": mark(
        "Kỳ đã mở phải còn ít nhất một giai đoạn tự chấm điểm: không có thì phiếu không có hạn. Giữ lại giai đoạn này."
    ),
    "cycle_without_units": mark("Kỳ chưa có đơn vị nào. Thêm nhóm đơn vị rồi mở kỳ."),
    "own_unit_by_chair": mark("Việc của chính đơn vị bạn do Chủ tịch hội đồng quyết định."),
    "own_unit_by_other_chair": mark(
        "Không ai quyết định cho đơn vị mình, Chủ tịch hội đồng cũng vậy. Người quyết định là cơ quan thường trực hoặc "
        "Chủ tịch hội đồng ở đơn vị khác."
    ),
    "only_auditor": mark("Nhật ký toàn kỳ dành cho kiểm toán, thanh tra và cơ quan thường trực."),
    "extension_already_asked": mark("Đơn vị đã xin gia hạn và đang chờ trả lời."),
    "already_decided": mark("Việc này đã có người quyết định. Tải lại trang để xem."),
    "group_without_title": mark("Chưa đặt tên nhóm. Ghi tên, ví dụ “Sở, ngành”."),
    "nothing_picked": mark("Chưa chọn đơn vị nào. Đánh dấu đơn vị trong bảng rồi làm lại."),
    "evidence_of_other_unit": mark("Tài liệu này của đơn vị khác. Chọn tài liệu của đơn vị bạn."),
    "evidence_in_quarantine": mark(
        "Tài liệu đang chờ quét vi-rút, chưa mở được. Thường xong trong một phút; lâu hơn thì chương trình quét đang "
        "không trả lời, báo quản trị."
    ),
    "evidence_beyond_scanner": mark(
        "Tài liệu quá giới hạn của chương trình quét vi-rút nên không mở được. Nén lại hoặc tách thành hai tệp rồi tải "
        "lên; cần giữ nguyên tệp thì báo quản trị nâng giới hạn quét."
    ),
    "evidence_infected": mark("Tài liệu có mã độc nên không mở được. Tải lên bản sạch."),
    "link_has_no_versions": mark("Đường liên kết không có bản mới. Thêm đường liên kết khác, hoặc tải tệp lên."),
    "not_a_link": mark("Không phải đường liên kết. Dán địa chỉ bắt đầu bằng https:// hoặc http://."),
    "document_without_title": mark("Chưa ghi tên tài liệu. Ghi tên rồi lưu lại."),
    "citation_of_explanation": mark("Viện dẫn này nằm trong giải trình. Sửa ở giải trình thì viện dẫn đổi theo."),
    "reason_needed": mark("Chưa nêu lý do. Ghi lý do rồi gửi lại."),
    "only_office_of_body": mark("Chỉ cơ quan thường trực của cơ quan lập phiếu này làm được việc này."),
    "sheet_without_parts": mark(
        "Phiếu này không chia phần: lãnh đạo đơn vị ký nộp hoặc rút cả phiếu, cơ quan thường trực trả lại cả phiếu."
    ),
    "sheet_not_compiled": mark(
        "Phiếu chưa tổng hợp. Cơ quan thường trực tổng hợp khi mọi phần đã ký, rồi lãnh đạo ký nộp."
    ),
    "claim_changed": mark(
        "Chưa ký: nội dung phiếu đã thay đổi sau khi bạn mở trang này. Xem lại số liệu dưới đây rồi ký."
    ),
    "wrong_password": mark("Mật khẩu không đúng. Gõ lại mật khẩu đăng nhập của bạn."),
    "too_many_attempts": mark("Đã thử quá nhiều lần. Đợi ít phút rồi thử lại."),
    "meeting_in_the_future": mark("Ngày họp sau hôm nay. Ghi ngày đã họp."),
    "meeting_incomplete": mark("Chưa ghi đủ thành phần và nội dung thống nhất. Ghi cả hai rồi gửi lại."),
    "no_earlier_assignment": mark("Năm trước phiếu không chia phần. Chọn mục và đơn vị chủ trì ở bảng dưới."),
    "items_not_picked": mark("Chưa chọn mục nào. Đánh dấu mục trong bảng rồi làm lại."),
    "lead_not_picked": mark("Chưa chọn đơn vị chủ trì. Chọn một đơn vị trong danh sách."),
    "changes_not_picked": mark("Chưa chọn thay đổi nào. Đánh dấu những thay đổi cần ghi."),
    "workbook_used": mark("Tệp này đã ghi vào phiếu. Tải lại phiếu nếu cần sửa tiếp."),
    "workbook_changed": mark(
        "Chưa ghi gì: có người sửa phiếu sau khi bạn mở trang này. Xem lại các thay đổi dưới đây rồi ghi."
    ),
    "workbook_of_other_person": mark("Tệp này do người khác gửi. Gửi tệp của bạn ở trang Nhập bằng Excel."),
    "file_missing": mark("Chưa chọn tệp. Chọn tệp đã tải về và đã nhập, rồi gửi lại."),
}


def refusal_text(refusal: Refusal) -> str:
    """The sentence for a refusal."""
    if refusal.code in _PLAIN:
        return text(_PLAIN[refusal.code])
    return _WORDED[refusal.code](refusal.facts)


def _wrong_stage(facts: dict[str, Any]) -> str:
    return text(
        "Phiếu đang ở trạng thái “{state}” nên không làm được việc này.", state=roles.sheet_state(facts["state"])
    )


_ROLE_ONLY = {
    Act.SUBMIT: mark("Chỉ lãnh đạo đơn vị ký nộp được. Trình ký với lãnh đạo đơn vị."),
    Act.WITHDRAW: mark("Chỉ lãnh đạo đơn vị rút được phiếu đã nộp."),
    Act.PRESENT: mark("Chỉ cán bộ và lãnh đạo của đơn vị trình ký được."),
    Act.SEND_BACK: mark("Chỉ cán bộ và lãnh đạo của đơn vị trả lại được phần chờ ký."),
    Act.RETURN: mark("Chỉ cơ quan thường trực trả lại được phần đã ký."),
    Act.UNLOCK: mark("Chỉ cơ quan thường trực mở khóa được phiếu."),
    Act.LOCK: mark("Phiếu tự khóa khi hết hạn."),
    Act.COMPILE: mark("Chỉ cơ quan thường trực của cơ quan lập phiếu tổng hợp được."),
}


def _wrong_role(facts: dict[str, Any]) -> str:
    return text(_ROLE_ONLY[Act(facts["act"])])


def _past(facts: dict[str, Any]) -> str:
    deadline = facts.get("deadline")
    if not isinstance(deadline, datetime):
        return text("Phiếu đang khóa vì hết hạn. Xin cơ quan thường trực gia hạn và mở khóa.")
    return text("Đã hết hạn lúc {when}. Phiếu chỉ để xem; xin cơ quan thường trực gia hạn.", when=moment(deadline))


def _incomplete(facts: dict[str, Any]) -> str:
    return text("Chưa trình được: còn {what}.", what=_left(facts))


def _unexplained(facts: dict[str, Any]) -> str:
    return text("Còn {what}. Nêu lý do ký khi còn thiếu, hoặc nhập đủ rồi ký.", what=_left(facts))


def _left(facts: dict[str, Any]) -> str:
    """``12 mục chưa nhập, 1 mục thiếu tài liệu``."""
    return ", ".join(
        text("{count} mục {state}", count=count, state=roles.entry_mark(EntryMark(name)).lower())
        for name, count in facts["counts"].items()
    )


def _compiled(facts: dict[str, Any]) -> str:
    """A compiled sheet is sent back; one that is submitted is withdrawn, or returned by who runs the cycle."""
    state = roles.sheet_state(facts["state"])
    if facts["state"] in SIGNED:
        return text(
            "Cả phiếu đang ở trạng thái “{state}” nên không sửa phần nào được. Người đứng đầu rút phiếu, hoặc cơ quan "
            "thường trực của kỳ trả lại cả phiếu, rồi sửa.",
            state=state,
        )
    return text(
        "Cả phiếu đang ở trạng thái “{state}” nên không sửa phần nào được. Cơ quan thường trực trả lại phiếu rồi sửa.",
        state=state,
    )


def _inconsistent(facts: dict[str, Any]) -> str:
    if not facts["item"]:
        return text("Chưa ký: tổng các dòng không ra chỉ số. Báo quản trị hệ thống.")
    return text(
        "Chưa ký: điểm đang lưu của mục {item} khác điểm tính lại từ số liệu. Báo quản trị hệ thống.",
        item=facts["item"],
    )


_WORDED: dict[str, Callable[[dict[str, Any]], str]] = {
    **refusals_of_accounts.WORDED,
    **refusals_of_cycles.WORDED,
    **refusals_of_appraisals.WORDED,
    **refusals_of_councils.WORDED,
    **refusals_of_further_explanations.WORDED,
    **refusals_of_notes.WORDED,
    **refusals_of_received.WORDED,
    **refusals_of_results.WORDED,
    **refusals_of_sets.WORDED,
    "wrong_stage": _wrong_stage,
    "wrong_role": _wrong_role,
    "sheet_locked": _past,
    "sheet_still_locked": lambda facts: text(
        "Hạn nay là {when} nhưng phiếu còn khóa nên chỉ để xem. Xin cơ quan thường trực mở khóa.",
        when=moment(facts["deadline"]),
    ),
    "deadline_passed": _past,
    "phase_not_begun": lambda facts: text(
        "Chưa đến giai đoạn tự chấm điểm: nhập được từ {when}. Cần sớm hơn thì đề nghị cơ quan thường trực sửa mốc "
        "thời gian.",
        when=moment(facts["starts"]),
    ),
    "incomplete": _incomplete,
    "incomplete_reason_needed": _unexplained,
    "claim_inconsistent": _inconsistent,
    "comment_too_long": lambda facts: text(
        "Dài {length} ký tự, tối đa {allowed}. Rút gọn rồi gửi lại.", length=facts["length"], allowed=facts["allowed"]
    ),
    "evidence_signed": lambda facts: text(
        "Tài liệu đang chứng minh mục {item} của “{cycle}” đã ký hoặc đã khóa nên không đổi được. "
        "Tải bản mới lên như một tài liệu khác.",
        item=facts["item"],
        cycle=facts["cycle"],
    ),
    "too_much_evidence": lambda facts: text(
        "Mục đã có {allowed} tài liệu, mức tối đa. Bỏ bớt tài liệu không cần rồi thêm lại.", allowed=facts["allowed"]
    ),
    "citation_without_number": lambda facts: text(
        "“{typed}” không phải số, ký hiệu văn bản. Ghi dạng 401/BC-UBND.", typed=facts["typed"]
    ),
    "citation_day_unreadable": lambda facts: text(
        "“{typed}” không phải là ngày. Ghi dạng 08/12/2020.", typed=facts["typed"]
    ),
    "units_of_others": lambda facts: text(
        "Đơn vị {units} không thuộc cơ quan tổ chức kỳ. Chọn đơn vị trực thuộc cơ quan đó.",
        units=", ".join(facts["units"]),
    ),
    "measure_of_other_item": lambda facts: text("Số liệu “{measure}” không thuộc mục này.", measure=facts["measure"]),
    "figure_signed": lambda facts: text(
        "Số liệu này dùng chung với mục {item} mà {unit} đã ký. Rút phần đã ký rồi sửa.",
        item=facts["item"],
        unit=facts["unit"],
    ),
    "figure_signed_elsewhere": lambda facts: text(
        "Số liệu này nằm trong mục {item} đã ký của “{cycle}”. Rút phiếu đó rồi sửa.",
        item=facts["item"],
        cycle=facts["cycle"],
    ),
    "parts_not_signed": lambda facts: text(
        "Chưa nộp được: còn phần của {units} chưa ký.", units=", ".join(facts["units"])
    ),
    "sheet_compiled": _compiled,
    "part_signed": lambda facts: text(
        "{unit} đã trình hoặc đã ký phần có mục {items}. Trả lại phần đó rồi chuyển mục.",
        unit=facts["unit"],
        items=", ".join(facts["items"]),
    ),
    "file_too_large": lambda facts: text(
        "Tệp {size} MB, tối đa {limit} MB. Gửi đúng tệp phiếu đã tải về.", size=facts["size"], limit=facts["limit"]
    ),
    "unlock_needs_extension": lambda facts: text(
        "Chưa mở khóa phiếu nào: hạn của {units} đã qua. Gia hạn cho đơn vị rồi mở khóa.",
        units=", ".join(facts["units"]),
    ),
    "unlock_not_locked": lambda facts: text(
        "Chưa mở khóa phiếu nào: phiếu của {units} không bị khóa. Bỏ chọn các đơn vị này rồi làm lại.",
        units=", ".join(facts["units"]),
    ),
    "mails_not_sent": lambda facts: text(
        "Chưa gửi được thư nào tới {units}: máy chủ thư không nhận. Chưa tính là đã nhắc; báo quản trị hệ thống "
        "rồi nhắc lại.",
        units=", ".join(facts["units"]),
    ),
    "reminded_just_before": lambda facts: text(
        "Vừa nhắc {units}, chưa đầy một phút trước; không gửi lần nữa. Cần nhắc thêm thì đợi một phút.",
        units=", ".join(facts["units"]),
    ),
    "no_mail_address": lambda facts: text(
        "Không có địa chỉ thư: {units}. Ghi thư điện tử vào tài khoản của đơn vị, hoặc gọi điện.",
        units=", ".join(facts["units"]),
    ),
    "extension_too_far": lambda facts: text(
        "Hạn {when} quá xa. Muộn nhất là {last}, hai năm sau mốc cuối của kỳ.",
        when=day(facts["until"]),
        last=day(facts["last"]),
    ),
    "extension_in_the_past": lambda facts: text(
        "Hạn mới {when} đã qua. Chọn một thời điểm sau lúc này.", when=moment(facts["until"])
    ),
    "not_a_day": lambda facts: text("“{typed}” không phải là ngày. Ghi dạng ngày/tháng/năm.", typed=facts["typed"]),
    "day_out_of_range": lambda facts: text(
        "Ngày {typed} ngoài khoảng từ năm {first} đến năm {last}. Ghi đúng năm.",
        typed=facts["typed"],
        first=facts["first"],
        last=facts["last"],
    ),
    "unit_in_two_groups": lambda facts: text(
        "Đơn vị đã ở nhóm khác của kỳ này: {units}. Bỏ chọn rồi thêm lại.", units=", ".join(facts["units"])
    ),
    "items_unknown": lambda facts: text(
        "Không có mục {items} trong bộ tiêu chí. Ghi mã mục, cách nhau bằng dấu phẩy, ví dụ 3.2.1, 4.5.",
        items=", ".join(facts["items"]) or "–",
    ),
    "extension_shortens": lambda facts: text(
        "Hạn mới sớm hơn hạn hiện nay của {unit} ({when}). Chọn hạn muộn hơn.",
        unit=facts["unit"],
        when=moment(facts["deadline"]),
    ),
    "phase_kind_unknown": lambda facts: text(
        "Giai đoạn “{phase}” có loại không có trong danh sách. Chọn lại loại.", phase=facts["phase"]
    ),
    "phase_ends_before_start": lambda facts: text(
        "Giai đoạn “{phase}” kết thúc trước khi bắt đầu. Sửa lại một trong hai ngày.", phase=facts["phase"]
    ),
    "self_scoring_already_over": lambda facts: text(
        "Hạn tự chấm điểm ({when}) đã qua: mở kỳ thì mọi phiếu khóa ngay. Sửa mốc thời gian rồi mở kỳ.",
        when=moment(facts["deadline"]),
    ),
    "picked_changed": lambda facts: text(
        "Danh sách đã đổi từ lúc bạn xem: nay có {count} đơn vị. Xem lại rồi xác nhận.", count=facts["count"]
    ),
    "units_not_valid_today": lambda facts: text(
        "Đơn vị không còn hiệu lực hôm nay: {units}.", units=", ".join(facts["units"])
    ),
}
