"""Problems of the table of who appraises what."""

from parindex.wording.language import mark

COUNCILS: dict[str, tuple[str, str]] = {
    "appraisal_line_twice": (mark("Dòng này giống dòng {first} của tệp."), mark("Giữ lại một dòng.")),
    "appraisal_level_unknown": (
        mark("Hội đồng không có cấp “{text}”."),
        mark("Ghi số thứ tự của cấp, ví dụ 1, hoặc thêm cấp ở trang hội đồng."),
    ),
    "appraisal_member_unknown": (
        mark("“{text}” không phải tên đăng nhập hoặc họ tên của đúng một thành viên cho ý kiến."),
        mark("Ghi tên đăng nhập; thêm người vào hội đồng trước, tổ giúp việc không cho ý kiến."),
    ),
    "appraisal_item_unknown": (
        mark("Các bộ tiêu chí của kỳ không có mục “{text}”."),
        mark("Ghi mã lĩnh vực, tiêu chí hoặc mục, ví dụ 3.1; để trống là mọi mục."),
    ),
    "appraisal_group_unknown": (
        mark("Kỳ này không có nhóm “{text}”."),
        mark("Ghi mã hoặc tên nhóm như ở trang chuẩn bị kỳ; để trống là mọi nhóm."),
    ),
    "appraisal_unit_unknown": (
        mark("Kỳ này không có đúng một phiếu của đơn vị “{text}”."),
        mark("Ghi mã đơn vị; để trống là mọi đơn vị."),
    ),
}
