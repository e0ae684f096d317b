"""Problems of sampling designs, frames, draws and weights."""

from parindex.wording.language import mark

_SAME_CELL = mark("Sửa để mọi dòng của cùng một đơn vị ghi giống nhau.")
_OLD_FRAME = mark("Dùng đúng tệp khung mẫu của lần chọn trước; thứ tự dòng không quan trọng, nội dung thì có.")

SAMPLING: dict[str, tuple[str, str]] = {
    # the design
    "column_named_twice": (
        mark("Cột “{column}” được dùng hai lần trong thiết kế mẫu."),
        mark("Đặt tên khác nhau cho tầng, các giai đoạn và các cột `population`."),
    ),
    "stage_needs": (
        mark("Giai đoạn `{stage}` thiếu `{key}`, thứ mà cách chọn này cần."),
        mark("Thêm `{key}` với tên cột của khung mẫu."),
    ),
    "stage_without": (
        mark("Giai đoạn `{stage}` có `{key}`, nhưng cách chọn này không dùng đến."),
        mark("Bỏ `{key}`, hoặc đổi `method` hay `division`."),
    ),
    "stage_numbered_above": (
        mark(
            "Giai đoạn `{stage}` đánh số đơn vị (`numbered`), điều chỉ được ở giai đoạn cuối, không phải giai đoạn đầu."
        ),
        mark("Lập danh sách đơn vị của giai đoạn này trong khung mẫu, hoặc chuyển nó xuống cuối với `method: simple`."),
    ),
    "reserves_twice": (
        mark("Giai đoạn `{stage}` có danh sách dự phòng, mà giai đoạn `{first}` đã có."),
        mark("Chỉ một giai đoạn có `reserve`."),
    ),
    "reserve_below_total": (
        mark("Giai đoạn `{stage}` chia một tổng số xuống dưới danh sách dự phòng của giai đoạn `{first}`."),
        mark("Ghi số lấy cho từng đơn vị, hoặc bỏ `reserve` ở giai đoạn trên."),
    ),
    "take_not_one_way": (
        mark("Giai đoạn `{stage}` phải nói số đơn vị lấy theo đúng một cách; đang có: {ways}."),
        mark("Dùng một trong: một số, `by` với `quotas`, `total`, `precision`; `method: all` thì không ghi `take`."),
    ),
    "precision_out_of_range": (
        mark("`{key}` là {found}: ngoài khoảng cho phép."),
        mark("Sai số, độ tin cậy, tỷ lệ nằm giữa 0 và 1 (tỷ lệ trả lời có thể là 1); hiệu ứng thiết kế lớn hơn 0."),
    ),
    "unknown_sampling_design": (
        mark("Không có thiết kế mẫu “{name}”, cũng không có tệp như thế."),
        mark("Các thiết kế có sẵn: {known}."),
    ),
    "design_or_record": (
        mark("Cần đúng một trong hai: --design để chọn mẫu, hoặc --redraw để chọn lại theo biên bản."),
        mark("Bỏ hoặc thêm một tùy chọn."),
    ),
    "seed_of_record": (
        mark("--seed không đi cùng --redraw: hạt giống đã ghi trong biên bản."),
        mark("Bỏ --seed."),
    ),
    "seed_empty": (mark("Hạt giống trống."), mark("Ghi một số hoặc một đoạn chữ sau --seed.")),
    # the frame
    "frame_column_missing": (
        mark("Khung mẫu thiếu cột “{column}”, cần cho giai đoạn `{stage}`."),
        mark("Thêm cột này, hoặc dùng thiết kế không cần đến nó."),
    ),
    "frame_lists_twice": (
        mark("Hai bảng khung mẫu cùng liệt kê đơn vị của giai đoạn `{stage}`."),
        mark("Mỗi giai đoạn chỉ liệt kê trong một bảng."),
    ),
    "frame_empty": (mark("Khung mẫu không có đơn vị nào."), mark("Kiểm tra đã chọn đúng tệp, đúng trang tính chưa.")),
    "frame_unit_twice": (
        mark("Đơn vị {unit} đã có ở dòng {first}."),
        mark("Giữ lại một dòng; nếu là hai đơn vị khác nhau, đặt mã khác nhau."),
    ),
    "frame_unit_in_two": (
        mark("“{unit}” nằm dưới hai đơn vị cấp trên: {one} và {other}."),
        mark("Sửa mã; nếu mã chỉ có nghĩa trong đơn vị cấp trên, ghi `unique: false` ở giai đoạn đó."),
    ),
    "frame_value_differs": (
        mark("{unit}: cột “{column}” ghi “{found}”, nhưng dòng {first} ghi “{value}” (khác dòng này: {count} dòng)."),
        _SAME_CELL,
    ),
    "frame_size_not_positive": (
        mark("Quy mô “{found}” ở cột “{column}” không lớn hơn 0."),
        mark("Sửa số này; đơn vị không có ai thì bỏ khỏi khung mẫu."),
    ),
    "frame_count_not_whole": (
        mark("Số đơn vị “{found}” ở cột “{column}” không phải số nguyên."),
        mark("Ghi số đếm được."),
    ),
    "frame_parent_unknown": (
        mark("Bảng này có {unit}, nhưng bảng khung mẫu cấp trên không có đơn vị đó."),
        mark("Sửa mã, hoặc bổ sung bảng cấp trên."),
    ),
    # the draw
    "too_few_units": (
        mark("{unit}: chỉ có {units} đơn vị ở giai đoạn `{stage}`, thiết kế lấy {take}."),
        mark("Bổ sung khung mẫu, giảm số lấy, hoặc ghi `if_fewer: all` để lấy hết nơi không đủ."),
    ),
    "quota_unknown": (
        mark("{unit}: không có số phiếu cho “{found}” (giai đoạn `{stage}`)."),
        mark("Thêm vào `quotas`, hoặc sửa khung mẫu. Đang có: {known}."),
    ),
    "total_above_units": (
        mark("Giai đoạn `{stage}`: cần {total} đơn vị, khung mẫu có {units}."),
        mark("Giảm `total`, hoặc lấy hết (`method: all`)."),
    ),
    "total_below_minimum": (
        mark("Giai đoạn `{stage}`: tổng {total} không đủ cho mức tối thiểu {minimum} ở mỗi nơi (cần {least})."),
        mark("Tăng `total` hoặc giảm `minimum`."),
    ),
    "cluster_not_listed": (
        mark("{unit} đã được chọn nhưng chưa có danh sách đơn vị của giai đoạn `{stage}`."),
        mark("Lập danh sách trong đơn vị đó rồi chạy lại; các đơn vị đã chọn không đổi."),
    ),
    # the record
    "sample_record_unknown": (
        mark("{file} không phải biên bản chọn mẫu do parindex ghi (thiếu hoặc sai `{key}`)."),
        mark("Dùng tệp …-record.json được ghi cùng với mẫu."),
    ),
    "redraw_frame_differs": (
        mark("Khung mẫu ({stages}) khác với lần chọn trước: SHA-256 trong biên bản {recorded}, nay {value}."),
        _OLD_FRAME,
    ),
    "redraw_record_differs": (
        mark("Mẫu chọn lại trùng khớp, nhưng phần `{key}` của biên bản khác với mẫu đó."),
        mark(
            "Biên bản đã bị sửa, hoặc do một phiên bản khác ghi: chọn lại từ thiết kế và hạt giống để có biên bản đúng."
        ),
    ),
    "redraw_sample_differs": (
        mark("Mẫu chọn lại khác với biên bản: SHA-256 trong biên bản {recorded}, nay {value}."),
        mark("Biên bản đã bị sửa, hoặc do một chương trình khác ghi. Không dùng mẫu này khi chưa rõ lý do."),
    ),
    # weights
    "margin_class_twice": (mark("Nhóm “{label}” có hai dòng."), mark("Giữ lại một dòng.")),
    "trim_upper_not_positive": (mark("Mức cắt ngọn {found} không lớn hơn 0."), mark("Ghi ví dụ 3 (ba lần trung vị).")),
    "respondent_not_sampled": (
        mark("“{text}” không có trong mẫu."),
        mark("Sửa mã người trả lời. Người ngoài mẫu và danh sách dự phòng không được tính."),
    ),
    "status_unknown": (
        mark("Không hiểu tình trạng “{text}”."),
        mark("Dùng một trong: {known}; để trống nếu đã trả lời."),
    ),
    "response_column_reserved": (
        mark("Cột “{column}” của bảng trả lời trùng với cột mà lệnh này ghi ra."),
        mark("Đổi tên hoặc bỏ cột đó."),
    ),
    "response_differs": (
        mark("{unit}: cột “{column}” ghi “{text}”, trong mẫu là “{value}”."),
        mark("Sửa bảng trả lời theo mẫu; nếu là thông tin mới, đặt tên cột khác."),
    ),
    "plan_column_missing": (
        mark("Bước {step} của kế hoạch cần cột “{column}”, mà bảng này không có."),
        mark("Thêm cột; nhóm của bước không trả lời phải có trong mẫu, vì cần biết cả ở người không trả lời."),
    ),
    "reserve_out_of_order": (
        mark("Dự phòng {unit} đã được dùng trước {first}."),
        mark("Dùng danh sách dự phòng theo thứ tự; ghi tình trạng của người đứng trước nếu đã hỏi."),
    ),
    "reserve_without_need": (
        mark("Dự phòng {unit} đã trả lời, nhưng ở đó chỉ có {silent} người trong mẫu không trả lời."),
        mark("Ghi tình trạng của người trong mẫu không trả lời, hoặc bỏ phiếu dự phòng."),
    ),
    "nobody_answered": (
        mark("Không ai trong {units} đơn vị của mẫu trả lời."),
        mark("Kiểm tra cột `respondent` và `status` của bảng trả lời."),
    ),
    "nonresponse_class_small": (
        mark("Nhóm “{label}” ({by}): {count} người trả lời trong {units} người của mẫu, cần ít nhất {minimum}."),
        mark("Gộp nhóm ở bước `nonresponse` (bớt cột, hoặc dùng cột chia thô hơn)."),
    ),
    "margin_not_positive": (
        mark("Tổng đã biết của nhóm “{label}” ({margin}) là {total}, không lớn hơn 0."),
        mark("Sửa tổng, hoặc bỏ nhóm cùng những người thuộc nhóm đó."),
    ),
    "margin_class_unknown": (
        mark("{count} người trả lời thuộc nhóm không có tổng đã biết ở “{margin}”: {classes}."),
        mark("Thêm tổng của các nhóm còn thiếu, hoặc sửa cách ghi trong bảng trả lời."),
    ),
    "margin_class_unknown/others": (
        mark("{count} người trả lời thuộc nhóm không có tổng đã biết ở “{margin}”: {classes} và {others} nhóm khác."),
        mark("Thêm tổng của các nhóm còn thiếu, hoặc sửa cách ghi trong bảng trả lời."),
    ),
    "margin_class_empty": (
        mark("Không ai trả lời thuộc nhóm “{label}” ({margin}), mà tổng đã biết là {total}."),
        mark("Gộp nhóm này với nhóm gần nhất."),
    ),
    "margins_disagree": (
        mark("Các tổng đã biết mâu thuẫn: “{margin}” cộng lại được {total}, “{other}” được {value}."),
        mark("Lấy các tổng từ cùng một nguồn, cùng một thời điểm."),
    ),
    "margin_classes_disagree": (
        mark("Các tổng đã biết mâu thuẫn: nhóm “{label}” là {total} theo “{margin}”, {value} theo “{other}”."),
        mark("Lấy các tổng từ cùng một nguồn, cùng một thời điểm."),
    ),
    "nonresponse_not_first": (
        mark("Bước {step}: `nonresponse` đứng sau một bước khác."),
        mark(
            "Đưa lên đầu, và chỉ một lần (nhiều cột thì ghi cùng một `by`): sau đó người không trả lời không còn "
            "quyền số để chuyển, và các tổng đã biết sẽ bị đẩy lên."
        ),
    ),
    "raking_not_converged": (
        mark("Hiệu chỉnh không hội tụ sau {rounds} vòng: nhóm “{label}” ({margin}) cần {value}, mới được {found}."),
        mark("Các tổng không thể cùng đạt với những người đã trả lời: gộp nhóm, hoặc bớt một tổng."),
    ),
    "trim_limit_too_low": (
        mark("Mức cắt {found} ({how}) thấp hơn quyền số trung bình {value}: không còn chỗ cho phần bị cắt."),
        mark("Nâng `upper`."),
    ),
    "trim_limit_too_low/label": (
        mark(
            "Mức cắt {found} ({how}) của nhóm “{label}” thấp hơn quyền số trung bình {value}: không còn chỗ cho phần "
            "bị cắt."
        ),
        mark("Nâng `upper`."),
    ),
}
#: How the limit of trimming comes about, by what it is counted in.
TRIM_LIMITS = {
    "median": mark("{upper} × trung vị {middle}"),
    "mean": mark("{upper} × trung bình {middle}"),
    "value": mark("con số ghi ở `upper`"),
}
