"""Help, for everybody."""

from django.urls import path

from parindex.web.help import views

urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("help/keys/", views.keys, name="keys"),
    path("help/accessibility/", views.accessibility, name="accessibility"),
    path("help/components/", views.components, name="components"),
]
