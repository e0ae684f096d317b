"""Problems of a survey design, of the answers under it, and of what is asked of them."""

from parindex.wording.language import mark

SURVEYS: dict[str, tuple[str, str]] = {
    # a file by its schema
    "value_wrong_type/schema": (
        mark("“{found}” không phải {expected}."),
        mark("Xem lược đồ {schema} hoặc một tệp có sẵn cùng loại làm mẫu."),
    ),
    "text_too_long": (
        mark("“{found}”: đoạn văn bản dài {length} chữ, tối đa {limit}."),
        mark("Rút gọn; phần giải thích dài để ở văn bản khác."),
    ),
    # the design file by itself
    "design_without_items": (
        mark("Thiết kế không nói phiếu hỏi gì."),
        mark("Thêm `questionnaire` (tệp hoặc mã phiếu có sẵn), hoặc `items` với `scale` và `groups`."),
    ),
    "design_beside_questionnaire": (
        mark("`{key}` đứng cạnh `questionnaire`: hai nơi cùng nói về câu hỏi."),
        mark("Bỏ một trong hai; thang đo, nhóm câu hỏi lấy từ phiếu."),
    ),
    "confidence_range": (
        mark("Độ tin cậy {found} không nằm giữa 0 và 1."),
        mark("Ghi ví dụ 95% hoặc 0,95."),
    ),
    "stage_without_cluster": (
        mark("Giai đoạn {stage} không nêu cột cụm (`cluster`)."),
        mark("Chỉ giai đoạn cuối cùng được bỏ trống: khi đó mỗi người trả lời là một cụm."),
    ),
    "column_of_two_parts": (
        mark("Cột “{column}” đã dùng cho phần khác của thiết kế (`{other}`)."),
        mark("Mỗi cột chỉ giữ một vai trò: tầng, cụm hoặc quyền số."),
    ),
    "name_reserved": (
        mark("Tên “{name}” dành cho kết quả chung."),
        mark("Đặt tên khác."),
    ),
    "unknown_item_in_design": (
        mark("Không có câu hỏi “{item}” trong danh sách `items`."),
        mark("Sửa mã câu hỏi, hoặc thêm vào `items`."),
    ),
    "scale_empty": (
        mark("Thang đo của {item} đi từ {lowest} đến {highest}: không có bậc nào để so."),
        mark("Ghi thang từ thấp đến cao, ví dụ 1-5."),
    ),
    "satisfied_off_scale": (
        mark("{item}: mức hài lòng bắt đầu từ {found}, ngoài thang {lowest}–{highest}."),
        mark("Ghi một mức cao hơn mức thấp nhất và không quá mức cao nhất (thang 5 bậc thường là 4)."),
    ),
    "unknown_on_scale": (
        mark("{item}: mã {codes} vừa là mức của thang {lowest}–{highest}, vừa là “không biết” hoặc “từ chối”."),
        mark("Dùng mã ngoài thang, ví dụ 9."),
    ),
    "unknown_and_refused": (
        mark("{item}: mã {codes} vừa là “không biết”, vừa là “từ chối”."),
        mark("Mỗi mã chỉ có một nghĩa."),
    ),
    "answer_weights_of_no_answer": (
        mark("Trọng số của phương án phải ghi theo mức trả lời (số nguyên), đang ghi theo {found}."),
        mark("Ví dụ: index: {{1: 0, 2: 0.25, 3: 0.5, 4: 0.75, 5: 1}}."),
    ),
    "answer_without_weight": (
        mark("{item}: mức {answers} không có trọng số."),
        mark("Khai báo trọng số cho mọi mức của thang."),
    ),
    "answer_weight_off_range": (
        mark("Trọng số của mức {answers} không nằm trong khoảng từ 0 đến 1."),
        mark("Ghi trọng số từ 0 (không được điểm) đến 1 (được điểm tối đa), ví dụ 0,5."),
    ),
    "unknown_member": (
        mark("“{holder}” nêu “{member}”, nhưng không có mã đó."),
        mark("Sửa mã: nhóm gồm các câu hỏi, phần gồm các nhóm."),
    ),
    "member_twice": (
        mark("“{member}” đứng hai lần: trong “{other}” và “{holder}”."),
        mark("Giữ ở một chỗ."),
    ),
    "code_of_two": (mark("Mã “{code}” dùng hai lần."), mark("Mỗi câu hỏi, nhóm, phần có mã riêng.")),
    "fed_item_unknown": (
        mark("Phiếu lấy điểm cho mục {item} ({variables}), mà bộ tiêu chí {name} không có mục nào như vậy."),
        mark("Sửa mã ở `feeds`, hoặc `criteria_set` của phiếu."),
    ),
    # the data under the design
    "weight_not_positive": (
        mark("Quyền số “{text}” không lớn hơn 0."),
        mark("Kiểm tra cột quyền số; bỏ dòng của người không thuộc mẫu."),
    ),
    "weight_without_respondent": (
        mark("“{text}” có quyền số nhưng không có phiếu trong {data}."),
        mark("Bổ sung phiếu, hoặc bỏ dòng này; muốn chỉ tính một nhóm thì giữ đủ phiếu và dùng --by."),
    ),
    "calibration_without_weight": (
        mark("Thiết kế khai báo `calibration` nhưng không có quyền số."),
        mark("Thêm `weight` (cột quyền số mà `survey weights` ghi ra), hoặc --weights."),
    ),
    "respondent_without_weight": (
        mark("Người trả lời “{text}” không có quyền số trong {weights}."),
        mark("Bổ sung quyền số, hoặc bỏ dòng này."),
    ),
    "cluster_in_two_strata": (
        mark(
            "Cụm “{text}” nằm ở hai tầng: dòng này ({count} dòng như vậy) và dòng {first}. Có {clusters} cụm như vậy."
        ),
        mark("Sửa mã cụm hoặc tầng. Nếu mã cụm đánh lại từ đầu ở mỗi tầng, khai báo `nested: true` trong thiết kế."),
    ),
    "population_varies": (
        mark(
            "Giai đoạn {stage}, cột {column}: “{text}”; dòng {first} cùng cụm cấp trên ghi {expected} ({count} dòng)."
        ),
        mark("Số cụm của tổng thể phải như nhau trên mọi dòng của cùng một cụm (tầng) cấp trên."),
    ),
    "population_below_sample": (
        mark("Giai đoạn {stage}: tổng thể ghi “{text}” nhưng mẫu đã có {sampled} cụm ở đây."),
        mark("Sửa số cụm của tổng thể, hoặc mã cụm bị tách thành nhiều cụm."),
    ),
    "fraction_range": (
        mark("Tỷ lệ chọn mẫu “{text}” (giai đoạn {stage}) không nằm trong khoảng trên 0 đến 1."),
        mark("Ghi phần đã chọn chia cho tổng thể, ví dụ 0,1."),
    ),
    "lonely_cluster": (
        mark("“{text}” chỉ có một cụm trong mẫu: không tính được sai số, và thiết kế khai báo `lonely: fail`."),
        mark("Gộp tầng, hoặc khai báo `lonely` là certainty, average hoặc adjust."),
    ),
    "lonely_clusters": (
        mark("Giai đoạn {stage}: có tầng chỉ một cụm trong mẫu, và thiết kế khai báo `lonely: fail`."),
        mark("Gộp tầng, hoặc khai báo `lonely` là certainty, average hoặc adjust."),
    ),
    "answer_off_scale": (
        mark("{item}: “{text}” ngoài thang {lowest}–{highest} ({count} câu trả lời như vậy)."),
        mark("Sửa câu trả lời, để trống nếu không trả lời, hoặc khai báo mã “không biết”, “từ chối”."),
    ),
    "number_off_limits": (
        mark("{item}: “{text}” ngoài khoảng mà phiếu cho phép, {lowest} … {highest} ({count} câu trả lời như vậy)."),
        mark("Sửa số này, để trống nếu không trả lời, hoặc sửa giới hạn trong phiếu."),
    ),
    "number_not_whole": (
        mark("{item}: “{text}” không phải số nguyên, mà phiếu hỏi số nguyên ({count} câu trả lời như vậy)."),
        mark("Sửa số này, để trống nếu không trả lời, hoặc bỏ `integer` trong phiếu."),
    ),
    "respondent_twice": (
        mark("Người trả lời “{text}” đã có ở dòng trên ({count} dòng lặp)."),
        mark("Giữ lại một dòng cho mỗi người."),
    ),
    "version_unknown": (
        mark("Phiên bản phiếu “{text}” không có trong các phiên bản đã biết: {known} ({count} dòng)."),
        mark("Ghi đúng phiên bản, hoặc khai báo thêm ở `versions`."),
    ),
    "category_unknown": (
        mark("“{text}” không thuộc các nhóm đã khai báo của cột {column}: {known}."),
        mark("Sửa ô này, hoặc khai báo thêm ở `demographics`."),
    ),
    "option_unknown": (
        mark("{column}: “{text}” có lựa chọn không có trong phiếu: {known}."),
        mark("Ghi mã các lựa chọn, ngăn bằng dấu chấm phẩy: 1;6."),
    ),
    "option_of_one_unknown": (
        mark("{column}: “{text}” không phải lựa chọn của phiếu: {known}."),
        mark("Câu này chọn một: ghi đúng một mã trong các mã của phiếu, hoặc để trống nếu không trả lời."),
    ),
    "respondent_group_misspelt": (
        mark("Cột {column}: nhóm người trả lời “{text}” không có trong phiếu."),
        mark("Có phải {near}? Ghi đúng mã nhóm của phiếu: {known}."),
    ),
    "respondent_group_undeclared": (
        mark("Cột {column}: nhóm người trả lời “{text}” không có trong phiếu."),
        mark("Ghi đúng mã nhóm của phiếu: {known}; hoặc khai nhóm ở `respondent_groups` của phiếu."),
    ),
    "option_twice": (mark("{column}: “{text}” ghi một lựa chọn hai lần."), mark("Mỗi lựa chọn ghi một lần.")),
    "options_too_many": (
        mark("{column}: “{text}” chọn nhiều hơn {most} phương án."),
        mark("Chỉ giữ tối đa {most} lựa chọn."),
    ),
    "option_not_alone": (
        mark("{column}: “{text}” chọn cùng lúc với phương án khác một phương án phải đứng một mình ({known})."),
        mark("Chỉ giữ phương án đó, hoặc bỏ nó."),
    ),
    # what is asked
    "survey_without_unit": (
        mark("Thiết kế không nêu cột đơn vị (`unit`), nên không biết điểm thuộc đơn vị nào."),
        mark("Thêm `unit: TÊN_CỘT` vào thiết kế, hoặc --unit với một mã đơn vị cho cả mẫu."),
    ),
    "set_without_survey": (
        mark("Bộ tiêu chí {name} không có mục nào khai báo cách lấy điểm từ khảo sát (khóa `survey`)."),
        mark("Khai báo `survey` ở các mục lấy điểm từ khảo sát."),
    ),
    "survey_variable_unknown": (
        mark("Mục {item} lấy điểm từ “{variable}”, nhưng khảo sát không có biến này."),
        mark("Sửa khóa `survey` của mục, hoặc dùng đúng thiết kế. Các biến: {known}."),
    ),
    "respondent_weight_not_positive": (
        mark("Mục {item}: trọng số của nhóm người trả lời “{group}” là {weight}, không lớn hơn 0."),
        mark("Sửa trọng số, hoặc bỏ nhóm này ở khóa `respondents`."),
    ),
    "respondent_weights_sum": (
        mark("Mục {item}: trọng số các nhóm người trả lời cộng lại là {total}, không phải 1."),
        mark("Sửa trọng số ở khóa `respondents` (ví dụ 40% và 60%)."),
    ),
    "survey_without_maximum": (
        mark("Mục {item} lấy điểm từ khảo sát nhưng không có điểm tối đa."),
        mark("Ghi điểm tối đa của mục (`max_points`)."),
    ),
    "points_need_data": (
        mark("Mục {item} không tính được từ tệp ước lượng: có trọng số theo nhóm, nhiều biến hoặc cách quy đổi khác."),
        mark("Chạy lại với --data và --design."),
    ),
    "estimates_not_understood": (
        mark("Tệp không phải kết quả của `parindex survey estimate --format json`."),
        mark("Xuất lại ước lượng dạng JSON, hoặc dùng --data và --design."),
    ),
    "estimates_without_units": (
        mark("Ước lượng không chia theo đơn vị: các cột chia là {known}."),
        mark("Ước lượng lại với --by và cột đơn vị (một cột), hoặc thêm --unit."),
    ),
    "points_without_source": (
        mark("Chưa có kết quả khảo sát."),
        mark("Thêm --data và --design, hoặc --estimates."),
    ),
    "respondent_group_unknown": (
        mark("Mục {item} có trọng số cho nhóm người trả lời “{group}”, nhưng dữ liệu không có nhóm này."),
        mark("Sửa tên nhóm, hoặc khai báo cột `respondent_group`. Các nhóm: {known}."),
    ),
    "respondent_group_unknown/none": (
        mark(
            "Mục {item} có trọng số cho nhóm người trả lời “{group}”, nhưng dữ liệu không ghi nhóm của người trả lời."
        ),
        mark("Thêm cột `respondent_group` vào dữ liệu, hoặc ghi `respondent_group: TÊN_CỘT` trong thiết kế."),
    ),
    "years_differ": (
        mark("Hai năm khác nhau ở `{key}`: không so được từng biến."),
        mark("Dùng hai thiết kế có cùng câu hỏi, thang đo, nhóm, phần và cách tổng hợp."),
    ),
    "overlap_identifies_nobody": (
        mark("`overlap`: {columns} không phải cột cụm, cũng không nhận ra từng người ({count} người trùng nhau)."),
        mark("Ghi cột cụm của những giai đoạn giữ nguyên cụm ở hai năm, hoặc cột nhận ra từng người trả lời."),
    ),
    "overlap_names_nothing": (
        mark("`overlap` ghi `method: {method}` mà thiết kế không có cột cụm giai đoạn đầu để nhận ra cụm của hai năm."),
        mark("Thêm `columns` với cột nhận ra từng người trả lời, hoặc khai báo `stages`."),
    ),
    # errors by replication
    "replicates_of_stages": (
        mark(
            "Không đối chiếu được sai số bằng cách lặp: thiết kế tính phương sai của {stages} giai đoạn (có số cụm của "
            "tổng thể), mà phép lặp chỉ thay đổi cụm giai đoạn đầu."
        ),
        mark(
            "Bỏ --check-errors; hoặc đối chiếu bằng một thiết kế không có `population`, `fraction` (cụm giai đoạn đầu "
            "coi như chọn có hoàn lại)."
        ),
    ),
    "replicates_of_lonely": (
        mark(
            "Không đối chiếu được sai số bằng cách lặp: {count} tầng chỉ một cụm có phương sai theo quy ước "
            "(`lonely: {lonely}`), mà không lần lặp nào làm theo quy ước đó."
        ),
        mark("Bỏ --check-errors; hoặc gộp tầng, hoặc đối chiếu bằng một thiết kế có `lonely: certainty`."),
    ),
    "replicates_of_calibrated": (
        mark(
            "Không đối chiếu được sai số bằng cách lặp: quyền số đã hiệu chỉnh (`calibration`), nên mỗi lần lặp phải "
            "hiệu chỉnh lại theo các tổng đã biết, mà thiết kế không ghi các tổng đó."
        ),
        mark("Bỏ --check-errors; hoặc đối chiếu bằng một thiết kế không có `calibration`."),
    ),
    "replicates_without_bootstrap": (
        mark("{option} chỉ đi cùng --check-errors bootstrap."),
        mark("Bỏ {option}, hoặc thêm --check-errors bootstrap."),
    ),
    "replicates_range": (
        mark("Số lần lặp “{found}” không phải số nguyên từ {fewest} đến {most}."),
        mark("Ghi ví dụ --replicates 500."),
    ),
    "cell_withheld": (
        mark("Không công bố: nhóm có dưới {minimum} người trả lời, hoặc cho phép suy ra một nhóm như vậy."),
        mark("Chọn nhóm rộng hơn, hoặc sửa `minimum_cell` trong thiết kế."),
    ),
    "category_named_all": (
        mark("Cột “{column}” có nhóm tên “all”: tên này dành cho kết quả của mọi nhóm."),
        mark("Đặt tên khác cho nhóm đó trong dữ liệu."),
    ),
    "unknown_variable": (
        mark("Không có biến “{variable}”."),
        mark("Dùng một trong: {known}."),
    ),
    "unknown_domain": (
        mark("Cột {column} không có “{text}”."),
        mark("Dùng một trong: {known}."),
    ),
    "nobody_unstated": (
        mark("Cột {column}: không ai để trống."),
        mark("Ghi một giá trị sau dấu bằng."),
    ),
    "where_not_understood": (
        mark("“{text}” không phải dạng CỘT=GIÁ_TRỊ."),
        mark("Ví dụ: --at province=01."),
    ),
}
