"""Precedents: the search, and the draft of a guidance made of them."""

from django.urls import path

from parindex.web.precedents import views

urlpatterns = [
    path("precedents/", views.precedents, name="precedents"),
    path("precedents/guidance/", views.guidance, name="precedents_to_guidance"),
]
