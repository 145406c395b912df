"""What pages say of consent and of who stands by a child."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import display
from victims.answers import answers_of, every_answer, told_to
from victims.guardians import guardian_of
from victims.models import Consent, ConsentFor, Guardian, Victim
from victims.services.consent import may_record_consent

MOST = 100


def consent_rows(victim: Victim, user: Any) -> list[dict[str, Any]]:
    """Return the answer that holds for each purpose the person was asked for anywhere, in the order of the form.

    One query; two where the person was asked in another complaint too.
    """
    kept = answers_of(victim, user)
    told = told_to(user, victim, kept.values())
    return [
        {"key": label, "value": row.get_answer_display(), "second": _asked(row, told=row.pk in told)}
        for purpose, label in ConsentFor.choices
        if (row := kept.get(purpose)) is not None
    ]


def _asked(row: Consent, *, told: bool) -> str:
    if not told:
        return ", ".join((display.day(row.asked_on), _("recorded elsewhere")))
    alone = _("alone") if row.asked_alone else _("not alone")
    return ", ".join((display.day(row.asked_on), alone, row.by.display_name))


def history_of(victim: Victim, user: Any) -> list[dict[str, Any]]:
    """Return every answer of the person, newest first; words for who reads identities. Queries as `consent_rows`."""
    words, rows = user.may("identity.read"), every_answer(victim, MOST, user)
    told = told_to(user, victim, rows)
    return [
        {
            "row": row,
            "asked": _asked(row, told=row.pk in told),
            "language": row.asked_language if row.pk in told else "",
            "note": row.note if words and row.pk in told else "",
        }
        for row in rows
    ]


def guardian_facts(victim: Victim, user: Any) -> list[dict[str, Any]]:
    """Return who stands and stood by the child, newest first; names and words for who reads identities. One query."""
    words = user.may("identity.read")
    rows = Guardian.objects.filter(victim=victim).select_related("by").order_by("-recorded_at", "-id")[:MOST]
    return [
        {
            "row": row,
            "name": row.name if words else "",
            "view": row.own_view if words else "",
            "language": row.view_language,
        }
        for row in rows
    ]


def care_of(victim: Victim, user: Any) -> dict[str, Any]:
    """Return consent and guardian for the page of the person; a query each, none for nobody found."""
    may = may_record_consent(victim, user)
    found = may or victim.rescued_on is not None or victim.found_unreported
    if not found:
        return {}
    args = [victim.reference]
    care: dict[str, Any] = {
        "consent": consent_rows(victim, user),
        "consent_url": reverse("victims:consent", args=args) if may else "",
        "is_child": victim.is_child,
    }
    if care["is_child"]:
        guardian = guardian_of(victim)
        identity = user.may("identity.read")
        care["guardian"] = guardian
        care["guardian_name"] = guardian.name if guardian and identity else ""
        care["guardian_url"] = reverse("victims:guardian", args=args) if may else ""
    return care
