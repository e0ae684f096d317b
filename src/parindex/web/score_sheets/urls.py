"""Score sheets: the list, a sheet, one item of it, signing, receipts."""

from django.urls import path

from parindex.web.score_sheets import views

urlpatterns = [
    path("sheets/", views.score_sheets, name="score_sheets"),
    path("sheets/<int:sheet>/", views.score_sheet, name="score_sheet"),
    path("sheets/<int:sheet>/items/<str:code>/", views.item, name="item"),
    path("sheets/<int:sheet>/submit/", views.submit, name="submit_sheet"),
    path("submissions/<int:submission>/", views.receipt, name="receipt"),
]
