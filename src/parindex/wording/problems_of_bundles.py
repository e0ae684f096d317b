"""Problems of signed bundles: their archive, files, keys, signature, contents and origins."""

from parindex.wording.language import mark

_AGAIN = mark("Tải lại gói ở trang công bố. Vẫn vậy thì báo cơ quan công bố: gói đã bị đổi sau khi ký.")
_NOT_OURS = mark("Gói do phần mềm lập không bao giờ có thứ này: đừng dùng, đừng mở. Tải lại gói ở trang công bố.")
_ASK_OWNER = mark("Đừng dùng kết quả này; hỏi cơ quan công bố, kèm tên tệp và chỗ sai nêu trên.")
_JSON = mark("Tệp đã bị sửa hoặc mở rồi lưu lại. Tải lại ở trang công bố.")
_KEY_FILE = mark("Chọn đúng tệp khóa công khai (*.public.json) do cơ quan công bố đưa.")

#: Kinds of those that receive a bundle.
RECEIVED: dict[str, tuple[str, str]] = {
    "result_differs": (
        mark("Kết quả của {unit} (nhóm {group}) tính lại ra khác kết quả ghi trong gói."),
        _ASK_OWNER,
    ),
    "bundle_too_demanding": (
        mark("Chưa kiểm xong gói {file} trong {seconds} giây với {megabytes} MB bộ nhớ."),
        mark("Máy chủ có thể đang bận: làm lại sau vài phút. Vẫn vậy thì kiểm gói bằng parindex verify trên máy khác."),
    ),
    "bundle_text_too_long": (
        mark("{field} dài {found} ký tự, nơi nhận giữ được nhiều nhất {limit}."),
        mark("Đề nghị đơn vị lập gói rút ngắn rồi gửi gói mới; nơi nhận không cắt bớt chữ nào của gói đã ký."),
    ),
    "bundle_text_unkept": (
        mark("{field} có ký tự điều khiển hoặc ký tự hỏng."),
        mark("Đề nghị đơn vị lập gói gõ lại chỗ đó rồi gửi gói mới."),
    ),
}

ARCHIVE: dict[str, tuple[str, str]] = {
    "not_a_bundle": (
        mark("Tệp {file} không phải gói kết quả: không phải tệp ZIP."),
        mark("Tải tệp *.parindex.zip ở trang công bố, không giải nén, không đổi đuôi tệp khác thành nó."),
    ),
    "bundle_too_many_files": (mark("Gói có hơn {limit} tệp."), _NOT_OURS),
    "bundle_unpacks_too_large": (
        mark("Gói tự khai giải nén ra {bytes} byte, quá giới hạn {limit} byte; chưa giải nén gì."),
        _NOT_OURS,
    ),
    "bundle_too_large_to_read": (
        mark("Gói quá lớn để đọc: {field} trong các tệp JSON là {count}, giới hạn {limit}; chưa đọc gì."),
        mark("Gói của cả nước cũng nhỏ hơn nhiều: đừng dùng tệp này, tải lại ở trang công bố."),
    ),
    "bundle_leading_bytes": (mark("Có {bytes} byte lạ ở đầu gói, trước tệp thứ nhất."), _AGAIN),
    "bundle_stray_bytes": (mark("Có {bytes} byte lạ trong gói, ngay sau tệp {after} (từ byte {at})."), _AGAIN),
    "bundle_trailing_bytes": (mark("Có {bytes} byte lạ ở cuối gói."), _AGAIN),
    "bundle_comment": (mark("Gói có chú thích ZIP dài {bytes} byte."), _NOT_OURS),
    "bundle_packing_changed": (
        mark("Cách đóng gói đã đổi: các byte trước chữ ký không cho ra mã ghi trong signature.json."),
        _AGAIN,
    ),
    "directory_end": (mark("Phần kết thúc của thư mục trong gói bị thiếu hoặc bị đổi."), _AGAIN),
    "directory_entry": (mark("Thư mục của gói ghi khác về {file} (trường {field})."), _AGAIN),
    "directory_other_file": (mark("Thư mục của gói không khớp các tệp trong gói, từ tệp {file}."), _NOT_OURS),
    "entry_header": (mark("Phần đầu của {file} ghi {field} là {found}, không như định dạng gói."), _NOT_OURS),
    "entry_encrypted": (mark("Tệp {file} bị mã hóa."), _NOT_OURS),
    "entry_compression": (mark("Tệp {file} nén theo cách lạ (số {found})."), _NOT_OURS),
    "entry_zip64": (mark("Tệp {file} khai cỡ theo ZIP64."), _NOT_OURS),
    "entry_too_large": (mark("Tệp {file} khai {bytes} byte, quá giới hạn {limit} byte của tệp này."), _NOT_OURS),
    "entry_path_unsafe": (
        mark("Tên tệp “{file}” dẫn ra ngoài gói hoặc có ký tự không được phép."),
        _NOT_OURS,
    ),
    "entry_is_folder": (mark("Gói có thư mục rỗng “{file}”."), _NOT_OURS),
    "entry_alike": (mark("Tên tệp “{file}” nhái tên {like}."), _NOT_OURS),
    "entry_unknown": (mark("Gói có tệp lạ “{file}”."), _NOT_OURS),
    "bundle_entry_twice": (mark("Tệp {file} có hai lần trong gói; chỉ tệp đầu được đọc."), _NOT_OURS),
    "entry_link": (mark("Tệp {file} là liên kết tới chỗ khác."), _NOT_OURS),
    "entry_comment": (mark("Tệp {file} có chú thích ZIP dài {bytes} byte."), _NOT_OURS),
    "entry_cut_off": (mark("Tệp {file} bị cụt: khai {expected} byte nén, chỉ còn {bytes}."), _AGAIN),
    "entry_damaged": (mark("Không giải nén được {file}: dữ liệu nén hỏng."), _AGAIN),
    "entry_size_lies": (mark("Tệp {file} giải nén ra không đúng {declared} byte như đã khai."), _NOT_OURS),
    "entry_checksum": (mark("Nội dung {file} không đúng mã CRC ghi trong gói."), _AGAIN),
}

CONTENTS: dict[str, tuple[str, str]] = {
    "json_too_large": (
        mark("Tệp quá lớn để đọc: {field} là {count}, giới hạn {limit}."),
        mark("Gói của cả nước cũng nhỏ hơn nhiều: đừng dùng tệp này, tải lại ở trang công bố."),
    ),
    "json_not_utf8": (mark("Tệp không phải văn bản UTF-8."), _JSON),
    "json_not_readable": (mark("Tệp không phải JSON (ký tự thứ {at})."), _JSON),
    "json_key_twice": (mark("Khóa “{key}” có hai lần trong cùng một đối tượng."), _JSON),
    "json_no_exact_number": (mark("“{found}” không phải số nguyên viết đúng cách."), _JSON),
    "json_too_deep": (mark("Tệp lồng sâu hơn {limit} tầng."), _JSON),
    "json_not_canonical": (mark("Tệp không phải JSON chuẩn: đúng dữ liệu nhưng viết cách khác."), _JSON),
    "bundle_of_other_format": (
        mark("Bản kê có định dạng “{found}”, chương trình này đọc “{expected}”."),
        mark("Cập nhật chương trình, hoặc chọn đúng gói kết quả."),
    ),
    "manifest_field": (mark("Bản kê thiếu, thừa hoặc ghi sai ở “{field}”."), _AGAIN),
    "signature_field": (mark("Tệp chữ ký thiếu, thừa hoặc sai kiểu ở “{field}”."), _AGAIN),
    "not_a_key": (mark("Khóa của người ký sai ở “{field}”."), _AGAIN),
    "list_field": (mark("Danh sách thiếu, thừa hoặc sai kiểu ở “{field}”."), _AGAIN),
    "file_missing": (mark("Gói thiếu tệp {file}."), _AGAIN),
    "file_not_listed": (mark("Tệp {file} có trong gói mà bản kê không nêu."), _AGAIN),
    "file_listed_twice": (mark("Bản kê nêu tệp {file} hai lần."), _ASK_OWNER),
    "file_size_differs": (mark("Tệp {file} có {found} byte, bản kê ghi {expected}."), _AGAIN),
    "file_digest_differs": (mark("Nội dung {file} đã đổi: không cho ra mã băm ghi trong bản kê."), _AGAIN),
    "files_in_other_order": (mark("Các tệp trong gói không theo thứ tự của bản kê và của định dạng."), _AGAIN),
    "page_changed": (
        mark("Tệp {file} không phải của phiên bản phần mềm mà bản kê ghi."),
        mark("Đừng mở tệp này. Dùng verify.html của bản cài hoặc gói mình tin."),
    ),
    "manifest_differs": (mark("Bản kê ghi {field} là “{found}”, dữ liệu đóng băng là “{expected}”."), _ASK_OWNER),
    "level_below_set": (
        mark("Bản kê ghi cơ quan công bố ở cấp “{found}”, bộ tiêu chí là của cấp cao hơn: “{expected}”."),
        _ASK_OWNER,
    ),
    "simulated_of_no_unit": (
        mark("Bản kê ghi số liệu mô phỏng cho đơn vị {unit} (nhóm {group}), mà dữ liệu đóng băng không có."),
        _ASK_OWNER,
    ),
    "simulated_units": (
        mark("SỐ LIỆU MÔ PHỎNG, không phải kết quả thật: {count} trên {all} đơn vị của gói ({names})."),
        mark("Chỉ dùng để xem thử; đừng lấy các số này làm kết quả."),
    ),
    "simulated_origin": (
        mark("Gói nguồn của {name} (“{title}”, năm {year}) có SỐ LIỆU MÔ PHỎNG, không phải kết quả thật."),
        mark("Chỉ dùng để xem thử; đừng lấy các số này làm kết quả."),
    ),
    "sheet_of_several": (mark("Gói phiếu phải có đúng một đơn vị, gói này có {units}."), _ASK_OWNER),
    "yardstick_differs": (
        mark("Bộ tiêu chí dạng chuẩn khác bộ tiêu chí đã chốt ở “{at}”: ghi “{found}”, đúng ra là “{expected}”."),
        _ASK_OWNER,
    ),
    "yardstick_of_no_group": (mark("Bộ tiêu chí {file} không thuộc nhóm nào trong dữ liệu đóng băng."), _ASK_OWNER),
    "list_order": (mark("Các dòng không theo thứ tự của định dạng."), _ASK_OWNER),
    "list_unknown_place": (
        mark("Nêu mục {item} của đơn vị {unit} (nhóm {group}), mà dữ liệu đóng băng không có."),
        _ASK_OWNER,
    ),
    "evidence_of_result": (
        mark("Gói kết quả không được có {file}: tài liệu kiểm chứng chỉ ở gói phiếu."),
        _ASK_OWNER,
    ),
    "evidence_of_no_item": (mark("Nêu tài liệu của mục {item}, mà dữ liệu đóng băng không có mục ấy."), _ASK_OWNER),
    "evidence_item_twice": (mark("Nêu tài liệu của mục {item} hai lần."), _ASK_OWNER),
    "list_not_a_number": (mark("Mục {item} của {unit}: “{found}” ở {field} không phải số."), _ASK_OWNER),
    "opinion_word": (mark("Mục {item} của {unit}: “{found}” không phải giá trị của {field}."), _ASK_OWNER),
    "list_count": (mark("Mục {item} của {unit}: {field} là {found}, nhỏ hơn số đếm nhỏ nhất."), _ASK_OWNER),
    "opinion_reason_withheld": (
        mark("Mục {item} của {unit}: lý do ghi là không công khai mà vẫn có trong gói."),
        _ASK_OWNER,
    ),
    "opinion_missing": (
        mark("Mục {item} của {unit}: thiếu ý kiến thứ {round} ở cấp thẩm định {level}, mà có ý kiến sau nó."),
        _ASK_OWNER,
    ),
    "opinion_against_points": (
        mark("Mục {item} của {unit}: các ý kiến cho {given} điểm, điểm thẩm định đã chốt là “{found}”."),
        _ASK_OWNER,
    ),
    "estimate_against_points": (
        mark("Mục {item} của {unit}: {field} của khảo sát ghi “{found}”, dữ liệu đóng băng là “{expected}”."),
        _ASK_OWNER,
    ),
    "estimate_gives_other_points": (
        mark("Mục {item} của {unit}: ước lượng {estimate} cho {expected} điểm, gói ghi {found}."),
        _ASK_OWNER,
    ),
    "estimate_off_range": (
        mark("Mục {item} của {unit}: ước lượng “{estimate}” không từ 0 đến 1."),
        _ASK_OWNER,
    ),
    "estimate_of_too_few": (
        mark("Mục {item} của {unit}: điểm suy từ {answers} câu trả lời, bộ tiêu chí đòi ít nhất {minimum}."),
        _ASK_OWNER,
    ),
    "estimate_error_off_range": (
        mark("Mục {item} của {unit}: sai số chuẩn “{found}” không từ 0 đến {most}, điểm tối đa của mục."),
        _ASK_OWNER,
    ),
    "estimates_not_followed": (
        mark("{count} trên {all} điểm khảo sát không kèm ước lượng, hoặc bộ tiêu chí không nêu cách quy ra điểm."),
        mark("Các điểm này được lấy như gói ghi. Muốn tính lại thì xin bảng ước lượng của cuộc khảo sát."),
    ),
    "estimates_not_followed/followed": (
        mark(
            "Tính lại {followed} trên {all} điểm khảo sát từ ước lượng; {count} điểm không kèm ước lượng, hoặc bộ tiêu "
            "chí không nêu cách quy ra điểm."
        ),
        mark("{count} điểm này được lấy như gói ghi. Muốn tính lại thì xin bảng ước lượng của cuộc khảo sát."),
    ),
    "snapshot_not_a_number": (
        mark("“{found}” ở {measure} của {unit} không phải số: chỗ của số liệu không được có chữ hay công thức."),
        _ASK_OWNER,
    ),
    "snapshot_number_spelled": (
        mark("“{found}” ở {measure} của {unit} không viết theo dạng chuẩn: đúng ra là “{expected}”."),
        _ASK_OWNER,
    ),
    "snapshot_number_long": (mark("Có số dài {characters} ký tự, quá giới hạn {limit} ký tự."), _ASK_OWNER),
    "workbook_unreadable": (mark("Bảng tính {file} không phải tệp Excel do phần mềm lập."), _ASK_OWNER),
    "workbook_too_many_parts": (
        mark("Bảng tính {file} có {parts} phần, quá giới hạn {limit} phần của một bảng tính do phần mềm lập."),
        mark("Đừng mở bảng tính này. Báo cơ quan công bố."),
    ),
    "workbook_foreign_part": (
        mark("Bảng tính {file} có phần lạ “{part}”: macro, liên kết hoặc đối tượng nhúng."),
        mark("Đừng mở bảng tính này. Báo cơ quan công bố."),
    ),
    "workbook_reaches_outside": (
        mark("Bảng tính {file} có công thức hoặc liên kết ra ngoài ở phần {part}: {written}."),
        mark("Đừng mở bảng tính này. Báo cơ quan công bố."),
    ),
    "workbook_differs": (
        mark("Bảng tính {file} không đúng như phần mềm lập từ dữ liệu đóng băng: khác ở phần {part}."),
        mark("Đừng dựa vào bảng tính này. Hỏi cơ quan công bố."),
    ),
    "workbook_of_other_version": (
        mark("Bảng tính {file} do {found} lập, bản cài này là {expected} nên không lập lại được để so."),
        mark("Dựa vào số đã tính lại ở đây, đừng dựa vào bảng tính; hoặc kiểm tra bằng đúng phiên bản ghi trong gói."),
    ),
    "workbook_of_other_writer": (
        mark("Bảng tính {file} do bản khác của thư viện lập ({found}; ở đây là {expected}) nên không so được."),
        mark("Dựa vào số đã tính lại ở đây, đừng dựa vào bảng tính; hoặc cài đúng bản thư viện ghi trong gói."),
    ),
    "workbook_too_large": (
        mark("Bảng tính {file} có {count} ô điểm; chỉ bảng tính tới {limit} ô mới được lập lại để so."),
        mark("Dựa vào số đã tính lại ở đây, đừng dựa vào bảng tính."),
    ),
    "page_of_other_version": (
        mark("Tệp {file} là của phiên bản {version}, bản cài này không biết tệp ấy đúng hay không."),
        mark("Muốn kiểm tra bằng trình duyệt thì dùng verify.html của bản cài hoặc gói mình tin."),
    ),
}

SIGNATURES: dict[str, tuple[str, str]] = {
    "not_signed": (
        mark("Gói chưa ai ký: tính lại được, nhưng không chứng minh được là của cơ quan nào."),
        mark("Đối chiếu dấu vân tay với trang công bố, hoặc xin gói đã ký."),
    ),
    "key_not_known": (
        mark("Chữ ký đúng với khóa “{name}” ghi trong gói; chưa biết khóa đó có thật của cơ quan công bố không."),
        mark("Lấy khóa công khai từ cơ quan công bố rồi chạy lại với --key. Dấu vân tay của khóa: {fingerprint}."),
    ),
    "signature_without_signer": (mark("Có chữ ký mà bản kê không nêu người ký."), _AGAIN),
    "signature_missing": (mark("Bản kê nêu người ký mà không có chữ ký."), _AGAIN),
    "signature_by_other_key": (mark("Ký bằng khóa {found}…, bản kê nêu khóa {expected}…."), _AGAIN),
    "signature_wrong": (mark("Chữ ký sai: không phải chữ ký trên bản kê này."), _AGAIN),
    "key_other": (
        mark("Gói do khóa {found} ký, không phải khóa đã nêu {expected}."),
        mark("Kiểm tra đã chọn đúng khóa công khai. Nếu đúng thì gói không do cơ quan đó ký: đừng dùng."),
    ),
    "key_name_differs": (mark("Gói ghi tên khóa là “{found}”, tệp khóa đã nêu ghi “{expected}”."), _ASK_OWNER),
    "key_days_differ": (
        mark("Gói ghi hạn của khóa là {found_from} đến {found_until}; khóa đã nêu có hạn {from} đến {until}."),
        mark("Ai giữ khóa cũng tự ghi được hạn khác: hỏi cơ quan công bố hạn thật; chưa rõ thì đừng dùng gói."),
    ),
    "key_days_of_file": (
        mark("Tệp khóa {file} đã ghi hạn của khóa: --key-days chỉ dùng khi nêu khóa bằng dấu vân tay."),
        mark("Bỏ --key-days, hoặc nêu dấu vân tay thay cho tệp."),
    ),
    "key_days_of_none": (
        mark("Có hạn của khóa (--key-days) mà chưa nêu khóa."),
        mark("Nêu thêm --key với dấu vân tay của khóa."),
    ),
    "key_days_unproved": (
        mark("Hạn của khóa ({from} đến {until}) chỉ ghi trong gói, dấu vân tay của khóa không chứng minh được hạn ấy."),
        mark("Muốn kiểm cả hạn: nêu tệp khóa công khai (*.public.json), hoặc thêm --key-days với hạn in trên giấy."),
    ),
    "key_expired": (
        mark("Khóa hết hạn ngày {until}, gói công bố ngày {day}."),
        mark("Hỏi cơ quan công bố: gói phải được ký bằng khóa còn hạn vào ngày công bố."),
    ),
    "key_not_yet_valid": (
        mark("Khóa có hiệu lực từ {from}, gói công bố ngày {day}."),
        mark("Hỏi cơ quan công bố: gói phải được ký bằng khóa đã có hiệu lực vào ngày công bố."),
    ),
    "key_not_valid_on": (
        mark("Khóa ký có hiệu lực từ {from} đến {until}, không ký được công bố ngày {day}."),
        mark("Lập khóa mới bằng parindex key new, có hiệu lực vào ngày công bố."),
    ),
    "key_without_name": (mark("Khóa chưa có tên."), mark("Ghi tên cơ quan giữ khóa, ví dụ --name “UBND tỉnh …”.")),
    "key_name_too_long": (
        mark("Tên của khóa quá dài hoặc có ký tự không được phép (nhiều nhất {limit} ký tự)."),
        mark("Ghi tên ngắn hơn, ví dụ tên cơ quan giữ khóa."),
    ),
    "key_days": (
        mark("Hạn của khóa không đúng: từ “{from}” đến “{until}”."),
        mark("Ghi ngày như 2026-01-01; ngày bắt đầu không sau ngày kết thúc."),
    ),
    "key_day": (mark("“{day}” không phải ngày."), mark("Ghi ngày như 01/02/2026 hoặc 2026-02-01.")),
    "key_file_exists": (
        mark("Đã có tệp {file}; khóa không bao giờ bị ghi đè."),
        mark("Chọn tên tệp khác, hoặc tự chuyển tệp cũ đi nơi an toàn trước."),
    ),
    "key_file_open": (
        mark("Tệp khóa riêng {file} cho người khác đọc được."),
        mark("Đặt quyền chỉ chủ tệp đọc (chmod 600). Nếu ai đó đã đọc được thì lập khóa mới."),
    ),
    "key_password": (
        mark("Không mở được khóa {file}: sai mật khẩu, thiếu mật khẩu, hoặc khóa không có mật khẩu."),
        mark("Kiểm tra mật khẩu của khóa."),
    ),
    "key_password_missing": (
        mark("Chưa có mật khẩu cho khóa; chưa lập khóa nào."),
        mark("Chạy ở màn hình để nhập mật khẩu, hoặc đặt biến môi trường {name}."),
    ),
    "key_password_short": (
        mark("Mật khẩu quá ngắn, phải từ {least} ký tự; chưa lập khóa nào."),
        mark("Chọn mật khẩu dài hơn, ví dụ vài từ không liên quan nhau."),
    ),
    "key_password_needed": (
        mark("Khóa riêng {file} có mật khẩu: chưa kiểm được khóa công khai bên cạnh có cùng cặp không."),
        mark("Chạy lại với --password (hoặc đặt {name}), hoặc xem thẳng tệp *.public.json."),
    ),
    "not_a_private_key": (
        mark("Tệp {file} không phải khóa riêng Ed25519 (PEM)."),
        mark("Chọn tệp do parindex key new lập."),
    ),
    "key_files_differ": (
        mark("Khóa riêng {file} và khóa công khai {public} không cùng một cặp."),
        mark("Để hai tệp do cùng một lần parindex key new lập cạnh nhau."),
    ),
    "not_a_public_key": (mark("Tệp {file} không phải khóa công khai."), _KEY_FILE),
    "key_signature_wrong": (mark("Khóa công khai {file} đã bị sửa: chữ ký của chính nó sai."), _KEY_FILE),
}

ORIGINS: dict[str, tuple[str, str]] = {
    "origin_missing": (mark("Thiếu {file}: không chứng minh được gói nguồn."), _ASK_OWNER),
    "origin_not_listed": (mark("Gói nguồn {file} không được bản kê nào nêu."), _ASK_OWNER),
    "origin_fingerprint": (
        mark("Bản kê của gói nguồn cho ra mã {found}, không phải {expected}."),
        _ASK_OWNER,
    ),
    "origin_not_signed": (mark("Gói nguồn {file} chưa ai ký."), _ASK_OWNER),
    "origin_signature": (mark("Chữ ký của gói nguồn sai ({file})."), _ASK_OWNER),
    "origin_key": (mark("Gói nguồn do khóa {found}… ký, bản kê ghi {expected}…."), _ASK_OWNER),
    "origin_key_days": (mark("Khóa của gói nguồn không có hiệu lực ngày {day}."), _ASK_OWNER),
    "origin_differs": (mark("Gói nguồn ghi {field} là “{found}”, bản kê ghi “{expected}”."), _ASK_OWNER),
    "origin_twice": (mark("Gói nguồn {file} được nêu hai lần."), _ASK_OWNER),
    "origin_circle": (mark("Gói lấy số liệu từ chính nó."), _ASK_OWNER),
}

#: Fields of the format, and their words.
FIELDS = {
    "title": mark("tên"),
    "year": mark("năm"),
    "owner": mark("cơ quan"),
    "number": mark("lần"),
    "kind": mark("loại gói"),
    "published_at": mark("thời điểm công bố"),
    "fingerprint": mark("mã dữ liệu đóng băng"),
    "withheld": mark("số lý do không công khai"),
    "points": mark("điểm"),
    "estimate": mark("ước lượng"),
    "standard_error": mark("sai số chuẩn"),
    "level": mark("cấp thẩm định"),
    "round": mark("thứ tự ý kiến"),
    "answers": mark("số câu trả lời"),
    "capacity": mark("tư cách cho ý kiến"),
    "verdict": mark("loại ý kiến"),
    "version": mark("phiên bản ZIP"),
    "made_by": mark("phiên bản ZIP"),
    "flags": mark("cờ"),
    "time": mark("thời điểm của tệp"),
    "extra": mark("cỡ trường thêm"),
    "method": mark("cách nén"),
    "crc": mark("mã CRC"),
    "size": mark("cỡ"),
    "disk": mark("số đĩa"),
    "mode": mark("quyền của tệp"),
    "attributes": mark("thuộc tính"),
    "offset": mark("vị trí"),
    "name": mark("tên tệp"),
    "bytes": mark("cỡ (byte)"),
    "lists": mark("số danh sách và đối tượng"),
    "values": mark("số giá trị"),
    "room": mark("bộ nhớ cho chữ (byte)"),
}
#: Kinds that name one of them.
OF_FIELDS = frozenset(
    {
        *("entry_header", "directory_entry", "manifest_differs", "origin_differs"),
        *("json_too_large", "bundle_too_large_to_read"),
        *("list_not_a_number", "list_count", "opinion_word", "estimate_against_points"),
    }
)

BUNDLES = {**RECEIVED, **ARCHIVE, **CONTENTS, **SIGNATURES, **ORIGINS}
