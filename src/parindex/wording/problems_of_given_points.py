"""Problems of tables of points that surveys and agencies give."""

from parindex.wording.language import mark

_FIX_UNIT = mark("Ghi mã đơn vị như trong danh mục đơn vị của kỳ.")

GIVEN_POINTS: dict[str, tuple[str, str]] = {
    "given_unit_unknown": (mark("Kỳ này không có phiếu của đơn vị “{unit}”."), _FIX_UNIT),
    "given_item_unknown": (
        mark("Bộ tiêu chí của {unit} không có mục “{item}”."),
        mark("Ghi mã mục như trong bộ tiêu chí, ví dụ 8.1."),
    ),
    "given_item_reported": (
        mark("Mục {item} do đơn vị tự báo cáo, không lấy điểm từ điều tra hoặc cơ quan khác."),
        mark("Bỏ dòng này."),
    ),
    "given_twice": (
        mark("Mục {item} của {unit} đã có ở dòng {first}."),
        mark("Giữ lại một dòng."),
    ),
    "given_points_missing": (mark("Chưa ghi điểm của mục {item}."), mark("Ghi điểm, hoặc bỏ dòng này.")),
    "given_points_unreadable": (mark("“{typed}” không phải là số."), mark("Ghi điểm dạng 5,25.")),
    "given_points_as_share": (
        mark("“{typed}” là tỷ lệ, không phải số điểm."),
        mark("Ghi số điểm đã quy đổi theo điểm tối đa của mục, dạng 5,25."),
    ),
    "given_points_out_of_range": (
        mark("{typed} ngoài khoảng từ 0 đến {most}, điểm tối đa của mục."),
        mark("Ghi điểm đã quy đổi theo điểm tối đa của mục."),
    ),
    "given_error_unreadable": (
        mark("Sai số chuẩn “{typed}” không phải là số từ 0 trở lên."),
        mark("Ghi sai số chuẩn dạng 0,12, hoặc để trống."),
    ),
    "given_source_missing": (
        mark("Chưa ghi nguồn của điểm."),
        mark("Ghi báo cáo, văn bản hoặc cơ quan cho điểm."),
    ),
    "given_source_too_long": (
        mark("Nguồn dài {length} ký tự, tối đa {limit}."),
        mark("Rút gọn nguồn."),
    ),
    "given_source_in_future": (mark("Ngày {day} của nguồn sau hôm nay."), mark("Ghi lại ngày của nguồn.")),
}
