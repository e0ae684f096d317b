"""Appraising: the own queues, one item of a sheet, one item over all units, what is said of them."""

from django.urls import path

from parindex.web.appraisals import act_views, item_views, list_views, vote_views

urlpatterns = [
    path("appraisals/", list_views.appraisals, name="appraisals"),
    path("appraisals/accept/<int:sheet>/", list_views.accept_on_sheet, name="accept_on_sheet"),
    path("appraisals/accept/items/<int:group>/<str:code>/", list_views.accept_on_item, name="accept_on_item"),
    path("appraisals/items/<int:group>/<str:code>/", list_views.item_appraisals, name="item_appraisals"),
    path("appraisals/<int:sheet>/", list_views.appraisal_sheet, name="appraisal_sheet"),
    path("appraisals/<int:sheet>/<str:code>/", item_views.appraisal, name="appraisal"),
    path("appraisals/<int:sheet>/<str:code>/later/", item_views.later, name="appraise_later"),
    path("appraisals/<int:sheet>/<str:code>/undo/<int:opinion>/", item_views.undo, name="undo_opinion"),
    path("appraisals/<int:sheet>/<str:code>/decision/", item_views.decision, name="chair_decision"),
    path("appraisals/<int:sheet>/<str:code>/flags/<int:flag>/", act_views.flag, name="dismiss_flag"),
    path("appraisals/<int:sheet>/<str:code>/figures/", act_views.figures, name="external_figure"),
    path("appraisals/<int:sheet>/<str:code>/lines/<int:line>/", act_views.line, name="line_verdict"),
    path("appraisals/<int:sheet>/<str:code>/documents/<int:document>/", act_views.document, name="document_verdict"),
    path("appraisals/<int:sheet>/<str:code>/votes/", vote_views.opened, name="open_vote"),
    path("appraisals/<int:sheet>/<str:code>/votes/<int:vote>/ballot/", vote_views.ballot, name="cast_ballot"),
    path("appraisals/<int:sheet>/<str:code>/votes/<int:vote>/close/", vote_views.closed, name="close_vote"),
]
