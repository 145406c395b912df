"""The inbox for programs: contacts that wait and what became of them, logging one, its steps; the services of the pages."""

from typing import Any, ClassVar
from uuid import uuid4

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.checks import MAX_LANGUAGE, MAX_NARRATIVE
from complaints.code_api import CodeMixin
from complaints.contact_filter import ContactFilter
from complaints.contact_workflow import CONTACT, HELD, NAMES
from complaints.held_api import HeldMixin
from complaints.listing_api import ListingMixin
from complaints.models import Channel, Contact, ContactStatus, Urgency
from complaints.said import ContactSaid
from complaints.said_serializers import EMPTY, CameSaidSerializer, ReporterSaidSerializer, came_said, reporter_said
from complaints.services import advance_contact, log_contact
from complaints.services.codes import OPENS
from complaints.services.message_pages import UNSAID, mark_waiting_shown, opened_for
from core.api import Api, created
from core.serializers import Code
from workflow.api import StepShown, StepsMixin, step_serializer, steps_shown

ContactStep = step_serializer("ContactStep", CONTACT)


class ContactSaidSerializer(CameSaidSerializer):
    """A call or message of which nobody makes a complaint yet."""

    kind = serializers.ChoiceField(choices=Contact.Kind.choices)
    channel = serializers.ChoiceField(choices=Channel.choices)
    narrative = serializers.CharField(**EMPTY, max_length=MAX_NARRATIVE)
    received_at = serializers.DateTimeField(required=False, allow_null=True)
    urgency = serializers.ChoiceField(choices=Urgency.choices, **EMPTY)
    language = serializers.CharField(**EMPTY, max_length=MAX_LANGUAGE)
    province_of_report = serializers.CharField(**EMPTY, max_length=2)
    reporter = ReporterSaidSerializer(required=False, allow_null=True)


class InboxContactSerializer(serializers.Serializer[Contact]):
    """A contact; its words for who may know identities, never who told it."""

    reference = serializers.CharField()
    status = serializers.ChoiceField(choices=ContactStatus.choices)
    status_at = serializers.DateTimeField()
    kind = serializers.ChoiceField(choices=Contact.Kind.choices)
    channel = serializers.ChoiceField(choices=Channel.choices)
    urgency = Code(choices=Urgency.choices)
    language = serializers.CharField()
    narrative = serializers.SerializerMethodField()
    received_at = serializers.DateTimeField()
    seconds = serializers.IntegerField(allow_null=True)
    logged_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    province_of_report = serializers.CharField(source="province_of_report_id", allow_null=True)
    letter_number = serializers.CharField()
    dated_on = serializers.DateField(allow_null=True)
    office = serializers.CharField(help_text="of an official request; of others it is sealed with the reporter")
    subject = serializers.SerializerMethodField()
    answer_by = serializers.DateField(allow_null=True)
    counter = serializers.CharField()
    complaint = serializers.CharField(source="complaint.reference", allow_null=True, default=None)
    version = serializers.IntegerField()
    available_steps = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_narrative(self, row: Contact) -> str | None:
        """Give what was said, while it waits, or what it added to its complaint; what came by a code of one contact alone."""
        user = self.context["request"].user
        if row.narrative == UNSAID and self.context["view"].action != "list":
            row = opened_for(row, user)
        return row.narrative if user.may("identity.read") else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_subject(self, row: Contact) -> str | None:
        """Give the subject of a letter, which may name somebody."""
        return row.subject if self.context["request"].user.may("identity.read") else None

    @extend_schema_field(StepShown(many=True))
    def get_available_steps(self, row: Contact) -> list[dict[str, Any]]:
        """List the steps the reader may take now."""
        shown = steps_shown(CONTACT, row, self.context["request"].user)
        return [step for step in shown if step["step"] != NAMES]


@extend_schema_view(
    create=extend_schema(request=ContactSaidSerializer, responses={201: InboxContactSerializer}),
    steps=extend_schema(request=ContactStep, responses={200: InboxContactSerializer}),
)
class ContactApi(CodeMixin, HeldMixin, ListingMixin, StepsMixin, Api):
    """Contacts: list, filter, page, show, log, their steps, of several held apart at once, and entering their lists of names."""

    permission = "contact.read"
    permissions: ClassVar = {
        **dict.fromkeys(("create", "names", "names_likely"), "contact.triage"),
        "several": HELD,
        "code": OPENS,
    }
    queryset = Contact.objects.all()
    serializer_class = InboxContactSerializer
    filterset_class = ContactFilter
    sorts: ClassVar = Contact.SORTS
    workflow = CONTACT
    step_said = ContactStep

    def get_queryset(self) -> QuerySet[Contact]:
        """Return contacts through the scope, with their complaint."""
        rows: QuerySet[Contact] = super().get_queryset().for_list()
        return rows

    def retrieve(self, request: Request, reference: str) -> Response:
        """Show one; what waits in it by a code was shown from now on."""
        row = opened_for(self.get_object(), request.user)
        self.audit("read", row)
        answer = self.get_serializer(row).data
        mark_waiting_shown(row, request.user)
        return Response(answer)

    def create(self, request: Request) -> Response:
        """Log a call or message; the same key with the same body answers the same contact."""
        said = {name: value for name, value in self.said(ContactSaidSerializer).items() if value not in (None, "")}
        reporter = said.pop("reporter", None)
        key = request.headers.get("Idempotency-Key", "").strip() or uuid4().hex
        told = ContactSaid(
            came=came_said(said), **said, reporter=reporter_said(reporter) if reporter is not None else None
        )
        contact, _made = log_contact(told, by=request.user, key=key)
        return created(self.answer(contact, look=True))

    def advance(self, row: Contact, step: str, **said: Any) -> Contact:
        """Take the step through the service the pages use."""
        return advance_contact(row, step, **said)


COLLECTIONS = (("contacts", ContactApi, "contact"),)
