"""Addresses of signing in, one's own account, the administrator's pages, the roster and the language switch."""

from allauth.account import views as allauth_views
from django.urls import include, path

from accounts.views import account, deputies, drafts, language, roster, saved, users
from accounts.views.sign_in import SignIn

sign_in = [
    path("login/", SignIn.as_view(), name="account_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth_views.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
]
own = [
    path("", account.Home.as_view(), name="home"),
    path("tokens/", account.MakeToken.as_view(), name="make_token"),
    path("tokens/revoke/", account.RevokeToken.as_view(), name="revoke_token"),
    path("deputy/", deputies.Deputies.as_view(), name="deputies"),
    path("deputy/<uuid:pk>/end/", deputies.EndDeputy.as_view(), name="end_deputy"),
    path("sessions/end/", account.EndSessions.as_view(), name="end_sessions"),
]
people = [
    path("", users.Users.as_view(), name="list"),
    path("new/", users.NewUser.as_view(), name="new"),
    path("<str:username>/", users.UserDetail.as_view(), name="detail"),
    path("<str:username>/deactivate/", users.UserAct.as_view(), {"act": "deactivate"}, name="deactivate"),
    path("<str:username>/reactivate/", users.UserAct.as_view(), {"act": "reactivate"}, name="reactivate"),
    path("<str:username>/password/", users.UserAct.as_view(), {"act": "password"}, name="password"),
    path("<str:username>/second-factor/", users.ResetSecondFactor.as_view(), name="second_factor"),
    path("<str:username>/postings/", users.NewPosting.as_view(), name="post"),
    path("<str:username>/postings/<uuid:pk>/end/", users.EndPosting.as_view(), name="end_posting"),
]
rosters = [
    path("", roster.Rosters.as_view(), name="list"),
    path("<str:code>/", roster.Roster.as_view(), name="detail"),
    path("<str:code>/<uuid:pk>/end/", roster.EndDuty.as_view(), name="end"),
]
unfinished = [
    path("<uuid:key>/", drafts.DraftPage.as_view(), name="detail"),
    path("<uuid:key>/throw-away/", drafts.ThrowAway.as_view(), name="throw_away"),
]

kept = [
    path("<slug:key>/", saved.Views.as_view(), name="list"),
    path("<slug:key>/new/", saved.NewView.as_view(), name="new"),
    path("<slug:key>/<slug:reference>/", saved.ActOnView.as_view(), name="detail"),
]

urlpatterns = [
    path("views/", include((kept, "views"))),
    path("accounts/", include(sign_in)),
    path("account/", include((own, "account"))),
    path("users/", include((people, "users"))),
    path("roster/", include((rosters, "roster"))),
    path("drafts/", include((unfinished, "drafts"))),
    path("i18n/", language.SetLanguage.as_view(), name="set_language"),
]
