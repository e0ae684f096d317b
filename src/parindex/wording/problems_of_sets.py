"""Problems of criteria set files and of the rules in them."""

from parindex.wording.language import mark

_SCHEMA = mark("Xem lược đồ criteria-set.schema.json hoặc một bộ tiêu chí có sẵn làm mẫu.")

SETS: dict[str, tuple[str, str]] = {
    "unknown_set": (
        mark("Không có tệp và cũng không có bộ tiêu chí có sẵn tên “{name}”."),
        mark("Chỉ một tệp YAML, hoặc dùng một trong các mã: {known}."),
    ),
    "unknown_set/near": (
        mark("Không có tệp và cũng không có bộ tiêu chí có sẵn tên “{name}”."),
        mark("Có phải {near}? Các bộ có sẵn: {known}."),
    ),
    "set_is_a_paper": (
        mark("Tệp {file} là văn bản, chưa phải bộ tiêu chí."),
        mark("Đọc văn bản trước: parindex read {file} --out BỘ.yaml; kiểm tra rồi dùng tệp YAML đó."),
    ),
    "several_tables_in_paper": (
        mark("Tệp {file} có {count} bảng tiêu chí, không rõ so sánh bảng nào."),
        mark("Chọn bảng: parindex read {file} --table N --out BỘ.yaml, rồi so sánh tệp YAML đó."),
    ),
    "yaml_syntax": (
        mark("Tệp không đúng cú pháp YAML ở dòng này."),
        mark("Khóa phải là chữ; kiểm tra thụt lề, dấu hai chấm, dấu ngoặc."),
    ),
    "yaml_syntax/at": (
        mark("Tệp không đúng cú pháp YAML ở ký tự thứ {at} của dòng này."),
        mark(
            "Kiểm tra thụt lề, dấu ngoặc và dấu hai chấm ở dòng này và dòng trên; "
            "chuỗi có dấu hai chấm phải đặt trong ngoặc kép."
        ),
    ),
    "yaml_alias": (mark("Tệp dùng bí danh YAML (*{name}), không được phép."), mark("Viết lại nội dung đầy đủ.")),
    "yaml_anchor": (mark("Tệp dùng neo YAML (&{name}), không được phép."), mark("Bỏ neo, viết lại nội dung đầy đủ.")),
    "yaml_tag": (mark("Tệp dùng thẻ YAML {tag}, không được phép."), mark("Bỏ thẻ.")),
    "yaml_duplicate_key": (mark("Khóa “{key}” đã có ở dòng {first_line}."), mark("Giữ lại một khóa.")),
    "yaml_several_documents": (mark("Tệp có nhiều tài liệu YAML (---)."), mark("Mỗi tệp một bộ tiêu chí: tách tệp.")),
    "yaml_too_deep": (mark("Tệp lồng nhau quá {limit} cấp."), mark("Giảm số cấp.")),
    "key_missing": (mark("Thiếu khóa {key}."), mark("Thêm khóa này.")),
    "key_unknown": (mark("Không có khóa `{key}`."), mark("Bỏ khóa này.")),
    "key_unknown/near": (mark("Không có khóa `{key}`."), mark("Có phải {near}? Sửa tên khóa, hoặc bỏ đi.")),
    "keys_exclude_each_other": (mark("Chỉ một trong các khóa {keys} được dùng."), mark("Giữ lại một khóa.")),
    "value_not_allowed": (mark("“{found}” không phải giá trị cho phép."), mark("Dùng một trong: {allowed}.")),
    "value_not_understood": (mark("“{found}” không phải {expected}."), mark("Sửa giá trị.")),
    "value_wrong_type": (mark("“{found}” không phải {expected}."), _SCHEMA),
    "list_empty": (mark("Danh sách trống."), mark("Thêm ít nhất một phần tử, hoặc bỏ khóa.")),
    "list_too_long": (mark("Danh sách có {length} phần tử, tối đa {limit}."), mark("Rút gọn danh sách.")),
    "nested_too_deep": (mark("Quy tắc lồng nhau quá {limit} cấp."), mark("Tách thành nhiều mục.")),
    "number_out_of_range": (mark("{found} nằm ngoài khoảng cho phép."), mark("Kiểm tra lại con số trong quy tắc.")),
    "not_above_zero": (mark("{found} phải lớn hơn 0."), mark("Sửa con số trong quy tắc.")),
    "band_empty": (
        mark("Khoảng từ {lower} đến {upper} trống."),
        mark("Sửa các cận: cận dưới phải nhỏ hơn cận trên."),
    ),
    "bands_overlap": (
        mark("Khoảng thứ {first} và khoảng thứ {second} chồng nhau tại {edge}."),
        mark("Mỗi giá trị chỉ thuộc một khoảng: dùng “từ” (`from`, kể cả cận) và “dưới” (`below`, trừ cận)."),
    ),
    "needs_nothing_when": (
        mark(
            "“Khi không phát sinh” (`nothing_arose`) cần biết khi nào là không phát sinh, mà quy tắc không có mẫu số."
        ),
        mark("Thêm “không phát sinh khi” (`nothing_when`) với các số liệu bằng 0."),
    ),
    "needs_whole": (
        mark("Khóa {key} chỉ dùng được khi đại lượng có “mẫu số” (`to`)."),
        mark("Thêm “mẫu số” (`to`), hoặc bỏ khóa này."),
    ),
    "not_assessed_inside": (
        mark("“Không đánh giá” (`not_assessed`) chỉ dùng được ở quy tắc ngoài cùng của mục."),
        mark(
            "Chuyển lên quy tắc ngoài cùng, hoặc dùng “đủ điểm” (`full`), “không điểm” (`zero`), "
            "“điểm” (`points`), “tỷ lệ điểm” (`share`)."
        ),
    ),
    "zero_base_inside": (
        mark("“Khi mẫu số bằng 0” (`zero_base`) chỉ dùng được ở đại lượng của chính quy tắc."),
        mark("Chuyển khóa này lên đại lượng ngoài cùng."),
    ),
    "zero_base_refused": (
        mark("“Khi mẫu số bằng 0” (`zero_base`) chỉ có nghĩa khi phần tính được phép vượt tổng thể."),
        mark("Thêm `over: cap` (lấy 100%) hoặc `over: allow` (được vượt), hoặc bỏ khóa `zero_base`."),
    ),
    "term_names_several": (
        mark("Một số hạng chỉ nêu một trong các khóa {keys}."),
        mark("Tách thành nhiều số hạng."),
    ),
    "unknown_choice": (
        mark("“{key}” không phải lựa chọn của số liệu {measure}."),
        mark("Sửa khóa, hoặc thêm lựa chọn vào số liệu."),
    ),
    "unknown_rule_kind": (mark("Không có loại quy tắc “{found}”."), mark("Dùng một trong: {allowed}.")),
    "not_dated_yet": (
        mark("Không có giá trị nào cho năm {year}; giá trị đầu tiên là của năm {first}."),
        mark("Thêm giá trị của năm {year} hoặc năm trước đó."),
    ),
    "measure_of_other_kind": (
        mark("Số liệu {measure} là {found}, ở đây cần {expected}."),
        mark("Dùng số liệu khác, hoặc sửa “loại” (`kind`) của số liệu."),
    ),
    "rounding_places": (mark("Làm tròn {places} chữ số không được."), mark("Dùng 0 đến 12 chữ số.")),
    "set_without_id": (mark("Bộ tiêu chí không có “mã” (`id`)."), mark("Thêm khóa này.")),
    "set_without_year": (mark("Bộ tiêu chí “{set}” không có năm đánh giá."), mark("Thêm “năm” (`year`).")),
    "set_without_items": (
        mark("Bộ tiêu chí “{set}” không có mục nào."),
        mark("Thêm “lĩnh vực” (`areas`) với các mục."),
    ),
    "code_twice": (mark("Mã {code} dùng cho hai mục."), mark("Đổi mã của một mục; xem đề xuất của parindex check.")),
    "item_without_maximum": (mark("Mục {code} không có điểm tối đa."), mark("Thêm “điểm tối đa” (`max_points`).")),
    "unknown_part": (mark("Không có phần điểm “{part}”."), mark("Dùng một trong: {known}.")),
    "unknown_part/none": (
        mark("Không có phần điểm “{part}”: bộ tiêu chí không khai báo phần điểm nào."),
        mark("Khai báo “các phần điểm” (`parts`), hoặc bỏ tên này."),
    ),
    "unknown_item/total": (
        mark("Tổng “{total}” cộng mục {item}, nhưng bộ tiêu chí không chấm mục nào có mã đó."),
        mark("Sửa mã trong “các mục” (`items`) của tổng; chỉ cộng được mục không có mục con."),
    ),
    "identity_empty": (
        mark("Đẳng thức số liệu thiếu một vế."),
        mark("Khai báo cả “vế trái” (`left`) và “vế phải” (`right`)."),
    ),
    "unknown_code": (mark("Không có mã {code}."), mark("Xem các mã trong bộ tiêu chí.")),
    "unknown_code/near": (mark("Không có mã {code}."), mark("Các mã gần đó: {near}.")),
}
