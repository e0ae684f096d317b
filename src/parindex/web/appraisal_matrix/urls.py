"""The matrix of an appraisal, as a page and as a workbook."""

from django.urls import path

from parindex.web.appraisal_matrix import views

urlpatterns = [
    path("cycles/<int:cycle>/matrix/", views.matrix, name="appraisal_matrix"),
    path("cycles/<int:cycle>/matrix/export/", views.export, name="export_matrix"),
]
