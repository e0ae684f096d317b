"""What the checker of papers says of tables: sums, ratios, counts, codes, lost cells."""

from parindex.wording.language import mark

_ADD_UP = mark("Cộng lại rồi sửa số sai: số tổng hoặc một số thành phần.")
_RECOMPUTE = mark("Tính lại từ hai số kia rồi sửa số sai.")
_BY_THE_ORIGINAL = mark("Đối chiếu bản gốc rồi sửa bảng.")

#: Message and remedy by the name of the sentence; ``{name}`` is a fact in words.
SENTENCES: dict[str, tuple[str, str]] = {
    "total_differs": (mark("Số tổng ghi {stated}, cộng các dòng được {found}."), _ADD_UP),
    "total_of_a_part": (
        mark("Số tổng ghi {stated} chỉ gồm một phần: cộng đủ các dòng được {found}; chưa tính {without}."),
        mark("Cộng đủ các phần, hoặc ghi rõ số tổng gồm những phần nào."),
    ),
    "cell_differs": (
        mark("Ô ghi {stated}; {statements} phép tính khác của bảng cho thấy phải là {found}."),
        mark("Đối chiếu số gốc rồi sửa ô này."),
    ),
    "cell_misprinted": (
        mark("Ô ghi {stated}; nếu là {found} thì các số của bảng khớp nhau."),
        mark("Đối chiếu số gốc rồi sửa ô này."),
    ),
    "group_sum_differs": (mark("Mục {code} ghi {stated}, cộng các mục con được {found}."), _ADD_UP),
    "rows_below_differ": (mark("Dòng “{row}” ghi {stated}, cộng các dòng con được {found}."), _ADD_UP),
    "declared_points_differ": (
        mark("Phần lời ghi {stated} điểm, cộng trong bảng được {found}."),
        mark("Xem lại điểm nêu trong phần lời và điểm của các dòng được đánh dấu."),
    ),
    "points_above_maximum": (
        mark("Điểm {stated} cao hơn điểm tối đa {found}."),
        mark("Sửa điểm, hoặc sửa điểm tối đa."),
    ),
    "points_below_zero": (mark("Điểm {stated} thấp hơn 0."), mark("Sửa lại điểm.")),
    "count_differs": (
        mark("Phần lời ghi {stated}, đếm trong bảng được {found}."),
        mark("Đếm lại số dòng rồi sửa phần lời hoặc bảng."),
    ),
    "row_sum_differs": (mark("Số cộng của dòng ghi {stated}, cộng các cột được {found}."), _ADD_UP),
    "row_difference_differs": (mark("Mức chênh lệch ghi {stated}, tính từ hai cột kia được {found}."), _RECOMPUTE),
    "row_ratio_differs": (mark("Tỷ lệ ghi {stated}, tính từ hai số kia được {found}."), _RECOMPUTE),
    "row_ratio_of_several_differs": (
        mark("Tỷ lệ ghi {stated}, cộng {count} số thành phần rồi chia cho số chung được {found}."),
        _RECOMPUTE,
    ),
    "share_of_total_differs": (mark("Tỷ lệ ghi {stated}, tính trên số tổng của cột được {found}."), _RECOMPUTE),
    "between_rows_difference": (
        mark("Dòng “{row}” ghi {stated}; lấy dòng “{whole}” trừ dòng “{part}” được {found}."),
        _RECOMPUTE,
    ),
    "between_rows_ratio": (
        mark("Dòng “{row}” ghi {stated}; tính từ dòng “{whole}” và dòng “{part}” được {found}."),
        _RECOMPUTE,
    ),
    "row_product_differs": (mark("Tích ghi {stated}, tính từ hai cột kia được {found}."), _RECOMPUTE),
    "row_growth_differs": (mark("Mức tăng, giảm ghi {stated}, tính từ hai cột kia được {found}."), _RECOMPUTE),
    "row_mean_differs": (mark("Số trung bình của dòng ghi {stated}, tính từ các cột được {found}."), _RECOMPUTE),
    "table_mean_differs": (
        mark("Số trung bình ghi {stated}, tính từ các dòng được {found}."),
        mark("Tính lại trung bình rồi sửa số sai."),
    ),
    "grade_differs": (
        mark("Xếp loại ghi {stated}, theo điểm và các dòng khác phải là {found}."),
        mark("Xem lại điểm và mức xếp loại."),
    ),
    "rank_differs": (
        mark("Thứ hạng ghi {stated}, xếp theo số liệu của bảng được {found}."),
        mark("Xếp hạng lại, hoặc sửa số liệu."),
    ),
    "ranked_figure_differs": (
        mark("Dòng hạng {rank} ghi {stated}, không theo thứ tự của các dòng trước và sau: {neighbours}."),
        mark("Đối chiếu số gốc rồi sửa số hoặc thứ hạng."),
    ),
    "sorted_figure_differs": (
        mark("Các dòng xếp theo thứ tự của cột này, riêng {stated} không theo các dòng trước và sau: {neighbours}."),
        mark("Đối chiếu số gốc rồi sửa ô này."),
    ),
    "share_outside": (mark("Tỷ lệ {stated} nằm ngoài khoảng 0 đến 100 %."), mark("Sửa lại tỷ lệ.")),
    "mean_told_otherwise": (
        mark("Phần lời ghi trung bình {stated}; trung bình các dòng của bảng là {found}."),
        mark("Ghi thống nhất giữa phần lời và bảng."),
    ),
    "table_says_otherwise": (
        mark("Phần lời ghi {stated}, trong bảng là {found}."),
        mark("Ghi thống nhất giữa phần lời và bảng."),
    ),
    "code_twice": (mark("Mã {stated} đứng ở hai dòng."), mark("Đánh lại mã của dòng sau.")),
    "verdict_apart": (
        mark("Đạt {share}% kế hoạch mà đánh giá “{stated}”, trái với các dòng khác."),
        mark("Xem lại tỷ lệ và đánh giá của dòng."),
    ),
    "told_unit_apart": (
        mark("Bảng tính bằng {unit}, văn bản ghi {stated}; có lẽ là {found}."),
        mark("Xem lại đơn vị tính."),
    ),
    "told_code_apart": (
        mark("{figure} trong bảng là của {found}, văn bản ghi {stated}."),
        mark("Xem lại mã và số liệu."),
    ),
    "code_misprinted": (
        mark("Mã {stated} không khớp với mã của các dòng bên cạnh."),
        mark("Đánh lại mã của dòng này."),
    ),
    "number_twice": (mark("Số thứ tự {stated} đứng ở hai dòng."), mark("Đánh lại số thứ tự.")),
    "number_differs": (mark("Số thứ tự ghi {stated}, theo thứ tự phải là {found}."), mark("Đánh lại số thứ tự.")),
    "figures_together": (mark("Nhiều số đứng chung một ô: {text}"), _BY_THE_ORIGINAL),
    "figure_twice": (mark("Dòng có thêm một ô số {stated} so với đầu bảng."), _BY_THE_ORIGINAL),
    "figure_lost": (mark("Dòng thiếu một ô số so với đầu bảng (cột “{column}”)."), _BY_THE_ORIGINAL),
    "row_twice": (
        mark("Dòng “{row}” đứng hai lần, số tổng chỉ tính một lần."),
        mark("Xóa dòng thừa, hoặc sửa số tổng nếu dòng đó đúng là của đơn vị khác."),
    ),
    "row_left_out": (
        mark("Sau số thứ tự {beside} thiếu một dòng, mà số tổng lớn hơn các dòng cộng lại."),
        _BY_THE_ORIGINAL,
    ),
    "rows_lost": (
        mark("Số tổng ghi {stated}, cộng các dòng được {found}; {columns} cột đều thiếu như vậy, có lẽ mất một dòng."),
        _BY_THE_ORIGINAL,
    ),
    "column_twice": (
        mark("Cột “{column}” đứng hai lần cạnh nhau với cùng số liệu."),
        mark("Xóa cột thừa, hoặc ghi đúng đầu cột và số liệu."),
    ),
    "column_lost": (mark("Bảng thiếu cột {found}, mà cách tính {stated} cần đến."), _BY_THE_ORIGINAL),
    "row_cell_lost": (mark("Dòng thiếu một ô số; các số sau ô đó lệch một cột."), _BY_THE_ORIGINAL),
    "row_cell_twice": (mark("Dòng ghi {stated} hai lần; các số sau đó lệch một cột."), _BY_THE_ORIGINAL),
    "words_twice": (mark("Hai ô cạnh nhau ghi cùng một nội dung."), _BY_THE_ORIGINAL),
    "words_lost": (mark("Ô của cột “{column}” bị mất, từ dòng này: {count} dòng."), _BY_THE_ORIGINAL),
}
