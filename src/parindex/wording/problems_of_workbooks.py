"""Problems of a score sheet that was filled offline in a workbook and is handed in again."""

from parindex.wording.language import mark

_AGAIN = mark("Tải lại phiếu từ hệ thống, chép phần đã nhập sang các ô màu vàng rồi nộp tệp đó.")
_ITS_OWN = mark("Chọn đúng tệp, hoặc mở đúng phiếu chấm điểm rồi nộp lại.")
_RESTORE = mark(
    "Bấm Ctrl+Z nếu tệp còn mở; nếu không, tải lại phiếu từ hệ thống rồi chép phần đã nhập sang các ô màu vàng."
)
_PLAIN_NUMBER = mark("Gõ lại bằng chữ số, ví dụ 53576 hoặc 0,5: không có dấu phân cách hàng nghìn, không kèm đơn vị.")

WORKBOOKS: dict[str, tuple[str, str]] = {
    "workbook_format_unknown": (
        mark("{file} không phải bảng tính đọc được ở đây."),
        mark("Lưu lại ở một trong các dạng: {known}."),
    ),
    "workbook_not_ours": (
        mark("{file} không phải phiếu chấm điểm tải về từ hệ thống này."),
        mark("Nộp chính tệp đã tải về; không chép nội dung sang tệp mới, không xóa trang tính ẩn."),
    ),
    "workbook_seal_broken": (
        mark("Phần nhận dạng ẩn của {file} đã bị sửa, hoặc tệp được tải về từ hệ thống khác."),
        _AGAIN,
    ),
    "workbook_of_other_unit": (mark("Tệp là phiếu của “{found}”, không phải của “{expected}”."), _ITS_OWN),
    "workbook_of_other_cycle": (mark("Tệp là phiếu của kỳ đánh giá “{found}”, không phải “{expected}”."), _ITS_OWN),
    "workbook_of_other_sheet": (
        mark("Tệp là một phiếu khác của “{found}” trong cùng kỳ đánh giá (ví dụ của một phần việc khác)."),
        _ITS_OWN,
    ),
    "workbook_of_other_set": (
        mark("Tệp được làm theo bộ tiêu chí “{found}”; phiếu nay theo “{expected}” (dấu vân tay khác nhau)."),
        mark("Bộ tiêu chí đã được thay. Tải lại phiếu từ hệ thống rồi chép phần còn dùng được sang."),
    ),
    "workbook_sheet_missing": (
        mark("Không có trang tính “{sheet}” (các trang tính đang có: {known})."),
        mark("Đặt lại tên trang tính như cũ; nếu đã xóa, tải lại phiếu từ hệ thống."),
    ),
    "workbook_rows_deleted": (mark("Trang tính thiếu {count} dòng, cột đầu ghi: {rows}."), _RESTORE),
    "workbook_rows_moved": (
        mark("Trang tính có {count} dòng bị chuyển chỗ hoặc sắp xếp lại, cột đầu ghi: {rows}."),
        _RESTORE,
    ),
    "workbook_row_twice": (mark("Dòng “{key}” có hai lần."), mark("Xóa dòng được chép thêm.")),
    "workbook_row_added": (
        mark("Dòng này không có trong phiếu: “{text}”."),
        mark("Xóa dòng thêm vào; điều muốn nói ghi ở cột Giải trình."),
    ),
    "workbook_cell_outside": (
        mark("Ô này không thuộc phiếu nhưng có nội dung: “{text}”."),
        mark("Xóa nội dung của ô; điều muốn nói ghi ở cột Giải trình."),
    ),
    "workbook_locked_cell_changed": (
        mark("Ô khóa bị sửa: đang ghi “{found}”, khi tải về là “{expected}”."),
        mark("Ghi lại như cũ. Nếu nội dung gốc sai, báo cơ quan thường trực."),
    ),
    "workbook_locked_cell_emptied": (
        mark("Ô khóa bị xóa nội dung; khi tải về là “{expected}”."),
        mark("Ghi lại như cũ. Nếu nội dung gốc sai, báo cơ quan thường trực."),
    ),
    "workbook_locked_cell_formula": (
        mark("Ô khóa có công thức; khi tải về là “{expected}”."),
        mark("Xóa công thức, ghi lại như cũ. Nếu nội dung gốc sai, báo cơ quan thường trực."),
    ),
    "workbook_entry_gone": (
        mark("Ô này nhập cho “{key}”, nay không còn trong phiếu của đơn vị."),
        _AGAIN,
    ),
    "workbook_formula": (
        mark("Ô nhập có công thức; chỉ nhận giá trị được gõ vào."),
        mark("Chép ô, dán lại bằng “Dán giá trị” (Paste Values)."),
    ),
    "workbook_date_for_number": (
        mark("{measure}: chương trình bảng tính đã đổi số gõ vào thành ngày hoặc giờ ({text})."),
        mark("Gõ lại số; không gõ phân số như 1/2."),
    ),
    "workbook_date_for_text": (
        mark("Chương trình bảng tính đã đổi chữ gõ vào thành ngày hoặc giờ ({text})."),
        mark("Gõ dấu nháy đơn (') trước rồi gõ lại."),
    ),
    "workbook_not_a_number": (mark("{measure}: “{text}” không phải một số."), _PLAIN_NUMBER),
    "workbook_number_ambiguous": (
        mark("{measure}: “{text}” có thể là {whole} hoặc {decimal}."),
        mark("Gõ lại rõ ràng: {whole} hoặc {decimal}."),
    ),
    "workbook_number_with_thousands": (
        mark("{measure}: “{text}” có dấu phân cách hàng nghìn nên thành chữ, không thành số."),
        mark("Gõ lại {reading}."),
    ),
    "workbook_number_with_percent": (
        mark("{measure}: “{text}” có dấu phần trăm nên thành chữ, không thành số."),
        mark("Gõ lại {reading}: đơn vị tính đã ghi ở cột bên cạnh."),
    ),
    "workbook_not_whole": (
        mark("{measure} phải là số nguyên, đang ghi {value}."),
        mark("Gõ lại số nguyên. Nếu dấu chấm, dấu phẩy là dấu hàng nghìn thì bỏ đi."),
    ),
    "workbook_points_negative": (
        mark("Điểm tự đánh giá của mục {item} không thể âm, đang ghi {points}."),
        mark("Kiểm tra lại điểm đã gõ; điểm trừ ghi là số dương ở mục điểm trừ."),
    ),
    "workbook_points_above_maximum": (
        mark("Điểm tự đánh giá của mục {item} là {points}, lớn hơn điểm tối đa {max_points}."),
        mark("Kiểm tra lại điểm đã gõ."),
    ),
    "workbook_text_too_long": (
        mark("Nội dung ô dài hơn {limit} ký tự."),
        mark("Rút ngắn, hoặc nhập thẳng trên trang của mục này."),
    ),
    "workbook_unknown_choice": (
        mark("“{text}” không phải lựa chọn của {measure}."),
        mark("Chọn trong danh sách của ô, một trong: {known}."),
    ),
    "workbook_number_for_list": (
        mark("{measure} là danh sách, ô chỉ ghi số {text}."),
        mark("Ghi từng mục, mỗi mục một dòng (Alt+Enter); ghi 0 nếu không có mục nào."),
    ),
    "workbook_entry_twice": (mark("“{entry}” của {measure} được ghi hai lần."), mark("Giữ lại một dòng.")),
}
