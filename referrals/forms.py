"""What is typed to send referrals, to report as a partner, and to open a link."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, MomentField, Rows
from core.typed import Choice, Typed, Whole, Words
from partners.models import Partner, PartnerKind, Service
from provinces.models import Province
from referrals.models import Referral, ReferralKind
from referrals.services.change import changeable
from referrals.shown import facts_for, typed_for

HINTS = {
    "needs_tonight": _("Bed, food, clothes, medicine, an interpreter"),
    "language": _("The language the person speaks best"),
    "health": _("Only what the receiver needs to know to keep the person safe"),
    "papers": _("Which the person has, which are missing"),
    "brought_by": _("Name and telephone"),
    "message": _("What you ask for, in a few words. No story: the receiver needs none."),
    "contact": _("Name and telephone of who answers questions"),
    "placement_paper": _("Only of a child. Left empty it says “missing”, to the shelter too."),
}
KIND_HINTS = {
    "referral": _("They help, we stay responsible"),
    "transfer": _("They become responsible once they accept"),
}
LONG = ("message", "needs_tonight", "health")


class SendForm(Typed):
    """One or several people, or a complaint, for one receiver: asks what this kind of receiver reads, and nothing else."""

    to = Words(widget=forms.HiddenInput)
    after = Words(widget=forms.HiddenInput)
    idempotency_key = Words(widget=forms.HiddenInput)

    def __init__(
        self,
        receiver: Partner | Province,
        *,
        of_person: bool,
        may_transfer: bool,
        several: bool = False,
        data: Any = None,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        kind = receiver.kind if isinstance(receiver, Partner) else "province"
        self.typed = typed_for(kind, of_person=of_person, several=several)
        if kind == "province" and not of_person and may_transfer:
            self.fields["kind"] = Choice(ReferralKind.choices, label=_("What is it?"), widget=Rows(hints=KIND_HINTS))
        for name in self.typed:
            self.fields[name] = self._field(name, kind, of_person=of_person)
        if kind == PartnerKind.HOSPITAL and of_person:
            self.fields["emergency"] = forms.BooleanField(
                label=_("Emergency: a life is at stake and the person cannot be asked"),
                help_text=_("Sent without consent. The supervisors are told."),
                required=False,
            )

    def _field(self, name: str, kind: str, *, of_person: bool) -> forms.Field:
        model = Referral._meta.get_field(name)
        label = labels(kind, of_person=of_person).get(name, model.verbose_name)
        if name == "brought_at":
            return MomentField(label=_("When the person is brought"), required=False)
        widget = forms.Textarea({"rows": 3}) if name in LONG else None
        return Words(label=label, help_text=HINTS.get(name, ""), **({"widget": widget} if widget else {}))

    @property
    def questions(self) -> list[Any]:
        """Return the bound fields in the order of the table."""
        shown = [name for name in ("kind", *self.typed, "emergency") if name in self.fields]
        return [self[name] for name in shown]

    def values(self) -> dict[str, Any]:
        """Return what the service takes."""
        said = {name: self.cleaned_data.get(name) for name in self.typed}
        found = {name: value for name, value in said.items() if value not in (None, "")}
        if kind := self.cleaned_data.get("kind"):
            found["kind"] = kind
        return {**found, **({"emergency": True} if self.cleaned_data.get("emergency") else {})}

    def take(self, errors: dict[str, list[str]]) -> None:
        """Put the service's messages at their fields."""
        for name, texts in errors.items():
            self.add_error(name if name in self.fields and name not in ("to", "after") else None, texts)


class ChangeForm(SendForm):
    """What was shared, to be corrected and completed: only what this receiver reads, under the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)

    def __init__(self, referral: Referral, data: Any = None) -> None:
        self.names = changeable(referral)
        receiver: Any = referral.to_partner or referral.to_province
        first = {name: getattr(referral, name) for name in (*self.names, "version")}
        super().__init__(
            receiver, of_person=referral.victim_id is not None, may_transfer=False, data=data, initial=first
        )
        for name in set(self.fields) - {*self.names, "version"}:
            del self.fields[name]

    @property
    def questions(self) -> list[Any]:
        """Return the bound fields in the order of the table."""
        return [self[name] for name in self.names]

    def changes(self) -> dict[str, Any]:
        """Return every field as it stands in the form: an emptied one empties."""
        said = {name: self.cleaned_data.get(name) for name in self.names}
        return {name: "" if value is None and name != "brought_at" else value for name, value in said.items()}


def labels(kind: str, *, of_person: bool) -> dict[str, Any]:
    """Return how the form calls its fields for a kind of receiver."""
    facts = facts_for(kind, of_person=of_person) if kind != "province" else ()
    return {fact.typed: fact.label for fact in facts if fact.typed and fact.typed != "brought_by"}


class ReportForm(Typed):
    """What a partner tells the ministry."""

    narrative = Words(
        label=_("What happened, to whom, where?"),
        help_text=_("As much as you know: the building, the floor, how many people, when you last heard of them."),
        widget=forms.Textarea({"rows": 8}),
    )
    number = Whole(label=_("How many people?"), help_text=_("Leave it empty if you do not know"))
    contact = Words(label=_("Whom may we ask?"), help_text=_("Name and telephone of who answers questions"))
    idempotency_key = Words(widget=forms.HiddenInput)


class CodeForm(Typed):
    """The one-time code."""

    code = Words(
        label=_("One-time code"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "16"}),
    )


class CareForm(Typed):
    """One service given to a person."""

    service = Choice([("", _("Choose")), *Service.choices], label=_("Service"))
    from_on = DayField(label=_("From"), help_text=_("Leave it empty for today."), required=False)
    until_on = DayField(label=_("Until"), help_text=_("Leave it empty while it goes on."), required=False)
    note = Words(label=_("Note"))
    idempotency_key = Words(widget=forms.HiddenInput, initial=lambda: uuid4().hex)

    def take(self, errors: dict[str, list[str]]) -> None:
        """Put the service's messages at their fields."""
        for name, texts in errors.items():
            self.add_error(name if name in self.fields and name != "idempotency_key" else None, texts)
