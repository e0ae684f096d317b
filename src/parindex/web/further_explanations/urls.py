"""Questions of the council: the secretary sends them, units answer, who asked takes them back."""

from django.urls import path

from parindex.web.further_explanations import views

urlpatterns = [
    path("cycles/<int:cycle>/questions/", views.cycle_questions, name="cycle_questions"),
    path("questions/<int:question>/answer/", views.answer, name="write_answer"),
    path("questions/<int:question>/withdraw/", views.withdraw, name="withdraw_question"),
]
