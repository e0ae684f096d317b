"""Evidence: what proves an item, what is cited, the documents of a unit."""

from django.urls import path

from parindex.web.evidence import citation_views, document_views, item_views

urlpatterns = [
    path("sheets/<int:sheet>/items/<str:code>/evidence/", item_views.evidence, name="item_evidence"),
    path("sheets/<int:sheet>/items/<str:code>/evidence/link/", item_views.link, name="add_evidence_link"),
    path("sheets/<int:sheet>/items/<str:code>/evidence/pick/", item_views.pick, name="pick_evidence"),
    path("sheets/<int:sheet>/items/<str:code>/citations/", citation_views.add, name="add_citation"),
    path(
        "sheets/<int:sheet>/items/<str:code>/citations/<int:citation>/remove/",
        citation_views.remove,
        name="remove_citation",
    ),
    path("sheets/<int:sheet>/citations/", citation_views.citations, name="sheet_citations"),
    path("evidence/<int:attachment>/<str:act>/", item_views.change, name="change_evidence"),
    path("documents/", document_views.documents, name="documents"),
    path("documents/<int:document>/", document_views.document, name="document"),
    path("documents/<int:document>/versions/", document_views.add_version, name="add_document_version"),
    path("documents/<int:document>/versions/<int:number>/", document_views.version, name="document_version"),
    path("documents/<int:document>/versions/<int:number>/file/", document_views.file, name="document_file"),
    path("documents/<int:document>/versions/<int:number>/pages/<int:page>/", document_views.page, name="document_page"),
]
