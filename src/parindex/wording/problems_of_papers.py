"""What a reader of official papers was not sure of."""

from parindex.wording.language import mark

_COMPARE = mark("Đối chiếu với bản gốc.")

PAPERS: dict[str, tuple[str, str]] = {
    "no_table": (
        mark("Không tìm thấy bảng tiêu chí hoặc phiếu chấm điểm trong tệp {file}."),
        mark("Bảng cần có cột mã hoặc số thứ tự, tên và điểm. Kiểm tra đã chọn đúng tệp và --kind chưa."),
    ),
    "no_such_table": (mark("Không có bảng số {table}; tệp có {count} bảng."), mark("Chọn --table từ 1 đến {count}.")),
    "table_is_no_set": (
        mark("Bảng {table} là phiếu chấm điểm, không ghi thành bộ tiêu chí."),
        mark("Ghi ra JSON, CSV hoặc XLSX; hoặc đọc với --kind criteria-set."),
    ),
    "column_guessed": (mark("Cột “{column}” được đoán từ nội dung, đầu bảng không nói rõ."), _COMPARE),
    "head_missing": (mark("Bảng không có đầu cột; các cột được đoán từ nội dung."), _COMPARE),
    "area_code_supplied": (mark("Lĩnh vực “{title}” không in mã; đặt mã {code}."), _COMPARE),
    "options_not_understood": (
        mark("Các phương án chưa hiểu được thành quy tắc: {options}."),
        mark("Viết quy tắc bằng tay, hoặc để mục chấm tay."),
    ),
    "rule_proposed": (mark("Đề xuất quy tắc “{rule}” từ các phương án: {options}."), mark("Xác nhận hoặc sửa quy tắc.")),
    "points_not_read": (mark("Không đọc được điểm của mục {code}: “{text}”."), _COMPARE),
    "several_numbers": (mark("Ô điểm của mục {code} có nhiều số: “{text}”."), _COMPARE),
    "several_totals": (mark("Bảng có nhiều dòng tổng; giữ dòng cuối."), _COMPARE),
    "second_points": (mark("Mục {code} có hai điểm: {first} và {second}."), _COMPARE),
    "row_not_understood": (mark("Dòng không hiểu được: “{text}”."), _COMPARE),
    "code_restored": (mark("Mã {code} được khôi phục từ ô lưu dạng số."), _COMPARE),
    "code_was_date": (mark("Mã “{printed}” đã bị bảng tính đổi thành ngày; khôi phục là {restored}."), _COMPARE),
    "code_qualified": (mark("Mã {code} được thêm phần trước theo lĩnh vực."), _COMPARE),
    "source_at_odds": (mark("Ghi chú “{note}” khác với đề mục phía trên; giữ theo ghi chú."), _COMPARE),
    "source_by_heading": (mark("Nguồn điểm lấy theo đề mục phía trên, mục không có ghi chú."), _COMPARE),
}
