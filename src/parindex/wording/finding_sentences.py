"""What each kind of finding says and what it advises; ``kind/variant`` where the facts allow more to be said."""

from parindex.wording.findings_of_measured import SENTENCES as MEASURED
from parindex.wording.language import mark
from parindex.wording.problems_of_procedures import OF_SETS
from parindex.wording.problems_of_sets import SETS

_KEEP = mark("Giữ nguyên văn; nếu cần, thêm tên hiển thị (khóa `display_title`).")
_ASK_POINTS = mark("Đối chiếu dòng {code} của bảng và câu này trong văn bản, rồi hỏi cơ quan ban hành.")
_ASK_AREAS = mark("Đã đếm các lĩnh vực {areas}. Kiểm tra có sót hoặc thừa dòng không, rồi hỏi cơ quan ban hành.")
_ASK_BY_AREA = mark("Đã đếm theo lĩnh vực: {by_area}. Kiểm tra có sót hoặc thừa dòng không, rồi hỏi cơ quan ban hành.")
_CLOSED_BELOW = mark(
    "Hỏi cơ quan ban hành khoảng này thuộc mức nào. Bộ tiêu chí chỉ ghi cận dưới của mỗi mức (khóa `grades`): "
    "chưa sửa thì mốc {lower} bắt đầu mức cao hơn, thấp hơn mốc đó thuộc mức thấp hơn."
)
_FIX_BANDS = mark("Sửa mốc của các mức sao cho mỗi giá trị rơi vào đúng một mức.")

#: Message and remedy; ``{name}`` is a fact in words.
SENTENCES: dict[str, tuple[str, str]] = {
    # what scoring needs: said by the check and by scoring in the same words
    **{kind: SETS[kind] for kind in ("set_without_year", "set_without_items", "unknown_part", "identity_empty")},
    "unknown_part/none": SETS["unknown_part/none"],
    "unknown_item": SETS["unknown_item/total"],
    **OF_SETS,
    # codes
    "duplicate_code": (
        mark("Mã {code} dùng cho {found} mục: {rows}."),
        mark("Đổi mã của một mục, hoặc hỏi cơ quan ban hành."),
    ),
    "duplicate_code/proposal": (
        mark("Mã {code} dùng cho {found} mục: {rows}."),
        mark("Đổi mã ở {wrong} thành {proposal}, mã kế tiếp còn trống."),
    ),
    "duplicate_code/sum_fits": (
        mark("Mã {code} dùng cho {found} mục: {rows}."),
        mark("Đổi mã ở {wrong} thành {proposal}, mã kế tiếp còn trống; {addends} khớp điểm của {parent}."),
    ),
    "duplicate_code/stored_as_number": (
        mark("Mã {code} dùng cho {found} mục: {rows}; có thể {proposal} đã mất số 0 vì ô lưu dạng số."),
        mark("Đổi mã ở {wrong} thành {proposal}."),
    ),
    "missing_dot": (mark("Mã {code} thiếu dấu chấm, đứng sau {before}."), mark("Đổi thành {proposal}.")),
    "wrong_parent": (
        mark("Mã {code} đứng trong nhóm {parent} nhưng mang mã của nhóm {printed_parent}."),
        mark("Đổi thành {proposal}, hoặc chuyển dòng về nhóm {printed_parent}."),
    ),
    "wrong_parent/duplicate": (
        mark("Mã {code} đứng trong nhóm {parent} nhưng mang mã của nhóm {printed_parent}, trùng với {duplicate_of}."),
        mark("Đổi thành {proposal}."),
    ),
    "parent_missing": (
        mark("Mã {code} thuộc nhóm {missing}, nhưng bảng không có dòng {missing}."),
        mark("Thêm dòng {missing}, hoặc sửa mã {code}."),
    ),
    "numbering_gap": (
        mark("Thiếu mã {missing} trước {code}."),
        mark("Kiểm tra có sót dòng không; nếu không, đánh lại số."),
    ),
    "numbering_gap/proposal": (
        mark("Thiếu mã {missing}; ở chỗ đó là {code}."),
        mark("Đổi {code} thành {proposal} nếu không sót dòng."),
    ),
    "numbering_gap/children": (
        mark("Mục mang mã {code}, nhưng các mục con của nó mang mã của {proposal} ({children} …)."),
        mark("Đổi {code} thành {proposal}."),
    ),
    "tree_flat": (
        mark("{found} mục đều đứng ngay dưới `areas`, dù mã cho thấy chúng thuộc nhau ({below} thuộc {above})."),
        mark("Đặt mỗi mục con vào khóa `children` của mục trên nó."),
    ),
    "numbering_order": (mark("Mã {code} đứng sau mã lớn hơn ({before})."), mark("Xếp lại thứ tự dòng hoặc sửa mã.")),
    "options_as_subcriteria": (
        mark("{found} phương án của mục {code} được đánh mã như tiêu chí thành phần: {options}."),
        mark("Bỏ mã của các phương án; mục {code} được chấm trực tiếp."),
    ),
    "code_as_number": (
        mark("Mã in là {stated}, hiểu là {found}: ô lưu dạng số làm mất số 0 cuối."),
        mark("Định dạng cột mã là văn bản và ghi {found}."),
    ),
    "printed_code": (
        mark("Văn bản in mã {stated}, bộ tiêu chí dùng {found}."),
        mark("Không phải sửa; bản gốc giữ nguyên."),
    ),
    # points
    "points_missing": (mark("Mục {code} không có điểm tối đa."), mark("Ghi điểm tối đa của mục.")),
    "points_missing/proposal": (
        mark("Mục {code} không có điểm tối đa."),
        mark("Ghi {proposal}: phần còn lại của mục cha."),
    ),
    "points_negative": (
        mark("Mục {code} có điểm âm ({stated})."),
        mark("Sửa điểm; nếu là điểm trừ ngoài thang điểm, ghi khóa `outside: penalty` và điểm là số dương."),
    ),
    "points_negative/proposal": (
        mark("Mục {code} có điểm âm ({stated})."),
        mark("Sửa thành {proposal}: phần còn lại của mục cha."),
    ),
    "points_negative/penalty": (
        mark("Mục điểm trừ {code} ghi điểm tối đa âm ({stated})."),
        mark("Ghi {proposal}: điểm tối đa của mục điểm trừ là số dương, khi tính mới trừ đi."),
    ),
    "points_zero": (
        mark("Mục {code} có điểm tối đa 0."),
        mark("Xác nhận mục chỉ theo dõi, không chấm điểm; nếu không, sửa điểm."),
    ),
    "points_zero/proposal": (
        mark("Mục {code} có điểm tối đa 0."),
        mark("Sửa thành {proposal}: phần còn lại của mục cha."),
    ),
    "children_sum": (
        mark("Mục {code} ghi {stated} điểm, các mục con cộng được {found} ({children})."),
        mark("Sửa điểm của mục {code} hoặc của một mục con; chênh {difference}."),
    ),
    "children_sum/proposal": (
        mark("Mục {code} ghi {stated} điểm, các mục con cộng được {found} ({children})."),
        mark("Sửa điểm của mục {code} thành {proposal}: khi đó cấp trên cũng khớp."),
    ),
    "total_declared": (
        mark("Văn bản ghi tổng {stated} điểm, các lĩnh vực cộng được {found} ({areas})."),
        mark("Sửa tổng điểm trong văn bản hoặc điểm của một lĩnh vực."),
    ),
    "total_printed": (
        mark("Dòng tổng của bảng ghi {stated} điểm, các lĩnh vực cộng được {found} ({areas})."),
        mark("Sửa dòng tổng hoặc điểm của một lĩnh vực."),
    ),
    "total_with_outside": (
        mark("Tổng mà văn bản ghi ({stated}) gồm {found} điểm của thang điểm và {more} ngoài thang điểm."),
        mark("Không phải sửa: chỉ số tính trên {found} điểm."),
    ),
    "total_with_outside/printed": (
        mark("Dòng tổng của bảng ({stated}) gồm {found} điểm của thang điểm và {more} ngoài thang điểm."),
        mark("Không phải sửa: chỉ số tính trên {found} điểm."),
    ),
    # the prose against the table
    "parts_points": (
        mark("{title}: văn bản ghi {stated}, bảng cộng được {found}{by_area}. {parts}."),
        mark("Theo bảng: {as_table}; hoặc chuyển điểm giữa các phần; hoặc hỏi cơ quan ban hành."),
    ),
    "parts_points/unmarked": (
        mark("{title}: văn bản ghi {stated}, nhưng bảng không đánh dấu mục nào là điều tra."),
        mark("Ghi nguồn điểm (khóa `source`) cho các mục lấy điểm từ điều tra."),
    ),
    "count_areas": (mark("Văn bản ghi {stated} lĩnh vực, bảng có {found}."), _ASK_AREAS),
    "count_criteria": (mark("Văn bản ghi {stated} tiêu chí, bảng có {found}."), _ASK_BY_AREA),
    "count_subcriteria": (mark("Văn bản ghi {stated} tiêu chí thành phần, bảng có {found}."), _ASK_BY_AREA),
    "count_items": (mark("Văn bản ghi {stated} mục được chấm điểm, bảng có {found}."), _ASK_BY_AREA),
    "count_in_area": (
        mark("Lĩnh vực {code}: văn bản ghi {stated} {what}, bảng có {found}."),
        mark("Đã đếm {counted}. Kiểm tra có sót hoặc thừa dòng không, rồi hỏi cơ quan ban hành."),
    ),
    "count_in_area/confirmed": (
        mark(
            "Lĩnh vực {code}: văn bản ghi {stated} {what}, bảng có {found}. "
            "Tổng {total} mà văn bản ghi chỉ đúng với {found}: {addends}."
        ),
        mark("Theo bảng: {found}."),
    ),
    "points_in_area": (mark("Lĩnh vực {code}: văn bản ghi {stated} điểm, bảng ghi {found}."), _ASK_POINTS),
    "source_heading": (
        mark("{codes} có ghi chú “{notes}”, nhưng tiêu đề {code} là {found}; {points} điểm."),
        mark("Đặt nguồn là {found}."),
    ),
    "source_heading/parts_fit_heading": (
        mark("{codes} có ghi chú “{notes}” nhưng là kết quả {found} (tiêu đề {code} và {points} điểm mà văn bản ghi)."),
        mark("Đặt nguồn là {found}."),
    ),
    "source_heading/parts_fit_note": (
        mark("{codes} có ghi chú “{notes}”, nhưng tiêu đề {code} là {found}; điểm các phần chỉ khớp với ghi chú."),
        mark("Giữ nguồn theo ghi chú, hoặc hỏi cơ quan ban hành."),
    ),
    # titles
    "title_missing": (mark("Mục {code} không có tên."), mark("Ghi tên của mục.")),
    "title_repeated": (mark("{same_as} và {code} cùng tên “{title}”."), _KEEP),
    "title_copied": (
        mark(
            "Tên mục {code} giống hệt mục {other_code} của “{other_title}” (“{subject}”), "
            "trong khi đối tượng là của “{own_title}”."
        ),
        _KEEP,
    ),
    "sentence_cut": (
        mark("Tên mục {code} có vẻ bị cắt: “…{tail}”."),
        mark("Giữ nguyên văn, thêm tên hiển thị đầy đủ (khóa `display_title`)."),
    ),
    # rules
    "rule_unreadable": (mark("Mục {code}: không dùng được cách tính điểm. {what}"), mark("{advice}")),
    "best_option_above_max": (
        mark("Mục {code}: cách tính ghi {found} điểm, nhiều hơn điểm tối đa {stated}."),
        mark("Sửa điểm của phương án hoặc điểm tối đa."),
    ),
    "best_option_below_max": (
        mark("Mục {code}: không phương án nào đạt điểm tối đa {stated}; cao nhất là {found}."),
        mark("Sửa điểm của phương án hoặc điểm tối đa."),
    ),
    "bands_overlap": (mark("Mục {code}: {range} rơi vào hai mức."), _FIX_BANDS),
    "bands_gap": (mark("Mục {code}: {range} không thuộc mức nào."), _FIX_BANDS),
    "band_edge": (
        mark("Mục {code}: đúng {low} không thuộc mức nào."),
        mark("Ghi rõ “từ” hay “trên”, “đến” hay “dưới” ở mốc {low}."),
    ),
    "band_edge/twice": (
        mark("Mục {code}: đúng {low} thuộc hai mức."),
        mark("Ghi rõ “từ” hay “trên”, “đến” hay “dưới” ở mốc {low}."),
    ),
    "band_unreachable": (
        mark("Mục {code}: không giá trị nào đạt tới mức từ {low}; cao nhất có thể là {high}."),
        mark(
            "Sửa mốc; nếu được vượt, khai báo “khi vượt tổng thể” (`over: allow`) "
            "hoặc sửa “giá trị lớn nhất” (`maximum`) của số liệu."
        ),
    ),
    "floor_above_target": (
        mark("Mục {code}: mức sàn {floor} cao hơn mức đạt điểm tối đa {target}."),
        mark("Sửa “mức sàn” (`floor`) hoặc “mức đạt điểm tối đa” (`target`)."),
    ),
    "sum_above_max": (
        mark("Mục {code}: các phần cộng lại được {found} điểm, tổng chỉ cho tối đa {stated}."),
        mark("Xác nhận phần vượt bị cắt; nếu không, sửa điểm của các phần."),
    ),
    "deduction_zero": (
        mark("Mục {code}: có loại vi phạm bị trừ 0 điểm."),
        mark("Ghi số điểm bị trừ, hoặc bỏ loại này."),
    ),
    "deduction_above_max": (
        mark("Mục {code}: một vi phạm bị trừ {found} điểm, nhiều hơn điểm tối đa {stated}."),
        mark("Xác nhận một vi phạm làm mất hết điểm; nếu không, sửa số điểm bị trừ."),
    ),
    "maximum_off_step": (
        mark("Mục {code}: điểm tối đa {stated} làm tròn {places} chữ số thành {found}."),
        mark("Tăng số chữ số của bước làm tròn, hoặc sửa điểm tối đa; điểm không bao giờ vượt điểm tối đa."),
    ),
    "nothing_arose_undeclared": (
        mark("{found} cách tính theo tỷ lệ không nói cho bao nhiêu điểm khi không phát sinh (0/0): {codes}."),
        mark(
            "Khai báo “khi không phát sinh” (`nothing_arose`) theo hướng dẫn chấm điểm; "
            "nếu không, trường hợp 0/0 chờ người quyết định."
        ),
    ),
    "rule_missing": (
        mark("{found} trên {of} mục không có cách tính điểm: {codes}."),
        mark("Gắn cách tính từ hướng dẫn chấm điểm trước khi mở kỳ; nếu không, điểm phải nhập tay."),
    ),
    "rule_missing/unread": (
        mark("{found} trên {of} mục không có cách tính điểm: {codes}. Có ghi mà chưa hiểu được: {unread}."),
        mark("Khai báo bằng tay các cách tính đã ghi mà chưa hiểu được; các mục khác lấy từ hướng dẫn chấm điểm."),
    ),
    "rule_missing/all": (
        mark("Văn bản không có cách tính điểm cho {found} mục."),
        mark("Gắn cách tính từ hướng dẫn chấm điểm trước khi mở kỳ."),
    ),
    "rule_proposed": (
        mark("{found} cách tính điểm được suy ra từ các dòng phương án, chưa ai xác nhận: {codes}."),
        mark("Đối chiếu từng cách tính với văn bản rồi bỏ dấu “đề xuất” (`proposed`)."),
    ),
    "rule_assumed": (
        mark("{found} cách tính điểm là giả định, văn bản không nêu: {codes}."),
        mark("Thay bằng cách tính trong hướng dẫn chấm điểm và ghi điều khoản."),
    ),
    "evidence_missing": (
        mark("{found} trên {of} mục tự chấm không nêu tài liệu kiểm chứng: {codes}."),
        mark("Bổ sung tài liệu kiểm chứng từ hướng dẫn chấm điểm."),
    ),
    "evidence_missing/all": (
        mark("Văn bản không nêu tài liệu kiểm chứng cho {found} mục tự chấm."),
        mark("Bổ sung tài liệu kiểm chứng từ hướng dẫn chấm điểm."),
    ),
    "evidence_missing/unsourced": (
        mark("{found} trên {of} mục không nêu tài liệu kiểm chứng: {codes}."),
        mark("Bổ sung tài liệu kiểm chứng từ hướng dẫn chấm điểm."),
    ),
    "evidence_missing/unsourced_all": (
        mark("Văn bản không nêu tài liệu kiểm chứng cho {found} mục."),
        mark("Bổ sung tài liệu kiểm chứng từ hướng dẫn chấm điểm."),
    ),
    "rule_on_group": (
        mark("{found} mục có các mục con mà vẫn ghi cách tính điểm: {codes}; cách tính ở đó không được dùng."),
        mark("Chuyển cách tính điểm (khóa `rule`) xuống các mục con."),
    ),
    "choice_without_points": (
        mark("Mục {code}: số liệu “{measure}” có {stated} lựa chọn, cách tính chỉ cho điểm {found}; thiếu: {labels}."),
        mark(
            "Thêm điểm cho các lựa chọn còn thiếu vào “các phương án” (`options`): {choices}; "
            "hoặc bỏ lựa chọn khỏi số liệu."
        ),
    ),
    "unknown_measure": (
        mark("Mục {code} dùng số liệu “{measure}” chưa khai báo."),
        mark("Khai báo số liệu này trong “số liệu” (`measures`), hoặc sửa tên."),
    ),
    "unknown_measure/near": (
        mark("Mục {code} dùng số liệu “{measure}” chưa khai báo."),
        mark("Khai báo số liệu này trong “số liệu” (`measures`), hoặc sửa tên (gần giống: {near})."),
    ),
    "unknown_measure/identity": (
        mark("Đẳng thức số liệu dùng số liệu “{measure}” chưa khai báo."),
        mark("Khai báo số liệu này trong “số liệu” (`measures`), hoặc sửa tên."),
    ),
    "unused_measure": (
        mark("{found} số liệu không mục nào dùng: {measures}."),
        mark("Bỏ khai báo, hoặc gắn vào cách tính điểm."),
    ),
    # declarations
    "measure_limits": (
        mark("Số liệu “{measure}”: giá trị nhỏ nhất {stated} lớn hơn giá trị lớn nhất {found}."),
        mark("Sửa “giá trị nhỏ nhất” (`minimum`) hoặc “giá trị lớn nhất” (`maximum`)."),
    ),
    "choice_summed": (
        mark("Số liệu “{measure}” là lựa chọn nhưng được khai báo cộng từ các đơn vị trực thuộc."),
        mark("Bỏ “cộng từ đơn vị trực thuộc” (`sum_of_children`), hoặc đổi “loại” (`kind`) của số liệu."),
    ),
    "choices_missing": (
        mark("Số liệu “{measure}” là lựa chọn nhưng không khai báo lựa chọn nào: không nhập được gì."),
        mark("Thêm “các lựa chọn” (`choices`)."),
    ),
    "choices_unused": (
        mark("Số liệu “{measure}” khai báo các lựa chọn nhưng không phải số liệu lựa chọn."),
        mark("Đổi “loại” của số liệu (`kind: choice`), hoặc bỏ “các lựa chọn” (`choices`)."),
    ),
    "cap_negative": (mark("{name} là số âm ({stated})."), mark("Sửa thành số không âm.")),
    # grades
    "grades_gap": (
        mark("Xếp loại thấp nhất “{grade}” bắt đầu từ {stated}%: chỉ số thấp hơn không có xếp loại."),
        mark("Thêm mức xếp loại từ 0%."),
    ),
    "grades_gap/points": (
        mark("Xếp loại thấp nhất “{grade}” bắt đầu từ {stated} điểm: điểm thấp hơn không có xếp loại."),
        mark("Thêm mức xếp loại từ 0 điểm."),
    ),
    "grades_same_edge/points": (
        mark("“{other}” và “{grade}” cùng bắt đầu từ {stated} điểm."),
        mark("Sửa mốc của một mức."),
    ),
    "grade_unreachable/points": (
        mark("Xếp loại “{grade}” bắt đầu từ {stated} điểm, ngoài khoảng 0–{top} điểm."),
        mark("Sửa mốc xếp loại."),
    ),
    "grades_same_edge": (mark("“{other}” và “{grade}” cùng bắt đầu từ {stated}%."), mark("Sửa mốc của một mức.")),
    "grade_unreachable": (
        mark("Xếp loại “{grade}” bắt đầu từ {stated}%, ngoài khoảng 0–100%."),
        mark("Sửa mốc xếp loại."),
    ),
    "grade_bands_overlap": (
        mark("Hai mức xếp loại chồng lên nhau: “{above}” và “{below}”; từ {lower} đến {upper} thuộc cả hai mức."),
        _CLOSED_BELOW,
    ),
    "grade_bands_overlap/edge": (
        mark("Hai mức xếp loại chồng lên nhau: “{above}” và “{below}”; đúng {lower} thuộc cả hai mức."),
        _CLOSED_BELOW,
    ),
    "grade_bands_gap": (
        mark("Hai mức xếp loại để hở: “{above}” và “{below}”; giữa {upper} và {lower} không thuộc mức nào."),
        _CLOSED_BELOW,
    ),
    "grade_bands_gap/edge": (
        mark("Hai mức xếp loại để hở: “{above}” và “{below}”; đúng {lower} không thuộc mức nào."),
        _CLOSED_BELOW,
    ),
    # score sheets
    "points_above_max": (
        mark("Mục {code}: {column} {stated} lớn hơn điểm tối đa {found}."),
        mark("Kiểm tra điểm của mục và điểm tối đa; sửa số sai trong phiếu."),
    ),
    "group_points_differ": (
        mark("Mục {code}: {column} ghi {stated}, các mục con cộng được {found}."),
        mark("Sửa điểm của mục {code} hoặc của một mục con."),
    ),
    "total_points_differ": (
        mark("Dòng tổng: {column} ghi {stated}, các mục cộng được {found}."),
        mark("Sửa dòng tổng hoặc điểm của một mục."),
    ),
    "total_points_differ/without": (
        mark("Dòng tổng: {column} ghi {stated}, không gồm {without}; các mục cộng được {found}."),
        mark("Không phải sửa: dòng tổng chỉ cộng phần còn lại."),
    ),
    # tables of other measurements
    **MEASURED,
}
