"""The addresses of units."""

from django.urls import path

from parindex.web.units import table_views, views

urlpatterns = [
    path("units/", views.units, name="units"),
    path("units/new/", views.new_unit, name="new_unit"),
    path("units/merge/", views.merge_units, name="merge_units"),
    path("units/import/", table_views.import_units, name="import_units"),
    path("units/export/", table_views.export_units, name="export_units"),
    path("units/<int:unit>/", views.unit, name="unit"),
    path("units/<int:unit>/change/", views.change_unit, name="change_unit"),
    path("units/<int:unit>/close/", views.close_unit, name="close_unit"),
    path("units/<int:unit>/correct-ending/", views.correct_ending, name="correct_ending"),
    path("units/<int:unit>/succeed/", views.succeed_unit, name="succeed_unit"),
]
