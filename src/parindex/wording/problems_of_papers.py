"""What a reader of official papers was not sure of."""

from parindex.wording.language import mark

_COMPARE = mark("Đối chiếu với bản gốc.")

PAPERS: dict[str, tuple[str, str]] = {
    "no_table": (
        mark(
            "Không tìm thấy bảng nào đọc được trong tệp {file}: bảng tiêu chí, phiếu chấm điểm, bảng đánh giá giải "
            "quyết thủ tục hành chính hoặc bảng chỉ số hài lòng."
        ),
        mark(
            "Cần một dòng đầu bảng. Bảng tiêu chí: cột mã (STT, Mã), cột tên (Tiêu chí, Nội dung, Lĩnh vực) và cột "
            "điểm (Điểm tối đa, Điểm chuẩn, Thang điểm; phiếu chấm điểm thêm Tự chấm hoặc Thẩm định). Bảng đánh giá "
            "thủ tục: cột Đơn vị, các cột Chỉ số 1, 2, 3…, cột Tổng điểm hoặc Xếp loại, từ hai đơn vị. Bảng chỉ số "
            "hài lòng: cột Tiêu chí, cột tỷ lệ của mỗi năm, từ ba tiêu chí. "
            "Kiểm tra đã chọn đúng tệp chưa; nếu các cột bị dính, chép bảng vào tệp XLSX hoặc CSV rồi đọc lại."
        ),
    ),
    "no_table/near": (
        mark(
            "Không tìm thấy bảng nào đọc được trong tệp {file}: bảng tiêu chí, phiếu chấm điểm, bảng đánh giá giải "
            "quyết thủ tục hành chính hoặc bảng chỉ số hài lòng. Gần nhất là đầu bảng {near}."
        ),
        mark(
            "Bảng tiêu chí cần cột mã (STT, Mã) hoặc cột tên (Tiêu chí, Nội dung, Lĩnh vực), và cột điểm (Điểm tối đa, "
            "Điểm chuẩn, Thang điểm; phiếu chấm điểm thêm Tự chấm hoặc Thẩm định); trọng số không phải là điểm. "
            "Bảng đánh giá thủ tục cần cột Đơn vị, các cột Chỉ số 1, 2, 3…, cột Tổng điểm hoặc Xếp loại, từ hai đơn "
            "vị; bảng chỉ số hài lòng cần cột Tiêu chí, cột tỷ lệ của mỗi năm, từ ba tiêu chí. "
            "Sửa đầu cột, hoặc chép bảng vào tệp XLSX hoặc CSV mỗi cột một ô, rồi đọc lại."
        ),
    ),
    "no_table/found": (
        mark("Tệp {file} không có {kind}, chỉ có {found}."),
        mark("Bỏ --kind, hoặc chọn loại bảng mà tệp có."),
    ),
    "no_criteria_set": (
        mark("Tệp {file} không có bảng tiêu chí, chỉ có {found}: không ghi thành tệp YAML được."),
        mark("Ghi bảng này vào tệp .json, .csv hoặc .xlsx."),
    ),
    "no_set_to_compare": (
        mark("Tệp {file} không có bảng tiêu chí, chỉ có {found}: không có gì để so sánh."),
        mark("So sánh hai bộ tiêu chí; số liệu của bảng này xem bằng parindex read, mâu thuẫn bằng parindex check."),
    ),
    "losses_only": (
        mark("Tệp chỉ có danh sách {count} mục bị mất điểm kèm nguyên nhân, không phải bộ tiêu chí nên không đọc."),
        mark("Đọc quyết định ban hành bộ tiêu chí, hoặc phiếu chấm điểm có đủ các mục."),
    ),
    "no_such_table": (mark("Không có bảng số {table}; tệp có {count} bảng."), mark("Chọn --table từ 1 đến {count}.")),
    "column_guessed": (mark("Cột “{column}” được đoán từ nội dung, đầu bảng không nói rõ."), _COMPARE),
    "column_unread": (
        mark("Cột “{column}” có nội dung nhưng không được đọc."),
        mark("Xem cột này trong bản gốc; nếu cần, đổi đầu cột hoặc nhập nội dung bằng tay."),
    ),
    "column_unread/found": (
        mark("Bảng có nhiều cột điểm: đọc cột “{found}”, không đọc cột “{column}”."),
        mark("Nếu mỗi cột là điểm của một nhóm cơ quan hoặc một năm, để một cột trong mỗi tệp rồi đọc từng tệp."),
    ),
    "head_missing": (mark("Bảng không có đầu cột; các cột được đoán từ nội dung."), _COMPARE),
    "area_code_supplied": (mark("Lĩnh vực “{title}” không in mã; đặt mã {code}."), _COMPARE),
    "options_not_understood": (
        mark("Các phương án chưa hiểu được thành quy tắc: {options}."),
        mark("Viết quy tắc bằng tay, hoặc để mục chấm tay."),
    ),
    "points_by_options": (
        mark("Mục {code} không in điểm tối đa; lấy {max_points}, điểm cao nhất của các phương án."),
        _COMPARE,
    ),
    "rule_proposed": (
        mark("Đề xuất quy tắc “{rule}” từ các phương án: {options}."),
        mark("Xác nhận hoặc sửa quy tắc."),
    ),
    "points_not_read": (mark("Không đọc được điểm của mục {code}: “{text}”."), _COMPARE),
    "thousands_unsure": (
        mark("{count} ô điểm như “{text}” không rõ dấu chấm là phần nghìn hay phần thập phân; đọc là {read}."),
        mark(
            "Đối chiếu với bản gốc; nếu đọc sai, bỏ dấu phân cách hàng nghìn, hoặc viết phần thập phân bằng dấu phẩy."
        ),
    ),
    "several_numbers": (mark("Ô điểm của mục {code} có nhiều số: “{text}”."), _COMPARE),
    "several_totals": (mark("Bảng có nhiều dòng tổng; giữ dòng cuối."), _COMPARE),
    "second_points": (mark("Mục {code} có hai điểm: {first} và {second}."), _COMPARE),
    "figure_not_read": (mark("Không đọc được số trong ô: “{text}”."), _COMPARE),
    "row_not_understood": (mark("Dòng không hiểu được: “{text}”."), _COMPARE),
    "row_passed_over": (mark("Dòng có vẻ là mục {code} mà không đọc thành mục: “{text}”."), _COMPARE),
    "page_numbers": (mark("Các dòng chỉ có một số ({numbers}) được coi là số trang."), _COMPARE),
    "points_merged": (
        mark("Mục {code}: ô điểm gộp với mục {other}; bản gốc chỉ in một số ({points}) cho cả hai."),
        mark("Hỏi cơ quan ban hành điểm của từng mục, rồi ghi riêng cho mỗi mục."),
    ),
    "row_unreadable": (mark("Mục {code}: không tách được các cột."), _COMPARE),
    "row_bounds_unsure": (mark("Không chắc ranh giới dòng của các mục {codes}."), _COMPARE),
    "code_unexpected": (mark("Mã {code} đứng sau {after}, không theo thứ tự (in: “{printed}”)."), _COMPARE),
    "cell_unsure": (mark("Mục {code}, cột {column}: đọc là “{read}”, cũng có thể là “{other}”."), _COMPARE),
    "reading_dear": (mark("Mục {code}: các cột tách ra còn gượng."), _COMPARE),
    "points_missing": (mark("Mục {code} không có số ở cột {column}."), _COMPARE),
    "points_above_max": (
        mark("Mục {code}, cột {column}: {stated} lớn hơn điểm tối đa {max_points}."),
        mark("Kiểm tra điểm và điểm tối đa trong bản gốc."),
    ),
    "group_points_differ": (
        mark("Mục {code}, cột {column}: bản gốc ghi {stated}, các mục bên dưới cộng được {found}."),
        _COMPARE,
    ),
    "total_points_differ": (
        mark("Tổng cột {column}: bản gốc ghi {stated}, các mục cộng được {found}."),
        mark("Có thể bản gốc chỉ cộng một phần các mục; đối chiếu với bản gốc."),
    ),
    "column_width_unknown": (mark("Không đo được bề rộng cột {column}; ranh giới cột này chưa chắc."), _COMPARE),
    "line_between_rows": (mark("Dòng chữ “{text}” nằm giữa các dòng của bảng, không thuộc mục nào."), _COMPARE),
    "total_before_rows": (mark("Dòng tổng này đứng trước mục {code}: chỉ là tổng của một phần."), _COMPARE),
    "groups_supplied": (
        mark("Bảng không có dòng của các nhóm {codes}; đã thêm theo mã các mục con, điểm bằng tổng các mục con."),
        mark("Đối chiếu với bản gốc; ghi tên các nhóm bản gốc không in."),
    ),
    "points_by_source": (
        mark("Các cột {columns} cộng lại bằng điểm tối đa: đọc là nguồn điểm, không phải điểm chấm."),
        _COMPARE,
    ),
    "total_by_figure": (
        mark("Dòng cuối không in mã ({text}) ghi {points}, đúng bằng tổng các lĩnh vực; đọc là dòng tổng."),
        _COMPARE,
    ),
    "total_missing": (mark("Không thấy dòng tổng của phiếu."), _COMPARE),
    "further_explanation_unsure": (
        mark("Mục {code}: không chắc giải trình bổ sung bắt đầu ở “{begins}”."),
        _COMPARE,
    ),
    "opinion_unsure": (
        mark("Mục {code}: không tách chắc được cấp, đơn vị, thời gian trong ý kiến “{text}”; giữ nguyên cả câu."),
        mark("Xem ý kiến trong bản gốc; nếu có nhiều ý kiến, ghi mỗi ý kiến một dòng “Cấp 1: Đơn vị (ngày): …”."),
    ),
    "structure_cited": (
        mark("Câu này nêu cơ cấu theo văn bản khác ({number}), không so với bảng: “{text}”."),
        mark("Nếu đây là cơ cấu của chính bảng này, đối chiếu các con số bằng mắt."),
    ),
    "letters_lost": (mark("Mục {code}: {count} từ mất chữ khi chuyển từ PDF ({printed})."), _COMPARE),
    "title_continued": (mark("Dòng “{text}” được nối vào tên của mục {code}."), _COMPARE),
    "prose_attached": (mark("Phần lời dẫn này được gắn với {table}."), _COMPARE),
    "prose_unattached": (
        mark("Phần lời dẫn này nêu số lượng hoặc điểm mà không gắn được với bảng nào."),
        mark("Đối chiếu các con số ở đây với bảng trong bản gốc bằng mắt."),
    ),
    "prose_not_understood": (
        mark("Câu nói về điểm của bộ tiêu chí mà chưa hiểu được: “{text}”."),
        mark(
            "Đọc câu này trong bản gốc; nếu cần, khai “điểm tối đa” (`max_points`), “các phần điểm” (`parts`) "
            "hoặc “xếp loại” (`grades`) bằng tay."
        ),
    ),
    "grades_gap": (
        mark("Hai mức xếp loại để hở khoảng giữa: “{above}” và “{below}” ({upper}–{lower})."),
        mark("Hỏi cơ quan ban hành khoảng giữa thuộc mức nào."),
    ),
    "grades_overlap": (
        mark("Hai mức xếp loại chồng lên nhau: “{above}” và “{below}” ({lower}–{upper})."),
        mark("Hỏi cơ quan ban hành cận chung thuộc mức nào; khi đọc lấy cận dưới của mức cao hơn."),
    ),
    "grade_edge_open": (
        mark("Mức “{title}” bắt đầu trên {lower}, không kể đúng {lower}: “{text}”."),
        mark("Bộ tiêu chí chỉ ghi cận dưới kể cả; xác nhận kết quả đúng {lower} thuộc mức nào."),
    ),
    "code_restored": (mark("Mã {code} được khôi phục từ ô lưu dạng số."), _COMPARE),
    "code_was_date": (mark("Mã “{printed}” đã bị bảng tính đổi thành ngày; khôi phục là {restored}."), _COMPARE),
    "code_dots_restored": (mark("Mã in không có dấu chấm ({printed}); đọc là {restored}."), _COMPARE),
    "code_unreadable": (
        mark("Mã “{printed}” không hợp lệ; mục “{title}” được đọc là {code}."),
        mark("Sửa mã trong bản gốc, hoặc xác nhận mã {code}."),
    ),
    "code_missing": (
        mark("Mục “{title}” không in mã; đọc là {code}."),
        mark("Ghi mã vào bản gốc, hoặc xác nhận mã {code}."),
    ),
    "outside_assumed": (
        mark("Mục {code} “{title}” được coi là nằm ngoài thang điểm; điểm in {printed}."),
        mark("Xác nhận mục này cộng thêm hoặc trừ đi ngoài tổng điểm, và mức tối đa của nó."),
    ),
    "code_qualified": (mark("{count} mã được thêm phần trước theo lĩnh vực ({examples})."), _COMPARE),
    "source_at_odds": (mark("Ghi chú “{note}” khác với đề mục phía trên; giữ theo ghi chú."), _COMPARE),
    "source_by_heading": (mark("Nguồn điểm lấy theo đề mục phía trên, mục không có ghi chú."), _COMPARE),
}
