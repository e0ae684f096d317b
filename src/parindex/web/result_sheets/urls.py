"""Sheets of results: the list with all papers, one sheet as page and as paper."""

from django.urls import path

from parindex.web.result_sheets import views

urlpatterns = [
    path("cycles/<int:cycle>/results/units/", views.sheets_of_units, name="result_sheets"),
    path("cycles/<int:cycle>/results/units/zip/<int:number>/", views.papers, name="result_sheet_papers"),
    path("cycles/<int:cycle>/results/units/<int:sheet>/", views.one, name="result_sheet"),
    path("cycles/<int:cycle>/results/units/<int:sheet>/pdf/", views.paper, name="result_sheet_pdf"),
]
