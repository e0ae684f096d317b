"""Problems of many rows of answers at once: how many there are, what stands there, and where the first of them are."""

from parindex.wording.language import mark

RESPONSES: dict[str, tuple[str, str]] = {
    "column_missing/several": (
        mark("Thiếu {count} cột: {column}."),
        mark("Thêm các cột này, hoặc sửa tên cột cho khớp. Lệnh đọc các cột: {known}."),
    ),
    "cell_missing/several": (
        mark("Cột {column}: {count} ô trống ({places})."),
        mark("Điền vào các ô này."),
    ),
    "not_a_number/several": (
        mark("Cột {column}: {count} ô không phải một số, {values} ({places})."),
        mark("Ghi một số như 53576 hoặc 0,5: không có dấu phân cách hàng nghìn, không kèm đơn vị."),
    ),
    "weight_not_positive/several": (
        mark("{count} quyền số không lớn hơn 0, {values} ({places})."),
        mark("Kiểm tra cột quyền số; bỏ dòng của người không thuộc mẫu."),
    ),
    "weight_without_respondent/several": (
        mark("{count} người có quyền số nhưng không có phiếu trong {data}: {values} ({places})."),
        mark("Bổ sung phiếu, hoặc bỏ các dòng này; muốn chỉ tính một nhóm thì giữ đủ phiếu và dùng --by."),
    ),
    "respondent_without_weight/several": (
        mark("{count} người trả lời không có quyền số trong {weights}: {values} ({places})."),
        mark("Bổ sung quyền số, hoặc bỏ các dòng này."),
    ),
    "fraction_range/several": (
        mark(
            "Giai đoạn {stage}: tỷ lệ chọn mẫu không nằm trong khoảng trên 0 đến 1 ở {count} dòng, {values} ({places})."
        ),
        mark("Ghi phần đã chọn chia cho tổng thể, ví dụ 0,1."),
    ),
    "answer_off_scale/several": (
        mark("{item}: {count} câu trả lời ngoài thang {lowest}–{highest}: {values} ({places})."),
        mark("Sửa các câu trả lời, để trống nếu không trả lời, hoặc khai báo mã “không biết”, “từ chối”."),
    ),
    "number_off_limits/several": (
        mark("{item}: {count} số ngoài khoảng mà phiếu cho phép, {lowest} … {highest}: {values} ({places})."),
        mark("Sửa các số này, để trống nếu không trả lời, hoặc sửa giới hạn trong phiếu."),
    ),
    "number_not_whole/several": (
        mark("{item}: {count} số không phải số nguyên, mà phiếu hỏi số nguyên: {values} ({places})."),
        mark("Sửa các số này, để trống nếu không trả lời, hoặc bỏ `integer` trong phiếu."),
    ),
    "respondent_twice/several": (
        mark("{count} dòng lặp người trả lời đã có ở dòng trên: {values} ({places})."),
        mark("Giữ lại một dòng cho mỗi người."),
    ),
    "respondent_not_sampled/several": (
        mark("{count} người trả lời không có trong mẫu: {values} ({places})."),
        mark("Sửa mã người trả lời. Người ngoài mẫu và danh sách dự phòng không được tính."),
    ),
    "status_unknown/several": (
        mark("Cột {column}: không hiểu tình trạng ở {count} dòng, {values} ({places})."),
        mark("Dùng một trong: {known}; để trống nếu đã trả lời."),
    ),
    "response_differs/several": (
        mark(
            "Cột “{column}”: {count} ô khác với trong mẫu ({places}); đầu tiên là {unit}: ghi “{text}”, trong mẫu là "
            "“{value}”."
        ),
        mark("Sửa bảng trả lời theo mẫu; nếu là thông tin mới, đặt tên cột khác."),
    ),
    "reserve_out_of_order/several": (
        mark(
            "{count} dự phòng đã được dùng trước người đứng trước trong danh sách: {values} ({places}); đầu tiên là "
            "{unit}, trước {first}."
        ),
        mark("Dùng danh sách dự phòng theo thứ tự; ghi tình trạng của người đứng trước nếu đã hỏi."),
    ),
    "reserve_without_need/several": (
        mark(
            "{count} dự phòng đã trả lời mà ở đó không đủ người trong mẫu không trả lời để thay: {values} ({places}); "
            "đầu tiên là {unit}, ở đó chỉ có {silent} người."
        ),
        mark("Ghi tình trạng của người trong mẫu không trả lời, hoặc bỏ phiếu dự phòng."),
    ),
    "frame_unit_twice/several": (
        mark(
            "{count} dòng lặp đơn vị đã có ở dòng trên: {values} ({places}; đầu tiên là {unit}, đã có ở dòng {first})."
        ),
        mark("Giữ lại một dòng cho mỗi đơn vị; nếu là hai đơn vị khác nhau, đặt mã khác nhau."),
    ),
    "frame_unit_in_two/several": (
        mark(
            "Cột “{column}”: {count} đơn vị nằm dưới hai đơn vị cấp trên, {values} ({places}; đầu tiên: {one} và "
            "{other})."
        ),
        mark("Sửa mã; nếu mã chỉ có nghĩa trong đơn vị cấp trên, ghi `unique: false` ở giai đoạn đó."),
    ),
    "frame_value_differs/several": (
        mark(
            "Cột “{column}”: {count} đơn vị có các dòng ghi khác nhau, {values} ({places}); đầu tiên ghi “{found}”, "
            "dòng {first} ghi “{value}”."
        ),
        mark("Sửa để mọi dòng của cùng một đơn vị ghi giống nhau."),
    ),
    "frame_size_not_positive/several": (
        mark("Cột “{column}”: {count} quy mô không lớn hơn 0, {values} ({places})."),
        mark("Sửa các số này; đơn vị không có ai thì bỏ khỏi khung mẫu."),
    ),
    "frame_count_not_whole/several": (
        mark("Cột “{column}”: {count} số đơn vị không phải số nguyên, {values} ({places})."),
        mark("Ghi số đếm được."),
    ),
    "frame_parent_unknown/several": (
        mark("{count} đơn vị của bảng này không có trong bảng khung mẫu cấp trên: {values} ({places})."),
        mark("Sửa mã, hoặc bổ sung bảng cấp trên."),
    ),
    "cluster_in_two_strata/several": (
        mark("{count} cụm nằm ở hai tầng: {values} ({places}; cụm đầu tiên đã có ở dòng {first}, thuộc tầng khác)."),
        mark("Sửa mã cụm hoặc tầng. Nếu mã cụm đánh lại từ đầu ở mỗi tầng, khai báo `nested: true` trong thiết kế."),
    ),
    "population_varies/several": (
        mark(
            "Giai đoạn {stage}, cột {column}: ở {count} cụm (tầng) cấp trên các dòng ghi khác nhau, {values} "
            "({places}; đầu tiên: dòng {first} cùng cụm cấp trên ghi {expected})."
        ),
        mark("Số cụm của tổng thể phải như nhau trên mọi dòng của cùng một cụm (tầng) cấp trên."),
    ),
    "population_below_sample/several": (
        mark(
            "Giai đoạn {stage}: ở {count} cụm (tầng) cấp trên, tổng thể ghi ít hơn số cụm đã có trong mẫu, {values} "
            "({places}; đầu tiên: mẫu có {sampled} cụm)."
        ),
        mark("Sửa số cụm của tổng thể, hoặc mã cụm bị tách thành nhiều cụm."),
    ),
    "margin_class_twice/several": (
        mark("{count} dòng lặp nhóm đã có ở dòng trên: {values} ({places})."),
        mark("Giữ lại một dòng cho mỗi nhóm."),
    ),
    "version_unknown/several": (
        mark("{count} dòng có phiên bản phiếu không có trong các phiên bản đã biết ({known}): {values} ({places})."),
        mark("Ghi đúng phiên bản, hoặc khai báo thêm ở `versions`."),
    ),
    "category_unknown/several": (
        mark("Cột {column}: {count} ô không thuộc các nhóm đã khai báo ({known}): {values} ({places})."),
        mark("Sửa các ô này, hoặc khai báo thêm ở `demographics`."),
    ),
    "option_unknown/several": (
        mark("{column}: {count} ô có lựa chọn không có trong phiếu ({known}): {values} ({places})."),
        mark("Ghi mã các lựa chọn, ngăn bằng dấu chấm phẩy: 1;6."),
    ),
    "option_of_one_unknown/several": (
        mark("{column}: {count} ô có lựa chọn không có trong phiếu ({known}): {values} ({places})."),
        mark("Câu này chọn một: ghi đúng một mã trong các mã của phiếu, hoặc để trống nếu không trả lời."),
    ),
    "respondent_group_misspelt/several": (
        mark("Cột {column}: {count} ô ghi nhóm người trả lời không có trong phiếu, {values} ({places})."),
        mark("Có phải {near}? Ghi đúng mã nhóm của phiếu: {known}."),
    ),
    "respondent_group_undeclared/several": (
        mark("Cột {column}: {count} ô ghi nhóm người trả lời không có trong phiếu, {values} ({places})."),
        mark("Ghi đúng mã nhóm của phiếu: {known}; hoặc khai nhóm ở `respondent_groups` của phiếu."),
    ),
    "option_twice/several": (
        mark("{column}: {count} ô ghi một lựa chọn hai lần: {values} ({places})."),
        mark("Mỗi lựa chọn ghi một lần."),
    ),
    "options_too_many/several": (
        mark("{column}: {count} ô chọn nhiều hơn {most} phương án: {values} ({places})."),
        mark("Chỉ giữ tối đa {most} lựa chọn."),
    ),
    "option_not_alone/several": (
        mark(
            "{column}: {count} ô chọn cùng lúc với phương án khác một phương án phải đứng một mình ({known}): {values} "
            "({places})."
        ),
        mark("Chỉ giữ phương án đó, hoặc bỏ nó."),
    ),
    "lonely_cluster/several": (
        mark(
            "{count} chỗ chỉ có một cụm trong mẫu ({values}; {places}): không tính được sai số, và thiết kế khai báo "
            "`lonely: fail`."
        ),
        mark("Gộp tầng, hoặc khai báo `lonely` là certainty, average hoặc adjust."),
    ),
}
