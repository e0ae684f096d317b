"""Every address, one line a room; tests/integration/web/test_rights.py asks who may open each."""

from django.urls import include, path

urlpatterns = [
    # First, because what is typed is sent there.
    path("", include("parindex.web.score_sheets.urls")),
    path("", include("parindex.web.text_checks.urls")),
    path("", include("parindex.web.appraisals.urls")),
    path("", include("parindex.web.home.urls")),
    path("", include("parindex.web.accounts.urls")),
    path("", include("parindex.web.units.urls")),
    path("", include("parindex.web.submissions.urls")),
    path("", include("parindex.web.workbooks.urls")),
    path("", include("parindex.web.received_bundles.urls")),
    path("", include("parindex.web.evidence.urls")),
    path("", include("parindex.web.cycles.urls")),
    path("", include("parindex.web.councils.urls")),
    path("", include("parindex.web.further_explanations.urls")),
    path("", include("parindex.web.results.urls")),
    path("", include("parindex.web.result_sheets.urls")),
    path("", include("parindex.web.commendations.urls")),
    path("", include("parindex.web.help.urls")),
    path("", include("parindex.web.criteria_sets.urls")),
    path("", include("parindex.web.appraisal_matrix.urls")),
    path("", include("parindex.web.monitoring.urls")),
    path("", include("parindex.web.precedents.urls")),
    path("", include("parindex.web.audit_log.urls")),
    path("", include("parindex.web.public_results.urls")),
]
handler400 = "parindex.web.errors.bad_request"
handler403 = "parindex.web.errors.forbidden"
handler404 = "parindex.web.errors.not_found"
handler500 = "parindex.web.errors.failed"
