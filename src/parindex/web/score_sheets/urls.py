"""Score sheets: the list, a sheet, one item of it."""

from django.urls import path

from parindex.web.score_sheets import beside_views, item_views, list_views

urlpatterns = [
    path("sheets/", list_views.score_sheets, name="score_sheets"),
    path("sheets/<int:sheet>/", list_views.score_sheet, name="score_sheet"),
    path("sheets/<int:sheet>/items/", list_views.sheet_items, name="sheet_items"),
    path("sheets/<int:sheet>/items/<str:code>/", item_views.item, name="item"),
    path("sheets/<int:sheet>/items/<str:code>/placed/", item_views.placed, name="item_placed"),
    path("sheets/<int:sheet>/items/<str:code>/history/", item_views.history, name="item_history"),
    path("sheets/<int:sheet>/items/<str:code>/restore/", item_views.restore, name="item_restore"),
    path("sheets/<int:sheet>/items/<str:code>/copy/", item_views.copy_explanation, name="copy_explanation"),
    path("sheets/<int:sheet>/items/<str:code>/comments/", beside_views.comment, name="item_comment"),
    path("sheets/<int:sheet>/items/<str:code>/lines/", beside_views.lines, name="item_lines"),
    path("sheets/<int:sheet>/items/<str:code>/assignee/", beside_views.assign, name="assign_item"),
    path("sheets/<int:sheet>/items/<str:code>/not-assessed/", beside_views.not_assessed, name="item_not_assessed"),
    path("sheets/<int:sheet>/items/<str:code>/decision/", beside_views.decide_not_assessed, name="decide_not_assessed"),
    path("requests/", list_views.requests, name="not_assessed_requests"),
]
