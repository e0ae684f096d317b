"""Checking papers: handing in, the report, hints on what is typed."""

from django.urls import path

from parindex.web.text_checks import views

urlpatterns = [
    path("text-checks/", views.text_checks, name="text_checks"),
    path("text-checks/hints/", views.hints, name="text_hints"),
    path("text-checks/<int:check>/", views.text_check, name="text_check"),
    path("text-checks/<int:check>/discard/", views.discard, name="discard_text_check"),
]
