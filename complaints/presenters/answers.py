"""What the pages say of the words to the reporter."""

from typing import Any

from django.db.models import Exists, Max, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from complaints.models import Complaint, PublicReport, ReporterAnswer
from complaints.services.answers import may_answer
from core import display
from people.presenters import names_of

MOST = 100


def last_word() -> Subquery:
    """Return when the reporter was last told something, as a column of complaints."""
    told = ReporterAnswer.objects.filter(complaint=OuterRef("pk")).order_by().values("complaint")
    return Subquery(told.annotate(last=Max("happened_at")).values("last"))


def waits_words(complaint: Complaint) -> str:
    """Say when the reporter was last told something, and until when the next word is due."""
    last = getattr(complaint, "last_word_at", None)
    words = _("Last word: %(day)s.") % {"day": display.day(last)} if last else ""
    limit = complaint.answer_due_at
    if limit is None:
        return words
    if limit < timezone.now():
        return display.sentences(words, _("Without a word for too long, since %(day)s.") % {"day": display.day(limit)})
    return display.sentences(words, _("The next word is due by %(day)s.") % {"day": display.day(limit)})


def link(complaint: Complaint) -> Any:
    """Return the way to the words that were told."""
    url = reverse("complaints:answers", args=[complaint.reference])
    told = format_html('<a href="{}">{}</a>', url, _("What was told"))
    if not getattr(complaint, "has_code", False):
        return told
    url = reverse("complaints:messages", args=[complaint.reference])
    return format_html('{} <a href="{}">{}</a>', told, url, _("Messages"))


def has_code() -> Exists:
    """Return whether somebody who reported may come back by a code, as a column of complaints."""
    return Exists(PublicReport.objects.filter(contact__complaint=OuterRef("pk")))


def answer_rows(complaint: Complaint, user: Any) -> list[dict[str, Any]]:
    """Return the words told, newest first; notes and who is safe for who speaks to the reporter."""
    rows = ReporterAnswer.objects.visible_to(user).filter(complaint=complaint).select_related("by", "victim__person")
    speaks = may_answer(user)
    return [
        {
            "row": row,
            "note": row.note if speaks else "",
            "safe": _safe(row, user) if speaks else "",
            "late": (row.recorded_at - row.happened_at).days >= 1,
        }
        for row in rows.prefetch_related("victim__person__names").order_by("-happened_at", "-id")[:MOST]
    ]


def _safe(row: ReporterAnswer, user: Any) -> str:
    if row.victim is None:
        return ""
    names = names_of(row.victim.person, user)
    return names[0] if names and names[0] else str(row.victim.reference)


def safe_choices(people: list[Any], user: Any) -> list[tuple[str, str]]:
    """Return the people of whom it may be said that they are safe, as choices."""
    return [(victim.reference, names_of(victim.person, user)[0] or victim.reference) for victim in people]
