"""Why something is refused about finalising, publishing and what follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from parindex.wording.language import mark, text
from parindex.wording.moments import day, moment

#: Reasons without figures.
PLAIN = {
    "only_survey_staff": mark("Chỉ phụ trách khảo sát hoặc cơ quan thường trực nhập điểm điều tra."),
    "not_published_yet": mark("Kết quả chưa công bố. Công bố xong mới làm việc này."),
    "result_changed": mark(
        "Chưa ghi gì: kết quả đã khác kết quả bạn xem, vì có người vừa sửa điểm. Xem lại bảng dưới đây rồi làm lại."
    ),
    "result_not_seen": mark("Chưa ghi gì: bạn chưa xem trước kết quả. Xem trước rồi xác nhận."),
    "sheets_of_other_cycle": mark("Có đơn vị không thuộc kỳ này. Tải lại trang rồi chọn lại."),
    "entries_of_other_cycle": mark("Có mục không thuộc kỳ này. Tải lại trang rồi chọn lại."),
    "minutes_number_needed": mark("Chưa ghi số biên bản. Ghi số, ký hiệu, ví dụ 12/BB-HĐTĐ."),
    "minutes_needed": mark("Chưa ghi nội dung biên bản. Ghi kết luận của hội đồng."),
    "minutes_in_the_future": mark("Ngày biên bản sau hôm nay. Ghi ngày đã họp."),
    "decision_number_needed": mark("Chưa ghi số quyết định công bố. Ghi số, ký hiệu, ví dụ 345/QĐ-UBND."),
    "decision_in_the_future": mark(
        "Ngày quyết định sau hôm nay. Ghi ngày đã ký; muốn công bố muộn hơn thì ghi ngày được xem."
    ),
    "correction_empty": mark("Chưa chọn mục nào để đính chính. Ghi mục, đơn vị, điểm đúng và lý do."),
    "correction_twice": mark("Một mục ghi hai lần. Giữ lại một dòng cho mỗi mục."),
    "correction_changes_nothing": mark("Không có gì khác kết quả đã công bố. Kiểm tra lại điểm đã ghi."),
    "nothing_appraised_yet": mark("Kỳ đánh giá chưa thẩm định nên chưa có lý do nào để không công khai."),
    "already_withheld": mark("Lý do này đã được đặt không công khai. Tải lại trang để xem."),
    "nothing_to_withhold": mark(
        "Không có gì để đặt không công khai: không ghi lý do, đã hoàn tác, chưa duyệt, hoặc vốn không công khai."
    ),
    "outside_title_needed": mark("Chưa ghi tên kết quả. Ghi tên, ví dụ PAR INDEX cấp tỉnh."),
    "outside_source_needed": mark("Chưa ghi nguồn. Ghi văn bản hoặc trang đã công bố, để ai cũng tra lại được."),
    "outside_without_result": mark("Chưa ghi chỉ số hay thứ hạng. Ghi ít nhất một trong hai."),
    "outside_withdrawn": mark("Kết quả này đã rút. Tải lại trang để xem."),
    "outside_in_the_future": mark("Ngày của nguồn sau hôm nay. Ghi ngày đã công bố."),
    "award_needed": mark("Chưa ghi hình thức khen thưởng. Ghi rõ, ví dụ Giấy khen của Giám đốc Sở Nội vụ."),
    "commendation_reason_needed": mark("Chưa có căn cứ. Chọn tiêu chuẩn đơn vị đã đạt, hoặc ghi lý do."),
    "commended_name_needed": mark("Chưa ghi họ tên người được đề nghị."),
    "commended_office_needed": mark("Chưa ghi chức vụ, nơi công tác. Ghi để phân biệt người trùng tên."),
    "commendation_withdrawn": mark("Đề nghị này đã rút. Tải lại trang để xem."),
    "result_not_public_yet": mark("Kết quả chưa được xem: đơn vị mở được phiếu kết quả từ lúc kết quả công khai."),
    "result_of_other_unit": mark("Phiếu kết quả này của đơn vị khác. Kết quả của mọi đơn vị có ở trang công khai."),
}


def _problems(facts: dict[str, Any]) -> str:
    first = " ".join(facts["first"])
    return text("Chưa chốt được: {count} điều trong số liệu và điểm phải xử lý trước. {first}", count=facts["count"],
                first=first)  # fmt: skip


#: Reasons with figures.
WORDED: dict[str, Callable[[dict[str, Any]], str]] = {
    "matters_open": lambda facts: text(
        "Chưa chốt được: còn {count} việc mở. Xem danh sách dưới đây.", count=facts["count"]
    ),
    "result_problems": _problems,
    "personal_data_unconfirmed": lambda facts: text(
        "Chưa công bố: {count} lời sẽ công khai có số điện thoại, thư điện tử hoặc số định danh. Xem danh sách rồi "
        "sửa, hoặc đánh dấu xác nhận công khai nguyên văn.",
        count=facts["count"],
    ),
    "embargo_in_the_past": lambda facts: text(
        "Lúc được xem ({when}) đã qua. Ghi lúc sau bây giờ, hoặc để trống để công bố ngay.", when=moment(facts["when"])
    ),
    "embargo_of_earlier": lambda facts: text(
        "Lần công bố {number} được xem từ {when}; đính chính không được xem trước lúc đó. Ghi {when} hoặc muộn hơn.",
        number=facts["number"], when=moment(facts["when"]),
    ),
    "embargo_too_far": lambda facts: text(
        "Lúc được xem ({when}) quá xa. Muộn nhất là {last}.", when=day(facts["when"]), last=day(facts["last"])
    ),
    "correction_not_assessed": lambda facts: text(
        "Mục {item} của {unit} không đánh giá theo quyết định đã duyệt nên không có điểm để đính chính.",
        item=facts["item"], unit=facts["unit"],
    ),
    "correction_points_not_a_number": lambda facts: text(
        "“{typed}” không phải là số điểm của mục {item}, {unit}. Ghi số, ví dụ 0,75.",
        typed=facts["typed"], item=facts["item"], unit=facts["unit"],
    ),
    "correction_points_as_share": lambda facts: text(
        "“{typed}” là tỷ lệ, không phải số điểm của mục {item}, {unit}. Ghi số điểm, ví dụ 0,75.",
        typed=facts["typed"], item=facts["item"], unit=facts["unit"],
    ),
    "correction_points_out_of_range": lambda facts: text(
        "Điểm {typed} của mục {item}, {unit} ngoài khoảng từ 0 đến {most}.",
        typed=facts["typed"], item=facts["item"], unit=facts["unit"], most=facts["most"].replace(".", ","),
    ),
    "correction_unit_needed": lambda facts: text(
        "Dòng {line}: chưa chọn đơn vị. Chọn đơn vị được đính chính.", line=facts["line"]
    ),
    "correction_item_unknown": lambda facts: text(
        "Bộ tiêu chí của {unit} không có mục {item}. Ghi mã mục như ở bảng kết quả.",
        item=facts["item"] or "–", unit=facts["unit"],
    ),
    "outside_rank_wrong": lambda facts: text(
        "Thứ hạng {rank} trên {of} không đúng. Ghi hai số nguyên dương, số sau không nhỏ hơn số trước.",
        rank=facts["rank"], of=facts["of"],
    ),
    "outside_index_wrong": lambda facts: text("“{typed}” không phải là chỉ số. Ghi số, ví dụ 84,69.",
                                              typed=facts["typed"]),
    "commendation_twice": lambda facts: text(
        "{name} đã được đề nghị {award}. Rút đề nghị cũ trước, hoặc ghi hình thức khác.",
        name=facts["name"], award=facts["award"],
    ),
    "criterion_not_met": lambda facts: text(
        "Chưa ghi: {unit} không đạt tiêu chuẩn đã chọn theo kết quả công bố mới nhất. Xem lại bảng rồi chọn lại.",
        unit=facts["unit"],
    ),
    "outside_year_wrong": lambda facts: text("Năm {year} không đúng. Ghi năm được đánh giá, ví dụ 2020.",
                                             year=facts["year"]),
}  # fmt: skip
