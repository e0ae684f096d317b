"""Why something is refused about monitoring notes and precedents."""

from __future__ import annotations

from parindex.wording.language import mark

#: Reasons without figures.
PLAIN = {
    "no_precedents": mark("Kỳ này chưa có quyết định nào có lý do ở mục của bộ tiêu chí đã chọn. Chọn kỳ, bộ khác."),
    "note_outside_owner": mark("Đơn vị này không thuộc cơ quan chủ trì đã chọn. Chọn đơn vị khác."),
    "note_on_own_unit": mark("Không tự ghi theo dõi về đơn vị mình. Đơn vị khác hoặc cơ quan thường trực ghi."),
    "note_of_others": mark("Ghi theo dõi này của đơn vị khác."),
    "note_finding_needed": mark("Chưa ghi nội dung theo dõi, kiểm tra. Ghi điều đã thấy."),
    "note_in_the_future": mark("Ngày theo dõi, kiểm tra ở tương lai. Ghi ngày đã thấy."),
    "note_remedied_too_early": mark("Ngày khắc phục sớm hơn ngày phát hiện, hoặc ở tương lai. Kiểm tra lại ngày."),
    "note_due_too_early": mark("Hạn khắc phục sớm hơn ngày phát hiện. Kiểm tra lại hạn."),
    "note_year_wrong": mark("Năm không hợp lệ. Ghi năm bốn chữ số, ví dụ 2025."),
    "note_unknown_unit": mark("Không tìm thấy đơn vị. Ghi mã hoặc tên đầy đủ của một đơn vị."),
    "note_withdrawn": mark("Ghi theo dõi này đã rút."),
    "notes_by_lead_units": mark("Ghi theo dõi, kiểm tra do cơ quan thường trực hoặc đơn vị chủ trì ghi."),
}
