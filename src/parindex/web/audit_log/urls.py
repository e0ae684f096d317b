"""The log: all of a cycle for auditors and the standing office, one's own unit for its people."""

from django.urls import path

from parindex.web.audit_log import views

urlpatterns = [
    path("log/", views.log, name="audit_log"),
    path("log/<int:record>/", views.one, name="audit_record"),
]
