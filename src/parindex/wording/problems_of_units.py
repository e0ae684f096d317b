"""Problems of units in the course of time, and of the tables by which units and accounts are brought in."""

from parindex.wording.language import mark

_FIX_DAYS = mark("Sửa ngày hiệu lực; cả ngày đầu và ngày cuối đều được tính.")
_ONE_ROW = mark("Giữ lại một dòng.")
_FIX_PARENT = mark("Sửa mã đơn vị cấp trên.")

#: Columns of the tables by their official words.
UNIT_COLUMNS = {
    "name": mark("tên"),
    "short_name": mark("tên ngắn"),
    "kind": mark("loại"),
    "valid_from": mark("hiệu lực từ"),
    "valid_to": mark("hiệu lực đến"),
    "decision": mark("quyết định"),
    "decision_date": mark("ngày quyết định"),
    "predecessors": mark("mã đơn vị tiền thân"),
    "replaced": mark("mã tiền thân được thay thế"),
    "parted": mark("mã tiền thân chuyển một phần"),
    "overlap": mark("lý do cùng tồn tại"),
    "ending": mark("quyết định kết thúc"),
    "ending_date": mark("ngày quyết định kết thúc"),
    "full_name": mark("họ tên"),
    "email": mark("thư điện tử"),
    "username": mark("tên đăng nhập"),
    "role": mark("vai trò"),
    "phone": mark("điện thoại"),
    "position": mark("chức vụ"),
    "lead": mark("đơn vị chủ trì"),
}

UNITS: dict[str, tuple[str, str]] = {
    "unit_not_managed": (
        mark("Đơn vị “{unit}” hoặc cấp trên của nó không thuộc phạm vi bạn quản lý."),
        mark("Bỏ dòng này, hoặc nhờ quản trị hệ thống nhập."),
    ),
    "role_not_yours_to_give": (
        mark("Bạn không giao được vai trò {role} ở đơn vị “{unit}”."),
        mark("Bỏ vai trò đó, hoặc nhờ cơ quan thường trực nhập."),
    ),
    "account_taken": (
        mark("Tên đăng nhập hoặc thư điện tử của “{username}” là của tài khoản khác, có thể đã ngừng."),
        mark("Mở lại tài khoản đó, hoặc ghi tên và địa chỉ khác."),
    ),
    "address_not_yours_to_change": (
        mark("Tài khoản “{username}” đang dùng: bạn không đổi được thư điện tử của người này."),
        mark("Giữ địa chỉ cũ, hoặc nhờ lãnh đạo đơn vị của người đó hay quản trị hệ thống đổi."),
    ),
    "account_not_managed": (
        mark("Tài khoản “{username}” không thuộc phạm vi bạn quản lý."),
        mark("Bỏ dòng này, hoặc nhờ cơ quan thường trực nhập."),
    ),
    "unit_ends_before_it_begins": (
        mark("Hiệu lực từ {first} đến {last}: kết thúc trước khi bắt đầu."),
        _FIX_DAYS,
    ),
    "unit_ends_without_decision": (
        mark("“{unit}” kết thúc sau ngày {day} nhưng thiếu số hoặc ngày của quyết định kết thúc."),
        mark("Ghi số, ký hiệu và ngày ở cột Quyết định kết thúc, hoặc ghi đơn vị này là tiền thân của đơn vị kế thừa."),
    ),
    "unit_ending_without_day": (
        mark("“{unit}” có quyết định kết thúc nhưng không có ngày cuối."),
        mark("Ghi ngày cuối ở cột Hiệu lực đến, hoặc xóa quyết định kết thúc."),
    ),
    "unit_versions_overlap": (
        mark("Đơn vị “{unit}” có hai bản cùng hiệu lực ngay từ đầu."),
        mark("Ghi ngày kết thúc của bản trước và ngày bắt đầu của bản sau."),
    ),
    "unit_versions_overlap/day": (
        mark("Đơn vị “{unit}” có hai bản cùng hiệu lực vào ngày {day}."),
        mark("Cho bản trước kết thúc trước ngày {day}, hoặc sửa ngày bắt đầu của bản này."),
    ),
    "unit_parent_unknown": (
        mark("Không có đơn vị cấp trên “{parent}” của “{unit}”."),
        mark("Sửa mã, hoặc thêm dòng cho đơn vị cấp trên; nếu không có cấp trên thì để trống."),
    ),
    "unit_parent_not_valid": (
        mark("Đơn vị “{unit}” chưa có ngày bắt đầu, còn cấp trên “{parent}” thì chưa có từ đầu."),
        mark("Ghi ngày bắt đầu của “{unit}”, hoặc sửa ngày bắt đầu của “{parent}”."),
    ),
    "unit_parent_not_valid/day": (
        mark("Ngày {day}, đơn vị “{unit}” còn hiệu lực nhưng cấp trên “{parent}” thì không."),
        mark("Sửa ngày hiệu lực, hoặc thêm bản mới của “{unit}” từ ngày {day} với cấp trên khác."),
    ),
    "unit_parent_circle": (
        mark("Các đơn vị {units} vòng thành cấp trên của nhau."),
        _FIX_PARENT,
    ),
    "unit_parent_circle/day": (
        mark("Từ ngày {day}, các đơn vị {units} vòng thành cấp trên của nhau."),
        _FIX_PARENT,
    ),
    "unit_tree_too_deep": (
        mark("Phía trên đơn vị “{unit}” có hơn {limit} cấp."),
        mark("Kiểm tra các mã đơn vị cấp trên: có thể chúng nối thành một vòng dài."),
    ),
    "unit_name_twice": (
        mark("Tên “{name}” đã là tên của đơn vị “{other}” dưới cùng cấp trên."),
        mark("Nếu là một đơn vị thì dùng mã “{other}”; nếu là hai thì ghi tên phân biệt được."),
    ),
    "unit_name_twice/day": (
        mark("Tên “{name}” vào ngày {day} cũng là tên của đơn vị “{other}” dưới cùng cấp trên."),
        mark("Nếu là một đơn vị thì dùng mã “{other}”; nếu là hai thì ghi tên phân biệt được, hoặc sửa ngày hiệu lực."),
    ),
    "succession_of_itself": (
        mark("Đơn vị “{unit}” được ghi là tiền thân của chính nó."),
        mark("Xóa mã đó; đổi tên hoặc đổi cấp trên là bản mới của cùng một đơn vị."),
    ),
    "succession_twice": (
        mark("“{predecessor}” được ghi hai lần là tiền thân của “{successor}”."),
        mark("Xóa một lần."),
    ),
    "succession_unit_unknown": (
        mark("Không có đơn vị “{unit}” để ghi là tiền thân hoặc kế thừa."),
        mark("Sửa mã, hoặc thêm dòng cho đơn vị đó."),
    ),
    "succession_without_decision": (
        mark("“{successor}” kế thừa “{predecessor}” nhưng thiếu số hoặc ngày của quyết định."),
        mark("Ghi số, ký hiệu và ngày, ví dụ 1656/NQ-UBTVQH15 ngày 16/06/2025."),
    ),
    "succession_overlaps": (
        mark("“{predecessor}” và đơn vị kế thừa “{successor}” cùng hiệu lực mà không có lý do."),
        mark("Ghi lý do cùng tồn tại (ví dụ: nhận sáp nhập), hoặc sửa ngày hiệu lực."),
    ),
    "succession_overlaps/day": (
        mark("Ngày {day}, “{predecessor}” và đơn vị kế thừa “{successor}” cùng hiệu lực mà không có lý do."),
        mark("Ghi lý do cùng tồn tại (ví dụ: nhận sáp nhập), hoặc cho “{predecessor}” kết thúc trước ngày {day}."),
    ),
    "assignment_item_unknown": (
        mark("Phiếu không có mục “{text}”."),
        mark("Ghi mã mục, tiêu chí hoặc lĩnh vực đúng như trong bảng xuất ra, ví dụ 7.2.1."),
    ),
    "assignment_twice": (
        mark("Mục {item} đã có ở dòng {first} của tệp."),
        mark("Giữ lại một dòng; dòng của cả tiêu chí đã gồm các mục bên dưới."),
    ),
    "assignment_lead_unknown": (
        mark("Không có đơn vị “{text}” trong các đơn vị chủ trì được."),
        mark("Ghi đúng tên hoặc mã; chỉ chọn cơ quan của phiếu và các đơn vị trực thuộc đang có hiệu lực."),
    ),
    "assignment_title_differs": (
        mark("Tên ghi ở dòng không phải tên của mục {item}: “{expected}”."),
        mark("Kiểm tra mã có bị lệch dòng; bỏ trống cột tên nếu không cần đối chiếu."),
    ),
    "assignment_part_signed": (
        mark("Mục {item} không chuyển được: phần của {units} đã trình hoặc đã ký."),
        mark("Trả lại phần đó trước, hoặc bỏ dòng này."),
    ),
    "import_without_rows": (mark("Bảng chỉ có đầu cột, không có dòng nào."), mark("Điền các dòng rồi tải lại.")),
    "import_with_too_many_rows": (
        mark("Bảng có {rows} dòng, tối đa {limit}."),
        mark("Tách thành nhiều tệp, đơn vị cấp trên trước."),
    ),
    "items_with_too_many_rows": (
        mark("Bảng có {rows} dòng, tối đa {limit}."),
        mark("Tách thành nhiều tệp, mỗi tệp một số đơn vị, rồi ghi lần lượt: tệp sau không xóa số của tệp trước."),
    ),
    "cell_too_long": (
        mark("Ô {column} có {found} ký tự, tối đa {limit}."),
        mark("Rút ngắn, hoặc chuyển chữ sang đúng cột."),
    ),
    "not_a_day": (
        mark("“{text}” ở cột {column} không phải một ngày có trong lịch."),
        mark("Ghi ngày/tháng/năm, ví dụ 01/07/2025."),
    ),
    "unit_code_malformed": (
        mark("Mã “{text}” có ký tự không dùng được."),
        mark("Chỉ dùng chữ cái không dấu, chữ số, dấu - và _, ví dụ so-noi-vu."),
    ),
    "unit_no_predecessor": (
        mark("“{unit}” không có trong cột Mã đơn vị tiền thân của dòng này."),
        mark("Ghi thêm mã đó vào cột Mã đơn vị tiền thân, hoặc xóa ở đây."),
    ),
    "unit_replaced_and_parted": (
        mark("“{unit}” được ghi vừa là đơn vị được thay thế, vừa là đơn vị chỉ chuyển một phần."),
        mark("Giữ mã đó ở một trong hai cột."),
    ),
    "unit_code_lost_zeros": (
        mark("Chưa có đơn vị mã “{text}”, nhưng có đơn vị mã “{near}”: phần mềm bảng tính có thể đã bỏ số 0 đầu."),
        mark("Đổi cột sang dạng chữ (Text) rồi gõ đủ mã “{near}”."),
    ),
    "unit_kind_unknown": (mark("Không có loại đơn vị “{text}”."), mark("Dùng một trong: {known}.")),
    "unit_version_twice": (
        mark("Đơn vị “{unit}” với cùng ngày bắt đầu đã có ở dòng {first} của tệp."),
        _ONE_ROW,
    ),
    "decision_days_differ": (
        mark("Quyết định ghi ngày {one}, cột {column} ghi ngày {other}."),
        mark("Đối chiếu với quyết định, giữ lại ngày đúng."),
    ),
    "account_without_login": (
        mark("Dòng không có thư điện tử và tên đăng nhập."),
        mark("Ghi thư điện tử hoặc tên đăng nhập."),
    ),
    "account_twice": (mark("“{value}” ở cột {column} đã có ở dòng {first} của tệp."), _ONE_ROW),
    "account_matches_two": (
        mark("Tên đăng nhập là của tài khoản “{username}”, thư điện tử là của tài khoản “{other}”."),
        mark("Sửa một trong hai để dòng chỉ nói về một tài khoản."),
    ),
    "email_malformed": (
        mark("“{text}” không phải một địa chỉ thư điện tử."),
        mark("Ghi một địa chỉ, ví dụ ten@tinh.gov.vn."),
    ),
    "username_malformed": (
        mark("Tên đăng nhập “{text}” có ký tự không dùng được."),
        mark("Chỉ dùng chữ cái không dấu, chữ số và các dấu . _ - @ +, không có dấu cách."),
    ),
    "phone_malformed": (mark("“{text}” không phải một số điện thoại."), mark("Chỉ ghi chữ số, ví dụ 0215 3825 111.")),
    "phone_zero_restored": (
        mark("Số điện thoại {text} được đọc là {phone}: phần mềm bảng tính đã bỏ số 0 đầu."),
        mark("Đổi cột sang dạng chữ (Text) để giữ số 0."),
    ),
    "role_unknown": (
        mark("Không có vai trò {roles}."),
        mark("Dùng một trong: {known}. Nhiều vai trò thì ngăn bằng dấu chấm phẩy."),
    ),
}
