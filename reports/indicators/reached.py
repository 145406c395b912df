"""How far complaints and suspects have come, as known now: each under the last thing that it reached."""

from django.db.models import Case, CharField, Q, Value, When
from django.utils.translation import gettext_lazy as _

from complaints.models import Outcome, Status
from reports.indicators.registry import Split
from suspects.models import SuspectStatus

TRUE = (Outcome.SUBSTANTIATED, Outcome.PARTLY)
COMPLAINTS = {
    "received": _("received, not acknowledged"),
    "acknowledged": _("acknowledged, no outcome yet"),
    "decided": _("with another outcome"),
    "confirmed": _("substantiated, at least partly"),
}
SUSPECTS = {
    "arrested": _("arrested, not sent to court"),
    "sent_to_court": _("sent to court, not charged"),
    "charged": _("charged, not convicted"),
    "convicted": _("convicted"),
}
LABEL = _("How far it has come")


def of_complaints() -> Split:
    """Split complaints by receipt, acknowledgement, outcome, and whether the outcome says that it is true."""
    column = Case(
        When(outcome__in=TRUE, then=Value("confirmed")),
        When(~Q(outcome=""), then=Value("decided")),
        When(status=Status.NEW, then=Value("received")),
        default=Value("acknowledged"),
        output_field=CharField(),
    )
    return Split("reached", LABEL, column, lambda _values: COMPLAINTS, aside=True)


def of_suspects() -> Split:
    """Split suspects by arrest, hand-over to the prosecutor, charge and conviction at first instance."""
    column = Case(
        When(status=SuspectStatus.CONVICTED, then=Value("convicted")),
        When(charged_on__isnull=False, then=Value("charged")),
        When(sent_to_court_on__isnull=False, then=Value("sent_to_court")),
        default=Value("arrested"),
        output_field=CharField(),
    )
    return Split("reached", LABEL, column, lambda _values: SUSPECTS, aside=True)
