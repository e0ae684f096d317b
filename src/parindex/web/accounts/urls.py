"""Logging in and one's own account."""

from django.urls import include, path

from parindex.web.accounts import views

urlpatterns = [
    path("demo/", views.demo_login, name="demo_login"),
    path("account/", views.account, name="account"),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("", include("allauth.socialaccount.urls")),
]
