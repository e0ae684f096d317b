"""Bundles that came from another level: the list, one of them, whose signature counts; a signed sheet to send on."""

from django.urls import path

from parindex.web.received_bundles import act_views, sheet_view, views

urlpatterns = [
    path("received/", views.bundles, name="received_bundles"),
    path("received/<int:bundle>/", views.bundle, name="received_bundle"),
    path("received/<int:bundle>/file/", views.bundle_file, name="received_bundle_file"),
    path("received/<int:bundle>/key/", act_views.trust, name="trust_key"),
    path("received/<int:bundle>/units/", act_views.match, name="match_units"),
    path("received/keys/<int:key>/revoke/", act_views.revoke, name="revoke_key"),
    path("submissions/<int:submission>/bundle/", sheet_view.download, name="sheet_bundle"),
]
