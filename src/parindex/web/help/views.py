"""Help: words, keys, accessibility, how to start."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parindex.web.help.glossary import glossary


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """First steps per role, and the words of the field."""
    return render(request, "help/templates/help.html", {"words": glossary(), "room": "help"})


@login_not_required
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Every key that pages understand."""
    return render(request, "help/templates/keys.html", {"room": "help"})


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What holds for people who see, hear or move differently, and whom to tell what does not."""
    return render(request, "help/templates/accessibility.html", {"room": "help"})


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component of the pages in all its states, for staff who compare what they see."""
    return render(request, "help/templates/components.html", {"room": "help"})
