"""Referrals, for programs: the same services as the pages."""

from typing import Any, ClassVar
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.models import Complaint
from core.api import Api, created
from core.text import clean
from referrals.cared import care_shown, shown_of
from referrals.filters import filter_for
from referrals.limits_api import LimitsMixin
from referrals.models import Referral, ReferralQuerySet
from referrals.presenters import is_inside, reads
from referrals.serializers import (
    CareSaid,
    CareSerializer,
    LinkSerializer,
    ReferralChange,
    ReferralDetailSerializer,
    ReferralSaid,
    ReferralSentSerializer,
    ReferralSerializer,
    ReferralStep,
    ReportSaid,
    sees,
)
from referrals.services import advance, keep_care, report, send, send_many
from referrals.services.batch import sent_with
from referrals.services.change import change
from referrals.services.links import end_link, make_link
from referrals.workflow import REFERRAL
from victims.models import Victim
from workflow.api import StepsMixin


def with_sight(rows: ReferralQuerySet, user: Any) -> ReferralQuerySet:
    """Bring along whether the reader may see the complaint and the person of each row; a partner sees neither."""
    if not is_inside(user):
        return rows
    complaints, victims = Complaint.objects.visible_to(user), Victim.objects.visible_to(user)
    return rows.annotate(
        sees_complaint=Exists(complaints.filter(pk=OuterRef("complaint_id"))),
        sees_person=Exists(victims.filter(pk=OuterRef("victim_id"))),
    )


@extend_schema_view(
    create=extend_schema(request=ReferralSaid, responses={201: ReferralSentSerializer}),
    partial_update=extend_schema(request=ReferralChange, responses=ReferralDetailSerializer),
    steps=extend_schema(request=ReferralStep, responses={200: ReferralDetailSerializer}),
)
class ReferralApi(LimitsMixin, StepsMixin, Api):
    """Referrals: list, filter, page, show, send, change with `version`, answer."""

    permission = "referral.read"
    permissions: ClassVar = {
        "create": "referral.send",
        "partial_update": "referral.send",
        "report": "referral.report",
        "care": "referral.answer",
        "link": "referral.send",
        "limits": "clock.manage",
        "change_limits": "clock.manage",
    }
    queryset = Referral.objects.all()
    serializer_class = ReferralSerializer
    sorts: ClassVar = Referral.SORTS
    workflow = REFERRAL
    step_said = ReferralStep

    @property
    def filterset_class(self) -> Any:
        """Return the filter of this reader; the schema lists all there is."""
        return filter_for(getattr(getattr(self, "request", None), "user", None))

    def get_serializer_class(self) -> type[serializers.Serializer[Any]]:
        """Show what the receiver reads of one referral, not of a list."""
        return ReferralSerializer if self.action == "list" else ReferralDetailSerializer

    def get_queryset(self) -> ReferralQuerySet:
        """Return referrals through the scope."""
        rows: ReferralQuerySet = with_sight(super().get_queryset().for_list(), self.request.user)
        return (
            rows
            if self.action == "list"
            else rows.select_related("after", "sent_by").prefetch_related("victim__person__documents")
        )

    def advance(self, row: Referral, step: str, **said: Any) -> Referral:
        """Take the step through the service the pages use."""
        return advance(row, step, **said)

    def create(self, request: Request) -> Response:
        """Send a referral; of several people each gets one of its own: the first is answered, with the references of all."""
        said = self.said(ReferralSaid)
        made = self.once("referrals", said, lambda: self._sent(dict(said)), self.find)
        first = self.answer(made, look=True)
        return created({**first, "references": sent_with(made, said.get("people", []))})

    def partial_update(self, request: Request, reference: str) -> Response:
        """Change what the receiver reads; `version` is the one that was read."""
        row = self.get_object()
        self.audit("read", row)
        said = self.said(ReferralChange)
        changed, _told = change(row, by=request.user, version=said.pop("version"), changes=dict(said))
        return Response(self.answer(changed))

    def _sent(self, said: dict[str, Any]) -> Referral:
        people = {clean(text).upper() for text in said.pop("people", [])}
        reference, user = said.pop("complaint", ""), self.request.user
        if people and reference:
            raise ValidationError({"complaint": [_("Name people, or a complaint: not both.")]})
        if not people:
            return send(self._complaint(reference), by=user, **said)
        seen = Victim.objects.visible_to(user).live().select_related("person", "complaint")
        victims = list(seen.filter(reference__in=people))
        if len(victims) != len(people):
            raise ValidationError({"people": [_("There is nobody of this reference that you may see.")]})
        return send_many(victims, by=user, **said)[0]

    def _complaint(self, reference: str) -> Complaint:
        if not reference:
            raise ValidationError({"complaint": [_("Say whom: people, or a complaint.")]})
        seen = Complaint.objects.visible_to(self.request.user).live()
        found = seen.filter(reference=reference.upper()).first()
        if found is None:
            raise ValidationError({"complaint": [_("There is no complaint of this reference that you may see.")]})
        return found

    @extend_schema(request=ReportSaid, responses={201: ReferralDetailSerializer})
    @action(detail=False, methods=["post"], pagination_class=None, filter_backends=[])
    def report(self, request: Request) -> Response:
        """Refer people to the ministry, as a partner."""
        said = self.said(ReportSaid)
        key = request.headers.get("Idempotency-Key", "").strip() or uuid4().hex
        made = report(by=request.user, key=key, contact=said.pop("contact", ""), **said)
        return created(self.answer(made, look=True))

    @extend_schema(methods=["GET"], responses=CareSerializer(many=True))
    @extend_schema(methods=["POST"], request=CareSaid, responses={201: CareSerializer})
    @action(detail=True, methods=["get", "post"], pagination_class=None, filter_backends=[])
    def care(self, request: Request, reference: str) -> Response:
        """List the services of this referral's partner; record one."""
        referral = self.get_object()
        self.audit("read", referral)
        if referral.victim is None or referral.to_partner is None:
            raise Http404
        words = reads(referral, request.user, seen=sees(referral))
        if request.method == "POST":
            key = request.headers.get("Idempotency-Key", "").strip()
            kept = keep_care(referral, self.said(CareSaid), by=request.user, key=key)
            return created(CareSerializer(shown_of(kept, request.user, words=words)).data)
        rows = care_shown(referral, request.user, words=words)
        ours = [row for row in rows if row.provider_id == referral.to_partner_id]
        return Response(CareSerializer(ours, many=True).data)

    @extend_schema(methods=["POST"], request=None, responses={201: LinkSerializer})
    @extend_schema(methods=["DELETE"], request=None, responses={204: None})
    @action(detail=True, methods=["post", "delete"], pagination_class=None, filter_backends=[])
    def link(self, request: Request, reference: str) -> Response:
        """Make the link of a partner without an account, which ends the one before; or end it."""
        referral = self.get_object()
        if request.method == "DELETE":
            end_link(referral, by=request.user)
            return Response(status=204)
        made, token = make_link(referral, by=request.user)
        url = request.build_absolute_uri(reverse("referral_link", args=[token]))
        return created(LinkSerializer({"url": url, "until_at": made.until_at}).data)


COLLECTIONS = (("referrals", ReferralApi, "referral"),)
