"""Deciding about a bundle: whose key it is, which units its units are."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from parindex.database.models import ReceivedBundle, TrustedKey
from parindex.domain.review.refusal import Refusal
from parindex.usecases.received_keys import revoke_key, trust_key
from parindex.usecases.unit_matching import match_units
from parindex.web.received_bundles.views import listed, shown
from parindex.web.requests import PageRequest
from parindex.wording.language import text
from parindex.wording.refusals import refusal_text

#: Names of the fields that say which unit a unit of the bundle is.
UNIT = "unit."
#: Refusals of who may not do it at all.
_RIGHTS = ("bundle_of_other_unit", "keys_by_standing_office")


@require_POST
def trust(request: PageRequest, bundle: int) -> HttpResponse:
    """Trust the key of a bundle, with the paper in hand."""
    found = _bundle(bundle)
    try:
        trust_key(
            by=request.acting, at=timezone.now(), bundle_id=bundle, digits=request.POST.get("digits", ""),
            days=request.POST.get("key_days", ""), reason=request.POST.get("reason", ""),
        )  # fmt: skip
    except Refusal as refused:
        return _again(request, found, refused, "key")
    messages.success(request, text("Đã xác nhận khóa của {unit}.", unit=found.sender_name))
    return redirect("received_bundle", bundle=bundle)


@require_POST
def match(request: PageRequest, bundle: int) -> HttpResponse:
    """Say which units here the units of a bundle are."""
    found = _bundle(bundle)
    named = {name.removeprefix(UNIT): str(value) for name, value in request.POST.items() if name.startswith(UNIT)}
    try:
        count = match_units(by=request.acting, at=timezone.now(), bundle_id=bundle, named=named)
    except Refusal as refused:
        return _again(request, found, refused, "units")
    messages.success(request, text("Đã ghi đối chiếu {count} đơn vị.", count=count))
    return redirect("received_bundle", bundle=bundle)


@require_POST
def revoke(request: PageRequest, key: int) -> HttpResponse:
    """A key counts no more."""
    found = get_object_or_404(TrustedKey, pk=key)
    try:
        revoke_key(by=request.acting, at=timezone.now(), key_id=key, reason=request.POST.get("reason", ""))
    except Refusal as refused:
        if refused.code in _RIGHTS:
            raise
        return listed(request, problem=refusal_text(refused))
    messages.success(request, text("Đã thôi tin khóa {name}. Không lấy thêm số nào từ gói ký bằng khóa này.",
                                   name=found.name))  # fmt: skip
    return redirect(reverse("received_bundles"))


def _bundle(key: int) -> ReceivedBundle:
    return get_object_or_404(ReceivedBundle.objects.select_related("file", "keeper", "received_by"), pk=key)


def _again(request: PageRequest, found: ReceivedBundle, refused: Refusal, form: str) -> HttpResponse:
    if refused.code in _RIGHTS:
        raise refused
    return shown(
        request, found, problem=refusal_text(refused), form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY
    )  # fmt: skip
