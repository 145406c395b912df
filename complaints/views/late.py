"""Late and unanswered: every clock that is over, whose it is and who was told; and where the daily digest leads."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from complaints.filters import ComplaintFilter
from complaints.late import SORTS, Lateness
from complaints.models import Complaint, Contact, Digest, Late
from complaints.presenters import late as words
from core import display
from core.paging import page_of
from core.views import Page
from notifications.due import CAP, numbers_due


class LatePage(Page):
    """A group at a time, 50 a page, what waits longest first; the list and the API ask the same by `late`."""

    permission = "complaint.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        filters, asked = self.narrowed(user), Lateness(timezone.now())
        if not filters.is_valid():
            raise ValidationError(_("Choose a province from the list."))
        rows = filters.qs
        messages = self.messages(user)
        n = words.counts(rows, messages, asked, user)
        what = self.group(n)
        is_inbox = what == Late.INBOX
        late = (
            words.messages_told(asked.of(messages, what)) if is_inbox else words.with_told(asked.of(rows, what), what)
        )
        page = page_of(late, request.GET, SORTS[what])
        about = Contact if is_inbox else Complaint
        self.audit("list", about, detail={"page": "late", "group": what, "rows": len(page.rows)})
        return self.render(
            "complaints/late.html", {**self.shown(page, what, asked, filters), "tabs": self.tabs(n, what)}
        )

    def messages(self, user: Any) -> Any:
        """Return the messages of the branch shown; nothing of them is shared, and none is of a province."""
        rows = Contact.objects.none() if self.shared else Contact.objects.of_own_provinces(user)
        return rows.none() if self.request.GET.get("province") else rows

    def narrowed(self, user: Any) -> Any:
        """Return the filter of the list over the branch shown, of which only the province is asked here."""
        params = QueryDict(mutable=True)
        params["province"] = self.request.GET.get("province", "")
        params["side"] = "about"
        seen = Complaint.objects.all()
        branch = seen.shared_with(user) if self.shared else seen.of_own_provinces(user)
        return ComplaintFilter(params, branch, request=self.request)  # type: ignore[no-untyped-call]

    def rows(self, page: Any, what: str, asked: Lateness) -> dict[str, Any]:
        """Return the rows, and the list that shows the same."""
        user = self.request.user
        if what == Late.INBOX:
            rows = words.late_messages(page.rows, asked, user)
            return {"messages": rows, "rows": rows, "list_url": f"{reverse('contacts:list')}?late=over"}
        url = f"{reverse('complaints:list')}?{self.query(what, side='about')}"
        return {"rows": words.late_rows(page.rows, what, asked, user), "list_url": url}

    @property
    def shared(self) -> bool:
        """Return whether the second branch is shown."""
        return self.request.GET.get("shared") == "1"

    def group(self, n: dict[str, int]) -> str:
        """Return the group asked for, else the first with anything in it; an unknown one is refused."""
        what = self.request.GET.get("late", "")
        if what and what not in n:
            raise ValidationError(_("Choose one of the groups above."))
        return what or next((name for name in n if n[name]), Late.ACKNOWLEDGE.value)

    def shown(self, page: Any, what: str, asked: Lateness, filters: Any) -> dict[str, Any]:
        """Return the rows of a page, and the ways to the list of complaints and to the other branch."""
        user: Any = self.request.user
        return {
            "page": page,
            **self.rows(page, what, asked),
            "what": what,
            "title": Late(what).label,
            "province": filters.form["province"],
            "several": user.is_ministry or len(user.posted_provinces) > 1,
            "shared": self.shared,
            "other_url": f"?{self.query(what, shared='' if self.shared else '1')}",
        }

    def tabs(self, n: dict[str, int], what: str) -> list[dict[str, Any]]:
        """Return the groups as tabs with their numbers."""
        return [
            {"label": Late(name).label, "url": f"?{self.query(name)}", "count": n[name], "current": name == what}
            for name in n
        ]

    def query(self, what: str, **more: str) -> str:
        """Return the address of a group, keeping province and branch."""
        params = QueryDict(mutable=True)
        kept = {name: self.request.GET.get(name, "") for name in ("province", "shared")}
        params.update({name: value for name, value in {"late": what, **kept, **more}.items() if value})
        return params.urlencode()


class DigestPage(Page):
    """What the notice of the day leads to: how many items waited, and what waits now, each with the list that shows it."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        user: Any = request.user
        digest = get_object_or_404(Digest.objects.visible_to(user), reference=reference.upper())
        n = {"n": display.number(digest.n_items), "day": display.day(digest.on)}
        words = ngettext("%(day)s: %(n)s item waited for you.", "%(day)s: %(n)s items waited for you.", digest.n_items)
        lines = [
            {"label": due.label, "url": due.url, "n": display.number(number) + ("+" if number >= CAP else "")}
            for due, number in numbers_due(user, timezone.now())
        ]
        return self.render("complaints/digest.html", {"lead": words % n, "lines": lines})
