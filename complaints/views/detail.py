"""The page of one complaint, and its people."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from complaints.models import Complaint, Handling, Status
from complaints.presenters import answers, attempts
from complaints.presenters import page as words
from complaints.presenters.story import NEWEST, newest, part_links, part_of
from complaints.services import may_change_facts, named_handlers
from complaints.services.attempts import times_tried
from complaints.services.kept_signs import cut_of
from complaints.views.base import RecordPage, suspects_of
from core import glyphs
from core.paging import capped_count, page_of
from core.templatetags.sangkroh import IN_A_LEDGER
from people.presenters import names_of
from suspects.models import Suspect
from suspects.presenters.suspects import row_of as suspect_row
from victims.models import Victim
from victims.presenters import in_ledger_order, marks_of, row_of
from workflow.leading import led_on
from workflow.models import Edit, Transition
from workflow.story import as_items

ON_PAGE = 25
FEW_SUSPECTS = 10
READS_FIRST = {Status.NEW, Status.ACKNOWLEDGED, Status.VERIFYING, Status.INFORMATION_NEEDED}


class ComplaintDetail(RecordPage):
    """Where a complaint stands and what is next; at most 15 queries however long its story."""

    def seen(self) -> Any:
        """Bring along which facts were ever changed, how often it was tried to learn more, and the last word told."""
        edits = Edit.objects.filter(complaint_id=OuterRef("pk"), object_id=OuterRef("pk")).values("field").distinct()
        seen = (
            super()
            .seen()
            .with_answering(self.request.user)
            .annotate(changed=ArraySubquery(edits), last_word_at=answers.last_word(), has_code=answers.has_code())
        )
        return seen.annotate(**times_tried("pk"))

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint: Any = self.fetch(reference)
        if complaint.merged_into_id:
            return led_on("complaints:detail", complaint, request.user)
        user: Any = request.user
        people = list(people_of(complaint, user)[: IN_A_LEDGER + 1])
        listed = suspects_of(complaint, user).order_by("received_at", "id")[: FEW_SUSPECTS + 1]
        suspects = list(listed) if user.may("suspect.read") else []
        taken, steps = words.steps_told(complaint, NEWEST + 1)
        return self.render(
            "complaints/detail.html",
            {
                **self.frame(complaint, "detail", len(suspects) if len(suspects) <= FEW_SUSPECTS else None),
                **self.standing(complaint, taken),
                **self.people(complaint, people),
                **self.story(complaint, [*people, *suspects], steps),
                **self.suspects(complaint, suspects),
                **self.walls(complaint),
                **self.information(complaint),
                "facts": words.facts(complaint, user, others_at_site(complaint, user), complaint.changed),
                "cut": cut_of(complaint, user),
                "may_change": may_change_facts(complaint, request.user),
            },
        )

    def standing(self, complaint: Complaint, taken: words.Taken) -> dict[str, Any]:
        """Return step line, next step and clock."""
        title, sentence = words.next_words(complaint, taken)
        running = complaint.status != Status.CLOSED
        return {
            "line": words.step_line(complaint, taken),
            "next_title": title,
            "next_words": sentence,
            "clock_start": complaint.clock_from if running else None,
            "reads_first": complaint.status in READS_FIRST,
        }

    def people(self, complaint: Complaint, people: list[Victim]) -> dict[str, Any]:
        """Return marks and the first rows of the people."""
        user = self.request.user
        ordered = in_ledger_order(people)
        return {
            "marks": marks_of(ordered, user),
            "people": [row_of(victim, user) for victim in ordered[:ON_PAGE]],
            "n_people": complaint.n_people + complaint.n_found_unreported,
            "n_unlisted": complaint.n_reported - complaint.n_people,
            "may_add": user.may("victim.add") and complaint.status != Status.CLOSED,  # type: ignore[union-attr]
        }

    def suspects(self, complaint: Complaint, found: list[Suspect]) -> dict[str, Any]:
        """Return the first suspects."""
        user: Any = self.request.user
        return {
            "suspects": [suspect_row(suspect, user) for suspect in found[:FEW_SUSPECTS]],
            "more_suspects": len(found) > FEW_SUSPECTS,
            "reads_suspects": user.may("suspect.read"),
            "may_add_suspect": user.may("suspect.add") and complaint.status != Status.CLOSED,
        }

    def story(self, complaint: Complaint, known: list[Any], steps: list[Transition]) -> dict[str, Any]:
        """Return the newest lines of the part of the story that is asked for."""
        user, part = self.request.user, part_of(self.request.GET)
        named = {
            row.pk: (names_of(row.person, user)[0] or row.reference, f"/{room}/{row.reference}/")
            for row in known
            for room in ("victims" if isinstance(row, Victim) else "suspects",)
        }
        lines, older = newest(complaint, user, named, part, steps)
        url = reverse("complaints:detail", args=[complaint.reference])
        parts = part_links(part, url, "#story")
        return {"timeline": as_items(lines), "older": older, "part": part, "story_parts": parts}

    def information(self, complaint: Any) -> dict[str, Any]:
        """Return what is missing and how much was tried, while that matters."""
        if complaint.status not in attempts.ASKING:
            return {}
        return {
            "missing": attempts.missing_words(complaint),
            "next_attempt": attempts.next_words(complaint),
            "overdue": attempts.is_overdue(complaint),
            "tried": attempts.times_words(complaint.n_attempts, complaint.n_attempt_days),
        }

    def walls(self, complaint: Complaint) -> dict[str, Any]:
        """Return who handles a national-led or sealed complaint, and how many can see a sealed one."""
        if complaint.handling == Handling.PROVINCIAL:
            return {}
        handlers = [grant.user for grant in named_handlers(complaint)]
        found: dict[str, Any] = {"handlers": handlers}
        found["may_name"] = self.request.user.may("complaint.name_handler")  # type: ignore[union-attr]
        if complaint.handling == Handling.SEALED:
            found["n_see"] = len(handlers) + User.objects.active().filter(role="integrity").count()
        return found


class ComplaintPeople(RecordPage):
    """Everybody in one complaint, 50 at a time."""

    permission = "victim.read"
    part = "people"

    def seen(self) -> Any:
        """Bring along whether the reader answers for the complaint, and so may refer its people."""
        return super().seen().with_answering(self.request.user)

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint, term = self.fetch(reference), request.GET.get("counted", "")
        people = people_of(complaint, request.user)
        if term in complaint.ledger:
            people = people.counted_as(term)
        page = page_of(people, request.GET, Victim.SORTS)  # type: ignore[arg-type]
        rows = [row_of(victim, request.user) for victim in page.rows]
        may_add = request.user.may("victim.add") and complaint.status != Status.CLOSED  # type: ignore[union-attr]
        left_out = complaint.n_reported - complaint.n_people if term in {"", "reported", "sought"} else 0
        data = {"people": rows, "page": page, "may_add": may_add, "unlisted": left_out if not page.next else 0}
        data["counted"] = counted_tabs(complaint, term)
        return self.render("complaints/people.html", {**self.frame(complaint, "people"), **data})


def counted_tabs(complaint: Complaint, term: str) -> list[dict[str, Any]]:
    """Return the terms of the ledger that count somebody as tabs, with their numbers; all people first."""
    url, ledger = reverse("complaints:people", args=[complaint.reference]), complaint.ledger
    words = {
        "reported": _("Reported"),
        "sought": _("Still sought"),
        "found_unreported": _("Found without having been reported"),
    }
    found = [{"label": _("All"), "url": url, "current": term not in ledger}]
    return found + [
        {
            "label": words.get(name) or glyphs.SIGNS[name].word,
            "url": f"{url}?counted={name}",
            "count": n,
            "current": name == term,
        }
        for name, n in ledger.items()
        if n or name == term
    ]


class ComplaintSuspects(RecordPage):
    """Every suspect of one complaint, 50 at a time."""

    permission = "suspect.read"
    part = "suspects"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint, user = self.fetch(reference), request.user
        page = page_of(suspects_of(complaint, user), request.GET, Suspect.SORTS)
        may_add = user.may("suspect.add") and complaint.status != Status.CLOSED  # type: ignore[union-attr]
        data = {"suspects": [suspect_row(row, user) for row in page.rows], "page": page, "may_add_suspect": may_add}
        return self.render("complaints/suspects_page.html", {**self.frame(complaint, "suspects"), **data})


def people_of(complaint: Complaint, user: Any) -> Any:
    """Return the people in a complaint, with their names; two queries."""
    seen = complaint.victims.visible_to(user).live()  # type: ignore[attr-defined]
    return seen.select_related("person").prefetch_related("person__names").order_by("-received_at", "-id")


def others_at_site(complaint: Complaint, user: Any) -> int:
    """Count the other complaints about the same site, of those the reader may see."""
    if complaint.site_id is None:
        return 0
    others = Complaint.objects.visible_to(user).live().filter(site=complaint.site_id).exclude(pk=complaint.pk)
    return capped_count(others)
