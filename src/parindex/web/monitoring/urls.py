"""The register of findings: the list, a new one, one of them with its remedy."""

from django.urls import path

from parindex.web.monitoring import views

urlpatterns = [
    path("monitoring/", views.notes, name="monitoring_notes"),
    path("monitoring/new/", views.new, name="new_monitoring_note"),
    path("monitoring/<int:note>/", views.one, name="monitoring_note"),
    path("monitoring/<int:note>/remedy/", views.remedy, name="remedy_monitoring_note"),
    path("monitoring/<int:note>/withdraw/", views.withdraw, name="withdraw_monitoring_note"),
]
