"""The sheet as a workbook, there and back."""

from django.urls import path

from parindex.web.workbooks import views

urlpatterns = [
    path("sheets/<int:sheet>/workbook/", views.workbook, name="sheet_workbook"),
    path("sheets/<int:sheet>/workbook/file/", views.download, name="download_workbook"),
    path("sheets/<int:sheet>/ministry-table/", views.ministry_table, name="ministry_table"),
    path("workbooks/<int:workbook>/", views.difference, name="workbook_difference"),
]
