"""What is wrong in a form of allauth, in our words: by field and by the code of the error."""

from __future__ import annotations

from django.forms import BaseForm

from parindex.wording.language import mark, text

_WORDS = {
    "required": mark("Chưa điền ô này."),
    "incorrect_code": mark("Mã không đúng hoặc đã hết hiệu lực. Gõ mã đang hiện trong ứng dụng."),
    "second_factor_locked": mark(
        "Mã sai 5 lần liên tiếp nên bước này tạm khóa. Đợi 15 phút rồi thử lại, hoặc nhờ người quản lý tài khoản "
        "mở lại."
    ),
    "rate_limited": mark("Đã thử quá nhiều lần. Đợi vài phút rồi thử lại."),
    "enter_current_password": mark("Mật khẩu hiện tại không đúng. Gõ lại."),
    "incorrect_password": mark("Mật khẩu không đúng. Gõ lại."),
    "password_too_short": mark("Mật khẩu ngắn hơn 10 ký tự. Đặt mật khẩu dài hơn."),
    "password_too_common": mark("Mật khẩu này quá phổ biến. Đặt mật khẩu khác."),
    "password_too_similar": mark("Mật khẩu giống tên hoặc thư điện tử của bạn. Đặt mật khẩu khác."),
    "password_mismatch": mark("Hai lần gõ không giống nhau. Gõ lại cả hai ô."),
    "invalid": mark("Nội dung ô này chưa đúng dạng. Gõ lại."),
    "invalid_password_reset": mark("Liên kết đã hết hạn hoặc đã dùng. Xin liên kết mới."),
    "cannot_delete_authenticator": mark("Vai trò của bạn bắt buộc xác thực hai bước nên không tắt được."),
    "cannot_generate_recovery_codes": mark("Bật xác thực hai bước trước rồi tạo mã dự phòng."),
}


def password_words(code: str | None) -> str:
    """Why a password is not taken."""
    return text(_WORDS.get(code or "", _WORDS["invalid"]))


def form_problems(form: BaseForm) -> list[tuple[str, str]]:
    """Each problem as (id of the field, sentence); a problem of the whole form has no id."""
    found: list[tuple[str, str]] = []
    for name, errors in form.errors.as_data().items():
        field = "" if name == "__all__" else f"id_{name}"
        for error in errors:
            # allauth gives no code where the second password is another one.
            code = "password_mismatch" if name == "password2" and not error.code else error.code
            found.append((field, password_words(code)))
    return found
