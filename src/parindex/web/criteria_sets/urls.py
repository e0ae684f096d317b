"""Criteria sets: the list, papers, checking and mending drafts, freezing, guidance, a set replaced inside the year."""

from django.urls import path

from parindex.web.criteria_sets import check_views, views

urlpatterns = [
    path("sets/", views.criteria_sets, name="criteria_sets"),
    path("sets/start/", views.start, name="start_set"),
    path("sets/papers/<int:paper>/", views.paper, name="set_paper"),
    path("sets/papers/<int:paper>/file/", views.paper_file, name="set_paper_file"),
    path("sets/versions/<int:version>/", views.criteria_set, name="criteria_set"),
    path("sets/versions/<int:version>/set.yaml", views.export, name="export_set"),
    path("sets/versions/<int:version>/check/", check_views.check, name="check_set"),
    path("sets/versions/<int:version>/check/undo/", check_views.undo_decision, name="undo_set_decision"),
    path("sets/versions/<int:version>/freeze/", check_views.freeze_set, name="freeze_set"),
    path("sets/versions/<int:version>/discard/", check_views.discard_draft, name="discard_set"),
]
