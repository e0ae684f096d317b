"""The front page, and what waits for the person who is logged in."""

from django.urls import path

from parindex.web.home import views

urlpatterns = [
    path("", views.front, name="front"),
    path("home/", views.home, name="home"),
    path("language/", views.choose_language, name="choose_language"),
]
