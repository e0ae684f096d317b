"""Parts of a sheet, the check before submission, signing, taking back, receipts."""

from django.urls import path

from parindex.web.submissions import assignment_tables, part_views, receipt_views, sign_views, views

urlpatterns = [
    path("sheets/<int:sheet>/submit/", views.check, name="submit_sheet"),
    path("sheets/<int:sheet>/sign/", sign_views.sign_sheet, name="sign_sheet"),
    path("sheets/<int:sheet>/withdraw/", views.withdraw_sheet, name="withdraw_sheet"),
    path("sheets/<int:sheet>/return/", views.return_sheet, name="return_sheet"),
    path("sheets/<int:sheet>/send-back/", views.send_back_sheet, name="send_back_sheet"),
    path("sheets/<int:sheet>/compile/", views.compile_sheet, name="compile_sheet"),
    path("sheets/<int:sheet>/parts/", part_views.parts, name="sheet_parts"),
    path("sheets/<int:sheet>/parts/assign/", part_views.assign, name="assign_parts"),
    path("sheets/<int:sheet>/parts/import/", assignment_tables.import_assignments, name="import_assignments"),
    path("sheets/<int:sheet>/parts/export/", assignment_tables.export_assignments, name="export_assignments"),
    path("sheets/<int:sheet>/meetings/", part_views.meeting, name="record_meeting"),
    path("parts/<int:part>/present/", views.present, name="present_part"),
    path("parts/<int:part>/send-back/", views.send_back, name="send_back_part"),
    path("parts/<int:part>/sign/", sign_views.sign_part, name="sign_part"),
    path("parts/<int:part>/withdraw/", views.withdraw_part, name="withdraw_part"),
    path("parts/<int:part>/return/", views.return_part, name="return_part"),
    path("submissions/check/", receipt_views.compare, name="check_receipt"),
    path("submissions/<int:submission>/", receipt_views.receipt, name="receipt"),
    path("submissions/<int:submission>/claim/", receipt_views.claim, name="receipt_claim"),
    path("submissions/<int:submission>/pdf/", receipt_views.paper, name="receipt_pdf"),
]
