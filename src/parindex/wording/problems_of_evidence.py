"""Problems of uploaded evidence: refused files, pages that cannot be drawn, first pages, citations."""

from parindex.wording.language import mark

_AS_PDF = mark("Chuyển sang PDF rồi tải lên lại.")
_COMPARE = mark("Đối chiếu với văn bản gốc rồi sửa chỗ viện dẫn sai.")
_TYPE_IT = mark("Nhập từ bản gốc.")

EVIDENCE: dict[str, tuple[str, str]] = {
    "evidence_infected": (
        mark("Tệp {file} có mã độc, không được lưu."),
        mark("Diệt vi-rút trên máy đã tạo tệp, làm lại tệp rồi tải lên."),
    ),
    "evidence_infected/virus": (
        mark("Tệp {file} có mã độc ({virus}), không được lưu."),
        mark("Diệt vi-rút trên máy đã tạo tệp, làm lại tệp rồi tải lên."),
    ),
    "evidence_beyond_scanner": (
        mark("Tệp {file} ({megabytes} MB) quá giới hạn của chương trình quét vi-rút, không được lưu."),
        mark("Nén lại hoặc tách thành hai tệp rồi tải lại; cần giữ nguyên tệp thì báo quản trị nâng giới hạn quét."),
    ),
    "evidence_too_large": (
        mark("Tệp {file} lớn hơn {megabytes} MB, mức tối đa."),
        mark("Nén lại hoặc tách thành hai tệp rồi tải lại."),
    ),
    "upload_beyond_all": (
        mark("Lần tải này {sent} MB, tối đa {megabytes} MB một lần. Chưa tệp nào được lưu."),
        mark("Chia ra tải nhiều lần; mỗi tệp tối đa {each} MB."),
    ),
    "too_many_files": (
        mark("Tệp {file} là tệp thứ {number}, mỗi lần tải tối đa {limit} tệp."),
        mark("Tải các tệp còn lại ở lần sau."),
    ),
    "evidence_program": (
        mark("Tệp {file} là chương trình ({content}), không phải tài liệu."),
        mark("Chọn đúng tệp tài liệu; không nhận tệp chạy được dù mang tên gì."),
    ),
    "evidence_web_page": (
        mark("Tệp {file} là trang web hoặc hình vẽ {content}, có thể chứa mã chạy được."),
        mark("Mở trang và in ra PDF; nếu là bảng xuất từ phần mềm, mở bằng Word hoặc Excel rồi lưu lại .docx, .xlsx."),
    ),
    "evidence_archive": (
        mark("Tệp {file} là tệp nén ({content})."),
        mark("Giải nén rồi tải từng tài liệu lên; có thể chọn nhiều tệp một lần."),
    ),
    "evidence_picture_format": (
        mark("Không nhận ảnh dạng {content} ({file}): nhiều máy không mở được."),
        mark("Lưu lại thành JPEG, PNG hoặc PDF (iPhone: Cài đặt > Camera > Định dạng > Tương thích nhất)."),
    ),
    "evidence_film": (
        mark("Tệp {file} là phim hoặc âm thanh ({content})."),
        mark("Đăng lên cổng thông tin của đơn vị rồi dán đường liên kết."),
    ),
    "evidence_office_format": (mark("Không nhận dạng {content} ({file})."), _AS_PDF),
    "evidence_unknown_format": (
        mark("Không nhận ra {file} là loại tệp gì; tệp có thể hỏng."),
        mark("Mở bằng phần mềm gốc, lưu thành PDF, Word hoặc Excel rồi tải lên lại."),
    ),
    "evidence_unknown_format/content": (
        mark("Không nhận tệp dạng {content} ({file})."),
        mark("Mở bằng phần mềm gốc, lưu thành PDF, Word hoặc Excel rồi tải lên lại."),
    ),
    "evidence_with_macros": (
        mark("Tệp {file} có macro."),
        mark("Lưu lại dạng không có macro (.docx, .xlsx), hoặc chuyển sang PDF."),
    ),
    "evidence_loads_from_outside": (
        mark("Tệp {file} tự tải mẫu hoặc đối tượng từ nơi khác khi mở."),
        mark("Chuyển sang PDF, hoặc bỏ mẫu liên kết (Developer > Document Template) rồi lưu lại."),
    ),
    "evidence_external_links": (
        mark("Tệp {file} có ô lấy số từ tệp khác; người thẩm định không xem được tệp đó."),
        mark("Thay công thức bằng giá trị (Data > Edit Links > Break Link), hoặc gửi kèm tệp nguồn."),
    ),
    "evidence_embedded_files": (
        mark("Tệp {file} có {count} tệp hoặc đối tượng nhúng bên trong; chúng không được hiển thị."),
        mark("Tải riêng từng tệp nhúng nếu cần làm tài liệu kiểm chứng."),
    ),
    "evidence_pdf_script": (
        mark("Tệp PDF {file} chứa mã JavaScript hoặc biểu mẫu tự chạy."),
        mark("Mở tệp rồi in ra PDF mới (Microsoft Print to PDF), tải bản mới lên."),
    ),
    "evidence_pdf_launch": (
        mark("Tệp PDF {file} chứa lệnh mở chương trình khác."),
        mark("Mở tệp rồi in ra PDF mới (Microsoft Print to PDF), tải bản mới lên; xin lại bản gốc nếu không rõ nguồn."),
    ),
    "evidence_name_differs": (
        mark("Tên tệp {file} không đúng với nội dung: bên trong là dạng {content}."),
        mark("Không cần làm gì nếu đúng tệp: khi tải về, tệp có đuôi {content}."),
    ),
    "evidence_too_demanding": (
        mark("Tệp {file} không xử lý xong trong {seconds} giây hoặc cần hơn {megabytes} MB bộ nhớ."),
        mark("In ra PDF mới hoặc quét lại ở 200–300 dpi; tệp có thể hỏng hoặc cố ý gây hại."),
    ),
    "picture_too_large": (
        mark("Ảnh {file} có {width} × {height} điểm ảnh, tổng tối đa {limit}."),
        mark("Chụp hoặc quét lại ở độ phân giải thấp hơn (300 dpi là đủ)."),
    ),
    "page_damaged": (
        mark("Trang này của tệp {file} hỏng, không vẽ được."),
        mark("Mở tệp bằng phần mềm đọc PDF rồi in ra PDF mới; nếu không mở được, xin lại bản gốc."),
    ),
    "no_such_page": (mark("Không có trang {page}: tệp {file} có {pages} trang."), mark("Sửa số trang.")),
    "no_page_images": (
        mark("Không hiển thị từng trang được với tệp dạng {content} ({file})."),
        mark("Tải tệp về để xem, hoặc tải thêm bản PDF lên."),
    ),
    "first_page_without_text": (
        mark("Trang đầu không có lớp chữ (bản quét) nên không đề xuất được số, ngày, trích yếu."),
        _TYPE_IT,
    ),
    "first_page_number_blank": (
        mark("Số văn bản để trống hoặc viết tay: “{text}”."),
        mark("Nhập số từ bản gốc; bản dự thảo chưa có số không phải tài liệu kiểm chứng."),
    ),
    "first_page_date_blank": (mark("Ngày văn bản để trống hoặc viết tay: “{text}”."), _TYPE_IT),
    "first_page_date_impossible": (mark("Trang đầu ghi ngày không có thật: {date}."), _TYPE_IT),
    "citation_date_impossible": (
        mark("Ngày {date} của văn bản số {number} không có thật."),
        mark("Sửa theo ngày ghi trên văn bản."),
    ),
    "citation_date_future": (
        mark("Ngày {date} của văn bản số {number} sau hôm nay ({today})."),
        mark("Sửa theo ngày ghi trên văn bản."),
    ),
    "citation_year_differs": (
        mark("Văn bản số {number} được viện dẫn với ngày {date}, khác năm trong số văn bản."),
        mark("Sửa ngày hoặc số theo văn bản."),
    ),
    "citation_two_dates": (
        mark("Văn bản số {number} được viện dẫn với các ngày khác nhau: {dates}."),
        _COMPARE,
    ),
    "citation_two_dates/at": (
        mark("Văn bản số {number} được viện dẫn với các ngày khác nhau: {dates} (ngày trước ở mục {at})."),
        _COMPARE,
    ),
    "citation_two_years": (
        mark("Số {number} được viện dẫn với ngày của hai năm: {dates}."),
        mark("Nếu là hai văn bản thì không cần sửa; nếu là một, sửa ngày sai."),
    ),
    "citation_two_issuers": (
        mark("Văn bản số {number} được viện dẫn là của các cơ quan khác nhau: {issuers}."),
        mark("Sửa theo cơ quan ban hành ghi trên văn bản."),
    ),
    "citation_two_issuers/at": (
        mark("Văn bản số {number} được viện dẫn là của các cơ quan khác nhau: {issuers} (trước đó ở mục {at})."),
        mark("Sửa theo cơ quan ban hành ghi trên văn bản."),
    ),
    "citation_after_year": (
        mark("Văn bản số {number} ban hành ngày {date}, sau năm đánh giá {year}."),
        mark("Kiểm tra văn bản có chứng minh kết quả của năm {year} không; báo cáo năm ra đầu năm sau là bình thường."),
    ),
    "citation_two_digit_year": (
        mark("Ngày {date} của văn bản số {number} chỉ ghi hai chữ số của năm; hiểu là {read}."),
        mark("Ghi đủ bốn chữ số."),
    ),
    "citation_kind_differs": (
        mark("Văn bản số {number} được gọi là {stated}, nhưng ký hiệu là của {kind}."),
        mark("Sửa tên loại hoặc ký hiệu theo văn bản."),
    ),
    "citation_digits_swapped": (
        mark("Số {number} và số {other} cùng ký hiệu, cùng ngày {date}, chỉ khác thứ tự chữ số."),
        _COMPARE,
    ),
    "citation_digits_swapped/at": (
        mark("Số {number} và số {other} (ở mục {at}) cùng ký hiệu, cùng ngày {date}, chỉ khác thứ tự chữ số."),
        _COMPARE,
    ),
}
