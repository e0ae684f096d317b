"""The words of criteria sets: structure, points, rules, figures."""

from __future__ import annotations

from parindex.wording.language import mark

WORDS = {
    "criteria_set": (
        mark("bộ tiêu chí"),
        mark("thước đo của năm: lĩnh vực, tiêu chí, tiêu chí thành phần với điểm và cách tính"),
    ),
    "item": (mark("mục"), mark("phần được chấm điểm trực tiếp, ở bất kỳ cấp nào của bộ tiêu chí")),
    "legal_basis": (
        mark("căn cứ pháp lý"),
        mark("văn bản ban hành bộ tiêu chí: số, ký hiệu, ngày, cơ quan ban hành; thiếu thì chưa khóa được"),
    ),
    "declared": (
        mark("số mục và điểm mà văn bản nêu"),
        mark("những con số văn bản tự ghi, để đối chiếu với những gì đếm được trong bảng"),
    ),
    "freezing": (
        mark("khóa bộ tiêu chí"),
        mark("từ lúc khóa không ai sửa được nữa; cần đính chính thì lập phiên bản mới, có lý do"),
    ),
    "fingerprint": (
        mark("dấu vân tay"),
        mark("mã SHA-256 tính từ nội dung bộ tiêu chí đã khóa; hai bản khác nhau một chữ thì mã khác nhau"),
    ),
    "display_title": (
        mark("tên hiển thị"),
        mark("tên hiện trên trang khi tên in trong văn bản viết hoa hoặc bị cắt; tên in vẫn được giữ"),
    ),
    "max_points": (mark("điểm tối đa"), mark("điểm nhiều nhất mà một mục có thể đạt")),
    "bonus": (
        mark("điểm thưởng"),
        mark("mục thưởng cho kết quả vượt yêu cầu, tính trong điểm tối đa của chính mục đó"),
    ),
    "outside": (
        mark("điểm ngoài thang"),
        mark("điểm cộng hoặc trừ sau khi cộng các mục; không nằm trong điểm tối đa, có mức trần"),
    ),
    "source": (
        mark("nguồn điểm"),
        mark("điểm của mục từ đâu mà có: báo cáo của đơn vị, điều tra xã hội học, hay cơ quan khác"),
    ),
    "guidance": (
        mark("hướng dẫn chấm điểm"),
        mark("văn bản nói rõ từng mục chấm thế nào và cần tài liệu gì; hiện cạnh mục khi đơn vị nhập"),
    ),
    "rule": (mark("cách tính điểm"), mark("số liệu báo cáo thành điểm như thế nào")),
    "kind_ratio": (
        mark("điểm theo tỷ lệ"),
        mark("điểm tối đa nhân với tỷ lệ đạt được: đạt bao nhiêu phần thì được bấy nhiêu phần số điểm"),
    ),
    "kind_bands": (
        mark("điểm theo khoảng"),
        mark("tỷ lệ hoặc con số rơi vào khoảng nào thì được điểm của khoảng đó"),
    ),
    "kind_option": (mark("điểm theo phương án"), mark("đơn vị chọn một phương án, mỗi phương án có điểm ghi sẵn")),
    "kind_count": (
        mark("điểm cho từng đơn vị đếm được"),
        mark("mỗi sản phẩm, văn bản, sáng kiến được một số điểm, cộng đến điểm tối đa"),
    ),
    "kind_deduction": (
        mark("điểm tối đa trừ dần"),
        mark("bắt đầu từ điểm tối đa, mỗi lần sai hoặc chậm trừ một số điểm, không xuống dưới 0"),
    ),
    "kind_sum": (mark("tổng nhiều phần"), mark("cộng điểm của nhiều phần, mỗi phần có cách tính và điểm tối đa riêng")),
    "kind_best": (mark("phương án có lợi nhất"), mark("tính theo từng cách rồi lấy điểm cao nhất")),
    "kind_given": (
        mark("điểm do nơi khác cho"),
        mark("đơn vị không nhập; điểm lấy từ điều tra, cơ quan khác hoặc hội đồng"),
    ),
    "target": (
        mark("mức đạt điểm tối đa"),
        mark("tỷ lệ từ đó trở lên được trọn điểm; để trống là 100%"),
    ),
    "floor": (mark("mức không có điểm"), mark("tỷ lệ thấp hơn mức này thì được 0 điểm, không tính theo tỷ lệ")),
    "over": (
        mark("tử số lớn hơn mẫu số"),
        mark("thường là gõ nhầm hoặc đổi chỗ hai số nên báo sai; kế hoạch và năm trước thì có thể bị vượt"),
    ),
    "nothing_arose": (
        mark("không phát sinh"),
        mark("trong năm không có việc nào để tính, ví dụ không có hồ sơ; văn bản phải nói khi đó được bao nhiêu điểm"),
    ),
    "rounding": (
        mark("làm tròn"),
        mark("chỉ làm tròn ở bước và đến chữ số mà văn bản quy định; trước đó giữ đúng phân số"),
    ),
    "assumed": (
        mark("cách tính suy đoán"),
        mark("văn bản không nói rõ nên cách tính do người lập bộ hiểu; hiện rõ ở mục để cơ quan ban hành xác nhận"),
    ),
    "measure_kind": (
        mark("loại số liệu"),
        mark("số: gõ một con số; lựa chọn: chọn một phương án; danh sách: kê từng dòng, số dòng được tính là con số"),
    ),
    "sum_of_children": (
        mark("cộng từ đơn vị trực thuộc"),
        mark("con số của đơn vị là tổng con số của các đơn vị bên dưới"),
    ),
    "provided_by": (
        mark("cơ quan quản lý số liệu"),
        mark("nơi có số chính thức để đối chiếu với số đơn vị báo cáo"),
    ),
}
