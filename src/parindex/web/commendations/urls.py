"""Proposals for commendation: the list, proposing a unit or a person, withdrawing, the paper."""

from django.urls import path

from parindex.web.commendations import paper_view, proposing, views

urlpatterns = [
    path("cycles/<int:cycle>/commendations/", views.commendations, name="commendations"),
    path("cycles/<int:cycle>/commendations/units/<int:sheet>/", proposing.unit, name="commend_unit"),
    path("cycles/<int:cycle>/commendations/persons/", proposing.person, name="commend_person"),
    path(
        "cycles/<int:cycle>/commendations/<int:commendation>/withdraw/", proposing.withdraw,
        name="withdraw_commendation",
    ),
    path("cycles/<int:cycle>/commendations/paper/", paper_view.paper, name="commendation_paper"),
]  # fmt: skip
