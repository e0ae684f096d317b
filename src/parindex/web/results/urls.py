"""Results of a cycle as those see them who run, appraise or audit it."""

from django.urls import path

from parindex.web.results import (
    correction_views,
    finalise_views,
    outside_views,
    publish_views,
    views,
    withhold_views,
)

urlpatterns = [
    path("cycles/<int:cycle>/results/", views.results, name="results"),
    path("cycles/<int:cycle>/results/finalise/", finalise_views.finalise_cycle, name="finalise_cycle"),
    path("cycles/<int:cycle>/results/resume/", finalise_views.resume_appraisal, name="resume_appraisal"),
    path("cycles/<int:cycle>/results/publish/", publish_views.publish_results, name="publish_results"),
    path("cycles/<int:cycle>/results/correct/", correction_views.correct_results, name="correct_results"),
    path("cycles/<int:cycle>/results/snapshots/<int:number>/", views.snapshot, name="result_snapshot"),
    path(
        "cycles/<int:cycle>/results/withhold/opinions/<int:opinion>/", withhold_views.opinion, name="withhold_opinion"
    ),
    path(
        "cycles/<int:cycle>/results/withhold/requests/<int:asked>/", withhold_views.not_assessed,
        name="withhold_request",
    ),
    path("cycles/<int:cycle>/results/outside/", outside_views.outside_results, name="outside_results"),
    path(
        "cycles/<int:cycle>/results/outside/<int:result>/withdraw/", outside_views.withdraw_outside,
        name="withdraw_outside_result",
    ),
]  # fmt: skip
