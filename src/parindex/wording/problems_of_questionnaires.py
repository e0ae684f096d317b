"""Problems of questionnaires, of XLSForm workbooks and of answers that come back from forms."""

from parindex.wording.language import mark

_NOTHING = mark("Không cần làm gì nếu cột không chứa câu trả lời.")
_RENAME = mark("Đổi mã của một trong hai chỗ.")
_REDO = mark("Nếu cần, thêm vào tệp YAML đã ghi bằng khóa tương ứng của phiếu.")
_IN_FORM = mark("Sửa trong biểu mẫu rồi nhập lại.")

_CODES: dict[str, tuple[str, str]] = {
    "unknown_questionnaire": (
        mark("Không có tệp và cũng không có phiếu khảo sát có sẵn tên “{name}”."),
        mark("Chỉ một tệp YAML, hoặc dùng một trong các mã: {known}."),
    ),
    "unknown_questionnaire/near": (
        mark("Không có tệp và cũng không có phiếu khảo sát có sẵn tên “{name}”."),
        mark("Có phải {near}? Các phiếu có sẵn: {known}."),
    ),
    "form_code_reserved": (
        mark("Mã “{code}” dành riêng cho cột của tệp số liệu hoặc kết quả chung."),
        mark("Đặt mã khác."),
    ),
    "form_code_twice": (
        mark("Mã “{code}” đã dùng cho phần, câu hỏi, thang, nhóm hoặc tỷ số khác (không phân biệt chữ hoa)."),
        _RENAME,
    ),
    "form_option_twice": (mark("Mã “{code}” có hai lần trong cùng danh sách."), _RENAME),
    "language_twice": (mark("Ngôn ngữ “{language}” khai hai lần."), mark("Giữ lại một lần.")),
    "language_not_declared": (
        mark("Ngôn ngữ “{language}” không có trong khóa `languages` của phiếu ({known})."),
        mark("Thêm ngôn ngữ vào `languages`, hoặc bỏ nhãn này."),
    ),
    "label_missing": (
        mark("Thiếu nhãn bằng ngôn ngữ “{language}”."),
        mark("Thêm bản dịch, hoặc bỏ ngôn ngữ khỏi `languages`: người trả lời không được thấy nhãn trống."),
    ),
    "label_with_reference": (
        mark("Nhãn có “${{”, mà biểu mẫu điện tử sẽ hiểu là tham chiếu câu khác."),
        mark("Viết lại nhãn, không dùng ${{…}}."),
    ),
}

_SCALES: dict[str, tuple[str, str]] = {
    "scale_too_long": (
        mark("Thang có {count} mức; cần từ {fewest} đến {most} mức."),
        mark("Sửa danh sách `points` (thường là 3 hoặc 5 mức)."),
    ),
    "scale_not_consecutive": (
        mark("Mã các mức của thang ({found}) không phải các số nguyên liền nhau bắt đầu từ 0 hoặc 1."),
        mark("Đánh số 1, 2, 3 …; mã “không biết”, “không trả lời” để ở `no_answer`."),
    ),
    "satisfied_outside_scale": (
        mark("Mức hài lòng bắt đầu từ {found}, không nằm trong thang."),
        mark("Dùng một trong: {allowed}."),
    ),
    "weight_unknown_point": (mark("Trọng số cho mức {found}, mà thang không có mức đó."), mark("Bỏ hoặc sửa mức.")),
    "weight_out_of_range": (
        mark("Trọng số {found} của mức {point} nằm ngoài khoảng từ 0 đến 1."),
        mark("Chia cho trọng số lớn nhất để chỉ số nằm từ 0 đến 1."),
    ),
    "weight_missing": (
        mark("Thang “{scale}” thiếu trọng số cho các mức {missing}."),
        mark("Thêm vào `weights`; cách quy đổi `answers` cần trọng số của mọi mức."),
    ),
    "scale_unknown": (
        mark("Không có thang “{scale}”. Các thang: {known}."),
        mark("Sửa tên thang, hoặc khai thang ở `scales`."),
    ),
    "scale_unknown/none": (
        mark("Không có thang “{scale}”: phiếu không khai thang nào."),
        mark("Khai thang ở `scales`."),
    ),
}

_QUESTIONS: dict[str, tuple[str, str]] = {
    "question_key_misplaced": (
        mark("Khóa `{key}` không dùng được cho câu hỏi loại `{question_kind}`."),
        mark("Bỏ khóa này, hoặc sửa loại câu hỏi (`kind`)."),
    ),
    "question_key_missing": (mark("Câu hỏi loại `{question_kind}` cần khóa `{key}`."), mark("Thêm khóa này.")),
    "most_out_of_range": (
        mark("Chọn nhiều nhất {found} trong {count} lựa chọn là không được."),
        mark("Sửa `most`: từ 1 đến số lựa chọn."),
    ),
    "alone_needs_multiple": (
        mark("Lựa chọn “{code}” loại trừ các lựa chọn khác (`alone`), nhưng câu hỏi chỉ chọn một."),
        mark("Bỏ `alone`, hoặc dùng loại `multiple`."),
    ),
    "bounds_swapped": (mark("Số nhỏ nhất {lower} lớn hơn số lớn nhất {upper}."), mark("Sửa `minimum`, `maximum`.")),
    "respondents_unknown": (
        mark("Không có nhóm người trả lời “{group}”. Các nhóm: {known}."),
        mark("Sửa mã nhóm, hoặc khai nhóm ở `respondent_groups`."),
    ),
    "respondents_unknown/none": (
        mark("Không có nhóm người trả lời “{group}”: phiếu không khai nhóm nào."),
        mark("Khai nhóm ở `respondent_groups`."),
    ),
    "question_for_nobody": (
        mark("Không nhóm người trả lời nào được hỏi câu “{question}”."),
        mark("Phần và câu hỏi phải có ít nhất một nhóm chung ở `respondents`."),
    ),
    "text_feeds": (
        mark("Câu trả lời bằng chữ “{question}” không quy ra điểm được."),
        mark("Bỏ `feeds`, hoặc dùng loại câu hỏi khác."),
    ),
    "condition_says_nothing": (
        mark("Điều kiện hỏi không nói gì."),
        mark("Dùng `all`, `any`, `not`, hoặc `question` với `in`, `answered`, `from`, `above`, `below`, `up_to`."),
    ),
    "condition_unknown_question": (mark("Điều kiện hỏi nhắc câu “{question}” không có trong phiếu."), mark("Sửa mã.")),
    "condition_not_earlier": (
        mark("Điều kiện hỏi nhắc câu “{question}” không đứng trước chỗ này."),
        mark("Chỉ hỏi theo câu đã trả lời: chuyển câu đó lên trước."),
    ),
    "condition_unknown_option": (
        mark("Câu “{question}” không có lựa chọn “{option}”."),
        mark("Dùng một trong: {allowed}."),
    ),
    "condition_other_kind": (
        mark("Câu “{question}” loại `{question_kind}` không xét được như vậy."),
        mark("`in` cho câu chọn và thang; `from`, `above`, `below`, `up_to` cho câu số; `answered` cho mọi câu."),
    ),
    "question_never_asked": (
        mark("Không câu trả lời nào dẫn đến câu “{question}”: điều kiện hỏi mâu thuẫn."),
        mark("Sửa `relevant` của câu, của phần, hoặc của các câu mà điều kiện nhắc đến."),
    ),
}

_ROLLUP: dict[str, tuple[str, str]] = {
    "group_item_unknown": (mark("Nhóm có câu “{item}” không có trong phiếu."), mark("Sửa mã câu hỏi.")),
    "group_item_not_scale": (
        mark("Nhóm có câu “{item}” loại `{question_kind}`; chỉ câu theo thang mới gộp được."),
        mark("Bỏ câu này khỏi nhóm."),
    ),
    "item_in_two_groups": (mark("Câu “{item}” đã ở nhóm “{first}”."), mark("Mỗi câu chỉ thuộc một nhóm.")),
    "group_mixes_scales": (
        mark("Nhóm “{group}” gộp các thang khác nhau ({scales}): trung bình không có nghĩa."),
        mark("Tách thành các nhóm cùng thang."),
    ),
    "part_group_unknown": (mark("Phần gộp có nhóm “{group}” không có trong phiếu."), mark("Sửa mã nhóm.")),
    "group_in_two_parts": (mark("Nhóm “{group}” đã ở phần gộp “{first}”."), mark("Mỗi nhóm chỉ thuộc một phần.")),
    "ratio_not_numeric": (
        mark("Tỷ số cần câu số, “{question}” không phải câu số của phiếu."),
        mark("Dùng mã của câu hỏi loại `numeric`."),
    ),
    "item_fed_twice": (
        mark("Mục {item} của bộ tiêu chí nhận kết quả từ cả “{first}” và “{second}”."),
        mark("Mỗi mục nhận một kết quả: gộp các câu thành nhóm và để nhóm nuôi mục (`feeds`)."),
    ),
}

_XLSFORM: dict[str, tuple[str, str]] = {
    "xlsform_refused": (
        mark("pyxform không nhận biểu mẫu ({detail})."),
        mark("Sửa biểu mẫu (xem xlsform.org) rồi thử lại."),
    ),
    "xlsform_cell_too_long": (
        mark("Ô ở cột “{column}” dài quá {limit} ký tự, bảng tính không chứa được."),
        mark("Rút gọn nhãn, hoặc bớt câu của nhóm."),
    ),
    "xlsform_sheet_missing": (
        mark("Tệp {file} không có trang tính “{sheet}”: không phải XLSForm."),
        mark("Tải biểu mẫu XLSForm (không phải kết quả trả lời) từ KoBo hoặc ODK."),
    ),
    "xlsform_column_missing": (mark("Trang “{sheet}” không có cột “{column}”."), _IN_FORM),
    "xlsform_column_twice": (mark("Cột “{column}” có hai lần."), mark("Giữ lại một cột.")),
    "xlsform_too_many_rows": (
        mark("Trang “{sheet}” có {count} dòng, tối đa {limit}."),
        mark("Bỏ câu và lựa chọn thừa; danh sách dài để ở tệp ngoài."),
    ),
    "xlsform_nested_too_deep": (mark("Các nhóm lồng nhau quá {limit} cấp."), mark("Giảm số cấp.")),
    "xlsform_no_questions": (
        mark("Biểu mẫu không có câu hỏi nào nhập được."),
        mark("Nhập được câu chọn một, chọn nhiều, số và chữ."),
    ),
    "xlsform_scale_unknown": (
        mark("--scale nêu danh sách “{list}” mà biểu mẫu không có."),
        mark("Dùng một trong các danh sách: {known}."),
    ),
    "xlsform_scale_without_points": (
        mark("Danh sách “{list}” không có các mức đánh số liền nhau từ 0 hoặc 1."),
        mark("Bỏ --scale cho danh sách này, hoặc đánh số lại các mức."),
    ),
    "xlsform_scale_option": (
        mark("“{found}” không phải DANH_SÁCH=MỨC."),
        mark("Ví dụ: --scale hai_long=4 (hài lòng từ mức 4)."),
    ),
    "xlsform_sheet_left_out": (mark("Trang tính “{sheet}” không được nhập."), _REDO),
    "xlsform_column_left_out": (mark("Cột “{column}” ({count} ô) không được nhập."), _REDO),
    "xlsform_question_left_out": (
        mark("“{name}” loại `{type}` không được nhập: phiếu không có loại này."),
        mark("Nếu cần, đổi thành câu chọn, số hoặc chữ trong biểu mẫu rồi nhập lại."),
    ),
    "xlsform_expression_left_out": (
        mark("Biểu thức ở cột {column} của “{name}” không được nhập ({expression})."),
        mark(
            "Viết lại trong tệp YAML bằng `relevant`, `minimum`, `maximum` hoặc `most`; nếu không, điều kiện này mất."
        ),
    ),
    "xlsform_extra_left_out": (
        mark("Dòng “{key}” của trang parindex không đọc được nên bị bỏ qua."),
        mark("Xuất lại biểu mẫu từ phiếu, hoặc sửa giá trị JSON ở dòng đó."),
    ),
    "xlsform_reversed_left_out": (
        mark("“{name}” là câu nêu điều tiêu cực nhưng không còn dùng thang, nên dấu đảo chiều bị bỏ."),
        mark("Nhập lại với --scale cho danh sách lựa chọn của câu này, rồi thêm `reversed: true`."),
    ),
    "xlsform_renamed": (
        mark("“{name}” được đổi thành mã “{code}”: mã chỉ gồm chữ không dấu, chữ số, _, và chỉ dùng một lần."),
        mark("Cột của tệp trả lời vẫn mang tên cũ: đổi theo, hoặc đổi tên trong biểu mẫu."),
    ),
    "xlsform_group_nested": (
        mark("Nhóm “{name}” nằm trong nhóm “{group}” thành một phần riêng; điều kiện của nhóm ngoài được giữ."),
        mark("Kiểm tra lại thứ tự các phần."),
    ),
    "xlsform_language_assumed": (
        mark("Nhãn không ghi ngôn ngữ được coi là tiếng “{language}”."),
        mark("Ghi ngôn ngữ ở tên cột, ví dụ label::Tiếng Việt (vi)."),
    ),
    "xlsform_language_unknown": (
        mark("Không rõ mã của ngôn ngữ “{name}”; nhãn ngôn ngữ này không được nhập."),
        mark("Ghi mã trong ngoặc ở tên cột, ví dụ label::English (en)."),
    ),
    "xlsform_label_missing": (
        mark("“{name}” không có nhãn bằng “{language}”; tạm dùng nhãn ngôn ngữ khác."),
        mark("Bổ sung bản dịch."),
    ),
    "xlsform_reference_in_label": (
        mark("Nhãn của “{name}” chèn câu trả lời khác (${{…}}), phiếu không có cách này; thay bằng [tên câu]."),
        mark("Viết lại nhãn."),
    ),
    "xlsform_scale_possible": (
        mark("Danh sách “{list}” ({points} mức, {count} câu) giống một thang đánh giá nhưng được nhập như lựa chọn."),
        mark("Nếu là thang, nhập lại với --scale {list}=MỨC (mức thấp nhất được coi là hài lòng)."),
    ),
    "xlsform_scale_choice_left_out": (
        mark("Lựa chọn “{name}” của thang “{list}” không phải số nguyên nên không được nhập."),
        mark("Đánh số lại trong biểu mẫu (ví dụ 8: không biết, 9: không trả lời), rồi nhập lại."),
    ),
    "xlsform_meaning_assumed": (
        mark("Mã {code} ngoài thang được coi là “không biết”."),
        mark("Nếu là từ chối trả lời, sửa `meaning` thành `refused`."),
    ),
    "xlsform_version_missing": (mark("Biểu mẫu không ghi phiên bản; tạm ghi “1”."), mark("Sửa khóa `version`.")),
}

_ANSWERS: dict[str, tuple[str, str]] = {
    "answers_column_missing": (
        mark("Tệp trả lời không có cột của câu “{question}”."),
        mark("Xuất lại với tên câu hỏi (XML values and headers), không phải nhãn."),
    ),
    "answers_column_left_out": (mark("Cột “{column}” của tệp trả lời không thuộc câu nào nên bị bỏ qua."), _NOTHING),
    "answers_column_twice": (
        mark("Câu “{question}” có hai cột: “{first}” và “{second}”."),
        mark("Xuất lại không kèm tên nhóm trùng, hoặc bỏ một cột."),
    ),
    "answers_row_too_long": (
        mark("Dòng có nhiều ô hơn hàng tiêu đề."),
        mark("Xuất lại tệp; ô có dấu phân cách phải nằm trong ngoặc kép."),
    ),
    "answers_empty": (mark("Tệp trả lời {file} không có dòng nào."), mark("Kiểm tra đã chọn đúng tệp chưa.")),
    "answers_mark_unknown": (
        mark("Ô “{found}” của cột “{column}” không phải 0, 1, True, False hoặc để trống."),
        mark("Cột chia của câu chọn nhiều chỉ ghi có chọn hay không: xuất lại tệp."),
    ),
}

QUESTIONNAIRES: dict[str, tuple[str, str]] = {**_CODES, **_SCALES, **_QUESTIONS, **_ROLLUP, **_XLSFORM, **_ANSWERS}
