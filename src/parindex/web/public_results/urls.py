"""What everybody may read: lists, rankings, profiles, derivations, criteria, open data, versions."""

from django.urls import path

from parindex.web.public_results import bundle_views, data_views, views

urlpatterns = [
    path("results/", views.published, name="public_results"),
    path("results/verify/", bundle_views.self_check, name="public_self_check"),
    path("results/verify/verify.html", bundle_views.verifier, name="public_verifier"),
    path("results/<int:cycle>/", views.ranking, name="public_ranking"),
    path("results/<int:cycle>/criteria/", views.criteria, name="public_criteria"),
    path("results/<int:cycle>/data/", data_views.open_data, name="public_data"),
    path("results/<int:cycle>/data/<str:file>", data_views.data_file, name="public_data_file"),
    path("results/<int:cycle>/versions/<int:number>/", views.version, name="public_version"),
    path("results/<int:cycle>/versions/<int:number>/bundle/", bundle_views.bundle, name="public_bundle"),
    path(
        "results/<int:cycle>/versions/<int:number>/bundle/<str:file>", bundle_views.bundle_file,
        name="public_bundle_file",
    ),
    path("results/<int:cycle>/<slug:unit>/", views.profile, name="public_profile"),
    path("results/<int:cycle>/<slug:unit>/<str:code>/", views.derivation, name="public_derivation"),
]  # fmt: skip
