"""The audit log in words: acts, objects, and where a chain does not hold."""

from __future__ import annotations

from parindex.domain.review.audit_chain import Break, Broken
from parindex.wording.language import mark, text
from parindex.wording.yaml_paths import KEYS, path_words, without_keys

_BREAKS = {
    Break.CHANGED: mark("bản ghi số {number} đã bị sửa: nội dung không cho ra mã của nó"),
    Break.MISSING: mark("bản ghi số {number} đã bị xóa"),
    Break.UNLINKED: mark("bản ghi số {number} không nối với bản ghi trước: bị đổi chỗ, chèn hoặc thay"),
    Break.TRUNCATED: mark("bản ghi số {number} ở cuối chuỗi đã bị cắt"),
    Break.NOT_AS_NOTED: mark("bản ghi số {number} không còn mã đã ghi ở nơi khác"),
    Break.NOT_AS_SIGNED: mark("bản ghi số {number} của một lần ký, nộp đã bị xóa hoặc thay"),
    Break.CLAIM_CHANGED: mark("nội dung đã ký ở bản ghi số {number} không còn cho ra mã kiểm chứng khi ký"),
    Break.NO_SUBMISSION: mark("bản ghi số {number} ghi một lần ký, nộp nhưng lần đó không còn lưu"),
    Break.SUBMISSION_CHANGED: mark(
        "lần ký, nộp của {name}: người ký, lúc ký, số lần hoặc phiếu không còn như bản ghi số {number}"
    ),
    Break.WITHDRAWAL_CHANGED: mark(
        "lần ký, nộp của {name} ở bản ghi số {number}: việc rút hoặc trả lại không như nhật ký ghi"
    ),
    Break.STATE_CHANGED: mark("{name}: trạng thái không như bản ghi số {number} để lại"),
    Break.STATE_NOT_RECORDED: mark("{name}: trạng thái đã đổi mà không có bản ghi nào"),
    Break.SET_CHANGED: mark("bộ tiêu chí {name} đã bị sửa sau khi khóa ở bản ghi số {number}"),
    Break.SET_NOT_RECORDED: mark("bộ tiêu chí {name} đang khóa nhưng không có bản ghi nào về việc khóa"),
    Break.NO_SET: mark("bản ghi số {number} ghi đã khóa bộ tiêu chí {name} nhưng bộ ấy không còn hoặc không còn khóa"),
    Break.NO_CHAIN: mark("không còn bản ghi nào, kể cả bản ghi số {number}"),
}

#: What each action of the log is called; an action is named here before a use case may write it.
ACTIONS = {
    "edit_entry": mark("sửa mục"),
    "follow_figure": mark("tính lại theo số liệu nhập ở kỳ khác"),
    "write_comment": mark("viết trao đổi ở mục"),
    "assign_item": mark("giao mục cho người trong đơn vị"),
    "request_not_assessed": mark("đề nghị không đánh giá"),
    "withdraw_request": mark("rút đề nghị không đánh giá"),
    "approve_not_assessed": mark("duyệt không đánh giá"),
    "refuse_not_assessed": mark("không duyệt đề nghị không đánh giá"),
    "add_evidence": mark("thêm tài liệu kiểm chứng"),
    "add_evidence_version": mark("thay bản mới của tài liệu"),
    "take_off_evidence": mark("bỏ tài liệu khỏi mục"),
    "point_at_evidence": mark("ghi trang, mục của tài liệu"),
    "mend_document": mark("xác nhận, sửa thông tin tài liệu"),
    "download_evidence": mark("tải tài liệu về"),
    "view_evidence": mark("xem trang tài liệu"),
    "find_virus": mark("phát hiện mã độc trong tài liệu"),
    "add_citation": mark("thêm viện dẫn"),
    "remove_citation": mark("bỏ viện dẫn"),
    "open_cycle": mark("mở kỳ đánh giá"),
    "add_group": mark("thêm nhóm đơn vị"),
    "create_cycle": mark("lập kỳ đánh giá"),
    "set_timetable": mark("đặt mốc thời gian"),
    "set_notice": mark("sửa thông báo của kỳ"),
    "extend": mark("gia hạn"),
    "ask_for_extension": mark("xin gia hạn"),
    "decide_extension": mark("trả lời xin gia hạn"),
    "remind": mark("nhắc việc"),
    "propose_not_assessed": mark("đề xuất mục không đánh giá"),
    "withdraw_proposal": mark("bỏ đề xuất mục không đánh giá"),
    "load_example": mark("nạp số liệu minh họa"),
    "export_progress": mark("xuất bảng tiến độ"),
    "present": mark("trình lãnh đạo ký"),
    "send_back": mark("trả lại để sửa"),
    "submit": mark("nộp"),
    "sign": mark("ký"),
    "withdraw": mark("rút"),
    "compile": mark("tổng hợp các phần"),
    "export_assignments": mark("xuất bảng giao mục"),
    "assign_items": mark("giao mục cho đơn vị chủ trì"),
    "record_meeting": mark("ghi cuộc họp đối chiếu"),
    "download_workbook": mark("tải phiếu Excel"),
    "export_ministry_table": mark("xuất bảng của Bộ"),
    "hand_in_workbook": mark("gửi phiếu Excel"),
    "apply_workbook": mark("ghi phiếu Excel"),
    "return": mark("yêu cầu giải trình"),
    "upload_paper": mark("tải văn bản lên"),
    "take_reading": mark("nhận kết quả đọc văn bản"),
    "read_paper_again": mark("đọc lại văn bản"),
    "make_set_draft": mark("lập bản nháp bộ tiêu chí"),
    "mend_set": mark("sửa bộ tiêu chí"),
    "confirm_finding": mark("xác nhận điều đối chiếu"),
    "leave_finding": mark("để lại, hỏi cơ quan ban hành"),
    "undo_mend": mark("hoàn tác"),
    "freeze_set": mark("khóa bộ tiêu chí"),
    "discard_set_draft": mark("bỏ bản nháp bộ tiêu chí"),
    "make_guidance": mark("lập hướng dẫn chấm điểm"),
    "edit_guidance": mark("sửa hướng dẫn chấm điểm"),
    "publish_guidance": mark("công bố hướng dẫn chấm điểm"),
    "replace_set": mark("thay bộ tiêu chí trong kỳ"),
    "replace_entry": mark("chuyển mục theo bộ tiêu chí mới"),
    "lock": mark("khóa vì hết hạn"),
    "unlock": mark("mở khóa"),
    "found_installation": mark("lập đơn vị đầu tiên và người quản trị"),
    "create_account": mark("lập tài khoản"),
    "edit_account": mark("sửa tài khoản"),
    "give_role": mark("giao vai trò"),
    "end_role": mark("kết thúc vai trò"),
    "deactivate_account": mark("ngừng tài khoản"),
    "reactivate_account": mark("mở lại tài khoản"),
    "end_sessions": mark("kết thúc các phiên đăng nhập khác"),
    "invite": mark("gửi liên kết mời"),
    "reset_login": mark("cấp lại đăng nhập cho người quên mật khẩu"),
    "revoke_invitation": mark("thu hồi liên kết mời"),
    "accept_invitation": mark("nhận tài khoản qua liên kết mời"),
    "change_password": mark("đổi mật khẩu"),
    "connect_identity": mark("nối tài khoản với nơi xác thực"),
    "activate_second_factor": mark("bật xác thực hai bước"),
    "deactivate_second_factor": mark("tắt xác thực hai bước"),
    "renew_recovery_codes": mark("tạo mã dự phòng mới"),
    "remove_second_factor": mark("gỡ xác thực hai bước cho người mất thiết bị"),
    "lock_account": mark("tạm khóa đăng nhập vì sai mật khẩu hoặc mã xác thực"),
    "unlock_account": mark("mở khóa đăng nhập"),
    "import_accounts": mark("nhập tài khoản từ bảng"),
    "export_accounts": mark("xuất bảng tài khoản"),
    "create_unit": mark("thêm đơn vị"),
    "change_unit": mark("thay đổi đơn vị"),
    "close_unit": mark("kết thúc đơn vị"),
    "succeed_unit": mark("ghi nhận kế thừa đơn vị"),
    "follow_units": mark("chuyển phiếu theo đơn vị đổi chỗ"),
    "import_units": mark("nhập đơn vị từ bảng"),
    "export_units": mark("xuất bảng đơn vị"),
}

#: What each kind of object is called: every table of the database may be what an act was about.
KINDS = {
    "account_table": mark("bảng tài khoản"),
    "attachment": mark("tài liệu của mục"),
    "citation": mark("viện dẫn"),
    "comment": mark("ý kiến trao đổi"),
    "criteria_set": mark("bộ tiêu chí"),
    "criteria_set_version": mark("bản của bộ tiêu chí"),
    "cycle": mark("kỳ đánh giá"),
    "cycle_group": mark("nhóm đơn vị"),
    "document": mark("tài liệu"),
    "document_version": mark("bản của tài liệu"),
    "entry": mark("mục"),
    "extension": mark("gia hạn"),
    "figure": mark("số liệu"),
    "figure_line": mark("dòng của danh sách"),
    "finding_decision": mark("điều đối chiếu"),
    "guidance": mark("hướng dẫn chấm điểm"),
    "guidance_note": mark("hướng dẫn của mục"),
    "handed_workbook": mark("phiếu Excel đã gửi"),
    "invitation": mark("liên kết mời"),
    "not_assessed_proposal": mark("đề xuất mục không đánh giá"),
    "not_assessed_request": mark("đề nghị không đánh giá"),
    "official_paper": mark("văn bản"),
    "phase": mark("mốc thời gian"),
    "reconciliation_meeting": mark("cuộc họp đối chiếu"),
    "reminder": mark("lần nhắc"),
    "replaced_entry": mark("mục của bộ tiêu chí đã thay"),
    "role_grant": mark("vai trò"),
    "score_sheet": mark("phiếu"),
    "set_replacement": mark("lần thay bộ tiêu chí"),
    "sheet_part": mark("phần của phiếu"),
    "stored_file": mark("tệp"),
    "submission": mark("lần ký nộp"),
    "unit": mark("đơn vị"),
    "unit_succession": mark("kế thừa đơn vị"),
    "unit_table": mark("bảng đơn vị"),
    "unit_version": mark("bản ghi đơn vị"),
    "user": mark("tài khoản"),
}


def object_text(kind: str, title: str) -> str:
    """``mục 7.2.1, Sở Y tế``: what an act was about."""
    return f"{text(KINDS[kind])} {title}".rstrip()


def break_text(broken: Broken) -> str:
    """One place where a chain does not hold."""
    return text(_BREAKS[broken.kind], number=broken.sequence, name=broken.name)


def action_text(action: str) -> str:
    """``trình lãnh đạo ký``."""
    return text(ACTIONS[action])


_FIELDS = {
    "state": mark("trạng thái"),
    "explanation": mark("giải trình"),
    "self_points": mark("điểm tự chấm"),
    "kept_warning": mark("lý do giữ số liệu"),
    "deadline": mark("hạn"),
    "until": mark("hạn mới"),
    "approved": mark("đồng ý"),
    "phases": mark("mốc thời gian"),
    "fingerprint": mark("dấu vân tay"),
    "paper": mark("văn bản"),
    "set": mark("bộ tiêu chí"),
    "installation_head": mark("đầu chuỗi chung khi đó"),
    "points": mark("điểm"),
    "number": mark("số"),
    "recipients": mark("số người nhận"),
    "words": mark("nội dung thư"),
    "proposals": mark("đề xuất không đánh giá"),
    "inside_comments": mark("số trao đổi trong đơn vị"),
    "rows": mark("số dòng"),
    "title": mark("tên"),
    "year": mark("năm"),
    "units": mark("đơn vị"),
    "group": mark("nhóm"),
    "set_version": mark("bản của bộ tiêu chí"),
    "full_name": mark("họ tên"),
    "username": mark("tên đăng nhập"),
    "email": mark("thư điện tử"),
    "position": mark("chức vụ"),
    "phone": mark("điện thoại"),
    "language": mark("ngôn ngữ"),
    "unit": mark("đơn vị"),
    "role": mark("vai trò"),
    "subtree": mark("cả đơn vị trực thuộc"),
    "cycle": mark("kỳ đánh giá"),
    "items": mark("số mục còn giao"),
    "sessions": mark("số phiên đăng nhập"),
    "expires_at": mark("hết hạn"),
    "address": mark("địa chỉ mạng"),
    "failures": mark("số lần sai"),
    "file": mark("tệp"),
    "added": mark("đã thêm"),
    "changed": mark("đã sửa"),
    "code": mark("mã"),
    "name": mark("tên"),
    "short_name": mark("tên ngắn"),
    "kind": mark("loại"),
    "parent": mark("cấp trên"),
    "valid_from": mark("hiệu lực từ"),
    "valid_to": mark("hiệu lực đến"),
    "predecessors": mark("đơn vị tiền thân"),
    "overlap": mark("lý do cùng tồn tại"),
    "decision": mark("quyết định"),
    "ending": mark("quyết định kết thúc"),
    "assignee": mark("người phụ trách mục"),
    "links": mark("số liên kết thu hồi"),
    "read": mark("số mục đọc được"),
    "sha256": mark("mã SHA-256 của tệp"),
    "size": mark("dung lượng (byte)"),
    "document_id": mark("số của tài liệu"),
    "virus": mark("vi-rút"),
    "purpose": mark("dùng làm"),
    "part": mark("phần"),
    "citation": mark("văn bản được viện dẫn"),
    "date": mark("ngày"),
    "started_from": mark("lập từ bộ"),
    "legal_basis": mark("căn cứ pháp lý"),
    "request": mark("số của đề nghị"),
    "request_state": mark("trạng thái của đề nghị"),
    "places": mark("chỗ đứng trong cây đơn vị"),
    "citations": mark("viện dẫn gắn với tài liệu"),
    "issuer": mark("cơ quan ban hành"),
    "page": mark("trang"),
    "section": mark("mục, điều"),
    "abstract": mark("trích yếu"),
    "read_at": mark("đọc xong lúc"),
    "problems": mark("điều khiến không đọc được"),
    "drafts": mark("bản nháp đã lập"),
    "notes": mark("hướng dẫn của mục"),
    "notes_of": mark("chép từ bản số"),
    "published_at": mark("công bố lúc"),
    "is_active": mark("đang dùng"),
    "deactivated_at": mark("ngừng lúc"),
}


def field_text(name: str, measure: str = "") -> str:
    """What a field of before and after is called; a figure by its ``measure``, anything unknown by its name."""
    if name.startswith("figure."):
        code, _, year = name.removeprefix("figure.").partition(".")
        words = f"{measure} ({code})" if measure else code
        return (
            text("số liệu {measure}, năm {year}", measure=words, year=year)
            if year
            else text("số liệu {measure}", measure=words)
        )
    if name in _FIELDS:
        return text(_FIELDS[name])
    return without_keys(path_words(name)) if "/" in name or name in KEYS else name
