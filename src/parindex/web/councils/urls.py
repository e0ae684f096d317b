"""The council of a cycle, who appraises what, and the beginning of the appraisal."""

from django.urls import path

from parindex.web.councils import (
    assignment_tables,
    assignment_views,
    beginning,
    given_points_views,
    member_views,
    survey_points_views,
    views,
)

urlpatterns = [
    path("cycles/<int:cycle>/council/", views.council, name="council"),
    path("cycles/<int:cycle>/council/decision/", views.decision, name="council_decision"),
    path("cycles/<int:cycle>/council/levels/", views.levels, name="council_levels"),
    path("cycles/<int:cycle>/council/members/", member_views.add, name="add_council_member"),
    path("cycles/<int:cycle>/council/members/<int:member>/", member_views.change, name="change_council_member"),
    path("cycles/<int:cycle>/council/members/<int:member>/remove/", member_views.remove, name="remove_council_member"),
    path(
        "cycles/<int:cycle>/council/members/<int:member>/substitute/", member_views.substitute, name="name_substitute"
    ),
    path("cycles/<int:cycle>/council/members/<int:member>/conflict/", member_views.conflict, name="declare_conflict"),
    path(
        "cycles/<int:cycle>/council/conflicts/<int:conflict>/withdraw/", member_views.withdraw,
        name="withdraw_conflict",
    ),
    path("cycles/<int:cycle>/council/assignments/", assignment_views.assignments, name="appraisal_assignments"),
    path("cycles/<int:cycle>/council/assignments/remove/", assignment_views.remove, name="unassign_appraisals"),
    path("cycles/<int:cycle>/council/assignments/spread/", assignment_views.spreading, name="spread_appraisals"),
    path(
        "cycles/<int:cycle>/council/assignments/import/", assignment_tables.import_table,
        name="import_appraisal_assignments",
    ),
    path(
        "cycles/<int:cycle>/council/assignments/export/", assignment_tables.export_table,
        name="export_appraisal_assignments",
    ),
    path("cycles/<int:cycle>/appraisal/begin/", beginning.begin, name="begin_appraisal"),
    path("cycles/<int:cycle>/survey-points/", survey_points_views.import_points, name="survey_points"),
    path("cycles/<int:cycle>/survey-points/form/", survey_points_views.points_form, name="points_form"),
    path("cycles/<int:cycle>/given-points/", given_points_views.given_points, name="given_points"),
    path(
        "cycles/<int:cycle>/given-points/<int:given>/withdraw/", given_points_views.withdraw, name="withdraw_points"
    ),
]  # fmt: skip
