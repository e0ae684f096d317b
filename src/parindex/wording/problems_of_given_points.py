"""Problems of tables of points that surveys and agencies give."""

from parindex.wording.language import mark

_FIX_ESTIMATE = mark("Ghi phần đạt được của điểm tối đa, dạng 0,8367 hoặc 83,67%, hoặc để trống.")
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
    "given_error_off_range": (
        mark("Mục {item} của {unit}: sai số chuẩn “{typed}” không từ 0 đến {most}, điểm tối đa của mục."),
        mark("Ghi sai số chuẩn của điểm (sai số của ước lượng nhân điểm tối đa), hoặc để trống."),
    ),
    "given_estimate_unreadable": (mark("Ước lượng “{typed}” không phải là số."), _FIX_ESTIMATE),
    "given_estimate_off_range": (mark("Ước lượng “{typed}” không từ 0 đến 1."), _FIX_ESTIMATE),
    "given_estimate_too_exact": (
        mark("Ước lượng “{typed}” có quá {places} chữ số sau dấu phẩy."),
        mark("Làm tròn còn {places} chữ số, như bảng của lệnh `parindex survey points`."),
    ),
    "given_answers_unreadable": (
        mark("Số câu trả lời “{typed}” không phải là số nguyên từ 0 trở lên."),
        mark("Ghi số câu trả lời dạng 120, hoặc để trống."),
    ),
    "given_answers_too_few": (
        mark("Mục {item} của {unit}: điểm suy từ {answers} câu trả lời, bộ tiêu chí đòi ít nhất {minimum}."),
        mark("Bỏ dòng này: mục chờ đến khi đủ câu trả lời."),
    ),
    "given_points_not_followed": (
        mark("Mục {item} của {unit}: ước lượng {estimate} cho {expected} điểm, bảng ghi {typed}."),
        mark(
            "Ghi {expected} điểm (ước lượng nhân điểm tối đa {most}, làm tròn như bộ tiêu chí khai), hoặc sửa ước "
            "lượng. Điểm không suy từ ước lượng thì để trống ước lượng."
        ),
    ),
    "given_estimate_of_agency": (
        mark("Mục {item} do cơ quan quản lý số liệu cho điểm, không suy từ ước lượng của khảo sát."),
        mark("Để trống ước lượng và số câu trả lời của dòng này."),
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
