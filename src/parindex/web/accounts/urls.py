"""Logging in and one's own account. Of allauth only what is used has an address; each of its pages is written here."""

from allauth.account import views as login_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes.views import view_recovery_codes
from allauth.socialaccount import views as provider_views
from django.urls import path, re_path
from django.views.decorators.cache import never_cache

from parindex.web.accounts import first, invitation_views, managing, openid, second_factor, table_views, views

urlpatterns = [
    path("demo/", views.demo_login, name="demo_login"),
    path("account/", views.account, name="account"),
    path("account/sessions/end/", views.end_sessions, name="end_own_sessions"),
    path("accounts/", managing.people, name="people"),
    path("accounts/import/", table_views.import_accounts, name="import_accounts"),
    path("accounts/form/", table_views.account_form, name="account_form"),
    path("accounts/new/", managing.new_person, name="new_person"),
    path("accounts/<int:person>/", managing.person, name="person"),
    path("accounts/<int:person>/roles/", managing.give_role, name="give_role"),
    path("accounts/<int:person>/roles/<int:grant>/end/", managing.end_role, name="end_role"),
    path("accounts/<int:person>/invite/", managing.invite, name="invite"),
    path("accounts/<int:person>/revoke/", managing.revoke, name="revoke_invitation"),
    path("accounts/<int:person>/unlock/", managing.unlock, name="unlock_account"),
    path("accounts/<int:person>/<slug:what>/", managing.act, name="person_act"),
    path("first/<str:token>/", first.first_account, name="first_account"),
    path("invitation/<str:token>/", invitation_views.invitation, name="invitation"),
    path("login/", login_views.login, name="account_login"),
    path("logout/", login_views.logout, name="account_logout"),
    path("inactive/", login_views.account_inactive, name="account_inactive"),
    path("reauthenticate/", login_views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", login_views.password_change, name="account_change_password"),
    path("password/reset/", login_views.password_reset, name="account_reset_password"),
    path("password/reset/done/", login_views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        login_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        login_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", factor_views.index, name="mfa_index"),
    path("2fa/authenticate/", second_factor.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", second_factor.activate, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", second_factor.deactivate, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", never_cache(view_recovery_codes), name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", second_factor.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("oidc/<slug:provider_id>/login/", openid.login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", openid.callback, name="openid_connect_callback"),
    path("oidc/cancelled/", provider_views.login_cancelled, name="socialaccount_login_cancelled"),
]
