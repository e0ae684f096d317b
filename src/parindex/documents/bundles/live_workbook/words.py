"""The words of the workbook: always Vietnamese, because the same result must give the same bytes everywhere."""

from __future__ import annotations

from parindex.domain.criteria.criteria_set import Outside, Source
from parindex.domain.scoring.outcome import NoPoints
from parindex.domain.scoring.score_sheet import EntryState, Origin

NOT_IN_SET = "số liệu không có trong bộ tiêu chí"
NUMERATOR, DENOMINATOR = "tử số", "mẫu số"
FIRST_SHEET = "Đọc trước"
#: The sheets of a group by key: name (the number of the group follows), title, how to read it.
SHEETS = {
    "k": ("Thước đo", "Bộ tiêu chí", "Mã, tên, điểm tối đa, căn cứ và quy tắc của từng mục. Đây là dữ liệu."),
    "f": ("Số liệu", "Số liệu đóng băng", "Số liệu của từng đơn vị khi chốt kết quả. Dữ liệu: công thức đọc từ đây."),
    "e": ("Phiếu chấm", "Trạng thái và điểm đã chấm", "Trạng thái của từng mục và điểm do người chấm ghi. Dữ liệu."),
    "c": (
        "Cách tính",
        "Điểm theo quy tắc",
        "Công thức đi từ số liệu đến điểm, qua các cột trung gian. Số âm ở cột lý do: xem bảng mã ở trang đầu.",
    ),
    "p": (
        "Điểm",
        "Điểm của từng mục",
        "Công thức: điểm thẩm định, cơ quan ngoài, điều tra, tự chấm, rồi đến quy tắc. Chữ: vì sao không có điểm.",
    ),
    "n": (
        "Tổng hợp",
        "Điểm theo nhóm mục",
        "Công thức: cộng điểm và điểm tối đa của các mục được đánh giá; phần trăm không bao giờ được bình quân.",
    ),
    "r": (
        "Kết quả",
        "Chỉ số, xếp loại, xếp hạng",
        "Công thức; bên phải là số đã công bố, cột cuối: số chỗ công thức khác số công bố.",
    ),
    "q": ("Công bố", "Điểm đã công bố", "Điểm từng mục như đã công bố. Dữ liệu."),
    "m": ("Khớp", "So công thức với số công bố", "0: khớp; 1: khác. Số không hết thì so 12 chữ số có nghĩa."),
}
UNIT_CODE, UNIT_NAME = "Mã đơn vị", "Đơn vị"
HEAD_ROWS = ("Mã", "Tên", "Chi tiết", "Phần thứ", "Ngoài thang (1 thưởng, 2 trừ)")
#: What the entry of an item says.
ENTRY_STATES = {
    EntryState.NO_ENTRY: "",
    EntryState.UNANSWERED: "Chưa nhập",
    EntryState.ANSWERED: "Xong",
    EntryState.NOT_ASSESSED_REQUESTED: "Đề nghị không đánh giá",
    EntryState.NOT_ASSESSED: "Không đánh giá",
    EntryState.PENDING: "Chờ kết quả",
}
#: What an item counts as where it has no points, by the name in the snapshot.
ITEM_STATES = {
    "unanswered": "Chưa có điểm",
    "not_assessed": "Không đánh giá",
    "pending": "Chờ kết quả",
    "absent": "Phần không đo",
}
ORIGINS = {
    Origin.SELF: "điểm tự đánh giá",
    Origin.SURVEY: "điểm điều tra",
    Origin.EXTERNAL: "điểm của cơ quan ngoài",
    Origin.APPRAISED: "điểm thẩm định",
}
STATE, RULE_POINTS, MAXIMUM = "trạng thái", "điểm theo quy tắc", "Tối đa"
POINTS, PER_CENT = "Điểm", "Phần trăm"
SOURCES = {
    Source.REPORT: "báo cáo",
    Source.OPINION_SURVEY: "điều tra xã hội học",
    Source.SATISFACTION_INDEX: "chỉ số hài lòng",
    Source.EXTERNAL: "cơ quan ngoài",
}
OUTSIDE = {Outside.BONUS: "thưởng ngoài thang", Outside.PENALTY: "trừ ngoài thang"}
YARDSTICK_HEADS = (
    "Mã", "Tên", "Điểm tối đa", "Nguồn điểm", "Phần", "Ngoài thang điểm", "Điểm thưởng", "Căn cứ của quy tắc",
    "Quy tắc",
)  # fmt: skip
ASSUMED = "quy tắc giả định"
WHOLE = "Toàn bộ"
INSIDE, BONUS, PENALTY = "Điểm trong thang", "Điểm thưởng ngoài thang", "Điểm trừ ngoài thang"
INDEX, GRADE, RANK, RANKED = "Chỉ số (%)", "Xếp loại", "Xếp hạng", "Có xếp hạng"
PUBLISHED, DIFFERENT = "công bố", "Số chỗ khác"
YES, NO = "có", "không"
REASONS = {
    NoPoints.NOT_GIVEN: "điểm do bên ngoài cho",
    NoPoints.NOT_ASSESSED: "không phát sinh, quy tắc cho là không đánh giá",
    NoPoints.MISSING: "thiếu số liệu của năm",
    NoPoints.NO_EARLIER: "thiếu số liệu năm trước hoặc năm gốc",
    NoPoints.UNDECIDED: "không phát sinh hoặc gốc bằng 0, quy tắc không nói cho mấy điểm",
    NoPoints.UNKNOWN_OPTION: "lựa chọn không có trong quy tắc",
    NoPoints.OUTSIDE: "nằm ngoài mọi khoảng",
    NoPoints.OVER: "lớn hơn toàn bộ",
    NoPoints.IMPOSSIBLE: "không thể có (tử số trên số không, số âm)",
}
GUIDE = (
    "Tệp này tính lại một kết quả từ số liệu đã đóng băng: mọi điểm, tổng, điểm tối đa, phần trăm, xếp loại, xếp hạng "
    "đều là công thức. Đổi một số liệu trong trang Số liệu hoặc Phiếu chấm thì kết quả đổi theo.",
    "Đọc theo thứ tự: Thước đo và Số liệu, Phiếu chấm (dữ liệu) → Cách tính (điểm theo quy tắc) → Điểm → Tổng hợp → "
    "Kết quả. Trang Công bố giữ số đã công bố; trang Khớp và ô dưới đây nói công thức khác số công bố ở bao nhiêu chỗ.",
    "Mỗi đơn vị ở cùng một dòng trên mọi trang của nhóm. Ô chữ không bao giờ là công thức. Năm của số liệu ghi ở dòng "
    "Chi tiết.",
    "Bảng tính cộng trừ bằng số nhị phân. Để không sai một li, phép làm tròn và so sánh được làm trên số nguyên: tử và "
    "mẫu nhân chéo, làm tròn là thương nguyên. Số quá dài được cắt thành đoạn sáu chữ số, mỗi đoạn một cột (trang Cách "
    "tính). Điểm không làm tròn hiện đến 15 chữ số.",
)
FINGERPRINT, YEAR, GROUP, UNITS, ITEMS, DIFFERENCES = (
    "Mã kiểm tra của dữ liệu đóng băng (SHA-256)", "Năm", "Nhóm", "Số đơn vị", "Số mục",
    "Số chỗ công thức khác số công bố",
)  # fmt: skip
REASON_CODES = "Mã lý do ở trang Cách tính"
TITLE, SET_FINGERPRINT = "Tên nhóm", "Mã bộ tiêu chí"
ALL_GROUPS = "Cả kỳ"
