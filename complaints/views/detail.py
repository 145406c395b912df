"""The page of one complaint, its people and its history."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User
from complaints.models import Complaint, Handling, Status
from complaints.presenters import page as words
from complaints.presenters.rows import clock_start, hours_allowed
from complaints.presenters.story import newest, page_of_story
from complaints.services import may_change_facts, named_handlers
from complaints.views.base import RecordPage, suspects_of
from core.paging import capped_count, page_of
from core.templatetags.sangkroh import IN_A_LEDGER
from people.presenters import names_of
from suspects.models import Suspect
from suspects.presenters.suspects import row_of as suspect_row
from victims.models import Victim
from victims.presenters import in_ledger_order, marks_of, row_of
from workflow.story import as_items

ON_PAGE = 25
FEW_SUSPECTS = 10
READS_FIRST = {Status.NEW, Status.ACKNOWLEDGED, Status.VERIFYING, Status.INFORMATION_NEEDED}


class ComplaintDetail(RecordPage):
    """Where a complaint stands and what is next; at most 15 queries however long its story."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint = self.fetch(reference)
        if complaint.merged_into_id:
            return redirect("complaints:detail", complaint.merged_into.reference)  # type: ignore[union-attr]
        user: Any = request.user
        people = list(people_of(complaint, user)[: IN_A_LEDGER + 1])
        listed = suspects_of(complaint, user).order_by("received_at", "id")[: FEW_SUSPECTS + 1]
        suspects = list(listed) if user.may("suspect.read") else []
        return self.render(
            "complaints/detail.html",
            {
                **self.frame(complaint, "detail"),
                **self.standing(complaint),
                **self.people(complaint, people),
                **self.story(complaint, people, suspects),
                **self.suspects(complaint, suspects),
                **self.walls(complaint),
                "facts": words.facts(complaint, request.user, others_at_site(complaint, request.user)),
                "may_change": may_change_facts(complaint, request.user),
            },
        )

    def standing(self, complaint: Complaint) -> dict[str, Any]:
        """Return step line, next step and clock."""
        taken = words.taken_steps(complaint)
        title, sentence = words.next_words(complaint, taken)
        running = complaint.status != Status.CLOSED
        return {
            "line": words.step_line(complaint, taken),
            "next_title": title,
            "next_words": sentence,
            "clock_start": clock_start(complaint, hours_allowed()) if running else None,
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

    def story(self, complaint: Complaint, people: list[Victim], suspects: list[Suspect]) -> dict[str, Any]:
        """Return the newest lines of the timeline."""
        user = self.request.user
        named = {
            row.pk: (names_of(row.person, user)[0] or row.reference, f"/{room}/{row.reference}/")
            for room, rows in (("victims", people), ("suspects", suspects))
            for row in rows
        }
        lines, older = newest(complaint, user, named)
        return {"timeline": as_items(lines), "older": older}

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

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint = self.fetch(reference)
        page = page_of(people_of(complaint, request.user), request.GET, Victim.SORTS)  # type: ignore[arg-type]
        rows = [row_of(victim, request.user) for victim in page.rows]
        may_add = request.user.may("victim.add") and complaint.status != Status.CLOSED  # type: ignore[union-attr]
        data = {"people": rows, "page": page, "may_add": may_add}
        return self.render("complaints/people.html", {**self.frame(complaint, "people"), **data})


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


class ComplaintHistory(RecordPage):
    """Every step and every edit, newest first, 50 at a time."""

    part = "history"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint = self.fetch(reference)
        lines, page = page_of_story(complaint, request.user, request.GET)
        data: dict[str, Any] = {"lines": lines, "page": page}
        return self.render("complaints/history.html", {**self.frame(complaint, "history"), **data})


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
