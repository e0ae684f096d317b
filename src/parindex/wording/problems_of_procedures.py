"""Problems of forms: what a set says of them, and the forms themselves (evaluation of how procedures are handled)."""

from parindex.wording.language import mark

#: Said by the check of a set as well.
OF_SETS: dict[str, tuple[str, str]] = {
    "form_column_twice": (
        mark("Hai cột của phiếu cùng tên “{column}”."),
        mark("Đổi tên “cột” (`column`) hoặc “đầu cột” (`head`) của một cột."),
    ),
    "form_measure_unknown": (
        mark("Cột “{column}” của phiếu đếm vào “{measure}”, nhưng bộ không có số liệu dạng số nào tên như thế."),
        mark("Khai báo số liệu đó (khóa `measures`), hoặc sửa tên trong “các mức điểm” (`scores`)."),
    ),
    "form_measure_twice": (
        mark("Số liệu “{measure}” đếm hai mức điểm của phiếu."),
        mark("Mỗi mức điểm của mỗi cột cần một số liệu riêng."),
    ),
    "feed_unknown": (
        mark("Số liệu cho bộ khác “{measure}” đếm theo “{name}”, nhưng bộ không có nhóm đối tượng hay xếp loại đó."),
        mark("Sửa “nhóm đối tượng” (`unit_group`) hoặc “xếp loại” (`grade`)."),
    ),
}

PROCEDURES: dict[str, tuple[str, str]] = {
    **OF_SETS,
    "set_without_forms": (
        mark("Bộ “{set}” không khai báo cột của phiếu, hồ sơ (`forms`): không có gì để đếm từ bảng này."),
        mark("Khai báo `forms` trong bộ, hoặc đưa số liệu bằng --figures."),
    ),
    "set_without_feeds": (
        mark("Bộ “{set}” không khai báo số liệu nào cho bộ khác (`feeds`)."),
        mark("Khai báo `feeds` trong bộ: số liệu, nhóm đối tượng, xếp loại."),
    ),
    "year_of_feed_unknown": (
        mark("Không biết số liệu là của năm nào: phiếu không ghi ngày, hoặc chỉ có điểm nhập tay."),
        mark("Thêm --year NĂM (hoặc --period) để bảng số liệu ghi đúng năm."),
    ),
    "score_not_allowed": (
        mark("“{text}” ở cột {column} không phải mức điểm của phiếu."),
        mark("Dùng một trong: {known}; để trống nếu phiếu không chấm chỉ số này."),
    ),
    "form_without_scores": (
        mark("Dòng không chấm chỉ số nào."),
        mark("Điền điểm, hoặc bỏ dòng này."),
    ),
    "dossier_missing": (
        mark("Dòng chấm cột {column} theo từng hồ sơ nhưng không có mã hồ sơ."),
        mark("Điền mã hồ sơ (cột `dossier`)."),
    ),
    "dossier_unexpected": (
        mark("Cột {column} chấm chung cho cơ quan trong kỳ, không chấm theo từng hồ sơ (“{dossier}”)."),
        mark("Chuyển điểm này sang một dòng riêng không có mã hồ sơ."),
    ),
    "dossier_twice": (
        mark("Hồ sơ “{dossier}” của “{unit}” đã có ở dòng {first} của {of_file}."),
        mark("Giữ lại một dòng cho mỗi hồ sơ."),
    ),
    "period_twice": (
        mark("“{unit}” đã được chấm chung cho kỳ này ở dòng {first} của {of_file}."),
        mark("Giữ lại một dòng cho mỗi cơ quan và kỳ; ghi kỳ ở cột “ngày” (`date`)."),
    ),
    "period_overlaps": (
        mark("Kỳ “{date}” của “{unit}” trùng một phần hoặc toàn bộ với kỳ đã chấm chung ở dòng {first} của {of_file}."),
        mark(
            "Chỉ giữ các kỳ không trùng nhau, ví dụ bốn quý hoặc một dòng cho cả năm; nếu không, kỳ đó bị tính hai lần."
        ),
    ),
    "official_missing": (
        mark("Dòng không có mã cán bộ, công chức, viên chức, trong khi bộ này chấm theo từng người."),
        mark("Điền cột `official`."),
    ),
    "not_a_date": (
        mark("“{text}” ở cột {column} không phải ngày hoặc kỳ."),
        mark("Ghi ngày 31/03/2026 hoặc 2026-03-31, tháng 03/2026, quý 2026-Q1 hoặc Quý I/2026, năm 2026."),
    ),
    "date_missing": (
        mark("Dòng không có ngày, không biết thuộc kỳ nào."),
        mark("Điền cột “ngày” (`date`), hoặc bỏ --period để tính mọi dòng."),
    ),
    "form_outside_period": (
        mark("“{text}” nằm ngoài kỳ {period}."),
        mark("Sửa ngày, hoặc chuyển dòng sang bảng của kỳ khác."),
    ),
    "forms_of_other_periods": (
        mark("{count} phiếu của các kỳ khác trong năm không được tính vào kỳ {period}."),
        mark("Không cần làm gì nếu bảng gồm cả năm; để tính cả năm, đổi --period."),
    ),
    "forms_of_several_years": (
        mark("Phiếu thuộc nhiều năm ({years}): không biết tính cho kỳ nào."),
        mark("Thêm --period: năm (2026), quý (2026-Q1), tháng (2026-03) hoặc từ ngày đến ngày (ngày..ngày)."),
    ),
    "period_of_forms": (
        mark("Không ghi --period: tính mọi phiếu, đều thuộc năm {year}."),
        mark("Không cần làm gì nếu đúng ý; để tính một quý hay một tháng, thêm --period."),
    ),
    "forms_of_no_single_period": (
        mark(
            "{count} phiếu không thuộc riêng kỳ nào trong {period} (không ghi ngày, hoặc ghi kỳ dài hơn): chỉ tính "
            "cho cả kỳ đó."
        ),
        mark("Không cần làm gì nếu đúng ý; nếu không, ghi ngày hoặc kỳ ngắn hơn ở cột “ngày” (`date`)."),
    ),
    "periods_of_forms_alone": (
        mark("Số liệu, điểm nhập tay là của cả kỳ {period}: không tính riêng từng kỳ trong đó."),
        mark("Để có kết quả từng kỳ, chỉ dùng --forms, không kèm --figures, --entries, --points."),
    ),
    "not_a_period": (
        mark("“{text}” không phải là kỳ."),
        mark("Ghi năm 2026, quý 2026-Q1, tháng 2026-03, hoặc từ ngày đến ngày 2025-12-15..2026-12-14."),
    ),
    "checked_without_form": (
        mark("Hồ sơ “{dossier}” của “{unit}” được kiểm tra ở cột {column}, nhưng bảng phiếu không có điểm tự chấm đó."),
        mark("Sửa mã hồ sơ, mã đơn vị hoặc ngày; chỉ kiểm tra được điểm đã tự chấm trong kỳ."),
    ),
    "checked_without_period": (
        mark(
            "“{unit}” được kiểm tra ở cột {column} cho kỳ “{date}”, nhưng bảng phiếu không có điểm tự chấm của kỳ đó."
        ),
        mark("Sửa mã đơn vị hoặc kỳ; chỉ kiểm tra được điểm đã tự chấm trong kỳ."),
    ),
    "checks_open": (
        mark("{count} hồ sơ được chọn để kiểm tra chưa có điểm kiểm tra nào."),
        mark("Điền điểm kiểm tra rồi chạy lại; tới lúc đó điểm tự chấm được tính."),
    ),
    "checked_scores_used": (
        mark("{count} điểm kiểm tra được tính thay điểm tự chấm; {differing} điểm khác điểm tự chấm."),
        mark("Xem điểm tự chấm và điểm kiểm tra cạnh nhau: parindex dossiers compare."),
    ),
    "figure_from_forms": (
        mark("Số liệu “{measure}” của “{unit}” vừa nhập trong bảng số liệu vừa đếm được từ phiếu."),
        mark("Chỉ giữ một nguồn cho mỗi số liệu của mỗi đơn vị."),
    ),
    "compare_needs_checked": (
        mark("Bảng điểm kiểm tra chưa có điểm nào của các phiếu này: không có gì để đặt cạnh điểm tự chấm."),
        mark("Điền điểm kiểm tra vào bảng do parindex dossiers sample ghi ra, hoặc đổi --period."),
    ),
    "no_dossiers": (
        mark("Bảng phiếu không có hồ sơ nào để chọn."),
        mark("Điền mã hồ sơ ở cột `dossier`, hoặc đổi --period."),
    ),
    "checked_needs_forms": (
        mark("Điểm kiểm tra cần bảng phiếu tự chấm để đặt cạnh."),
        mark("Thêm --forms."),
    ),
    "not_a_share": (
        mark("Tỷ lệ kiểm tra {share} không nằm trong khoảng trên 0 đến 100%."),
        mark("Ghi tỷ lệ, ví dụ 5%."),
    ),
}
