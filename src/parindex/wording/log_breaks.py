"""Where a chain of the audit log does not hold, in words."""

from __future__ import annotations

from parindex.domain.review.audit_chain import Break, Broken
from parindex.wording.language import mark, text

_BREAKS = {
    Break.CHANGED: mark("bản ghi số {number} đã bị sửa: nội dung không cho ra mã của nó"),
    Break.MISSING: mark("bản ghi số {number} đã bị xóa"),
    Break.UNLINKED: mark("bản ghi số {number} không nối với bản ghi trước: bị đổi chỗ, chèn hoặc thay"),
    Break.TRUNCATED: mark("bản ghi số {number} ở cuối chuỗi đã bị cắt"),
    Break.NOT_AS_NOTED: mark("bản ghi số {number} không còn mã đã ghi ở nơi khác"),
    Break.NOT_AS_SIGNED: mark("bản ghi số {number} của một lần ký, nộp đã bị xóa hoặc thay"),
    Break.CLAIM_CHANGED: mark("nội dung đã ký ở bản ghi số {number} không còn cho ra mã kiểm chứng khi ký"),
    Break.NO_SUBMISSION: mark("bản ghi số {number} ghi một lần ký, nộp nhưng lần đó không còn lưu"),
    Break.SUBMISSION_CHANGED: mark(
        "lần ký, nộp của {name}: người ký, lúc ký, số lần hoặc phiếu không còn như bản ghi số {number}"
    ),
    Break.WITHDRAWAL_CHANGED: mark(
        "lần ký, nộp của {name} ở bản ghi số {number}: việc rút hoặc trả lại không như nhật ký ghi"
    ),
    Break.STATE_CHANGED: mark("{name}: trạng thái không như bản ghi số {number} để lại"),
    Break.STATE_NOT_RECORDED: mark("{name}: trạng thái đã đổi mà không có bản ghi nào"),
    Break.SET_CHANGED: mark("bộ tiêu chí {name} đã bị sửa sau khi khóa ở bản ghi số {number}"),
    Break.SET_NOT_RECORDED: mark("bộ tiêu chí {name} đang khóa nhưng không có bản ghi nào về việc khóa"),
    Break.NO_SET: mark("bản ghi số {number} ghi đã khóa bộ tiêu chí {name} nhưng bộ ấy không còn hoặc không còn khóa"),
    Break.FINALISATION_NOT_RECORDED: mark("lần chốt số {name} không có bản ghi nào nêu mã của dữ liệu đã đóng băng"),
    Break.NO_FINALISATION: mark("bản ghi số {number} ghi một lần chốt kết quả nhưng lần đó không còn lưu"),
    Break.SNAPSHOT_CHANGED: mark("dữ liệu đóng băng của lần chốt số {name} không còn cho ra mã ở bản ghi số {number}"),
    Break.RESULTS_CHANGED: mark("kết quả hiện ra của lần chốt số {name} khác dữ liệu đóng băng ở bản ghi số {number}"),
    Break.PUBLICATION_CHANGED: mark("lần công bố số {name} không như bản ghi số {number} ghi"),
    Break.NO_PUBLICATION: mark("bản ghi số {number} ghi lần công bố số {name} nhưng lần đó không còn lưu"),
    Break.BUNDLE_CHANGED: mark("gói kết quả của lần công bố số {name} không như bản ghi số {number} ghi"),
    Break.NO_CHAIN: mark("không còn bản ghi nào, kể cả bản ghi số {number}"),
}


def break_text(broken: Broken) -> str:
    """One place where a chain does not hold."""
    return text(_BREAKS[broken.kind], number=broken.sequence, name=broken.name)
