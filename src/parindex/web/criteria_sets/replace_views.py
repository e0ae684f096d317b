"""A set replaced inside the year: what it means, then the act."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from parindex.database.models import CriteriaSetVersion, CycleGroup
from parindex.database.models.criteria_sets import SetState
from parindex.database.queries.criteria_sets import set_versions
from parindex.database.queries.score_sheets import cycle_facts
from parindex.domain.review.permissions import check_can_oversee_cycle, check_can_run_cycle
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.stages import CycleState
from parindex.usecases.replacement_plans import Fate, items_in_common, replacement_plan
from parindex.usecases.set_replacement import check_can_replace, replace_set
from parindex.web.criteria_sets.version_words import choice_words
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import number_from
from parindex.wording.language import text
from parindex.wording.moments import local_day
from parindex.wording.refusals import refusal_text

ROOM = "criteria_sets"
#: Begins the names of the fields that say of a code whether it still names the same item.
_SAME = "same."
_AT_THE_FORM = (
    "reason_needed", "sheets_signed", "same_version", "version_alike", "replacement_changed", "result_finalised",
    "result_published",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: PageRequest, group: int) -> HttpResponse:
    """Choose another frozen version, see what it means for what units have entered, then do it."""
    found = get_object_or_404(
        CycleGroup.objects.select_related("cycle", "set_version__criteria_set", "set_version__paper"), pk=group
    )
    facts = cycle_facts(found.cycle, found.cycle.owner_path)
    check_can_oversee_cycle(request.acting.actor, facts)
    if request.method == "POST":
        check_can_run_cycle(request.acting.actor, facts)
        try:
            made = replace_set(
                by=request.acting, at=timezone.now(), group_id=group,
                version_id=number_from(request.POST.get("to")), reason=request.POST.get("reason", ""),
                seen=request.POST.get("seen", ""), said=_said(request.POST),
            )  # fmt: skip
        except CriteriaSetVersion.DoesNotExist:
            return _page(request, found, text("Không có phiên bản này."), HTTPStatus.UNPROCESSABLE_ENTITY)
        except Refusal as refused:
            if refused.code not in _AT_THE_FORM:
                raise
            return _page(request, found, refusal_text(refused), HTTPStatus.UNPROCESSABLE_ENTITY)
        messages.success(
            request, text("Nhóm {group} đã chuyển sang {title}.", group=found.title, title=made.new_version.title)
        )
        return redirect("replace_set", group=group)
    return _page(request, found, "", HTTPStatus.OK)


def _said(sent: Mapping[str, object]) -> dict[str, bool]:
    """What somebody says of codes that stand under another title: whether they still name the same item."""
    chosen = {name.removeprefix(_SAME): str(value) for name, value in sent.items() if name.startswith(_SAME)}
    return {code: value == "same" for code, value in chosen.items() if value in ("same", "other")}


def _page(request: PageRequest, group: CycleGroup, error: str, status: HTTPStatus) -> HttpResponse:
    owner = group.set_version.criteria_set.owner_id
    versions = list(
        set_versions(local_day(timezone.now()))
        .filter(criteria_set__owner=owner, state=SetState.FROZEN)
        .exclude(pk=group.set_version_id)
        .order_by("-year", "criteria_set__code", "-number")
    )
    common = {one.pk: items_in_common(group, one) for one in versions}
    versions.sort(key=lambda one: -common[one.pk])
    wanted = request.GET.get("to") or request.POST.get("to") or ""
    chosen = next((one for one in versions if str(one.pk) == wanted), None)
    said = _said(request.POST if request.method == "POST" else request.GET)
    plan = replacement_plan(group, chosen, said) if chosen is not None else None
    facts = cycle_facts(group.cycle, group.cycle.owner_path)
    check = refusal(check_can_run_cycle, request.acting.actor, facts) or refusal(check_can_replace, group.cycle)
    context = {
        "group": group, "versions": versions, "common": common,
        "chosen": chosen, "plan": plan, "refused": check, "error": error,
        "fates": fates(appraised=group.cycle.state == CycleState.APPRAISAL), "room": ROOM,
        "choice_words": choice_words, "reason": request.POST.get("reason", ""),
        "history": list(group.replacements.select_related("old_version", "new_version", "replaced_by")),
        "signed": [one for one in plan.units if one.signed] if plan and plan.hits is None else [],
    }  # fmt: skip
    return render(request, "criteria_sets/templates/replace.html", context, status=status)


def fates(*, appraised: bool = False) -> list[tuple[Fate, str, str]]:
    """Each fate with its words and what becomes of the entries; ``appraised``: while the council appraises."""
    if appraised:
        again = text("giữ nội dung đã ký, tính lại điểm theo quy tắc; hội đồng thẩm định lại")
        return [
            (Fate.GONE, text("Mục không còn"), text("nội dung và ý kiến được cất riêng, không tính điểm")),
            (Fate.RULE, text("Đổi cách tính hoặc nguồn điểm"), again),
            (Fate.MAXIMUM, text("Đổi điểm tối đa"), again),
            (Fate.TITLE, text("Đổi tên"), text("giữ nội dung đã ký; hội đồng thẩm định lại")),
            (Fate.OTHER, text("Đổi mã hoặc tài liệu"), text("giữ nguyên nội dung và ý kiến")),
            (Fate.NEW, text("Mục mới"), text("chưa có nội dung; hội đồng hỏi đơn vị khi cần")),
            (Fate.KEPT, text("Không đổi"), text("giữ nguyên nội dung và ý kiến")),
        ]
    return [
        (Fate.GONE, text("Mục không còn"), text("nội dung đã nhập được cất riêng, không tính điểm")),
        (Fate.RULE, text("Đổi cách tính hoặc nguồn điểm"), text("giữ số liệu, tính lại điểm")),
        (
            Fate.MAXIMUM,
            text("Đổi điểm tối đa"),
            text("giữ nội dung, tính lại điểm; điểm tự chấm bỏ ra, đơn vị chấm lại"),
        ),
        (Fate.TITLE, text("Đổi tên"), text("giữ nguyên nội dung đã nhập")),
        (Fate.OTHER, text("Đổi mã hoặc tài liệu"), text("giữ nguyên nội dung đã nhập")),
        (Fate.NEW, text("Mục mới"), text("đơn vị phải nhập")),
        (Fate.KEPT, text("Không đổi"), text("giữ nguyên")),
    ]
