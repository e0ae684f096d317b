"""What the checker of papers says of running text: per cents, formulas, parts and wholes, changes, ranks, counts."""

from parindex.wording.language import mark

_RECOUNT = mark("Tính lại theo số liệu gốc rồi sửa số sai.")

#: Message and remedy by the name of the sentence; ``{name}`` is a fact in words.
SENTENCES: dict[str, tuple[str, str]] = {
    "ratio_apart": (
        mark("{part} trên {whole} là {found}%, văn bản ghi {stated}%."),
        mark("Xem lại tử số, mẫu số và tỷ lệ; sửa số sai."),
    ),
    "ratio_on_other_side": (
        mark("{part} trên {whole} là {found}%, ở phía bên kia của mức {stated}% mà văn bản ghi."),
        mark("Xem lại tử số, mẫu số, tỷ lệ và các từ “hơn”, “gần”, “dưới”; sửa chỗ sai."),
    ),
    "ratio_less_exact": (
        mark(
            "{part} trên {whole} là {found}%; các tỷ lệ khác của cùng tổng số ghi {places} số lẻ, ở đây ghi {stated}%."
        ),
        mark("Ghi đủ số lẻ như các tỷ lệ khác."),
    ),
    "ratio_cut": (
        mark("{part} trên {whole} là {found}% khi làm tròn như các tỷ lệ khác của văn bản; ở đây cắt còn {stated}%."),
        mark("Làm tròn như các tỷ lệ khác."),
    ),
    "share_of_others": (
        mark("{part} trên {whole} như các số bên cạnh là {found}%, văn bản ghi {stated}%."),
        mark("Xem lại số này, tổng số và tỷ lệ; sửa số sai."),
    ),
    "count_of_share": (
        mark("{per_cent}% của {whole} là {found}, văn bản ghi {stated}."),
        mark("Xem lại số này, tổng số và tỷ lệ; sửa số sai."),
    ),
    "ratio_swapped": (
        mark("Tỷ lệ {per_cent}% là của {found}; văn bản ghi ngược thành {stated}."),
        mark("Đổi lại tử số và mẫu số."),
    ),
    "whole_of_shares": (
        mark("{parts} là tỷ lệ của {found}, văn bản ghi tổng số là {stated}."),
        mark("Xem lại tổng số và các tỷ lệ."),
    ),
    "fraction_inverted": (
        mark("Phần {part} lớn hơn toàn bộ {whole}; nếu ghi ngược thì là {found}."),
        mark("Xem lại tử số và mẫu số."),
    ),
    "labels_exchanged": (
        mark("Tỷ lệ {per_cent}% ứng với {found}; hai số {stated} ghi đổi chỗ cho nhau, phần lớn hơn toàn bộ."),
        mark("Đổi lại hai số cho đúng tên gọi."),
    ),
    "formula_apart": (
        mark("{formula} bằng {found}, văn bản ghi {stated}."),
        mark("Tính lại công thức; sửa kết quả hoặc số hạng sai."),
    ),
    "change_apart": (
        mark("Từ {old} đến {new} thay đổi {found}, văn bản ghi {stated}."),
        mark("Xem lại hai giá trị và mức tăng, giảm."),
    ),
    "change_apart_in_unit": (
        mark("Từ {old} đến {new} thay đổi {found}{unit}, văn bản ghi {stated}{unit}."),
        mark("Xem lại hai giá trị và mức tăng, giảm."),
    ),
    "change_turned": (
        mark("Từ {old} đến {new} là {found}, văn bản ghi {stated}."),
        mark("Xem lại hai giá trị và chiều thay đổi."),
    ),
    "value_by_change": (
        mark("Từ {old} {dir} {by} là {found}, văn bản ghi {stated}."),
        mark("Xem lại giá trị và mức tăng, giảm."),
    ),
    "value_of_other_year": (
        mark("{stated} là số năm {other}; số năm {year} ở chỗ khác là {found}."),
        mark("Xem lại năm và số liệu của năm đó."),
    ),
    "times_apart": (
        mark("{new} gấp {found} lần {old}, văn bản ghi {stated} lần."),
        mark("Xem lại hai giá trị và số lần."),
    ),
    "times_in_words_apart": (
        mark("{new} gấp {found} lần {old}, văn bản ghi “{words}”."),
        mark("Xem lại hai giá trị và số lần."),
    ),
    "average_apart": (
        mark("{total} chia cho {count} là {found}, văn bản ghi bình quân {stated}."),
        mark("Xem lại tổng số, số đơn vị tính và số bình quân."),
    ),
    "rate_of_many_apart": (
        mark("{total} chia cho {count} rồi nhân {times} được {found}, văn bản ghi {stated}."),
        mark("Xem lại hai số và tỷ lệ tính trên nghìn hoặc số tròn."),
    ),
    "fraction_in_words": (
        mark("{part} trên {whole} là {found}%, văn bản ghi “{stated}”."),
        mark("Xem lại tử số, mẫu số và cách viết tỷ lệ bằng chữ."),
    ),
    "change_against_words": (
        mark("Chỗ này ghi {stated}, nhưng văn bản viết “{told}”."),
        mark("Xem lại chiều thay đổi."),
    ),
    "growth_apart": (
        mark("Nay {new}, trước đó {old}, thay đổi {by} là {found}%, văn bản ghi {stated}%."),
        mark("Xem lại giá trị, số tăng, giảm và tỷ lệ."),
    ),
    "growth_of_misprint": (
        mark("Nay {new}, thay đổi {by} là {growth}%, văn bản ghi {per_cent}%; nếu {stated} là {found} thì đúng."),
        mark("Xem lại giá trị, số tăng, giảm và tỷ lệ."),
    ),
    "value_turned": (
        mark("{old} {found} {new}, văn bản ghi {stated}."),
        mark("Xem lại hai giá trị và chiều so sánh."),
    ),
    "rank_apart": (
        mark("Từ thứ {old} đến thứ {new} là {found} bậc, văn bản ghi {stated} bậc."),
        mark("Xem lại hai thứ hạng và số bậc."),
    ),
    "rank_turned": (
        mark("Từ thứ {old} đến thứ {new} là {found} bậc, văn bản ghi {stated}: số nhỏ hơn là hạng cao hơn."),
        mark("Xem lại hai thứ hạng và chiều thay đổi."),
    ),
    "scores_against_places": (
        mark("Xếp sau nhưng {stated} lại cao hơn {before} của nơi xếp trước."),
        mark("Xem lại hai điểm số và thứ tự xếp hạng."),
    ),
    "rank_move_too_far": (
        mark("Trong {last} đơn vị được xếp hạng không thể thay đổi {stated} bậc."),
        mark("Xem lại số bậc."),
    ),
    "rank_rise_beyond": (
        mark("Nay thứ {new}, tăng {stated} bậc thì trước đó là thứ {old}, mà chỉ có {last} đơn vị được xếp hạng."),
        mark("Xem lại thứ hạng và số bậc."),
    ),
    "rank_fall_beyond": (
        mark("Nay thứ {new} trong {last} đơn vị thì không thể đã giảm {stated} bậc."),
        mark("Xem lại thứ hạng và số bậc."),
    ),
    "rank_against_all": (
        mark("Câu ghi tất cả đều {all}, riêng ở đây ghi {stated}."),
        mark("Xem lại chiều tăng, giảm của thứ hạng này."),
    ),
    "lowest_above_others": (
        mark("{stated} được gọi là thấp nhất nhưng cao hơn {others} trong cùng danh sách."),
        mark("Xem lại số được gọi là thấp nhất và các số còn lại."),
    ),
    "rank_beyond": (
        mark("Thứ hạng {stated} vượt quá {last} đơn vị được xếp hạng."),
        mark("Xem lại thứ hạng."),
    ),
    "part_above_whole": (
        mark("Phần {stated} lớn hơn toàn bộ {whole}."),
        mark("Xem lại hai số; phần không thể lớn hơn toàn bộ."),
    ),
    "parts_apart": (mark("{parts} bằng {found}, văn bản ghi tổng là {stated}."), _RECOUNT),
    "parts_apart_in_unit": (mark("{parts} bằng {found}{unit}, văn bản ghi tổng là {stated}{unit}."), _RECOUNT),
    "score_parts_apart": (
        mark("{parts} bằng {found} trên {whole} điểm, văn bản ghi {stated}."),
        mark("Cộng lại điểm các phần; sửa tổng hoặc phần sai."),
    ),
    "rest_apart": (
        mark("{part} trên {whole} thì còn lại {found}, văn bản ghi {stated}."),
        mark("Xem lại phần đã có và phần còn lại."),
    ),
    "difference_apart": (
        mark("{whole} và {part} chênh nhau {found}, văn bản ghi {stated}."),
        mark("Xem lại hai số và phần chênh lệch."),
    ),
    "mean_apart": (
        mark("Trung bình của {parts} là {found}, văn bản ghi {stated}."),
        mark("Xem lại từng số và số trung bình."),
    ),
    "complement_apart": (
        mark("Đúng hạn {other}% thì quá hạn {found}%, văn bản ghi {stated}%."),
        mark("Xem lại hai tỷ lệ; cộng lại phải là 100%."),
    ),
    "shares_above_whole": (
        mark("Các tỷ lệ {parts} cộng lại là {found}%, quá 100%."),
        mark("Xem lại các tỷ lệ; các nhóm của cùng một toàn bộ cộng lại là 100%."),
    ),
    "scale_apart": (
        mark("{stated} chỉ khớp với các số bên cạnh nếu ghi là {found}."),
        mark("Xem lại đơn vị tính: nghìn, triệu hay tỷ đồng."),
    ),
    "shares_not_whole": (
        mark("Các tỷ lệ {parts} cộng lại là {sum}%; nếu {stated} là {found} thì đủ 100%."),
        mark("Xem lại tỷ lệ {stated}."),
    ),
    "lost_apart": (
        mark("Đạt {points} trên {maximum} điểm là mất {found} điểm, văn bản ghi mất {stated}."),
        mark("Xem lại điểm đạt được và điểm bị mất."),
    ),
    "text_points_above_maximum": (
        mark("Điểm {stated} cao hơn điểm tối đa {maximum}."),
        mark("Xem lại điểm đạt được và điểm tối đa."),
    ),
    "rule_apart": (
        mark("Theo thang điểm ghi trong văn bản, {basis} được {found} điểm; văn bản ghi {stated} điểm."),
        mark("Xem lại số liệu, thang điểm và điểm chấm."),
    ),
    "grade_apart": (
        mark("Theo mức xếp loại ghi trong văn bản, {value} không phải loại “{stated}”."),
        mark("Xem lại điểm và xếp loại."),
    ),
    "units_apart": (
        mark("{other} là {found}, văn bản ghi {stated}."),
        mark("Xem lại hai số và đơn vị tính."),
    ),
    "each_apart": (
        mark("{count} lần {each} (và các khoản kèm theo, nếu có) là {found}, văn bản ghi {stated}."),
        mark("Xem lại số lượng, mức cho mỗi đơn vị và tổng."),
    ),
    "rule_loss_apart": (
        mark("Theo thang điểm ghi trong văn bản, {basis} bị trừ {found} điểm; văn bản ghi trừ {stated} điểm."),
        mark("Xem lại số liệu, thang điểm và điểm trừ."),
    ),
    "rule_not_met": (
        mark("Theo thang điểm ghi trong văn bản, {basis} không được {stated} điểm."),
        mark("Xem lại số liệu, thang điểm và điểm chấm."),
    ),
    "count_listed": (
        mark("Văn bản ghi {stated} {unit}, danh sách sau đó có {found}."),
        mark("Đếm lại danh sách; sửa số đếm hoặc bổ sung phần thiếu."),
    ),
}
