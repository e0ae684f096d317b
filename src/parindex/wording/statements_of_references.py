"""What the checker of papers says of papers that are named: numbers and days."""

from parindex.wording.language import mark

_BY_THE_SIGNED = mark("Đối chiếu bản đã ký rồi sửa chỗ sai.")

#: Message and remedy by the name of the sentence; ``{name}`` is a fact in words.
SENTENCES: dict[str, tuple[str, str]] = {
    "date_impossible": (
        mark("Lịch không có ngày {stated} ghi cho văn bản số {number}."),
        mark("Ghi lại ngày ban hành theo bản đã ký."),
    ),
    "date_impossible/usual": (
        mark("Lịch không có ngày {stated} ghi cho văn bản số {number}; chỗ khác ghi {found}."),
        mark("Ghi lại ngày ban hành theo bản đã ký."),
    ),
    "day_impossible": (mark("Lịch không có ngày {stated}."), mark("Sửa lại ngày, tháng, năm.")),
    "span_backwards": (
        mark("Khoảng thời gian {stated} kết thúc trước khi bắt đầu."),
        mark("Xem lại năm và thứ tự của hai ngày."),
    ),
    "span_days_apart": (
        mark("Từ {first} đến {last} là {found}, văn bản ghi {stated}."),
        mark("Xem lại hai ngày và độ dài thời gian."),
    ),
    "date_future": (
        mark("Văn bản số {number} ghi ngày {stated}, sau ngày {own} của chính văn bản này."),
        mark("Xem lại ngày của văn bản được dẫn, hoặc ngày của văn bản này."),
    ),
    "year_differs": (
        mark("Số {number} mang năm {year}, ngày đi kèm lại là {stated}."),
        _BY_THE_SIGNED,
    ),
    "two_dates": (
        mark("Văn bản số {number} ở đây ghi ngày {stated}, ở {at} ghi ngày {found}."),
        _BY_THE_SIGNED,
    ),
    "digits_swapped": (
        mark("Số {stated} và số {found} ({at}) cùng ký hiệu, cùng ngày {day}, chỉ khác thứ tự chữ số: có lẽ là một."),
        _BY_THE_SIGNED,
    ),
    "digit_changed": (
        mark("Số {stated} và số {found} ({at}) cùng ký hiệu, cùng ngày {day}, chỉ khác một chữ số: có lẽ là một."),
        _BY_THE_SIGNED,
    ),
    "digit_lost": (
        mark("Số {stated} và số {found} ({at}) cùng ký hiệu, cùng ngày {day}: có lẽ một số thiếu một chữ số."),
        _BY_THE_SIGNED,
    ),
    "stroke_lost": (
        mark("{stated} thiếu dấu gạch chéo giữa số và ký hiệu."),
        mark("Ghi đúng là {found}."),
    ),
    "year_lost": (
        mark("Số {stated} thiếu năm: số của nghị định, thông tư gồm cả năm ban hành."),
        mark("Ghi đúng là {found}."),
    ),
    "year_lost_unknown": (
        mark("Số {stated} thiếu năm: số của nghị định, thông tư gồm cả năm ban hành."),
        mark("Ghi thêm năm ban hành vào số."),
    ),
    "kind_lost": (
        mark("Số {stated} thiếu chữ chỉ loại văn bản; ở {at} ghi {found}."),
        mark("Ghi đúng là {found}."),
    ),
    "against_the_run": (
        mark("Số {number} ngày {stated} ngược thứ tự với số {other} ngày {other_day} ({at}): số hoặc ngày có thể sai."),
        mark("Đối chiếu số và ngày với bản đã ký."),
    ),
    "cited_code_apart": (
        mark("Văn bản không có mục nào khác gần mã {stated}; có mục {found}, cùng các số nhưng khác thứ tự."),
        mark("Xem lại mã được dẫn."),
    ),
    "item_code_apart": (
        mark("Số hoặc mã {stated} là của mục khác; theo các mục bên cạnh hoặc nơi khác của văn bản là {found}."),
        mark("Xem lại số hoặc mã của mục này."),
    ),
}
