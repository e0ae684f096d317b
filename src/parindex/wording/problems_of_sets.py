"""Problems of criteria set files and of the rules in them."""

from parindex.wording.language import mark

_SCHEMA = mark("Xem lược đồ criteria-set.schema.json hoặc một bộ tiêu chí có sẵn làm mẫu.")

SETS: dict[str, tuple[str, str]] = {
    "unknown_set": (
        mark("Không có tệp và cũng không có bộ tiêu chí có sẵn tên “{name}”."),
        mark("Chỉ một tệp YAML, hoặc dùng một trong các mã: {known}."),
    ),
    "yaml_syntax": (mark("Sai cú pháp YAML: {detail}."), mark("Sửa dòng được nêu; chuỗi có dấu hai chấm phải đặt trong ngoặc kép.")),
    "yaml_alias": (mark("Tệp dùng bí danh YAML (*{name}), không được phép."), mark("Viết lại nội dung đầy đủ.")),
    "yaml_anchor": (mark("Tệp dùng neo YAML (&{name}), không được phép."), mark("Bỏ neo, viết lại nội dung đầy đủ.")),
    "yaml_tag": (mark("Tệp dùng thẻ YAML {tag}, không được phép."), mark("Bỏ thẻ.")),
    "yaml_duplicate_key": (mark("Khóa “{key}” đã có ở dòng {first_line}."), mark("Giữ lại một khóa.")),
    "yaml_several_documents": (mark("Tệp có nhiều tài liệu YAML (---)."), mark("Mỗi tệp một bộ tiêu chí: tách tệp.")),
    "yaml_too_deep": (mark("Tệp lồng nhau quá {limit} cấp."), mark("Giảm số cấp.")),
    "key_missing": (mark("Thiếu khóa “{key}”."), mark("Thêm khóa này.")),
    "key_unknown": (mark("Không có khóa “{key}”."), mark("Sửa tên khóa (gần nhất: “{near}”) hoặc bỏ đi.")),
    "keys_exclude_each_other": (mark("Chỉ một trong các khóa {keys} được dùng."), mark("Giữ lại một khóa.")),
    "value_not_allowed": (mark("“{found}” không phải giá trị cho phép."), mark("Dùng một trong: {allowed}.")),
    "value_not_understood": (mark("“{found}” không phải {expected}."), mark("Sửa giá trị.")),
    "value_wrong_type": (mark("“{found}” không phải {expected}."), _SCHEMA),
    "list_empty": (mark("Danh sách trống."), mark("Thêm ít nhất một phần tử, hoặc bỏ khóa.")),
    "list_too_long": (mark("Danh sách có {length} phần tử, tối đa {limit}."), mark("Rút gọn danh sách.")),
    "nested_too_deep": (mark("Quy tắc lồng nhau quá {limit} cấp."), mark("Tách thành nhiều mục.")),
    "number_out_of_range": (mark("{found} nằm ngoài khoảng cho phép."), mark("Kiểm tra lại con số trong quy tắc.")),
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
    "unknown_code": (mark("Không có mã {code}."), mark("Các mã gần đó: {near}.")),
}
