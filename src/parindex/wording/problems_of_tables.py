"""Problems of the input tables: units, figures, entries, points."""

from parindex.wording.language import mark

_FILL = mark("Điền ô này.")

TABLES: dict[str, tuple[str, str]] = {
    "csv_damaged": (
        mark("Dòng này không đúng dạng CSV: dấu ngoặc kép mở mà không đóng, hoặc có chữ ngay sau dấu đóng."),
        mark("Sửa dấu ngoặc kép của dòng, hoặc lưu lại từ phần mềm bảng tính."),
    ),
    "row_width": (
        mark("Dòng có {found} ô, đầu bảng có {expected} cột."),
        mark("Thêm hoặc bớt dấu ngăn cột; ô có dấu ngăn cột phải đặt trong ngoặc kép."),
    ),
    "column_missing": (
        mark("Thiếu cột {column}."),
        mark("Thêm cột, hoặc sửa tên cột cho khớp. Lệnh đọc các cột: {known}."),
    ),
    "column_missing/uploaded": (
        mark("Thiếu cột {column}."),
        mark("Thêm cột, hoặc sửa tên cột cho khớp. Bảng này có các cột: {known}."),
    ),
    "column_misspelt/uploaded": (
        mark("Không đọc được cột {column}."),
        mark("Có phải {near}? Sửa tên cột cho khớp."),
    ),
    "column_twice": (mark("Cột {column} có hai lần."), mark("Giữ lại một cột.")),
    "column_misspelt": (mark("Lệnh không đọc cột {column}."), mark("Có phải {near}? Sửa tên cột cho khớp.")),
    "column_unused": (
        mark("Không đọc cột {heads}: bảng này không có cột như thế."),
        mark("Nếu cần số liệu ở đó, sửa tên cột thành một trong: {known}."),
    ),
    "column_type": (
        mark("Cột {column} có kiểu {type}, không phải chữ hoặc số."),
        mark("Ghi cột này dạng chữ hoặc số."),
    ),
    "code_stored_as_number": (
        mark("Mã mục lưu dạng số ({found}): 1.10 và 1.1 không còn phân biệt được."),
        mark("Đổi cột {column} sang dạng chữ (Text) rồi gõ lại mã, hoặc xuất ra CSV với mã trong dấu nháy."),
    ),
    "thousands_suspected": (
        mark("“{value}”: dấu chấm là phần nghìn hay phần thập phân? Số này đọc được hai cách."),
        mark("Bỏ dấu phân cách hàng nghìn (1.234 → 1234), hoặc viết phần thập phân bằng dấu phẩy (1,234)."),
    ),
    "cell_missing": (mark("Ô {column} trống."), _FILL),
    "no_units": (
        mark("Không có đơn vị nào: cần ít nhất một trong các bảng số liệu, phiếu, điểm chấm, điểm điều tra, đơn vị."),
        mark("Thêm --figures, --forms, --entries, --points hoặc --units."),
    ),
    "table_without_rows": (
        mark("Bảng chỉ có đầu cột, không có dòng số liệu nào."),
        mark("Thêm các dòng, hoặc bỏ bảng này khỏi lệnh."),
    ),
    "more_of_the_same": (
        mark("Còn {count} dòng nữa có cùng vấn đề “{of_kind}”."),
        mark("Sửa nguyên nhân chung rồi chạy lại."),
    ),
    "unit_missing": (mark("Dòng không có mã đơn vị."), _FILL),
    "unit_twice": (mark("Đơn vị “{unit}” đã có ở dòng {first}."), mark("Giữ lại một dòng.")),
    "unknown_unit": (
        mark("Không có đơn vị “{unit}” trong bảng đơn vị."),
        mark("Sửa mã đơn vị, hoặc thêm đơn vị vào bảng đơn vị."),
    ),
    "unknown_unit_of_result": (mark("Không có đơn vị “{unit}”."), mark("Các đơn vị của kết quả: {known}.")),
    "unknown_group": (mark("Không có nhóm đối tượng “{group}”."), mark("Dùng một trong: {known}.")),
    "unknown_parent": (
        mark("Đơn vị cấp trên “{parent}” của “{unit}” không có trong bảng."),
        mark("Thêm dòng cho đơn vị cấp trên, hoặc sửa mã."),
    ),
    "parent_circle": (
        mark("Các đơn vị cấp trên của “{unit}” quay vòng về chính nó."),
        mark("Sửa cột “đơn vị cấp trên” (`parent`)."),
    ),
    "not_yes_no": (
        mark("“{text}” ở cột {column} không phải có hoặc không."),
        mark("Ghi “có” hoặc “không”, hoặc để trống."),
    ),
    "unknown_measure": (
        mark("Không có số liệu “{measure}” trong bộ tiêu chí."),
        mark("Sửa mã số liệu, hoặc khai báo số liệu trong bộ tiêu chí (khóa `measures`)."),
    ),
    "unknown_item": (mark("Không có mục “{item}” trong bộ tiêu chí."), mark("Sửa mã mục. Mã là chữ: 1.10 khác 1.1.")),
    "item_is_a_sum": (
        mark("“{item}” là tổng của các mục bên dưới, không chấm trực tiếp."),
        mark("Chấm các mục bên dưới nó."),
    ),
    "unknown_state": (mark("Không có trạng thái “{state}”."), mark("Dùng một trong: {known}.")),
    "unknown_option": (
        mark("“{value}” không phải lựa chọn của chỉ tiêu {measure}."),
        mark("Ghi khóa của lựa chọn, một trong: {known}."),
    ),
    "not_a_number": (
        mark("“{text}” không phải một số."),
        mark("Ghi một số như 53576 hoặc 0,5: không có dấu phân cách hàng nghìn, không kèm đơn vị."),
    ),
    "not_a_number/column": (
        mark("Cột {column}: “{text}” không phải một số."),
        mark("Ghi một số như 53576 hoặc 0,5: không có dấu phân cách hàng nghìn, không kèm đơn vị."),
    ),
    "not_a_year": (
        mark("“{year}” không phải một năm."),
        mark("Ghi bốn chữ số, ví dụ 2024; để trống là năm của bộ tiêu chí."),
    ),
    "not_whole": (
        mark("Chỉ tiêu {measure} phải là số nguyên, đang ghi “{value}”."),
        mark("Nếu dấu chấm là dấu hàng nghìn thì bỏ đi: 53.576 ghi là 53576."),
    ),
    "negative_count": (mark("Chỉ tiêu {measure} không thể âm, đang ghi {value}."), mark("Kiểm tra lại số đã gõ.")),
    "below_minimum": (mark("{value} nhỏ hơn mức thấp nhất {limit} của {measure}."), mark("Kiểm tra lại số đã gõ.")),
    "above_maximum": (mark("{value} lớn hơn mức cao nhất {limit} của {measure}."), mark("Kiểm tra lại số đã gõ.")),
    "negative_points": (
        mark("{text} ở cột {column}: không thể âm."),
        mark("Kiểm tra lại điểm đã gõ; điểm trừ ghi là số dương ở mục điểm trừ."),
    ),
    "pending_with_points": (
        mark("Dòng ghi trạng thái “Chờ kết quả” (`pending`) nhưng có điểm {text}."),
        mark("Xóa điểm, hoặc xóa trạng thái."),
    ),
    "typed_points_above_maximum": (
        mark("Mục {item} của {unit}: cột {column} ghi {text}, lớn hơn điểm tối đa {max_points}."),
        mark("Kiểm tra lại điểm đã gõ và mã mục."),
    ),
    "figure_twice": (
        mark("Số liệu {measure} của đơn vị {unit} đã có ở dòng trên (cùng năm)."),
        mark("Giữ lại một dòng: mỗi số liệu chỉ nhập một lần."),
    ),
    "figures_unused": (
        mark("{rows} dòng số liệu năm {of_year} của {measures} không được dùng: không mục nào cần số liệu năm đó."),
        mark("Kiểm tra năm đã ghi: bộ tiêu chí của năm {year}."),
    ),
    "figures_unused/of_cycle": (
        mark("{rows} dòng số liệu của {measures} không được dùng: không mục nào cần."),
        mark("Nếu phải chấm theo các số liệu này, gắn chúng vào cách tính điểm của một mục."),
    ),
    "survey_points_of_report": (
        mark("{rows} dòng điểm điều tra cho các mục không lấy điểm từ điều tra: {items}."),
        mark("Kiểm tra mã mục; nếu đúng, sửa nguồn điểm của mục (khóa `source`). Điểm này vẫn được tính."),
    ),
    "self_points_of_survey": (
        mark("{rows} dòng điểm tự đánh giá cho các mục lấy điểm từ điều tra: {items}."),
        mark("Kiểm tra mã mục; mục điều tra lấy điểm từ bảng điểm điều tra."),
    ),
    "figure_of_sum": (
        mark("{measure} của {unit} là tổng các đơn vị trực thuộc, không nhập trực tiếp."),
        mark("Bỏ dòng này, nhập số liệu của từng đơn vị trực thuộc."),
    ),
    "entry_of_number": (
        mark("{measure} là một số, không phải danh sách."),
        mark("Ghi số vào cột “giá trị” (`value`), bỏ cột “mục liệt kê” (`entry`) của dòng này."),
    ),
    "list_without_entry": (
        mark("{measure} là danh sách: mỗi dòng là một mục, cột “mục liệt kê” (`entry`) đang trống."),
        mark("Ghi tên hoặc số hiệu vào cột đó; nếu không có mục nào thì để trống và ghi “giá trị” (`value`) 0."),
    ),
    "entry_twice": (mark("“{entry}” của {measure} đã có ở dòng trên."), mark("Giữ lại một dòng.")),
    "entry_of_item_twice": (
        mark("Mục {item} của đơn vị {unit} đã có ở dòng trên."),
        mark("Giữ lại một dòng cho mỗi đơn vị và mục."),
    ),
    "not_assessed_without_reason": (
        mark("Mục {item} của {unit} ghi không đánh giá mà không có lý do."),
        mark(
            "Ghi lý do đã được chấp thuận vào cột “lý do” (`reason`), "
            "hoặc dùng trạng thái “đề nghị không đánh giá” (`not_assessed_requested`)."
        ),
    ),
}
