"""What pages show of a suspect at court: charges, how the court holds them, the verdict, hearings, co-suspects."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import display
from suspects.models import AppealBy, CaseFile, Charge, Hearing, HearingStatus, Restraint, Suspect, SuspectStatus
from suspects.presenters.suspects import row_of, status_words
from suspects.services.hearings import AT_COURT, may_set

MOST = 12
MOST_TOGETHER = 30


def with_court(rows: Any, user: Any) -> Any:
    """Bring along charges and hearings of suspects, in two queries however many rows."""
    charges = Charge.objects.standing().select_related("article").order_by("charged_on", "recorded_at", "pk")
    hearings = Hearing.objects.visible_to(user).live().select_related("court").order_by("at", "pk")
    return rows.prefetch_related(
        Prefetch("charges", charges, to_attr="standing"), Prefetch("hearings", hearings, to_attr="sittings")
    )


def months(n: int) -> str:
    """Say a number of months; what is written for life is said so."""
    if n == 999:
        return _("prison for life")
    return ngettext("%(n)s month", "%(n)s months", n) % {"n": display.number(n)}


def riel(n: int) -> str:
    """Say an amount."""
    return _("%(n)s riel") % {"n": display.number(n)}


def is_judged(suspect: Suspect) -> bool:
    """Say whether the first instance is over."""
    return suspect.verdict_on is not None


def sentence_of(suspect: Suspect) -> str:
    """Say the prison of a sentence, and what of it is suspended; "no prison" where the court gave none."""
    if suspect.status != SuspectStatus.CONVICTED:
        return ""
    if not suspect.prison_months:
        return _("no prison")
    said = months(suspect.prison_months)
    if suspect.suspended_months:
        return _("%(months)s, of these %(suspended)s suspended") % {
            "months": said,
            "suspended": months(suspect.suspended_months),
        }
    return said


def verdict_of(suspect: Suspect) -> str:
    """Say how a suspect was judged, in a line; empty before."""
    if not is_judged(suspect):
        return ""
    said = [status_words(suspect), _("in absentia") if suspect.in_absentia else "", sentence_of(suspect)]
    return ", ".join(part for part in said if part)


def charge_rows(charges: Iterable[Charge]) -> list[dict[str, str]]:
    """Return the charges: the article, its law, since when, and what became of it."""
    return [
        {
            "article": f"{display.digits(charge.article.number)}. {charge.article.title}",
            "law": charge.article.law,
            "kind": _("trafficking") if charge.article.is_trafficking else _("another law"),
            "day": "" if charge.is_lesser else display.day(charge.charged_on),
            "result": str(charge.get_result_display()) if charge.result else "",
        }
        for charge in charges
    ]


def hearing_row(hearing: Hearing, user: Any) -> dict[str, Any]:
    """Return a hearing; free words are for who may know identities."""
    words = user.may("identity.read")
    return {
        "hearing": hearing,
        "when": display.moment(hearing.at),
        "day": display.day(hearing.at, "short"),
        "hour": display.hour(hearing.at),
        "kind": str(hearing.get_kind_display()),
        "court": hearing.court.name,
        "room": hearing.room if words else "",
        "result": hearing.result if words else "",
        "status": str(hearing.get_status_display()),
        "is_set": hearing.status == HearingStatus.SET,
        "is_past": hearing.at < timezone.now(),
    }


def next_of(hearings: Iterable[Hearing]) -> Hearing | None:
    """Return the next hearing that is set, of hearings in their order."""
    now = timezone.now()
    return next((row for row in hearings if row.status == HearingStatus.SET and row.at >= now), None)


def next_words(hearings: Iterable[Hearing]) -> str:
    """Say when the next hearing is."""
    found = next_of(hearings)
    return _("Next hearing %(when)s") % {"when": display.moment(found.at, "short")} if found else ""


def _held(suspect: Suspect) -> list[dict[str, Any]]:
    """Return how the court holds or held somebody; one query."""
    rows = Restraint.objects.standing().filter(suspect=suspect).order_by("since", "recorded_at")
    found = []
    for row in rows:
        until = display.day(row.ended_on) if row.ended_on else ""
        days = _("%(first)s to %(last)s") if until else _("since %(first)s")
        ordered = _("ordered until %(day)s") % {"day": display.day(row.ordered_until)} if row.ordered_until else ""
        said = days % {"first": display.day(row.since), "last": until}
        found.append({"key": row.get_kind_display(), "value": said, "second": ordered})
    return found


def _confiscated(suspect: Suspect, *, words: bool) -> str:
    """Say things and money; the things are words, for who may know identities."""
    money = [riel(suspect.confiscated_riel)] if suspect.confiscated_riel else []
    if suspect.confiscated_usd:
        money.append(_("%(n)s US dollars") % {"n": display.number(suspect.confiscated_usd)})
    return "; ".join([*filter(None, [suspect.confiscated if words else ""]), *money])


def court_facts(suspect: Suspect, user: Any) -> list[dict[str, Any]]:
    """Return what the court did, in its order; one query where somebody was charged."""
    words = user.may("identity.read")
    verdict = _("%(verdict)s, in absentia") if suspect.in_absentia else "%(verdict)s"
    amounts = {"fine": suspect.fine_riel, "compensation": suspect.compensation_riel}
    paid = {name: riel(amount) if amount else "" for name, amount in amounts.items()}
    facts = [
        {"key": _("Charged on"), "value": display.day(suspect.charged_on)},
        *(_held(suspect) if suspect.charged_on else []),
        {"key": _("On trial since"), "value": display.day(suspect.on_trial_on)},
        {
            "key": _("Verdict of the first instance"),
            "value": verdict % {"verdict": suspect.get_status_display()} if is_judged(suspect) else "",
            "second": display.day(suspect.verdict_on),
        },
        {"key": _("Prison"), "value": sentence_of(suspect)},
        {"key": _("Fine"), "value": paid["fine"]},
        {"key": _("Compensation to victims"), "value": paid["compensation"]},
        {"key": _("Confiscated"), "value": _confiscated(suspect, words=words)},
        {"key": _("Settled out of court on"), "value": display.day(suspect.settled_on)},
        {
            "key": _("Appealed on"),
            "value": display.day(suspect.appealed_on),
            "second": AppealBy(suspect.appealed_by).label if suspect.appealed_by else "",
        },
    ]
    return [fact for fact in facts if fact["value"]]


def court_of(suspect: Suspect, user: Any) -> dict[str, Any]:
    """Return the card of the court for the page of a suspect; nothing before they were sent there. Three queries."""
    if suspect.status not in AT_COURT:
        return {}
    charges = Charge.objects.standing().filter(suspect=suspect).select_related("article")
    hearings = Hearing.objects.visible_to(user).live().filter(suspect=suspect).select_related("court").order_by("at")
    rows = [hearing_row(hearing, user) for hearing in hearings[:MOST]]
    return {
        "charges": charge_rows(charges.order_by("charged_on", "recorded_at", "pk")),
        "facts": court_facts(suspect, user),
        "hearings": [row for row in rows if row["is_set"]],
        "earlier": sum(not row["is_set"] for row in rows),
        "url": reverse("suspects:hearings", args=[suspect.reference]),
        "may_set": may_set(suspect, user),
    }


def beside(suspect: Suspect, files: list[CaseFile], user: Any) -> list[dict[str, Any]]:
    """Return the co-suspects: of the case files the reader may see, the suspects the reader may see. Two queries or none."""
    return [
        {"row": row_of(other, user), "status": verdict_of(other) or status_words(other)}
        for other in co_suspects(suspect, files, user)
    ]


def co_suspects(suspect: Suspect, files: list[CaseFile], user: Any) -> list[Suspect]:
    """Return them as rows, the first thirty by reference."""
    if not files:
        return []
    joined = CaseFile.suspects.through._default_manager.filter(casefile__in=files).values("suspect")
    seen = Suspect.objects.visible_to(user).live().filter(pk__in=joined).exclude(pk=suspect.pk)
    return list(seen.select_related("person").prefetch_related("person__names").order_by("reference")[:MOST_TOGETHER])
