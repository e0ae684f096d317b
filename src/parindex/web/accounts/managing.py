"""Managing the accounts below one's own unit: the list, one account, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parindex.database.models import RoleGrant, User
from parindex.database.queries.accounts import kept_units, offices_on
from parindex.database.queries.units import unit_named, versions_on
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.usecases import accounts, invitations, lock_outs, second_factors
from parindex.usecases.read_marks import read_mark
from parindex.web.accounts.people_page import filters_of, people_page
from parindex.web.accounts.person_page import grantable_roles, may_name_units_below, person_page
from parindex.web.read_marks import clashes, is_stale, seen_of, status_of
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import number_in
from parindex.wording.language import text
from parindex.wording.moments import local_day
from parindex.wording.refusals import refusal_text
from parindex.wording.roles import role as role_words

MANAGING = frozenset({Role.ADMINISTRATOR, Role.STANDING_OFFICE, Role.UNIT_LEADER})
#: So many units are offered to choose from; where there are more, code or name is typed.
OFFERED = 300
FIELDS = ("full_name", "username", "email", "position", "phone", "unit", "role", "cycle", "subtree")


def _manager(request: PageRequest) -> None:
    if not MANAGING & request.acting.actor.roles:
        raise Refusal("accounts_of_other_unit")


@require_safe
def people(request: PageRequest) -> HttpResponse:
    """The accounts that this person manages."""
    _manager(request)
    page = people_page(request.acting.actor, filters_of(request.GET), timezone.now())
    part = request.headers.get("HX-Target") == "people-table"
    name = "accounts/templates/people_table.html" if part else "accounts/templates/people.html"
    context = {"page": page, "roles": [(one.value, role_words(one)) for one in Role], "room": "accounts"}
    response = render(request, name, context)
    response["Vary"] = "HX-Request"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: PageRequest) -> HttpResponse:
    """Prepare an account, give its first role, and hand over the link."""
    _manager(request)
    typed = _typed(request)
    problems: list[tuple[str, str]] = []
    if request.method == "POST":
        data, problems = _data(request, typed)
        role = next((one for one in Role if one.value == typed["role"]), None)
        if typed["role"] and role not in grantable_roles(request.acting.actor):
            problems.append(("role", _not_grantable(role)))
        if not problems:
            try:
                user = _create(request, data, role)
                return _invited(request, user, created=True)
            except Refusal as refused:
                problems.append((_field_of(refused), refusal_text(refused)))
    else:
        typed["unit"] = " ".join(request.GET.get("unit", "").split())[:80] or _own_unit_code(request)
    context = {
        "typed": typed, "problems": problems, "units": _offered(request), "room": "accounts",
        "roles": [(one.value, role_words(one)) for one in grantable_roles(request.acting.actor)],
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    return render(request, "accounts/templates/new_person.html", context, status=status)


def _not_grantable(role: Role | None) -> str:
    """Why a role that the page did not offer is not given."""
    return refusal_text(Refusal("role_above_own", role=role)) if role else text("Chọn một vai trò trong danh sách.")


def _create(request: PageRequest, data: accounts.AccountData, role: Role | None) -> User:
    given = [accounts.GivenRole(role, data.unit)] if role is not None and data.unit is not None else []
    return accounts.create_account(by=request.acting, at=timezone.now(), data=data, roles=given)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: PageRequest, person: int) -> HttpResponse:
    """One account; a POST corrects its data."""
    user = get_object_or_404(User, pk=person)
    page = person_page(request.acting.actor, user, timezone.now())
    typed, stored = _typed(request), accounts.account_texts(user)
    seen, stale = seen_of(request) or read_mark(stored), False
    problems: list[tuple[str, str]] = []
    if request.method == "POST":
        data, problems = _data(request, typed, user)
        if page.refused:
            raise page.refused
        if not problems:
            try:
                accounts.edit_account(
                    by=request.acting, at=timezone.now(), user_id=user.pk, data=data, seen=seen_of(request)
                )
                messages.success(request, text("Đã ghi tài khoản của {name}.", name=data.full_name))
                return redirect("person", person=user.pk)
            except Refusal as refused:
                stale = is_stale(refused)
                problems += [] if stale else [(_field_of(refused), refusal_text(refused))]
        if stale:
            stored = accounts.account_texts(User.objects.select_related("unit").get(pk=user.pk))
            seen = read_mark(stored)
    else:
        typed |= stored
    context = {
        "page": page, "typed": typed, "problems": problems, "units": _offered(request), "room": "accounts",
        "seen": seen, "stale": stale, "clashes": clashes(_labels(), stored, typed) if stale else (),
        "roles": [(one.value, role_words(one)) for one in page.grantable],
        "subtree": may_name_units_below(request.acting.actor),
    }  # fmt: skip
    status = status_of(problems, stale=stale)
    return render(request, "accounts/templates/person.html", context, status=status)


def _labels() -> dict[str, str]:
    """The fields of the data of a person, as the form names them."""
    return {
        "full_name": text("Họ tên"), "username": text("Tên đăng nhập"), "email": text("Thư điện tử"),
        "position": text("Chức vụ"), "phone": text("Điện thoại"), "unit": text("Đơn vị"),
    }  # fmt: skip


#: Refusals that are about how things stand, not about rights: they are told on the page of the account.
_STANDING = frozenset({
    "account_not_active", "account_is_active", "account_not_locked", "account_taken_over", "role_already_ended",
    "role_already_given", "role_not_for_one_cycle", "no_open_invitation", "subtree_above_own", "reason_needed",
    "chair_of_own_unit",
})  # fmt: skip


def told_on_the_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Tell on the page of the account what does not go now; what one may not do stays a page of its own."""

    @wraps(view)
    def wrapped(request: PageRequest, person: int, **places: int) -> HttpResponse:
        try:
            return view(request, person, **places)
        except Refusal as refused:
            if refused.code not in _STANDING:
                raise
            messages.error(request, refusal_text(refused))
            return redirect("person", person=person)

    return wrapped


@require_POST
@told_on_the_page
def give_role(request: PageRequest, person: int) -> HttpResponse:
    """One more role for somebody."""
    user = get_object_or_404(User, pk=person)
    typed = _typed(request)
    unit = unit_named(typed["unit"], local_day(timezone.now()))
    role = next((one for one in Role if one.value == typed["role"]), None)
    if unit is None or role is None:
        messages.error(request, text("Chưa giao: chọn vai trò và ghi đúng mã hoặc tên đơn vị."))
        return redirect("person", person=user.pk)
    cycle = number_in(typed["cycle"])
    given = accounts.GivenRole(role, unit.unit_id, typed["subtree"] == "1", cycle)
    accounts.give_role(by=request.acting, at=timezone.now(), user_id=user.pk, given=given)
    messages.success(request, text("Đã giao vai trò {role} ở {unit}.", role=role_words(role), unit=unit.name))
    return redirect("person", person=user.pk)


@require_POST
@told_on_the_page
def end_role(request: PageRequest, person: int, grant: int) -> HttpResponse:
    """Somebody no longer holds a role."""
    get_object_or_404(RoleGrant, pk=grant, user=person)
    reason = request.POST.get("reason", "")
    ended = accounts.end_role(by=request.acting, at=timezone.now(), grant_id=grant, reason=reason)
    messages.success(request, text("Đã kết thúc vai trò {role}.", role=role_words(ended.role)))
    return redirect("person", person=person)


@never_cache
@require_POST
@told_on_the_page
def invite(request: PageRequest, person: int) -> HttpResponse:
    """A new link; the one before stops working."""
    return _invited(request, get_object_or_404(User, pk=person))


def _invited(request: PageRequest, user: User, *, created: bool = False) -> HttpResponse:
    sent: list[bool] = []
    link = invitations.invite(
        by=request.acting, at=timezone.now(), user_id=user.pk, address_of=_address_of(request), told=sent.append
    )
    context = {
        "user": user,
        "link": link,
        "unsent": False in sent,
        "created": created,
        "days": invitations.VALID.days,
        "room": "accounts",
    }
    return render(request, "accounts/templates/invited.html", context)


@require_POST
@told_on_the_page
def revoke(request: PageRequest, person: int) -> HttpResponse:
    """The link that was sent stops working."""
    get_object_or_404(User, pk=person)
    invitations.revoke_invitation(by=request.acting, at=timezone.now(), user_id=person)
    messages.success(request, text("Đã thu hồi liên kết mời."))
    return redirect("person", person=person)


@require_POST
@told_on_the_page
def unlock(request: PageRequest, person: int) -> HttpResponse:
    """Let somebody log in again at once."""
    get_object_or_404(User, pk=person)
    lock_outs.unlock_account(by=request.acting, at=timezone.now(), user_id=person)
    messages.success(request, text("Đã mở khóa đăng nhập."))
    return redirect("person", person=person)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: PageRequest, person: int, what: str) -> HttpResponse:
    """What needs a reason: leaving, coming back, losing the second factor. First a page that says what it does."""
    acts = {
        "deactivate": (accounts.deactivate_account, text("Đã ngừng tài khoản, mọi phiên đăng nhập đã kết thúc.")),
        "reactivate": (accounts.reactivate_account, text("Đã mở lại tài khoản. Giao vai trò để người này làm việc.")),
        "second-factor": (second_factors.remove_second_factor, text("Đã gỡ xác thực hai bước.")),
    }
    user = get_object_or_404(User, pk=person)
    if what == "reset-login":
        return _reset(request, user)
    if what not in acts:
        raise Http404
    page = person_page(request.acting.actor, user, timezone.now())
    if page.refused:
        raise page.refused
    problem, reason = "", request.POST.get("reason", "")
    if request.method == "POST":
        do, done = acts[what]
        try:
            do(by=request.acting, at=timezone.now(), user_id=user.pk, reason=reason)
            messages.success(request, done)
            return redirect("person", person=user.pk)
        except Refusal as refused:
            problem = refusal_text(refused)
    context = {
        "page": page, "what": what, "problem": problem, "reason": reason, "room": "accounts",
        "assignments": accounts.open_assignments(user) if what == "deactivate" else (),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "accounts/templates/person_act.html", context, status=status)


def _reset(request: PageRequest, user: User) -> HttpResponse:
    """A new way in for who has lost the password: first the question, then the link, this once."""
    page = person_page(request.acting.actor, user, timezone.now())
    if page.reset_refused:
        raise page.reset_refused
    problem, reason = "", request.POST.get("reason", "")
    if request.method == "POST":
        try:
            link = invitations.reset_login(
                by=request.acting, at=timezone.now(), user_id=user.pk, reason=reason, address_of=_address_of(request)
            )
            context = {"user": user, "link": link, "hours": invitations.RESET_VALID // timedelta(hours=1)}
            return render(request, "accounts/templates/reset_link.html", {**context, "room": "accounts"})
        except Refusal as refused:
            problem = refusal_text(refused)
    context = {
        "page": page, "what": "reset-login", "problem": problem, "reason": reason, "room": "accounts",
        "assignments": (),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "accounts/templates/person_act.html", context, status=status)


def _address_of(request: PageRequest) -> Callable[[str], str]:
    return lambda token: request.build_absolute_uri(reverse("invitation", kwargs={"token": token}))


def _typed(request: PageRequest) -> dict[str, str]:
    return {name: " ".join(request.POST.get(name, "").replace("\0", "").split()) for name in FIELDS}


def _data(
    request: PageRequest, typed: dict[str, str], own: User | None = None
) -> tuple[accounts.AccountData, list[tuple[str, str]]]:
    """What was typed as data, with every problem by field."""
    unit = unit_named(typed["unit"], local_day(timezone.now()))
    unit_id = unit.unit_id if unit else None
    if own is not None and own.unit is not None and typed["unit"] == own.unit.code:
        unit_id = own.unit_id  # also where the unit is closed by now
    data = accounts.AccountData(
        typed["full_name"], typed["username"], unit_id, typed["email"], typed["position"], typed["phone"]
    )
    problems = {name: refusal_text(one) for name, one in accounts.problems_of(data, own).items()}
    if unit_id is None:
        problems["unit"] = text(
            "Không có đơn vị “{typed}” hôm nay. Ghi đúng mã hoặc tên đầy đủ.", typed=typed["unit"][:100]
        )
    return data, list(problems.items())


def _field_of(refused: Refusal) -> str:
    return {
        "role_above_own": "role",
        "chair_of_own_unit": "role",
        "accounts_of_other_unit": "unit",
        "login_by_own_unit": "email",
    }.get(refused.code, "")


def _own_unit_code(request: PageRequest) -> str:
    return request.acting.user.unit.code if request.acting.user.unit else ""


def _offered(request: PageRequest) -> list[tuple[str, str]]:
    """The units to choose from, where they are few."""
    day = local_day(timezone.now())
    units = versions_on(day).filter(kept_units(request.acting.actor, offices_on(day)))
    found = list(units.order_by("path").values_list("unit__code", "name")[: OFFERED + 1])
    return found if len(found) <= OFFERED else []
