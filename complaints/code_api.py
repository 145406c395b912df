"""Find a report by the code that its reporter read out, for programs; in a body, for a code stands in no address."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.models import Contact
from complaints.services.codes import LOOK, look_up_code
from core.api import StrictSerializer


class ReportCodeSaid(StrictSerializer):
    """The digits of a code, in any script, with anything between them."""

    code = serializers.CharField(max_length=120)


class FoundByCode(serializers.Serializer[Contact]):
    """Where the report stands that a code belongs to."""

    reference = serializers.CharField()
    status = serializers.CharField()
    complaint = serializers.CharField(source="complaint.reference", allow_null=True, default=None)


class CodeMixin:
    """POST …/code/: which report a code belongs to, of those the reader may see."""

    audit: Callable[..., None]
    said: Callable[[type[StrictSerializer]], dict[str, Any]]

    @extend_schema(request=ReportCodeSaid, responses={200: FoundByCode})
    @action(detail=False, methods=["post"], pagination_class=None, filter_backends=[])
    def code(self, request: Request) -> Response:
        """Find the report of a code; misheard groups are named, and a few wrong codes slow the next."""
        looked = look_up_code(self.said(ReportCodeSaid)["code"], by=request.user)
        if looked.asked:
            self.audit(LOOK, looked.contact or Contact, outcome=looked.outcome)
        if looked.contact is None:
            raise ValidationError({"code": [looked.why or str(serializers.CharField.default_error_messages["blank"])]})
        return Response(FoundByCode(looked.contact).data)
