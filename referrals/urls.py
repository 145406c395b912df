"""Addresses of referrals, and of the links by which partners without an account answer."""

from django.urls import include, path

from referrals.views.change import ChangeReferral
from referrals.views.incoming import Report
from referrals.views.limits import Limits
from referrals.views.link import LinkCare, LinkCode, LinkOpen, LinkStep
from referrals.views.list import ReferralList
from referrals.views.record import AddCare, HandOver, MakeLink, ReferralDetail, ReferralStep, TakeBackCare
from referrals.views.send import NewReferral

referrals = [
    path("", ReferralList.as_view(), name="list"),
    path("new/<slug:reference>/", NewReferral.as_view(), name="new"),
    path("limits/", Limits.as_view(), name="limits"),
    path("report/", Report.as_view(), name="report"),
    path("<slug:reference>/", ReferralDetail.as_view(), name="detail"),
    path("<slug:reference>/steps/<slug:step>/", ReferralStep.as_view(), name="step"),
    path("<slug:reference>/change/", ChangeReferral.as_view(), name="change"),
    path("<slug:reference>/link/", MakeLink.as_view(), name="link"),
    path("<slug:reference>/care/", AddCare.as_view(), name="care"),
    path("<slug:reference>/care/<uuid:pk>/take-back/", TakeBackCare.as_view(), name="care_back"),
    path("<slug:reference>/hand-over/", HandOver.as_view(), name="hand_over"),
]
urlpatterns = [
    path("referrals/", include((referrals, "referrals"))),
    path("r/<slug:token>/", LinkOpen.as_view(), name="referral_link"),
    path("r/<slug:token>/code/", LinkCode.as_view(), name="referral_link_code"),
    path("r/<slug:token>/care/", LinkCare.as_view(), name="referral_link_care"),
    path("r/<slug:token>/steps/<slug:step>/", LinkStep.as_view(), name="referral_link_step"),
]
