"""What the checker of papers says of quantities that are stated twice, and of amounts out of scale."""

from parindex.wording.language import mark

#: Message and remedy by the name of the sentence; ``{name}`` is a fact in words.
SENTENCES: dict[str, tuple[str, str]] = {
    "bodies_apart": (
        mark("Ở đây là {stated}, những chỗ khác trong văn bản là {found} ({at})."),
        mark("Thống nhất một con số cho cả văn bản, hoặc ghi rõ thời điểm và phạm vi nếu khác nhau thật."),
    ),
    "bodies_sum_apart": (
        mark("Ở đây là {stated}; cộng theo từng cấp như các chỗ khác thì được {addends} = {found} ({at})."),
        mark("Thống nhất một con số cho cả văn bản, hoặc ghi rõ gồm thêm những cơ quan nào."),
    ),
    "ratio_part_apart": (
        mark("Nêu là {stated}, nhưng tỷ lệ {ratio} ngay sau đó lại tính với {found}."),
        mark("Xem con số nào đúng rồi sửa con số kia."),
    ),
    "name_with_two_values": (
        mark("“{name}” ở đây là {stated}, ở {at} là {found}."),
        mark("Xem con số nào đúng rồi sửa con số kia; nếu khác thời điểm hoặc phạm vi thì ghi rõ."),
    ),
    "name_with_two_values_in_papers": (
        mark("“{name}” ở đây là {stated}, trong {file} ({at}) là {found}."),
        mark("Xem con số nào đúng rồi sửa con số kia; nếu khác thời điểm hoặc phạm vi thì ghi rõ."),
    ),
    "quantity_told_twice": (
        mark("Ở đây là {stated}, ở {at} cùng một nội dung là {found}."),
        mark("Xem con số nào đúng rồi sửa con số kia; nếu khác thời điểm hoặc phạm vi thì ghi rõ."),
    ),
    "unit_apart": (
        mark("{stated} nhỏ hơn hẳn {other} ({at}): có lẽ sai đơn vị tính."),
        mark("Xem lại đơn vị tính: nghìn, triệu hay tỷ đồng."),
    ),
    "amount_in_two_units": (
        mark("{other} là {found}, văn bản ghi {stated}."),
        mark("Xem lại hai số và đơn vị tính."),
    ),
    "amount_scale_apart": (
        mark("{stated} không khớp với {other} ({at}): có lẽ sai đơn vị tính."),
        mark("Xem lại đơn vị tính: nghìn, triệu hay tỷ đồng."),
    ),
    "figure_of_another_year": (
        mark("{stated} là số của năm khác ({at}); số của năm này là {found}."),
        mark("Ghi lại đúng số của năm đang nói đến, hoặc sửa lại năm."),
    ),
    "figure_of_two_years": (
        mark("Cùng số {stated} được ghi cho hai năm khác nhau: ở đây và ở {at}."),
        mark("Ghi lại đúng số của năm đang nói đến, hoặc sửa lại năm."),
    ),
    "year_with_itself": (
        mark("Năm {year} được so với chính năm {year}."),
        mark("Ghi lại năm đem ra so sánh."),
    ),
}
