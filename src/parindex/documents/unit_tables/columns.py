"""The columns of the tables: official heads, other heads that mean the same, and how long a cell may be."""

from __future__ import annotations

from parindex.documents.cycles.table_files import Layout

#: Official heads, in the order in which a table is written.
UNIT_HEADS = {
    "code": "Mã",
    "name": "Tên",
    "short_name": "Tên ngắn",
    "kind": "Loại",
    "parent": "Mã đơn vị cấp trên",
    "valid_from": "Hiệu lực từ",
    "valid_to": "Hiệu lực đến",
    "decision": "Quyết định",
    "decision_date": "Ngày quyết định",
    "predecessors": "Mã đơn vị tiền thân",
    "replaced": "Mã tiền thân được thay thế",
    "parted": "Mã tiền thân chuyển một phần",
    "overlap": "Lý do cùng tồn tại",
    "ending": "Quyết định kết thúc",
    "ending_date": "Ngày quyết định kết thúc",
}
ACCOUNT_HEADS = {
    "full_name": "Họ tên",
    "email": "Thư điện tử",
    "username": "Tên đăng nhập",
    "unit": "Đơn vị",
    "role": "Vai trò",
    "phone": "Điện thoại",
    "position": "Chức vụ",
}
ASSIGNMENT_HEADS = {"item": "Mục", "title": "Tên mục", "lead": "Đơn vị chủ trì"}
#: Characters that a cell may hold at most; what is longer is a text in the wrong column.
LONGEST = {
    "code": 80, "name": 300, "short_name": 120, "kind": 60, "parent": 80, "decision": 80, "overlap": 500, "ending": 80,
    "full_name": 150, "email": 150, "username": 150, "unit": 80, "phone": 40, "position": 150,
    "item": 80, "title": 2000, "lead": 300,
    "valid_from": 40, "valid_to": 40, "decision_date": 40, "ending_date": 40, "predecessors": 500, "replaced": 500,
    "parted": 500, "role": 500,
}  # fmt: skip

#: Heads seen in lists of offices and staff, as they are compared: lower case, ``_`` for a blank.
_UNIT_WORDS = {
    "mã": "code", "unit": "code", "unit_code": "code", "mã_định_danh": "code", "mã_cơ_quan": "code", "id": "code",
    "title": "name", "tên": "name", "tên_cơ_quan": "name", "unit_name": "name", "tên_đầy_đủ": "name",
    "tên_ngắn": "short_name", "tên_viết_tắt": "short_name", "viết_tắt": "short_name", "abbreviation": "short_name",
    "loại": "kind", "loại_đơn_vị": "kind", "loại_hình": "kind", "type": "kind", "unit_kind": "kind",
    "mã_đơn_vị_cấp_trên": "parent", "mã_cấp_trên": "parent", "cấp_trên": "parent", "trực_thuộc": "parent",
    "parent_code": "parent", "parent_unit": "parent", "cơ_quan_cấp_trên": "parent",
    "hiệu_lực_từ": "valid_from", "có_hiệu_lực_từ": "valid_from", "từ_ngày": "valid_from", "từ": "valid_from",
    "hiệu_lực_từ_ngày": "valid_from", "from": "valid_from", "start_date": "valid_from",
    "hiệu_lực_đến": "valid_to", "đến_ngày": "valid_to", "đến": "valid_to", "hết_hiệu_lực": "valid_to",
    "hiệu_lực_đến_ngày": "valid_to", "to": "valid_to", "until": "valid_to", "end_date": "valid_to",
    "quyết_định": "decision", "số_quyết_định": "decision", "văn_bản": "decision", "decision_number": "decision",
    "ngày_quyết_định": "decision_date", "ngày_ban_hành": "decision_date", "date": "decision_date",
    "mã_đơn_vị_tiền_thân": "predecessors", "tiền_thân": "predecessors", "đơn_vị_tiền_thân": "predecessors",
    "predecessor": "predecessors", "mã_tiền_thân_được_thay_thế": "replaced", "replaced_units": "replaced",
    "mã_tiền_thân_chuyển_một_phần": "parted", "parted_units": "parted",
    "lý_do_cùng_tồn_tại": "overlap", "reason": "overlap", "overlap_reason": "overlap",
    "quyết_định_kết_thúc": "ending", "quyết_định_giải_thể": "ending", "ending_decision": "ending",
    "ngày_quyết_định_kết_thúc": "ending_date", "ngày_quyết_định_giải_thể": "ending_date",
    "ending_decision_date": "ending_date",
}  # fmt: skip
_ACCOUNT_WORDS = {
    "họ_tên": "full_name", "họ_và_tên": "full_name", "name": "full_name", "title": "full_name",
    "thư_điện_tử": "email", "e_mail": "email", "mail": "email", "địa_chỉ_thư_điện_tử": "email",
    "email_address": "email",
    "tên_đăng_nhập": "username", "tài_khoản": "username", "user_name": "username", "login": "username",
    "official": "full_name",
    "unit_code": "unit", "mã_cơ_quan": "unit",
    "vai_trò": "role", "roles": "role", "quyền": "role",
    "điện_thoại": "phone", "số_điện_thoại": "phone", "telephone": "phone", "phone_number": "phone", "mobile": "phone",
    "chức_vụ": "position", "chức_danh": "position", "office": "position", "job_title": "position",
}  # fmt: skip

_ASSIGNMENT_WORDS = {
    "code": "item", "mã": "item", "mã_mục": "item", "tiêu_chí": "item", "mã_tiêu_chí": "item", "node": "item",
    "tên_mục": "title", "tên_tiêu_chí": "title", "nội_dung": "title", "name": "title",
    "đơn_vị_chủ_trì": "lead", "chủ_trì": "lead", "cơ_quan_chủ_trì": "lead", "mã_đơn_vị_chủ_trì": "lead",
    "lead_unit": "lead", "unit": "lead", "phụ_trách": "lead",
}  # fmt: skip

UNITS = Layout(
    "units",
    required=("code", "name"),
    optional=tuple(name for name in UNIT_HEADS if name not in ("code", "name")),
    heads=_UNIT_WORDS,
)
ACCOUNTS = Layout(
    "accounts",
    required=("full_name", "unit", "role"),
    optional=("phone", "position"),
    any_of=("email", "username"),
    heads=_ACCOUNT_WORDS,
)
ASSIGNMENTS = Layout("assignments", required=("item", "lead"), optional=("title",), heads=_ASSIGNMENT_WORDS)
