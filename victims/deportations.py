"""What pages show of a deportation: facts, reviews, and how loudly the person is protected."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import display
from people.presenters import about, lang_of, names_of
from victims.deportation_workflow import DEPORTATION
from victims.models import Decision, Deportation, DeportationReview, DeportationStatus
from victims.returns import button
from victims.services.deportation import newest_review, protects
from workflow.services import available_steps


@dataclass(frozen=True, slots=True)
class DeportationRow:
    """A deportation in a list, as flat strings; `review` is loud where the person is protected and nobody reviewed it."""

    reference: str
    url: str
    name: str
    name_lang: str
    about: str
    status: str
    day: str
    reason: str
    review: str
    is_loud: bool


def row_of(row: Any, user: Any) -> DeportationRow:
    """Prepare one deportation; `with_protection` was asked for, the person fetched along."""
    victim, name = row.victim, names_of(row.victim.person, user)[0]
    found = str(DeportationReview.Finding(row.finding).label) if row.finding else ""
    return DeportationRow(
        reference=row.reference,
        url=reverse("deportations:detail", args=[row.reference]),
        name=name or (_("Name not known") if user.may("identity.read") else victim.reference),
        name_lang=lang_of(name),
        about=about(victim.person) or "—",
        status=str(row.get_status_display()),
        day=display.day(row.carried_out_on or row.ordered_on, "short"),
        reason=str(row.get_reason_display()),
        review=_("Protected, not reviewed") if row.awaits_review else found or "—",
        is_loud=bool(row.is_protected and row.status != DeportationStatus.STOPPED),
    )


def loud_words(row: Deportation) -> dict[str, str]:
    """Say that non-punishment protects the person, and how the review stands; empty where nothing protects them."""
    if row.status == DeportationStatus.STOPPED or not protects(row.victim.person_id):
        return {}
    review = newest_review(row)
    if row.status == DeportationStatus.CARRIED_OUT:
        title = _("A person who is protected was deported")
    else:
        title = _("A person who is protected is to be deported")
    words = _(
        "They were found and are not cleared (%(decision)s). Somebody at the ministry outside the province reviews whether "
        "they may be deported at all; without it the integrity officer reads why. A deportation is no return."
    )
    said = words % {"decision": Decision(row.victim.decision).label}
    found = display.told(_("Non-punishment review"), review.get_finding_display()) if review else ""
    return {"title": title, "text": said, "review": found}


def facts_of(row: Deportation, user: Any) -> list[dict[str, Any]]:
    """Return what the order says; free text is for who may know identities."""
    identity = user.may("identity.read")
    return [
        {"key": _("Authority"), "value": row.authority if identity else ""},
        {"key": _("Number of the order"), "value": row.order_number if identity else ""},
        {"key": _("Day of the order"), "value": display.day(row.ordered_on)},
        {"key": _("Reason"), "value": row.get_reason_display()},
        {"key": _("Carried out on"), "value": display.day(row.carried_out_on)},
        {"key": _("Identified when it was recorded"), "value": Decision(row.decision_then).label},
        {"key": _("Recorded by"), "value": row.recorded_by.display_name},
        {"key": _("Reference"), "value": row.reference},
    ]


def reviews_of(row: Deportation, user: Any) -> list[dict[str, Any]]:
    """Return reviews and overrides, newest first; reasons for who may know identities. One query."""
    words = user.may("identity.read")
    rows = DeportationReview.objects.filter(deportation=row).with_lapse().select_related("by").order_by("-at")
    over, no_review = _("counts no more: the person was decided on since"), DeportationReview.Finding.OVERRIDDEN
    return [
        {
            "key": one.get_finding_display(),
            "value": f"{one.by.display_name}, {display.moment(one.at, 'short')}"
            + (f" ({over})" if one.is_lapsed and one.finding != no_review else ""),
            "second": one.why if words else "",
        }
        for one in rows
    ]


def frame(row: Deportation, user: Any) -> dict[str, Any]:
    """Return what every page of the deportation shows."""
    name = names_of(row.victim.person, user)[0]
    seen = type(row.complaint).objects.visible_to(user).filter(pk=row.complaint_id)
    return {
        "row": row,
        "name": name or (_("Name not known") if user.may("identity.read") else row.victim.reference),
        "name_lang": lang_of(name),
        "about": about(row.victim.person),
        "complaint": row.complaint if seen.exists() else None,
        "person_url": reverse("victims:detail", args=[row.victim.reference]),
        "facts": facts_of(row, user),
        "steps": [button(row, step, "deportations:step") for step in available_steps(DEPORTATION, row, user)],
    }
