"""Problems of files as such: missing, unreadable, too large, damaged."""

from parindex.wording.language import mark

_OPEN_IT = mark("Mở tệp bằng phần mềm gốc, lưu lại rồi thử lại.")
_UNMARK = mark("Đối chiếu với bản gốc; bỏ định dạng đó nếu chữ thuộc bảng.")
_WHICH = mark("Kiểm tra đường dẫn và tên tệp.")

FILES: dict[str, tuple[str, str]] = {
    "no_such_file": (mark("Không có tệp hoặc thư mục {file}."), _WHICH),
    "port_taken": (
        mark("Không mở được cổng {port} ở địa chỉ {host}: {reason}."),
        mark("Chọn cổng khác bằng --port, hoặc dừng chương trình đang dùng cổng này."),
    ),
    "demo_on_network": (
        mark("Chế độ dùng thử cho ai mở được trang vào bằng một lần bấm, kể cả quản trị; {host} mở trang cho cả mạng."),
        mark("Bỏ --host để chỉ máy này dùng. Cố ý cho cả mạng vào thì thêm --demo-on-network."),
    ),
    "no_application_data": (
        mark("Thư mục {file} không có cơ sở dữ liệu của ứng dụng."),
        mark("Chỉ đúng thư mục dữ liệu bằng --home. Chưa có ứng dụng thì chạy parindex serve trước."),
    ),
    "database_unreadable": (
        mark("Không đọc được cơ sở dữ liệu của ứng dụng ở {file} ({reason})."),
        mark("Kiểm tra --home, DATABASE_URL và cơ sở dữ liệu có đang chạy không."),
    ),
    "database_not_migrated": (
        mark("Cơ sở dữ liệu ở {file} do phiên bản khác của chương trình lập."),
        mark("Chạy parindex serve một lần để nâng cấp, hoặc dùng đúng phiên bản chương trình."),
    ),
    "not_a_chain_head": (
        mark("“{found}” không phải đầu chuỗi."),
        mark("Ghi dạng chuỗi:số:mã như trên phiếu xác nhận, ví dụ cycle-1:96:… với mã 64 ký tự."),
    ),
    "not_a_fingerprint": (
        mark("“{found}” không phải mã kiểm chứng."),
        mark("Mã có 64 ký tự gồm chữ số và các chữ a đến f; dấu cách ở giữa không sao."),
    ),
    "not_a_snapshot": (
        mark("Tệp không phải dữ liệu đóng băng của một lần chốt kết quả (dạng {format}){reason}."),
        mark("Tải lại tệp ở trang công bố; không mở rồi lưu lại bằng chương trình khác."),
    ),
    "column_length": (
        mark("Cột {column} có {values} giá trị cho {units} đơn vị."),
        mark("Tệp đã bị sửa. Tải lại tệp ở trang công bố."),
    ),
    "items_of_other_set": (
        mark("Các mục của nhóm {group} không phải là các mục của bộ tiêu chí đi kèm."),
        mark("Tệp đã bị sửa. Tải lại tệp ở trang công bố."),
    ),
    "group_twice": (
        mark("Nhóm {group} có hai lần trong dữ liệu đóng băng."),
        mark("Tệp đã bị sửa. Tải lại tệp ở trang công bố."),
    ),
    "unit_of_group_twice": (
        mark("Đơn vị {unit} có hai lần trong nhóm {group}."),
        mark("Tệp đã bị sửa. Tải lại tệp ở trang công bố."),
    ),
    "snapshot_field": (
        mark("Dữ liệu đóng băng có chỗ lạ, lặp hoặc sai kiểu ở “{at}”: ghi “{found}”, đọc được “{expected}”."),
        mark("Tệp đã bị sửa. Tải lại tệp ở trang công bố."),
    ),
    "snapshot_set_changed": (
        mark("Bộ tiêu chí của nhóm {group} trong tệp không cho ra mã {expected}… ghi bên cạnh."),
        mark("Tệp đã bị sửa. Tải lại tệp ở trang công bố."),
    ),
    "not_a_claim": (
        mark("Tệp {file} không phải nội dung phiếu đã ký (dạng {format})."),
        mark("Tải tệp nội dung ở trang phiếu xác nhận, không sửa, rồi kiểm tra lại."),
    ),
    "claim_of_other_set": (
        mark("Bộ tiêu chí {set} không phải bộ mà phiếu đã ký nêu: mã {found}, phiếu nêu {expected}."),
        mark("Tải đúng phiên bản của bộ tiêu chí (trang Bộ tiêu chí, Tải YAML)."),
    ),
    "file_not_found": (mark("Không có tệp {file}."), _WHICH),
    "is_a_folder": (mark("{file} là thư mục."), mark("Chỉ một tệp trong thư mục đó.")),
    "no_permission": (
        mark("Không có quyền mở {file}."),
        mark("Xin quyền đọc (hoặc ghi) tệp, hoặc chép sang chỗ khác."),
    ),
    "cannot_open": (mark("Không mở được {file} (hệ điều hành báo: {reason})."), _WHICH),
    "file_not_readable": (mark("Không đọc được {file}."), mark("Kiểm tra quyền đọc và đường dẫn.")),
    "file_unreadable": (
        mark("Không đọc được {file} (hệ điều hành báo: {reason})."),
        mark("Kiểm tra quyền đọc và đường dẫn."),
    ),
    "file_empty": (mark("Tệp {file} trống."), mark("Kiểm tra đã chọn đúng tệp chưa.")),
    "file_too_large": (
        mark("Tệp {file} có {bytes} byte, tối đa {limit} byte."),
        mark("Bỏ hình ảnh và dữ liệu thừa, hoặc tách thành nhiều tệp."),
    ),
    "file_with_doubled_part": (
        mark(
            "Tệp {file} chứa hai phần cùng tên {part}: mỗi phần mềm có thể hiển thị một nội dung khác, nên không đọc."
        ),
        mark("Mở tệp bằng phần mềm đã tạo ra nó, lưu lại thành tệp mới rồi thử lại."),
    ),
    "file_unpacks_too_large": (
        mark("Tệp {file} bung ra {bytes} byte, tối đa {limit} byte."),
        mark("Tệp có thể cố ý gây hại. Lưu lại từ phần mềm gốc, chỉ giữ bảng cần đọc."),
    ),
    "file_encrypted": (mark("Tệp {file} có mật khẩu."), mark("Bỏ mật khẩu rồi lưu lại.")),
    "file_damaged": (
        mark("Tệp {file} hỏng, bị cắt cụt hoặc không đúng định dạng của đuôi tệp."),
        mark("Mở tệp bằng phần mềm gốc rồi lưu lại; nếu không mở được, xin lại bản gốc."),
    ),
    "file_with_entities": (
        mark("Tệp {file} khai báo thực thể XML (DTD), thứ mà phần mềm văn phòng không ghi."),
        mark("Tệp có thể cố ý gây hại. Mở bằng phần mềm gốc rồi lưu lại, hoặc xin lại bản gốc."),
    ),
    "file_without_text": (
        mark("Tệp {file} không có lớp chữ trên trang nào trong {pages} trang: đây là bản quét."),
        mark("Dùng bản gốc (Word, Excel, PDF có chữ), hoặc nhận dạng chữ trước."),
    ),
    "too_many_cells": (mark("Tệp {file} có quá nhiều ô (tối đa {limit})."), mark("Chỉ giữ bảng cần đọc.")),
    "cell_far_away": (
        mark("Ô {found} có nội dung nhưng nằm quá xa ô đầu {first}: vùng ở giữa có hơn {limit} ô."),
        mark("Xóa các dòng, cột trống và ô {found} (Ctrl+End để đến ô cuối), rồi lưu lại."),
    ),
    "too_many_pages": (mark("Tệp {file} có {pages} trang, tối đa {limit}."), mark("Tách lấy các trang có bảng.")),
    "check_still_runs": (
        mark("Lượt kiểm tra trước của bạn chưa xong."),
        mark("Chờ lượt đó xong, hoặc mở lượt đó và dừng lại, rồi gửi lại tệp."),
    ),
    "too_many_checks": (
        mark("Máy chủ đang kiểm tra {limit} lượt văn bản khác."),
        mark("Gửi lại tệp sau ít phút."),
    ),
    "paper_too_long": (
        mark("Tệp {file} có {letters} chữ, tối đa {limit} (khoảng một nghìn trang)."),
        mark("Tách thành nhiều tệp, ví dụ mỗi phần hoặc mỗi phụ lục một tệp."),
    ),
    "word_with_macros": (
        mark("Tệp {file} là văn bản Word có macro; chương trình không mở tệp loại này và không chạy macro."),
        mark("Mở bằng Word, lưu lại dạng .docx (không có macro) rồi dùng tệp đó."),
    ),
    "macros_not_run": (
        mark("Tệp {file} có macro. Macro không được chạy; chỉ đọc chữ và số đã lưu trong tệp."),
        mark("Không cần làm gì nếu tin tệp này; nếu không, lưu lại dạng không có macro."),
    ),
    "too_many_paragraphs": (
        mark("Tệp {file} có quá nhiều dòng hoặc đoạn (tối đa {limit})."),
        mark("Chỉ giữ phần cần đọc, hoặc tách thành nhiều tệp."),
    ),
    "too_many_rows": (mark("Tệp {file} có {rows} dòng, tối đa {limit}."), mark("Tách thành nhiều tệp theo năm.")),
    "unknown_extension": (
        mark("Không đọc được đuôi tệp “{extension}”."),
        mark("Lưu lại ở một trong các dạng: {known}."),
    ),
    "extension_differs": (mark("Nội dung tệp {file} không khớp với đuôi tệp."), _OPEN_IT),
    "extension_differs/content": (
        mark("Nội dung tệp {file} không khớp với đuôi tệp: bên trong là dạng {content}."),
        mark("Đổi đuôi tệp thành {content}, hoặc mở bằng phần mềm gốc rồi lưu lại đúng dạng."),
    ),
    "table_format_unknown": (
        mark("Không đọc được bảng dạng “{suffix}”."),
        mark("Lưu lại ở một trong các dạng: {known}."),
    ),
    "output_format_unknown": (
        mark("Không biết ghi kết quả ra dạng “{suffix}”."),
        mark("Dùng --format, hoặc một trong các đuôi: {known}."),
    ),
    "no_folder_for_output": (
        mark("Không ghi được {file}: không có thư mục {folder}."),
        mark("Tạo thư mục, hoặc chọn chỗ khác."),
    ),
    "output_is_input": (
        mark("--out sẽ ghi đè lên tệp đầu vào {file}."),
        mark("Chọn tên khác cho tệp kết quả."),
    ),
    "output_exists": (
        mark("Đã có tệp {file}; có thể ai đó đã sửa nó."),
        mark("Chọn tên khác, hoặc thêm --force để ghi đè."),
    ),
    "format_needs_file": (
        mark("Dạng {format} không in ra màn hình được."),
        mark("Thêm --out với tên tệp."),
    ),
    "not_text": (
        mark("Tệp {file} không phải tệp văn bản, hoặc ở bảng mã không nhận ra được."),
        mark("Nếu là văn bản, lưu lại với bảng mã UTF-8; nếu không, chọn đúng tệp."),
    ),
    "not_utf8": (mark("Tệp không phải UTF-8 (byte thứ {byte})."), mark("Lưu lại với bảng mã UTF-8.")),
    "encoding_unknown": (
        mark("Không nhận ra bảng mã của tệp {file}."),
        mark("Lưu lại dạng “CSV UTF-8”; phông cũ (TCVN3, VNI) phải chuyển sang Unicode trước."),
    ),
    "encoding_guessed": (
        mark("Bảng mã của tệp được đoán là {encoding}."),
        mark("Đối chiếu chữ có dấu; nếu sai, lưu lại với UTF-8."),
    ),
    "hidden_sheet_left_out": (mark("Trang tính ẩn không được đọc."), mark("Bỏ ẩn trang tính nếu nó có bảng cần đọc.")),
    "hidden_rows_left_out": (
        mark("Các dòng ẩn {rows} của trang tính không được đọc."),
        mark("Bỏ ẩn (kể cả bỏ lọc, mở nhóm) nếu các dòng đó thuộc bảng; nếu không, nên xóa."),
    ),
    "hidden_columns_left_out": (
        mark("Các cột ẩn {columns} của trang tính không được đọc."),
        mark("Bỏ ẩn nếu các cột đó thuộc bảng; nếu không, nên xóa."),
    ),
    "formula_without_result": (
        mark("Ô công thức chưa có kết quả ({count} ô: {cells})."),
        mark("Mở tệp bằng Excel (hoặc LibreOffice), lưu lại rồi thử lại."),
    ),
    "struck_text_left_out": (mark("Chữ gạch ngang không được đọc: “{text}”."), _UNMARK),
    "hidden_text_left_out": (mark("Chữ ẩn không được đọc: “{text}”."), _UNMARK),
    "deleted_text_left_out": (
        mark("Chữ đã xóa hoặc dời đi khi theo dõi thay đổi không được đọc: “{text}”."),
        mark("Chấp nhận hoặc từ chối mọi thay đổi trong Word, rồi lưu lại."),
    ),
    "note_mark_left_out": (
        mark("Dấu chú thích viết cao không được đọc là chữ số: “{text}”."),
        mark("Đối chiếu với bản gốc; nếu là một phần của số, bỏ định dạng chỉ số trên."),
    ),
    "note_left_out": (
        mark("Chú thích cuối trang sau “{text}” không được đọc."),
        mark("Đối chiếu với bản gốc nếu chú thích nói về điểm."),
    ),
    "formula_left_out": (
        mark("Công thức toán không được đọc: “{text}”."),
        mark("Viết lại thành chữ thường nếu công thức thuộc bảng."),
    ),
    "embedded_part_left_out": (
        mark("Một phần nhúng từ tệp khác không được đọc."),
        mark("Mở tệp bằng Word, lưu lại rồi thử lại."),
    ),
    "page_without_text": (
        mark("Trang này không có lớp chữ nên không đọc được."),
        mark("Đối chiếu trang này với bản gốc; nhận dạng chữ nếu nó có bảng."),
    ),
}
