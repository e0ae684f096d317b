"""What figures, typed points and rules contradict in a result."""

from parindex.wording.language import mark

RESULTS: dict[str, tuple[str, str]] = {
    "rule_undecided": (
        mark("Mục {item} của {unit}: {reason}."),
        mark("Kiểm tra số liệu; nếu đúng, bổ sung quy tắc hoặc để hội đồng cho điểm."),
    ),
    "rule_differs": (
        mark("Mục {item} của {unit}: điểm {origin} ghi {points}, quy tắc tính từ số liệu được {rule_points}."),
        mark("Đối chiếu số liệu và quy tắc với văn bản; điểm đã ghi được giữ nguyên."),
    ),
    "points_above_maximum": (
        mark("Mục {item} của {unit}: điểm {origin} ghi {points}, lớn hơn điểm tối đa {max_points}."),
        mark("Kiểm tra lại điểm đã gõ và mã mục."),
    ),
    "answered_without_points": (
        mark("Mục {item} của {unit} ghi đã nhập mà không có điểm và cũng không tính được từ số liệu."),
        mark("Nhập điểm hoặc số liệu, hoặc đổi trạng thái."),
    ),
    "points_set_aside": (
        mark("Mục {item} của {unit}: điểm {origin} {points} không được tính vì mục ở trạng thái “{state}”."),
        mark("Nếu điểm phải được tính thì đổi trạng thái của mục; điểm đã ghi được giữ nguyên."),
    ),
    "request_open": (
        mark("Mục {item} của {unit}: đề nghị không đánh giá chưa được duyệt, đang tính như chưa nhập."),
        mark(
            "Cơ quan thường trực duyệt (trạng thái “không đánh giá”: `not_assessed`, kèm lý do), hoặc trả lại đề nghị."
        ),
    ),
    "points_finer_than_rounding": (
        mark(
            "{unit}: điểm {origin} của mục {items} có nhiều hơn {places} chữ số thập phân mà bộ tiêu chí quy định: "
            "cộng như đã ghi là {written}, làm tròn từng mục rồi cộng là {rounded}."
        ),
        mark(
            "Điểm đã ghi được giữ nguyên và tính như đã ghi. Nếu điểm của mục phải làm tròn thì ghi số đã làm tròn: "
            "xếp loại và thứ hạng có thể đổi."
        ),
    ),
    "unit_without_figures": (
        mark("{unit} chưa có số liệu: không có chỉ số, không xếp loại, không xếp hạng, không tính là đã đánh giá."),
        mark("Nhập số liệu, phiếu hoặc điểm; không cần làm gì nếu kỳ này không đánh giá đơn vị (người) đó."),
    ),
    "items_without_figures": (
        mark("{unit} chưa có số liệu của mục {items}: các mục này được 0 điểm và vẫn ở trong điểm tối đa."),
        mark("Nhập số liệu còn thiếu; nếu đúng là bằng 0 thì ghi 0. Đến khi đủ, xếp loại của đơn vị là tạm tính."),
    ),
    "items_without_figures/measures": (
        mark(
            "{unit} chưa có số liệu của mục {items} (chưa có: {measures}): các mục này được 0 điểm và vẫn ở trong "
            "điểm tối đa."
        ),
        mark("Nhập số liệu còn thiếu; nếu đúng là bằng 0 thì ghi 0. Đến khi đủ, xếp loại của đơn vị là tạm tính."),
    ),
    "unit_without_group": (
        mark("{unit} không thuộc nhóm đối tượng nào của bộ tiêu chí, nên không xếp hạng được."),
        mark("Ghi nhóm ở cột “nhóm đối tượng” (`unit_group`) của bảng đơn vị (--units): {groups}."),
    ),
    "identity_broken": (
        mark("Số liệu của {unit} không khớp: tổng của {left} phải bằng tổng của {right}."),
        mark("Kiểm tra lại các số liệu này."),
    ),
    "identity_broken/at_most": (
        mark("Số liệu của {unit} không khớp: tổng của {left} không được vượt tổng của {right}."),
        mark("Kiểm tra lại các số liệu này."),
    ),
    "pending": (
        mark("Mục {item} của {unit} còn chờ kết quả."),
        mark("Chờ điều tra hoặc hội đồng xong, hoặc tính tạm (bỏ --final)."),
    ),
    "sheet_shape": (mark("Phiếu chấm không khớp với bộ tiêu chí."), mark("Đọc lại phiếu chấm với đúng bộ tiêu chí.")),
    "not_integers": (mark("Cột số không phải số nguyên."), mark("Đọc lại bảng số liệu.")),
    "result_format_unknown": (
        mark("{file} không phải kết quả do parindex score ghi ra."),
        mark("Ghi kết quả bằng parindex score … --out ket-qua.json rồi so sánh."),
    ),
}
