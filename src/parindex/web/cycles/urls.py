"""Cycles: the list, preparing one, how far its units have come, and what the standing office does about it."""

from django.urls import path

from parindex.web.cycles import actions, notice_views, preparing, proposals, replacement_views, timetable_views, views

urlpatterns = [
    path("cycles/", views.cycles, name="cycles"),
    path("cycles/new/", preparing.new_cycle, name="new_cycle"),
    path("cycles/<int:cycle>/", views.cycle, name="cycle"),
    path("cycles/<int:cycle>/notice/", notice_views.notice, name="cycle_notice"),
    path("cycles/<int:cycle>/notice/edit/", notice_views.edit_notice, name="edit_cycle_notice"),
    path("cycles/<int:cycle>/replaced/", replacement_views.cycle_replacements, name="cycle_replacements"),
    path("cycles/<int:cycle>/prepare/", preparing.prepare, name="prepare_cycle"),
    path("cycles/<int:cycle>/groups/", preparing.group, name="cycle_groups"),
    path("cycles/<int:cycle>/timetable/", timetable_views.timetable, name="cycle_timetable"),
    path("cycles/<int:cycle>/open/", preparing.opening, name="open_cycle"),
    path("cycles/<int:cycle>/proposals/", proposals.proposals, name="cycle_proposals"),
    path("cycles/<int:cycle>/act/", actions.act, name="cycle_act"),
    path("cycles/<int:cycle>/export/", views.export, name="export_progress"),
    path("sheets/<int:sheet>/replaced/", replacement_views.replaced_entries, name="replaced_entries"),
    path("sheets/<int:sheet>/extension/", actions.ask, name="ask_extension"),
    path("extensions/<int:extension>/", actions.decide, name="decide_extension"),
]
