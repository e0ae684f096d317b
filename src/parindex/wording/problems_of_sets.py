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
    "yaml_syntax": (
        mark("Sai cú pháp YAML: {detail}."),
        mark("Sửa dòng được nêu; chuỗi có dấu hai chấm phải đặt trong ngoặc kép."),
    ),
    "yaml_alias": (mark("Tệp dùng bí danh YAML (*{name}), không được phép."), mark("Viết lại nội dung đầy đủ.")),
    "yaml_anchor": (mark("Tệp dùng neo YAML (&{name}), không được phép."), mark("Bỏ neo, viết lại nội dung đầy đủ.")),
    "yaml_tag": (mark("Tệp dùng thẻ YAML {tag}, không được phép."), mark("Bỏ thẻ.")),
    "yaml_duplicate_key": (mark("Khóa “{key}” đã có ở dòng {first_line}."), mark("Giữ lại một khóa.")),
    "yaml_several_documents": (mark("Tệp có nhiều tài liệu YAML (---)."), mark("Mỗi tệp một bộ tiêu chí: tách tệp.")),
    "yaml_too_deep": (mark("Tệp lồng nhau quá {limit} cấp."), mark("Giảm số cấp.")),
    "key_missing": (mark("Thiếu khóa “{key}”."), mark("Thêm khóa này.")),
    "key_unknown": (mark("Không có khóa “{key}”."), mark("Bỏ khóa này.")),
    "key_unknown/near": (mark("Không có khóa “{key}”."), mark("Có phải “{near}”? Sửa tên khóa, hoặc bỏ đi.")),
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
        mark("Khoảng {first} và khoảng {second} chồng nhau tại {edge}."),
        mark("Mỗi giá trị chỉ thuộc một khoảng: dùng from/below (kể cả cận dưới, trừ cận trên)."),
    ),
    "needs_nothing_when": (
        mark("nothing_arose cần biết khi nào là không phát sinh, mà quy tắc không có mẫu số."),
        mark("Thêm nothing_when với các chỉ tiêu bằng 0."),
    ),
    "needs_whole": (
        mark("Khóa “{key}” chỉ dùng được khi đại lượng có mẫu số (to)."),
        mark("Thêm to, hoặc bỏ khóa này."),
    ),
    "not_assessed_inside": (
        mark("“not_assessed” chỉ dùng được ở quy tắc ngoài cùng của mục."),
        mark("Chuyển lên quy tắc ngoài cùng, hoặc dùng full, zero, points, share."),
    ),
    "zero_base_inside": (
        mark("zero_base chỉ dùng được ở đại lượng của chính quy tắc."),
        mark("Chuyển zero_base lên đại lượng ngoài cùng."),
    ),
    "zero_base_refused": (
        mark("zero_base cần over là cap hoặc allow."),
        mark("Thêm over: cap hoặc over: allow, hoặc bỏ zero_base."),
    ),
    "term_names_several": (
        mark("Một số hạng chỉ nêu một trong các khóa {keys}."),
        mark("Tách thành nhiều số hạng."),
    ),
    "unknown_choice": (
        mark("“{key}” không phải lựa chọn của chỉ tiêu {measure}."),
        mark("Sửa khóa, hoặc thêm lựa chọn vào chỉ tiêu."),
    ),
    "unknown_rule_kind": (mark("Không có loại quy tắc “{found}”."), mark("Dùng một trong: {allowed}.")),
    "not_dated_yet": (
        mark("Không có giá trị nào cho năm {year}; giá trị đầu tiên là của năm {first}."),
        mark("Thêm giá trị của năm {year} hoặc năm trước đó."),
    ),
    "measure_of_other_kind": (
        mark("Chỉ tiêu {measure} là {found}, ở đây cần {expected}."),
        mark("Dùng chỉ tiêu khác, hoặc sửa loại của chỉ tiêu."),
    ),
    "rounding_places": (mark("Làm tròn {places} chữ số không được."), mark("Dùng 0 đến 12 chữ số.")),
    "set_without_id": (mark("Bộ tiêu chí không có mã (id)."), mark("Thêm id.")),
    "set_without_year": (mark("Bộ tiêu chí “{set}” không có năm."), mark("Thêm year: năm đánh giá.")),
    "set_without_items": (mark("Bộ tiêu chí “{set}” không có mục nào."), mark("Thêm areas với các mục.")),
    "code_twice": (mark("Mã {code} dùng cho hai mục."), mark("Đổi mã của một mục; xem đề xuất của parindex check.")),
    "item_without_maximum": (mark("Mục {code} không có điểm tối đa."), mark("Thêm max_points.")),
    "unknown_part": (mark("Không có phần điểm “{part}”."), mark("Dùng một trong: {known}.")),
    "identity_empty": (mark("Đẳng thức số liệu thiếu một vế."), mark("Khai báo cả left và right.")),
    "unknown_code": (mark("Không có mã {code}."), mark("Xem các mã trong bộ tiêu chí.")),
    "unknown_code/near": (mark("Không có mã {code}."), mark("Các mã gần đó: {near}.")),
}
