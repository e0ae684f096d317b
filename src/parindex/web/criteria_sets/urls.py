"""Criteria sets: the list, papers, checking and mending drafts, freezing, guidance, a set replaced inside the year."""

from django.urls import path

from parindex.web.criteria_sets import (
    check_views,
    guidance_views,
    property_views,
    replace_views,
    row_views,
    version_views,
    views,
)

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
    path("sets/versions/<int:version>/freeze/all/", check_views.freeze_sets, name="freeze_sets"),
    path("sets/versions/<int:version>/discard/", check_views.discard_draft, name="discard_set"),
    path("sets/versions/<int:version>/rows/<int:row>/", row_views.row, name="set_row"),
    path("sets/versions/<int:version>/properties/", property_views.properties, name="set_properties"),
    path("sets/versions/<int:version>/measures/", property_views.measures, name="set_measures"),
    path("sets/versions/<int:version>/measures/<str:measure>/", property_views.measure, name="set_measure"),
    path("sets/versions/<int:version>/record/", version_views.record, name="set_record"),
    path("sets/versions/<int:version>/record.docx", version_views.record_word, name="set_record_word"),
    path("sets/versions/<int:version>/correct/", version_views.correct, name="correct_set"),
    path("sets/versions/<int:version>/next-year/", version_views.next_year, name="next_year_set"),
    path("sets/versions/<int:old>/compare/<int:new>/", version_views.compare, name="compare_sets"),
    path("sets/versions/<int:version>/guidance/", guidance_views.new_guidance, name="new_guidance"),
    path("sets/guidance/<int:guidance>/", guidance_views.guidance, name="guidance"),
    path("sets/guidance/<int:guidance>/publish/", guidance_views.publish, name="publish_guidance"),
    path("sets/guidance/<int:guidance>/attach/", guidance_views.attach, name="attach_guidance"),
    path("sets/guidance/<int:guidance>/items/<str:code>/", guidance_views.guidance_item, name="guidance_item"),
    path("sets/replace/<int:group>/", replace_views.replace, name="replace_set"),
]
